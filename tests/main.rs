//! Tradepost's behaviour, seen through GraphQL, on SQLite and PostgreSQL alike.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that does not find what it expects has failed")]

mod smoke;
mod support;
