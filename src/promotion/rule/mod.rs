//! When a promotion applies and what it does: how staff enter it, and how they read it back.

pub mod action;
pub mod check;
pub mod graphql;
pub mod input;
pub mod references;
