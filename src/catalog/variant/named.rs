//! Which variant an item of a list means: it is named by its id or by its SKU.

use std::collections::HashMap;

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::checks::Checks;
use crate::entity::product_variant;
use crate::error::{Result, UserError};
use crate::id::{ProductId, ProductVariantId};
use crate::text::fold;

/// What an item says of the variant that it is about.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    pub id: Option<ProductVariantId>,
    pub sku: Option<&'a str>,
}

/// The variants that the items of a list name, with their products.
pub struct NamedVariants {
    by_id: HashMap<ProductVariantId, ProductId>,
    by_sku: HashMap<String, ProductVariantId>,
}

impl NamedVariants {
    /// Finds all of them by one statement.
    pub async fn find(db: &impl ConnectionTrait, names: impl Iterator<Item = Name<'_>> + Clone) -> Result<Self> {
        let any = Condition::any()
            .add(product_variant::COLUMN.id.is_in(names.clone().filter_map(|name| name.id)))
            .add(product_variant::Column::SkuKey.is_in(names.filter_map(|name| name.sku).map(fold)));
        let rows = product_variant::Entity::find()
            .select_only()
            .columns([product_variant::Column::Id, product_variant::Column::ProductId, product_variant::Column::SkuKey])
            .filter(any)
            .into_tuple::<(ProductVariantId, ProductId, Option<String>)>()
            .all(db)
            .await?;
        let by_id = rows.iter().map(|(id, product, _)| (*id, *product)).collect();
        let by_sku = rows.into_iter().filter_map(|(id, _, sku)| Some((sku?, id))).collect();
        Ok(Self { by_id, by_sku })
    }

    /// The variant of a name and its product; what is wrong with the name is told.
    pub fn get(&self, checks: &mut Checks, name: Name<'_>) -> Option<(ProductVariantId, ProductId)> {
        let (field, id) = match (name.id, name.sku) {
            (Some(_), Some(_)) => {
                let message = "A variant is named by its id or by its SKU, not by both.";
                checks.push(UserError::invalid(checks.path("sku"), message));
                return None;
            }
            (None, None) => {
                let message = "A variant is named by its id or by its SKU; give one of them.";
                checks.push(UserError::required(checks.path("variant"), "").with_message(message));
                return None;
            }
            (Some(id), None) => ("variant", Some(id)),
            (None, Some(sku)) => ("sku", self.by_sku.get(&fold(sku)).copied()),
        };
        let found = id.and_then(|id| Some((id, *self.by_id.get(&id)?)));
        if found.is_none() {
            checks.push(UserError::not_found(checks.path(field), "variant"));
        }
        found
    }
}
