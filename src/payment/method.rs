//! The ways to pay that a server offers.

use async_graphql::Enum;

use crate::config::{Config, Environment};

/// Who takes the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PaymentProvider {
    /// The shop itself: by invoice, bank transfer or cash.
    Manual,
    /// Nobody: it approves and declines as its tokens say, and is not there in production.
    Test,
}

/// A way to pay, with what a client has to know to use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    pub provider: PaymentProvider,
    pub name: &'static str,
    /// What is public of the provider's configuration.
    pub settings: Vec<(&'static str, String)>,
}

/// The ways to pay, in the order in which they are shown.
pub fn offered(config: &Config) -> Vec<PaymentMethod> {
    let manual = PaymentMethod { provider: PaymentProvider::Manual, name: "Invoice", settings: Vec::new() };
    let test = PaymentMethod {
        provider: PaymentProvider::Test,
        name: "Test payment",
        settings: vec![("tokens", "approve, decline".to_owned())],
    };
    let is_tried = config.environment != Environment::Production;
    [is_tried.then_some(test), Some(manual)].into_iter().flatten().collect()
}
