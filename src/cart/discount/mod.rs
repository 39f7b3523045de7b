//! Codes and gift cards of carts.

pub mod mutation;
