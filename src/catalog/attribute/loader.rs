//! What fields ask of attributes and of the values that objects have, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::catalog::attribute::row::{self, AttributeRow};
use crate::entity::{attribute, attribute_choice};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::{AttributeChoiceId, AttributeId, ProductId, ProductVariantId};

/// The attribute of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttributeKey(pub AttributeId);

impl Loader<AttributeKey> for Batches {
    type Value = Arc<attribute::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[AttributeKey]) -> Result<HashMap<AttributeKey, Self::Value>, SharedError> {
        let rows = attribute::Entity::find()
            .filter(attribute::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (AttributeKey(row.id), Arc::new(row))).collect())
    }
}

/// The choices of an attribute, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChoicesOf(pub AttributeId);

impl Loader<ChoicesOf> for Batches {
    type Value = Arc<Vec<attribute_choice::Model>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ChoicesOf]) -> Result<HashMap<ChoicesOf, Self::Value>, SharedError> {
        let rows = attribute_choice::Entity::find()
            .filter(attribute_choice::COLUMN.attribute_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(attribute_choice::Column::Position)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (ChoicesOf(row.attribute_id), row))))
    }
}

/// The choice of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChoiceKey(pub AttributeChoiceId);

impl Loader<ChoiceKey> for Batches {
    type Value = attribute_choice::Model;
    type Error = SharedError;

    async fn load(&self, keys: &[ChoiceKey]) -> Result<HashMap<ChoiceKey, Self::Value>, SharedError> {
        let rows = attribute_choice::Entity::find()
            .filter(attribute_choice::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (ChoiceKey(row.id), row)).collect())
    }
}

/// The values that a product has itself, in the attributes' order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValuesOfProduct(pub ProductId);

impl Loader<ValuesOfProduct> for Batches {
    type Value = Arc<Vec<Arc<AttributeRow>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ValuesOfProduct]) -> Result<HashMap<ValuesOfProduct, Self::Value>, SharedError> {
        let rows = row::of_products(keys.iter().map(|key| key.0)).all(self.db.reader()).await?;
        Ok(shared(rows.into_iter().map(|row| (ValuesOfProduct(row.product_id), Arc::new(row)))))
    }
}

/// The values that a variant has, in the attributes' order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValuesOfVariant(pub ProductVariantId);

impl Loader<ValuesOfVariant> for Batches {
    type Value = Arc<Vec<Arc<AttributeRow>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ValuesOfVariant]) -> Result<HashMap<ValuesOfVariant, Self::Value>, SharedError> {
        let rows = row::of_variants(keys.iter().map(|key| key.0)).all(self.db.reader()).await?;
        Ok(shared(rows.into_iter().filter_map(|row| Some((ValuesOfVariant(row.variant_id?), Arc::new(row))))))
    }
}
