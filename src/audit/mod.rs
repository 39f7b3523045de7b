//! What those who run the shop did: who, when, from where, and what was there before.
//!
//! An entry is written beside the event of a change ([`crate::event::record`]), in its transaction, and is kept.

pub mod graphql;
pub mod input;
pub mod query;
mod service;

pub use query::AuditQuery;
pub use service::AuditService;
