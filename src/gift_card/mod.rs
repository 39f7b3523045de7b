//! Gift cards: what was paid before and pays now.
//!
//! - A balance is never below zero. It changes by one conditional statement, and every change is an entry of the ledger,
//!   numbered without gaps, from which the balance can be proved.
//! - Whoever has the code may pay with the card. Only its hash is kept, without a key: a secret of the server that is
//!   replaced must not make all cards worthless. Codes that we make have 79 bits, too many to be tried out.
//! - A code that we make is a keyed hash of the card's id, so that a request that is sent again is told the same code,
//!   though it lies nowhere.

mod balance;
mod code;
pub mod graphql;
pub mod input;
mod list;
pub mod loader;
pub mod mutation;
pub mod query;
mod service;
mod spec;

pub use balance::{Standing, credit, currency, debit, find_all, find_by_code, standing};
pub use code::Codes;
pub use list::GiftCardSelection;
pub use mutation::GiftCardMutation;
pub use query::GiftCardQuery;
pub use service::GiftCardService;
