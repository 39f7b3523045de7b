//! What promotions ask about products: which collections they are members of, and which values of attributes they and
//! their variants have. Only what is named is read.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::catalog::offer::pricer::Traits;
use crate::channel::price_rule::OpenRules;
use crate::entity::{attribute_value, collection_product};
use crate::error::Result;
use crate::id::{AttributeChoiceId, CollectionId, ProductId, ProductVariantId};

#[derive(Debug, Default)]
pub struct Facts {
    collections: HashMap<ProductId, Vec<CollectionId>>,
    of_products: HashMap<ProductId, Vec<AttributeChoiceId>>,
    of_variants: HashMap<ProductVariantId, Vec<AttributeChoiceId>>,
    /// The products whose variants have values that promotions name.
    varied: HashSet<ProductId>,
}

type Choice = (ProductId, Option<ProductVariantId>, AttributeChoiceId);

impl Facts {
    /// Reads what the rules ask about products, by one statement for collections and one for values of attributes.
    pub async fn read(db: &impl ConnectionTrait, rules: &OpenRules, products: &HashSet<ProductId>) -> Result<Self> {
        let mut facts = Self::default();
        let (collections, choices) = (rules.collections(), rules.choices());
        if !collections.is_empty() {
            let members: Vec<(ProductId, CollectionId)> = collection_product::Entity::find()
                .select_only()
                .column(collection_product::Column::ProductId)
                .column(collection_product::Column::CollectionId)
                .filter(collection_product::COLUMN.product_id.is_in(products.iter().copied()))
                .filter(collection_product::COLUMN.collection_id.is_in(collections))
                .into_tuple()
                .all(db)
                .await?;
            facts.collections = sorted(members.into_iter());
        }
        if !choices.is_empty() {
            let values: Vec<Choice> = attribute_value::Entity::find()
                .select_only()
                .column(attribute_value::Column::ProductId)
                .column(attribute_value::Column::VariantId)
                .column(attribute_value::Column::ChoiceId)
                .filter(attribute_value::COLUMN.product_id.is_in(products.iter().copied()))
                .filter(attribute_value::Column::ChoiceId.is_in(choices))
                .into_tuple()
                .all(db)
                .await?;
            facts.add(&values);
        }
        Ok(facts)
    }

    fn add(&mut self, values: &[Choice]) {
        let of_product = |(product, variant, choice): &Choice| variant.is_none().then_some((*product, *choice));
        self.of_products = sorted(values.iter().filter_map(of_product));
        let of_variant = |(_, variant, choice): &Choice| Some(((*variant)?, *choice));
        self.of_variants = sorted(values.iter().filter_map(of_variant));
        self.varied = values.iter().filter(|(_, variant, _)| variant.is_some()).map(|(product, ..)| *product).collect();
    }

    /// Whether a value that promotions name is one of a product's variants, so that not all cost alike.
    pub fn varies(&self, product: ProductId) -> bool {
        self.varied.contains(&product)
    }

    /// What is known of a product, and of one of its variants.
    pub fn traits(&self, product: ProductId, variant: Option<ProductVariantId>) -> Traits {
        let collections = self.collections.get(&product).cloned().unwrap_or_default();
        let mut choices = self.of_products.get(&product).cloned().unwrap_or_default();
        if let Some(more) = variant.and_then(|variant| self.of_variants.get(&variant)) {
            choices.extend_from_slice(more);
            choices.sort_unstable();
        }
        Traits { collections, choices }
    }
}

fn sorted<K: Hash + Eq, V: Ord>(pairs: impl Iterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups.values_mut().for_each(|values| values.sort_unstable());
    groups
}
