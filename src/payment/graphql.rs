//! Ways to pay as storefronts see them.

use async_graphql::SimpleObject;

use crate::graphql::scalar::MetadataEntry;
use crate::payment::method;

/// A way to pay for a cart.
#[derive(SimpleObject)]
pub struct PaymentMethod {
    /// Who takes the money.
    provider: method::PaymentProvider,
    /// What it is called, for shoppers.
    name: String,
    /// What a client has to know of the provider to use it; nothing of it is secret. At most 20 entries.
    settings: Vec<MetadataEntry>,
}

impl From<method::PaymentMethod> for PaymentMethod {
    fn from(method: method::PaymentMethod) -> Self {
        let settings = method.settings.into_iter();
        let settings = settings.map(|(key, value)| MetadataEntry { key: key.to_owned(), value }).collect();
        Self { provider: method.provider, name: method.name.to_owned(), settings }
    }
}
