//! How far a job is.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// How far a job is, as its row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum JobState {
    /// To be done at its time, or being done by who has the lease.
    #[sea_orm(string_value = "WAITING")]
    Waiting,
    /// Done.
    #[sea_orm(string_value = "DONE")]
    Done,
    /// Failed so often that a person has to look at it.
    #[sea_orm(string_value = "DEAD")]
    Dead,
}
