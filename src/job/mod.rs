//! Work that is done beside requests, and done for certain.
//!
//! A job is a row, written in the transaction that makes it due: what is rolled back leaves none. Any node's [`Runner`]
//! takes it under a lease that it renews while it works, so a job whose worker died is taken by another one when the
//! lease has ended. So a job is done at least once, and whatever it does has to lead to the same when it is done again.
//! One that fails is tried again after a growing pause, and is left to a person in the end.
//!
//! The runner is our own. Libraries for this keep tables and connections of their own, so a job could not be written in
//! the transaction of its cause.

mod chore;
mod clean_up;
pub mod graphql;
pub mod input;
mod lease;
pub mod mutation;
pub mod query;
mod queue;
mod retry;
mod runner;
mod service;
mod signal;
mod work;

pub use chore::Chore;
pub use clean_up::clean_up;
pub use mutation::JobMutation;
pub use query::JobQuery;
pub use queue::{NewJob, add};
pub use runner::{Runner, RunnerSettings};
pub use service::JobService;
pub use signal::Signal;
pub use work::{Next, Task, Work};
