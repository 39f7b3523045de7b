//! Tradepost's behaviour, seen through GraphQL, on SQLite and PostgreSQL alike.

#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod smoke;
mod support;
