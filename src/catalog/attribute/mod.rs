//! Attributes: what products and variants are described and filtered by, such as their material or colour.
//!
//! Invariants: an attribute's type and subject never change, its code only while nothing has a value of it and no rule
//! names it; a choice that something has stays; whatever the type, a value is known by one text, its key, which is
//! unique among the values of one object.

mod assign;
mod choice;
pub mod graphql;
pub mod input;
pub mod known;
pub mod loader;
pub mod mutation;
mod number;
pub mod query;
pub mod read;
pub mod row;
mod rules;
pub mod service;
pub mod sync;
mod told;
pub mod value;

pub use mutation::AttributeMutation;
pub use number::Millionths;
pub use query::AttributeQuery;
pub use read::AttributeReader;
pub use service::AttributeService;
