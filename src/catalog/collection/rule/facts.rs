//! Reads what rules ask about of many products at once.

use std::collections::BTreeMap;

use sea_orm::sea_query::Condition;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, QueryTrait,
};

use crate::catalog::collection::rule::condition::{Facts, Rules, Value};
use crate::clock::Timestamp;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{attribute, attribute_value, channel, product, product_listing, product_tag, product_variant};
use crate::error::Result;
use crate::id::ProductId;
use crate::text::fold;

/// What is known of those of the products that there are, as far as the rules ask for it.
pub async fn load<'a>(
    tx: &DatabaseTransaction,
    products: &[ProductId],
    rules: impl Iterator<Item = &'a Rules> + Clone,
) -> Result<BTreeMap<ProductId, Facts>> {
    let mut facts = listed(tx, products).await?;
    if rules.clone().any(Rules::ask_for_tags) {
        add_tags(tx, products, &mut facts).await?;
    }
    if rules.clone().any(Rules::ask_for_attributes) {
        add_attributes(tx, products, &mut facts).await?;
    }
    Ok(facts)
}

#[derive(FromQueryResult)]
struct Listed {
    id: ProductId,
    product_type: Option<String>,
    vendor: Option<String>,
    name_key: String,
    created_at: Timestamp,
    has_price: bool,
    lowest_minor: i64,
    is_available: bool,
}

async fn listed(tx: &DatabaseTransaction, products: &[ProductId]) -> Result<BTreeMap<ProductId, Facts>> {
    use product::Column as P;
    use product_listing::Column as L;
    let default_channel =
        channel::Entity::find().select_only().column(channel::Column::Id).filter(channel::COLUMN.is_default.eq(true));
    let rows = product::Entity::find()
        .select_only()
        .columns([P::Id, P::ProductType, P::Vendor, P::NameKey, P::CreatedAt])
        .columns([L::HasPrice, L::LowestMinor, L::IsAvailable])
        .join(JoinType::InnerJoin, product::Entity::to_listing())
        .filter(L::ChannelId.in_subquery(default_channel.into_query()))
        .filter(product::COLUMN.id.is_in(products.iter().copied()))
        .into_model::<Listed>()
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

impl From<Listed> for Facts {
    fn from(row: Listed) -> Self {
        Self {
            type_key: row.product_type.as_deref().map(fold),
            vendor_key: row.vendor.as_deref().map(fold),
            tag_keys: Vec::new(),
            name_key: row.name_key,
            lowest_minor: row.has_price.then_some(row.lowest_minor),
            is_available: row.is_available,
            created_at: row.created_at,
            attributes: std::collections::HashMap::new(),
        }
    }
}

async fn add_tags(
    tx: &DatabaseTransaction,
    products: &[ProductId],
    facts: &mut BTreeMap<ProductId, Facts>,
) -> Result<()> {
    let tags = product_tag::Entity::find()
        .filter(product_tag::COLUMN.product_id.is_in(products.iter().copied()))
        .all(tx)
        .await?;
    for tag in tags {
        if let Some(facts) = facts.get_mut(&tag.product_id) {
            facts.tag_keys.push(tag.tag_key);
        }
    }
    Ok(())
}

/// The values of products and of their active variants.
async fn add_attributes(
    tx: &DatabaseTransaction,
    products: &[ProductId],
    facts: &mut BTreeMap<ProductId, Facts>,
) -> Result<()> {
    let active = product_variant::Entity::find()
        .select_only()
        .column(product_variant::Column::Id)
        .filter(product_variant::COLUMN.product_id.is_in(products.iter().copied()))
        .filter(product_variant::COLUMN.status.eq(PublicationStatus::Active));
    let counts = Condition::any()
        .add(attribute_value::Column::VariantId.is_null())
        .add(attribute_value::Column::VariantId.in_subquery(active.into_query()));
    let rows: Vec<(ProductId, String, String, Option<i64>)> = attribute_value::Entity::find()
        .select_only()
        .column(attribute_value::Column::ProductId)
        .column(attribute::Column::Code)
        .column(attribute_value::Column::ValueKey)
        .column(attribute_value::Column::NumberMicro)
        .join(JoinType::InnerJoin, attribute_value::Entity::to_attribute())
        .filter(attribute_value::COLUMN.product_id.is_in(products.iter().copied()))
        .filter(counts)
        .into_tuple()
        .all(tx)
        .await?;
    for (product, code, key, micro) in rows {
        if let Some(facts) = facts.get_mut(&product) {
            facts.attributes.entry(code).or_default().push(Value { key, micro });
        }
    }
    Ok(())
}
