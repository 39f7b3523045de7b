//! Writes what variants cost, and keeps what they cost before.
//!
//! A price that is replaced or taken away becomes a period in the transaction of the change, so that the lowest price
//! of any span of time can be told afterwards.

use std::collections::HashMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::catalog::variant::spec::PriceSpec;
use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::{variant_price, variant_price_period};
use crate::error::Result;
use crate::id::{ChannelId, ProductVariantId};

/// Sets the prices of variants in a channel, or takes them away, and tells which were not so before.
pub async fn set(
    tx: &DatabaseTransaction,
    channel: ChannelId,
    now: Timestamp,
    wanted: &[(ProductVariantId, Option<PriceSpec>)],
) -> Result<Vec<ProductVariantId>> {
    let rows = variant_price::Entity::find()
        .filter(variant_price::COLUMN.channel_id.eq(channel))
        .filter(variant_price::COLUMN.variant_id.is_in(wanted.iter().map(|(id, _)| *id)))
        .all(tx)
        .await?;
    let standing: HashMap<_, _> = rows.into_iter().map(|row| (row.variant_id, row)).collect();
    let differs = |(id, price): &&(ProductVariantId, Option<PriceSpec>)| {
        standing.get(id).cloned().map(PriceSpec::from).as_ref() != price.as_ref()
    };
    let changed: Vec<_> = wanted.iter().filter(differs).collect();
    let over = changed.iter().filter_map(|(id, _)| standing.get(id)).map(|row| period(row, now));
    // Two changes within a microsecond leave one period, which lasted for nothing.
    let stand = OnConflict::new().do_nothing().to_owned();
    variant_price_period::Entity::insert_many(over.map(all_set::<variant_price_period::Entity, _>))
        .on_conflict(stand)
        .exec_without_returning(tx)
        .await?;
    let gone: Vec<_> = changed.iter().filter(|(_, price)| price.is_none()).map(|(id, _)| *id).collect();
    if !gone.is_empty() {
        variant_price::Entity::delete_many()
            .filter(variant_price::COLUMN.channel_id.eq(channel))
            .filter(variant_price::COLUMN.variant_id.is_in(gone))
            .exec(tx)
            .await?;
    }
    let priced = changed.iter().filter_map(|(id, price)| Some((*id, price.as_ref()?)));
    insert(tx, channel, now, priced).await?;
    Ok(changed.into_iter().map(|(id, _)| *id).collect())
}

/// Writes prices in the place of those that stand, whose periods are written already or that never were.
pub async fn insert(
    tx: &DatabaseTransaction,
    channel: ChannelId,
    now: Timestamp,
    prices: impl Iterator<Item = (ProductVariantId, &PriceSpec)>,
) -> Result<()> {
    let rows = prices.map(|(variant_id, price)| variant_price::ActiveModel {
        variant_id: Set(variant_id),
        channel_id: Set(channel),
        price_minor: Set(price.price_minor),
        compare_at_minor: Set(price.compare_at_minor),
        since: Set(now),
    });
    let replace = OnConflict::columns([variant_price::Column::VariantId, variant_price::Column::ChannelId])
        .update_columns([
            variant_price::Column::PriceMinor,
            variant_price::Column::CompareAtMinor,
            variant_price::Column::Since,
        ])
        .to_owned();
    variant_price::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// What the event of a new price tells.
pub fn payload(variant: ProductVariantId, channel: ChannelId, price: Option<&PriceSpec>) -> Value {
    json!({
        "variant": variant.to_string(),
        "channel": channel.to_string(),
        "priceMinor": price.map(|price| price.price_minor),
        "compareAtMinor": price.and_then(|price| price.compare_at_minor),
    })
}

const fn period(row: &variant_price::Model, until: Timestamp) -> variant_price_period::Model {
    variant_price_period::Model {
        variant_id: row.variant_id,
        channel_id: row.channel_id,
        since: row.since,
        until,
        price_minor: row.price_minor,
        compare_at_minor: row.compare_at_minor,
    }
}
