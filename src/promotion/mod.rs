//! What makes something cheaper: rules that staff enter, the codes that customers type, and how often both were used.
//!
//! Invariants: a promotion has codes only if it needs one; the class is that of its action; a code is unique in the
//! whole shop, however it is written; promotions of the catalogue have neither codes nor limits, so that a page knows
//! its prices from the instant and the reader alone. Whether the conditions of a promotion hold is computed by
//! [`crate::pricing`]; here it is only found which promotions can be asked.

pub mod candidates;
pub mod code;
pub mod graphql;
pub mod input;
pub mod list;
pub mod loader;
pub mod mutation;
pub mod query;
pub mod rule;
mod service;
mod spec;
pub mod uses;

pub use candidates::{Asker, Candidate, Candidates, CodeState, candidates, conflicts};
pub use code::PromotionCodeService;
pub use mutation::PromotionMutation;
pub use query::PromotionQuery;
pub use service::PromotionService;
