//! Requests that shall happen once, however often they are sent.
//!
//! A client gives each such request a key of its own. The first answer is kept for a day, in the transaction that does
//! what it tells of, and whoever sends the same key again gets it once more: what was done, or what a person has to mend.
//! A failure of ours is not kept. Of two that are sent at once the second waits for the first.

mod call;
mod clean_up;

pub use call::{Answer, Call};
pub use clean_up::clean_up;
