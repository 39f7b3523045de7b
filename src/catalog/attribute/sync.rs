//! Writes the difference between the values that a product and its variants have and those that they shall have.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::catalog::attribute::value::{ValueSpec, Values};
use crate::db::all_set;
use crate::entity::attribute_value;
use crate::error::Result;
use crate::id::{ProductId, ProductVariantId};

/// What one statement inserts at most: databases bound the number of parameters.
const MAX_ROWS: usize = 3_000;

/// All values of products and their variants, each owner's in order.
pub async fn load(db: &impl ConnectionTrait, products: &[ProductId]) -> Result<Vec<attribute_value::Model>> {
    let rows = attribute_value::Entity::find()
        .filter(attribute_value::COLUMN.product_id.is_in(products.iter().copied()))
        .order_by_asc(attribute_value::Column::Position)
        .all(db)
        .await?;
    Ok(rows)
}

/// The values of a variant, or of the product itself.
pub fn values_of(rows: &[attribute_value::Model], variant: Option<ProductVariantId>) -> Values {
    let mut values: Values = BTreeMap::new();
    for row in rows.iter().filter(|row| row.variant_id == variant) {
        values.entry(row.attribute_id).or_default().push(ValueSpec::from(row));
    }
    values
}

/// Brings the values of a product, or of variants of it, to how they shall stand; others are left alone.
pub async fn sync<'a>(
    tx: &DatabaseTransaction,
    product: ProductId,
    current: &[attribute_value::Model],
    wanted: impl Iterator<Item = (Option<ProductVariantId>, &'a Values)>,
) -> Result<()> {
    let (mut gone, mut rows) = (Vec::new(), Vec::new());
    for (variant, values) in wanted {
        let before = values_of(current, variant);
        if before == *values {
            continue;
        }
        let owner = variant.map_or_else(|| product.uuid(), ProductVariantId::uuid);
        if !before.is_empty() {
            gone.push(owner);
        }
        rows.extend(rows_of((owner, product, variant), values));
    }
    if !gone.is_empty() {
        attribute_value::Entity::delete_many().filter(attribute_value::COLUMN.owner_id.is_in(gone)).exec(tx).await?;
    }
    for some in rows.chunks(MAX_ROWS) {
        let some = some.iter().cloned().map(all_set::<attribute_value::Entity, _>);
        attribute_value::Entity::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn rows_of(
    (owner_id, product_id, variant_id): (Uuid, ProductId, Option<ProductVariantId>),
    values: &Values,
) -> impl Iterator<Item = attribute_value::Model> {
    values.iter().flat_map(move |(attribute, values)| {
        (0_i64..).zip(values).map(move |(position, value)| attribute_value::Model {
            owner_id,
            attribute_id: *attribute,
            position,
            product_id,
            variant_id,
            value_key: value.key.clone(),
            label: value.label.clone(),
            number_micro: value.number_micro,
            choice_id: value.choice,
        })
    })
}
