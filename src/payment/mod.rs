//! How a cart can be paid.

pub mod graphql;
pub mod method;

pub use method::{PaymentMethod, PaymentProvider, offered};
