//! Previews: a product that is not published yet, shown to whoever holds a token for it.
//!
//! A preview opens this one product with all that is its own, in every channel, for some hours. What the product leads
//! to (collections, related products) is there as it is without the preview, and what is guarded stays guarded.

pub mod graphql;
pub mod service;

pub use graphql::{ProductPreviewMutation, ProductPreviewQuery};
pub use service::PreviewService;
