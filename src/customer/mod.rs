//! Customers: how people become one and come in, what is kept of them, and how that goes again.
//!
//! A customer is there for themselves and for staff who may see customers, and for nobody else. What the shop tells of
//! accounts to who is not in one is the same whether or not there is one.

pub mod account;
pub mod address_book;
mod clean_up;
pub mod graphql;
pub mod group;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod query;
mod row;
pub mod service;
mod spec;

pub use account::{CustomerAccountMutation, ErasureService, RegistrationService};
pub use address_book::AddressBook;
pub use clean_up::clean_up;
pub use mutation::CustomerMutation;
pub use query::CustomerQuery;
pub use service::CustomerService;
