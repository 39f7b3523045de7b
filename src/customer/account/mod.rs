//! How people become customers, come in, and go.

mod erasure;
pub mod mutation;
mod registration;

pub use erasure::ErasureService;
pub use mutation::CustomerAccountMutation;
pub use registration::RegistrationService;
