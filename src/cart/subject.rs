//! What promotions ask about of the variants in a cart: the collections and attribute values that they name.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::cart::item::Item;
use crate::entity::{attribute_value, collection_product};
use crate::error::Result;
use crate::id::{AttributeChoiceId, CollectionId, ProductId, ProductVariantId};
use crate::pricing::{Action, Filter, Promotion, Subject};
use crate::promotion::Candidates;

/// The collections of products, and the values of products and variants, of those that any promotion names.
#[derive(Clone, Debug, Default)]
pub struct Subjects {
    collections: HashMap<ProductId, Vec<CollectionId>>,
    of_products: HashMap<ProductId, Vec<AttributeChoiceId>>,
    of_variants: HashMap<ProductVariantId, Vec<AttributeChoiceId>>,
}

impl Subjects {
    /// A statement for collections and one for values, where any are named.
    pub async fn load(
        db: &impl ConnectionTrait,
        items: &HashMap<ProductVariantId, Item>,
        promotions: &Candidates,
    ) -> Result<Self> {
        let asked = || promotions.promotions.iter().flat_map(|candidate| filters(&candidate.rule));
        let named = || asked().flat_map(|filter| [&filter.only, &filter.except]);
        let collections: Vec<_> = named().flat_map(|named| named.collections.iter().copied()).collect();
        let choices: Vec<_> = named().flat_map(|named| named.choices.iter().copied()).collect();
        let products: Vec<_> = items.values().map(|item| item.product).collect();
        let mut subjects = Self::default();
        if !collections.is_empty() && !products.is_empty() {
            let rows = collection_product::Entity::find()
                .filter(collection_product::COLUMN.collection_id.is_in(collections))
                .filter(collection_product::COLUMN.product_id.is_in(products.iter().copied()));
            for row in rows.all(db).await? {
                subjects.collections.entry(row.product_id).or_default().push(row.collection_id);
            }
        }
        if !choices.is_empty() && !products.is_empty() {
            let rows: Vec<(ProductId, Option<ProductVariantId>, Option<AttributeChoiceId>)> =
                attribute_value::Entity::find()
                    .select_only()
                    .columns([
                        attribute_value::Column::ProductId,
                        attribute_value::Column::VariantId,
                        attribute_value::Column::ChoiceId,
                    ])
                    .filter(attribute_value::COLUMN.product_id.is_in(products))
                    .filter(attribute_value::COLUMN.choice_id.is_in(choices))
                    .into_tuple()
                    .all(db)
                    .await?;
            for (product, variant, choice) in rows {
                let values = match variant {
                    Some(variant) => subjects.of_variants.entry(variant).or_default(),
                    None => subjects.of_products.entry(product).or_default(),
                };
                values.extend(choice);
            }
        }
        Ok(subjects)
    }

    pub fn of(&self, item: &Item) -> Subject {
        let mut collections = self.collections.get(&item.product).cloned().unwrap_or_default();
        collections.sort_unstable();
        let of_product = self.of_products.get(&item.product).into_iter().flatten();
        let of_variant = self.of_variants.get(&item.variant).into_iter().flatten();
        let mut choices: Vec<_> = of_product.chain(of_variant).copied().collect();
        choices.sort_unstable();
        Subject { variant: item.variant, product: item.product, collections, choices }
    }
}

/// Everything that a promotion names.
fn filters(promotion: &Promotion) -> impl Iterator<Item = &Filter> {
    let of_action: [Option<&Filter>; 2] = match &promotion.action {
        Action::Catalogue { items, .. } | Action::Items { items, .. } | Action::Units { items, .. } => {
            [Some(items), None]
        }
        Action::BuyGet { buy, get, .. } => [Some(buy), Some(get)],
        Action::Order { .. } | Action::Gift { .. } | Action::Shipping { .. } => [None, None],
    };
    std::iter::once(&promotion.conditions.items).chain(of_action.into_iter().flatten())
}
