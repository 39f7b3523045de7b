//! Collections whose members are found by rules instead of being picked.
//!
//! Invariants: a product's change applies all rules to it in its own transaction, so such a collection is always current
//! with its products; changed rules are applied to the whole shop in batches, and the collection says so meanwhile;
//! members that were found have no place of their own.
//!
//! Who changes a product locks the rows of all rule-made collections weakly before it reads their rules, and keeps them
//! until it commits. Who changes rules, applies them to a batch, or deletes a collection locks its row fully. So a change
//! of a product lies wholly before or wholly after each of those. Who holds the full lock waits for no product: those who
//! change what products are referred to by lock the collections before.

mod condition;
mod evaluation;
mod facts;
pub mod graphql;
pub mod input;
pub mod matching;
mod number;
mod spec;

pub use condition::{Condition, Rules, Span, Word};
pub use evaluation::Evaluator;
pub use spec::GivenRules;
