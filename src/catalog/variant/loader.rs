//! What the fields of variants ask for, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Scope;
use crate::entity::{product_option, product_option_value, product_variant, variant_option_value, variant_price};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, group, shared};
use crate::id::{ProductId, ProductVariantId};

/// A variant with its price in the channel that was asked about.
pub type PricedVariant = (product_variant::Model, Option<variant_price::Model>);

/// The variants of a product, in order, as they are there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VariantsOf(pub Scope, pub ProductId);

impl Loader<VariantsOf> for Batches {
    type Value = Arc<Vec<Arc<PricedVariant>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[VariantsOf]) -> Result<HashMap<VariantsOf, Self::Value>, SharedError> {
        let mut found = HashMap::new();
        for (scope, products) in group(keys.iter().map(|VariantsOf(scope, id)| (*scope, *id))) {
            let rows = product_variant::Entity::visible_in(scope)
                .filter(product_variant::COLUMN.product_id.is_in(products))
                .order_by_asc(product_variant::Column::Position)
                .order_by_asc(product_variant::Column::Id)
                .all(self.db.reader())
                .await?;
            found.extend(shared(rows.into_iter().map(|row| (VariantsOf(scope, row.0.product_id), Arc::new(row)))));
        }
        Ok(found)
    }
}

/// The variant of an id, as it is there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VariantIn(pub Scope, pub ProductVariantId);

impl Loader<VariantIn> for Batches {
    type Value = PricedVariant;
    type Error = SharedError;

    async fn load(&self, keys: &[VariantIn]) -> Result<HashMap<VariantIn, PricedVariant>, SharedError> {
        let mut found = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|VariantIn(scope, id)| (*scope, *id))) {
            let rows = product_variant::Entity::visible_in(scope)
                .filter(product_variant::COLUMN.id.is_in(ids))
                .all(self.db.reader())
                .await?;
            found.extend(rows.into_iter().map(|row| (VariantIn(scope, row.0.id), row)));
        }
        Ok(found)
    }
}

/// The option values of a variant, in the order of the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SelectedOptionsOf(pub ProductVariantId);

/// A variant's value of one option.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SelectedOptionRow {
    pub variant_id: ProductVariantId,
    pub name: String,
    pub value: String,
}

impl Loader<SelectedOptionsOf> for Batches {
    type Value = Arc<Vec<SelectedOptionRow>>;
    type Error = SharedError;

    async fn load(
        &self,
        keys: &[SelectedOptionsOf],
    ) -> Result<HashMap<SelectedOptionsOf, Arc<Vec<SelectedOptionRow>>>, SharedError> {
        let rows = variant_option_value::Entity::find()
            .select_only()
            .column(variant_option_value::Column::VariantId)
            .column_as(product_option::Column::Name, "name")
            .column_as(product_option_value::Column::Name, "value")
            .join(JoinType::InnerJoin, variant_option_value::Entity::to_option())
            .join(JoinType::InnerJoin, variant_option_value::Entity::to_value())
            .filter(variant_option_value::COLUMN.variant_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(product_option::Column::Position)
            .into_model::<SelectedOptionRow>()
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (SelectedOptionsOf(row.variant_id), row))))
    }
}
