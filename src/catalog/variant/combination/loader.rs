//! The variants of picked combinations, a batch at a time.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::auth::Scope;
use crate::catalog::variant::loader::PricedVariant;
use crate::entity::product_variant;
use crate::entity::publication_status::PublicationStatus;
use crate::error::SharedError;
use crate::graphql::loader::{Batches, group};
use crate::id::ProductId;

/// The variant of a combination of a product's option values, as it is there for a reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VariantOfCombination {
    pub scope: Scope,
    pub product: ProductId,
    pub option_key: String,
}

/// An archived variant keeps the key by which it was last known, though the product may have other options by now.
const HAS_EVERY_OPTION: &str = "(SELECT COUNT(*) FROM variant_option_value WHERE variant_id = product_variant.id) =
    (SELECT COUNT(*) FROM product_option WHERE product_option.product_id = product_variant.product_id)";

impl Loader<VariantOfCombination> for Batches {
    type Value = PricedVariant;
    type Error = SharedError;

    async fn load(
        &self,
        keys: &[VariantOfCombination],
    ) -> Result<HashMap<VariantOfCombination, PricedVariant>, SharedError> {
        let mut found = HashMap::new();
        for (scope, keys) in group(keys.iter().map(|key| (key.scope, key))) {
            let stands = Condition::any()
                .add(product_variant::COLUMN.status.ne(PublicationStatus::Archived))
                .add(Expr::cust(HAS_EVERY_OPTION));
            let rows = product_variant::Entity::visible_in(scope)
                .filter(product_variant::COLUMN.product_id.is_in(keys.iter().map(|key| key.product)))
                .filter(product_variant::Column::OptionKey.is_in(keys.iter().map(|key| key.option_key.as_str())))
                .filter(stands)
                .all(self.db.reader())
                .await?;
            for row in rows {
                let (product, option_key) = (row.0.product_id, row.0.option_key.clone());
                found.insert(VariantOfCombination { scope, product, option_key }, row);
            }
        }
        Ok(found)
    }
}
