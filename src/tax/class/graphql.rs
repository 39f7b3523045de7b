//! Classes of goods as staff see them.

use std::sync::Arc;

use async_graphql::{ID, Object};

use crate::entity::tax_class;
use crate::graphql::scalar::{DateTime, MetadataEntry, date_time, metadata};

#[derive(Clone)]
pub struct TaxClass(pub Arc<tax_class::Model>);

/// A kind of goods that are taxed alike, such as books.
#[Object]
impl TaxClass {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// By what programs know it, such as a service that tells rates; unique.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The id in another system of the shop, if there is one.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// Values that the shop keeps on the class for storefronts.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.metadata)
    }

    /// Values that the shop keeps on the class for staff and its other systems.
    async fn private_metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.private_metadata)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was last changed; what is of it and its rates do not count.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}
