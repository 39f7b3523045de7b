//! In which channels products and collections are shown, and from when until when.
//!
//! A span of time takes effect at its instant: whoever reads compares it with the instant of the reading, so nothing
//! has to run. What is assigned to no channel is shown nowhere.

pub mod graphql;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod reach;
pub mod spec;
mod window;

pub use mutation::PublicationMutation;
pub use window::Window;
