//! The attributes, choices and referents that an input names, as they stand while it is written.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::catalog::attribute::input::AttributeValueInput;
use crate::entity::{attribute, attribute_choice, collection, product};
use crate::error::Result;
use crate::id::{AttributeId, CollectionId, ProductId};

/// An attribute, with those of its choices that are named, by their slugs.
#[derive(Debug)]
pub struct Definition {
    pub row: attribute::Model,
    pub choices: HashMap<String, attribute_choice::Model>,
}

/// What is there of what was named.
#[derive(Debug, Default)]
pub struct Known {
    attributes: HashMap<String, Definition>,
    referents: HashSet<String>,
}

impl Known {
    /// Looks up everything that the inputs name. The attributes stay as they are until the transaction ends.
    pub async fn lock<'a>(
        tx: &DatabaseTransaction,
        inputs: impl Iterator<Item = &'a AttributeValueInput> + Clone,
    ) -> Result<Self> {
        let codes: BTreeSet<&str> = inputs.clone().map(|input| input.attribute.as_str()).collect();
        if codes.is_empty() {
            return Ok(Self::default());
        }
        let rows = attribute::Entity::find()
            .filter(attribute::COLUMN.code.is_in(codes))
            // All who lock several do it in one order.
            .order_by_asc(attribute::Column::Id)
            .lock(LockType::Share)
            .all(tx)
            .await?;
        let slugs = inputs.clone().flat_map(|input| input.choices.iter().flatten());
        let mut choices = choices(tx, &rows, slugs.map(String::as_str).collect()).await?;
        let definition = |row: attribute::Model| {
            let choices = choices.remove(&row.id).unwrap_or_default();
            (row.code.clone(), Definition { row, choices })
        };
        let attributes = rows.into_iter().map(definition).collect();
        let ids = inputs.flat_map(|input| input.references.iter().flatten());
        Ok(Self { attributes, referents: referents(tx, ids.map(|id| id.as_str())).await? })
    }

    pub fn attribute(&self, code: &str) -> Option<&Definition> {
        self.attributes.get(code)
    }

    pub fn has_referent(&self, id: &str) -> bool {
        self.referents.contains(id)
    }

    /// The codes of attributes, in their alphabet.
    pub fn codes(&self, ids: &BTreeSet<AttributeId>) -> Vec<&str> {
        let named = self.attributes.values().filter(|known| ids.contains(&known.row.id));
        let mut codes: Vec<&str> = named.map(|known| known.row.code.as_str()).collect();
        codes.sort_unstable();
        codes
    }
}

async fn choices(
    tx: &DatabaseTransaction,
    attributes: &[attribute::Model],
    slugs: BTreeSet<&str>,
) -> Result<HashMap<AttributeId, HashMap<String, attribute_choice::Model>>> {
    let mut found: HashMap<_, HashMap<_, _>> = HashMap::new();
    if slugs.is_empty() {
        return Ok(found);
    }
    let rows = attribute_choice::Entity::find()
        .filter(attribute_choice::COLUMN.attribute_id.is_in(attributes.iter().map(|row| row.id)))
        .filter(attribute_choice::COLUMN.slug.is_in(slugs))
        .all(tx)
        .await?;
    for row in rows {
        found.entry(row.attribute_id).or_default().insert(row.slug.clone(), row);
    }
    Ok(found)
}

/// The ids among those given that a product or a collection has.
async fn referents<'a>(
    tx: &DatabaseTransaction,
    ids: impl Iterator<Item = &'a str> + Clone,
) -> Result<HashSet<String>> {
    let products: BTreeSet<ProductId> = ids.clone().filter_map(|id| id.parse().ok()).collect();
    let collections: BTreeSet<CollectionId> = ids.filter_map(|id| id.parse().ok()).collect();
    let mut found = HashSet::new();
    if !products.is_empty() {
        let rows = product::Entity::find().select_only().column(product::Column::Id);
        let rows = rows.filter(product::COLUMN.id.is_in(products)).into_tuple::<ProductId>().all(tx).await?;
        found.extend(rows.iter().map(ToString::to_string));
    }
    if !collections.is_empty() {
        let rows = collection::Entity::find().select_only().column(collection::Column::Id);
        let rows = rows.filter(collection::COLUMN.id.is_in(collections)).into_tuple::<CollectionId>().all(tx).await?;
        found.extend(rows.iter().map(ToString::to_string));
    }
    Ok(found)
}
