//! What clients say of jobs.

use async_graphql::{Enum, InputObject};

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "JobState")]
pub enum JobStateName {
    /// To be done at its time.
    Waiting,
    /// Being done.
    Running,
    /// Done; it is kept for seven days.
    Done,
    /// Failed so often that a person has to look at it.
    Dead,
}

/// Which jobs are wanted; all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct JobFilter {
    /// How far they are.
    pub state: Option<JobStateName>,
    /// What kind they are of.
    pub kind: Option<String>,
}
