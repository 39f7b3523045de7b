//! The prices of price lists that are open to a buyer.

use std::collections::HashMap;

use iso_currency::Currency;
use sea_orm::sea_query::{Condition, ExprTrait, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait};

use crate::clock::Timestamp;
use crate::entity::price_list_price::{self as price, Column as Price};
use crate::entity::{price_list, price_list_channel, price_list_group};
use crate::error::Result;
use crate::id::{ChannelId, CustomerGroupId, PriceListId, ProductVariantId};
use crate::pricing::{Amount, ListPrice};

/// The prices that lists which are open to a buyer at an instant have of variants, all tiers; by one statement.
#[expect(clippy::too_many_arguments, reason = "a price depends on that much")]
pub async fn open_prices(
    db: &impl ConnectionTrait,
    channel: ChannelId,
    currency: Currency,
    groups: &[CustomerGroupId],
    at: Timestamp,
    variants: &[ProductVariantId],
) -> Result<HashMap<ProductVariantId, Vec<ListPrice>>> {
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let is_open = Condition::all()
        .add(price_list::COLUMN.currency.eq(currency.code()))
        .add(price_list::COLUMN.is_active.eq(true))
        .add(price_list::Column::StartsAt.is_null().or(price_list::Column::StartsAt.lte(at)))
        .add(price_list::Column::EndsAt.is_null().or(price_list::Column::EndsAt.gt(at)))
        .add(Price::PriceListId.in_subquery(price_list_channel::Entity::lists_of(channel)))
        .add(
            Condition::any()
                .add(Price::PriceListId.not_in_subquery(for_groups(None)))
                .add(Price::PriceListId.in_subquery(for_groups(Some(groups)))),
        );
    let rows = price::Entity::find()
        .join(JoinType::InnerJoin, price::Entity::to_list())
        .filter(price::COLUMN.variant_id.is_in(variants.iter().copied()))
        .filter(is_open);
    Ok(by_variant(rows.all(db).await?))
}

/// The prices that some lists have of variants, all tiers; by one statement.
pub async fn prices_of(
    db: &impl ConnectionTrait,
    lists: &[PriceListId],
    variants: &[ProductVariantId],
) -> Result<HashMap<ProductVariantId, Vec<ListPrice>>> {
    if lists.is_empty() || variants.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = price::Entity::find()
        .filter(price::COLUMN.price_list_id.is_in(lists.iter().copied()))
        .filter(price::COLUMN.variant_id.is_in(variants.iter().copied()));
    Ok(by_variant(rows.all(db).await?))
}

/// In the order of the lists and their tiers, so that the same answer is given each time.
fn by_variant(mut rows: Vec<price::Model>) -> HashMap<ProductVariantId, Vec<ListPrice>> {
    rows.sort_by_key(|row| (row.price_list_id, row.from_quantity));
    let mut prices: HashMap<ProductVariantId, Vec<ListPrice>> = HashMap::new();
    for row in rows {
        let price = Amount::new(row.price_minor);
        let price = ListPrice { list: row.price_list_id, from_quantity: row.from_quantity, price };
        prices.entry(row.variant_id).or_default().push(price);
    }
    prices
}

/// The lists that are for some groups, or for any at all.
fn for_groups(groups: Option<&[CustomerGroupId]>) -> SelectStatement {
    let mut lists = price_list_group::Entity::find().select_only().column(price_list_group::Column::PriceListId);
    if let Some(groups) = groups {
        lists = lists.filter(price_list_group::COLUMN.customer_group_id.is_in(groups.iter().copied()));
    }
    lists.into_query()
}
