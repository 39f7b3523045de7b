//! What customers type to get a promotion: entered by staff, or made up so that nobody guesses them.

pub mod graphql;
pub mod input;
pub mod loader;
pub mod made_up;
mod service;

pub use service::PromotionCodeService;
