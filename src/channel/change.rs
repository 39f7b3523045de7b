//! What staff do to channels.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::listing;
use crate::channel::input::{ChannelCreateInput, ChannelUpdateInput};
use crate::channel::lock;
use crate::channel::service::ChannelService;
use crate::channel::spec::ChannelSpec;
use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::{channel, channel_country, variant_price, variant_price_period};
use crate::error::{OnUnique, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::ChannelId;

/// The most channels of a shop.
pub const MAX_CHANNELS: usize = 100;

impl ChannelService {
    /// Makes a channel, which lists every product and shows none until they are assigned to it.
    pub async fn create(&self, actor: &Actor, input: ChannelCreateInput) -> Result<ChannelId> {
        let spec = ChannelSpec::from_input(input)?;
        let tx = self.db.begin().await?;
        check_room(&lock::take_all(&tx).await?)?;
        let id = ChannelId::generate();
        let row = all_set::<channel::Entity, _>(spec.to_row(id, Timestamp::now()));
        map_taken(channel::Entity::insert(row).exec_without_returning(&tx).await)?;
        insert_countries(&tx, id, &spec.countries).await?;
        listing::create_channel(&tx, id).await?;
        let details = Details::of_creation(event::nothing(), &spec)?;
        event::record(&tx, actor, EventType::ChannelCreated, Aggregate::Channel(id), details).await?;
        self.finish(tx).await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: ChannelId, input: ChannelUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = get(lock::take_all(&tx).await?, id)?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let before = ChannelSpec::of(&row, countries(&tx, id).await?);
        let after = before.clone().apply(input)?;
        if after == before {
            return Ok(());
        }
        if after.currency != before.currency && has_had_prices(&tx, id).await? {
            let message = "Prices were set in this channel's currency; create another channel for another currency.";
            return Err(UserError::in_use(message).at("input.currency").into());
        }
        if after.currency != before.currency && row.is_default {
            check_rules(&tx, &before.currency, "input.currency").await?;
        }
        let change = channel::Model {
            is_default: row.is_default,
            created_at: row.created_at,
            version: row.version + 1,
            ..after.to_row(id, Timestamp::now())
        };
        map_taken(channel::Entity::update(all_set::<channel::Entity, _>(change)).exec_without_returning(&tx).await)?;
        if after.countries != before.countries {
            channel_country::Entity::delete_many().filter(channel_country::COLUMN.channel_id.eq(id)).exec(&tx).await?;
            insert_countries(&tx, id, &after.countries).await?;
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        event::record(&tx, actor, EventType::ChannelUpdated, Aggregate::Channel(id), details).await?;
        self.finish(tx).await
    }

    /// Removes a channel in which nothing has a price, with its listings.
    pub async fn delete(&self, actor: &Actor, id: ChannelId) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = get(lock::take_all(&tx).await?, id)?;
        if row.is_default {
            return Err(UserError::in_use("This is the default channel; make another one the default first.").into());
        }
        if has_prices(&tx, id).await? {
            return Err(UserError::in_use("Variants have prices in this channel; take them away first.").into());
        }
        listing::delete_channel(&tx, id).await?;
        channel::Entity::delete_by_id(id).exec(&tx).await?;
        let payload = json!({ "slug": row.slug });
        event::record(&tx, actor, EventType::ChannelDeleted, Aggregate::Channel(id), payload).await?;
        self.finish(tx).await
    }

    /// Makes a channel the default one in the place of that which was.
    pub async fn set_default(&self, actor: &Actor, id: ChannelId) -> Result<()> {
        let tx = self.db.begin().await?;
        let all = lock::take_all(&tx).await?;
        let former = all.iter().find(|channel| channel.is_default).cloned();
        let row = get(all, id)?;
        if row.is_default {
            return Ok(());
        }
        if let Some(former) = former {
            if former.currency != row.currency {
                check_rules(&tx, &former.currency, "id").await?;
            }
            // At no instant may there be two.
            mark_default(&tx, actor, former.id, false).await?;
        }
        mark_default(&tx, actor, id, true).await?;
        listing::change_default_channel(&tx).await?;
        self.finish(tx).await
    }

    async fn finish(&self, tx: DatabaseTransaction) -> Result<()> {
        tx.commit().await?;
        self.memory.forget_all();
        Ok(())
    }
}

/// The prices in rules are amounts of the default channel's currency.
async fn check_rules(tx: &DatabaseTransaction, currency: &str, path: &str) -> Result<()> {
    if !listing::rules_name_prices(tx).await? {
        return Ok(());
    }
    let message = format!("Rules of collections name prices in {currency}; take these conditions away first.");
    Err(UserError::in_use(message).at(path).into())
}

fn get(all: Vec<channel::Model>, id: ChannelId) -> Result<channel::Model> {
    let row = all.into_iter().find(|channel| channel.id == id);
    row.ok_or_else(|| UserError::not_found("id", "channel").into())
}

fn check_room(all: &[channel::Model]) -> Result<()> {
    if all.len() < MAX_CHANNELS {
        return Ok(());
    }
    let message = format!("A shop has at most {MAX_CHANNELS} channels.");
    let limit = i64::try_from(MAX_CHANNELS).unwrap_or(i64::MAX);
    Err(UserError::new(UserErrorCode::TooLong, message).at("input").with_limit(limit).into())
}

fn map_taken<T>(result: Result<T, sea_orm::DbErr>) -> Result<T> {
    result.on_unique("channel_slug_key", || UserError::taken("input.slug", "Another channel has this slug."))
}

async fn mark_default(tx: &DatabaseTransaction, actor: &Actor, id: ChannelId, is_default: bool) -> Result<()> {
    channel::Entity::update_many()
        .col_expr(channel::Column::IsDefault, Expr::value(is_default))
        .col_expr(channel::Column::Version, Expr::col(channel::Column::Version).add(1))
        .col_expr(channel::Column::UpdatedAt, Expr::value(Timestamp::now()))
        .filter(channel::COLUMN.id.eq(id))
        .exec(tx)
        .await?;
    let payload = json!({ "isDefault": is_default });
    event::record(tx, actor, EventType::ChannelDefaultChanged, Aggregate::Channel(id), payload).await.map(drop)
}

async fn countries(tx: &DatabaseTransaction, id: ChannelId) -> Result<BTreeSet<String>> {
    let rows = channel_country::Entity::find().filter(channel_country::COLUMN.channel_id.eq(id)).all(tx).await?;
    Ok(rows.into_iter().map(|row| row.country).collect())
}

/// Writes the countries of a channel that has none yet.
pub async fn insert_countries(tx: &DatabaseTransaction, id: ChannelId, countries: &BTreeSet<String>) -> Result<()> {
    let rows = countries
        .iter()
        .map(|country| channel_country::ActiveModel { channel_id: Set(id), country: Set(country.clone()) });
    channel_country::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

async fn has_prices(tx: &DatabaseTransaction, id: ChannelId) -> Result<bool> {
    let price = variant_price::Entity::find().filter(variant_price::COLUMN.channel_id.eq(id));
    Ok(price.one(tx).await?.is_some())
}

/// Also those count that were taken away: what something cost before is told in the channel's currency.
async fn has_had_prices(tx: &DatabaseTransaction, id: ChannelId) -> Result<bool> {
    let period = variant_price_period::Entity::find().filter(variant_price_period::COLUMN.channel_id.eq(id));
    Ok(has_prices(tx, id).await? || period.one(tx).await?.is_some())
}
