//! Pictures: those of a product in their order, and which of them show a variant.
//!
//! A picture belongs to a product and is known by its address, which is there once. A variant is shown by some of the
//! pictures of its product, of which the first is its own; where a picture goes, the next one takes its place.

pub mod gallery;
pub mod input;
pub mod loader;
pub mod mutation;
mod service;

pub use mutation::ImageMutation;
pub use service::ImageService;
