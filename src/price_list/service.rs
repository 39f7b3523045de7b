//! What staff do to price lists.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use sea_orm::{QueryTrait, Select};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::listing::share_channels;
use crate::channel::{self, PriceRuleMemory};
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::price_list as row;
use crate::entity::{price_list_channel, price_list_group, price_list_price};
use crate::error::{OnUnique, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, Details, EventType};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::id::{ChannelId, CustomerGroupId, PriceListId};
use crate::keyset::Keyset;
use crate::price_list::input::{PriceListCreateInput, PriceListFilter, PriceListUpdateInput};
use crate::price_list::spec::PriceListSpec;

/// The most price lists of a shop.
const MOST: u64 = 500;

/// The name of the one order: by name.
const BY_NAME: &str = "name";

#[derive(Clone)]
pub struct PriceListService {
    pub(super) db: Db,
    price_rules: PriceRuleMemory,
}

impl PriceListService {
    pub const fn new(db: Db, price_rules: PriceRuleMemory) -> Self {
        Self { db, price_rules }
    }

    pub async fn find(&self, id: PriceListId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// One page, in the alphabet of the names.
    pub async fn list(&self, filter: &PriceListFilter, args: &PageArgs) -> Result<Page<row::Model>> {
        let request = args.check(BY_NAME)?;
        let keyset = Keyset { key: row::Column::NameKey, id: row::Column::Id, is_text: true, is_descending: false };
        let rows = keyset.page(self.select(filter).await?, &request)?.all(self.db.reader()).await?;
        let cursor = |row: &row::Model| {
            let key = CursorKey::Text(row.name_key.clone());
            Cursor { sort: BY_NAME.to_owned(), key, id: row.id.uuid() }
        };
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, filter: &PriceListFilter) -> Result<u64> {
        Ok(self.select(filter).await?.count(self.db.reader()).await?)
    }

    async fn select(&self, filter: &PriceListFilter) -> Result<Select<row::Entity>> {
        let mut query = row::Entity::find();
        if let Some(is_active) = filter.is_active {
            query = query.filter(row::COLUMN.is_active.eq(is_active));
        }
        if let Some(id) = &filter.external_id {
            query = query.filter(row::Column::ExternalId.eq(id));
        }
        if let Some(slug) = &filter.channel {
            let market = channel::find(self.db.reader(), Some(slug)).await?;
            let ids = price_list_channel::Entity::find()
                .select_only()
                .column(price_list_channel::Column::PriceListId)
                .filter(price_list_channel::Column::ChannelId.is_in(market.map(|market| market.channel.id)));
            query = query.filter(row::Column::Id.in_subquery(ids.into_query()));
        }
        if let Some(group) = filter.group {
            let ids = price_list_group::Entity::find()
                .select_only()
                .column(price_list_group::Column::PriceListId)
                .filter(price_list_group::COLUMN.customer_group_id.eq(group));
            query = query.filter(row::Column::Id.in_subquery(ids.into_query()));
        }
        Ok(query)
    }

    /// Makes a list without prices.
    pub async fn create(&self, actor: &Actor, input: PriceListCreateInput) -> Result<PriceListId> {
        let tx = self.db.begin().await?;
        share_channels(&tx).await?;
        let spec = PriceListSpec::from_input(&tx, input).await?;
        if row::Entity::find().count(&tx).await? >= MOST {
            let message = format!("A shop has at most {MOST} price lists.");
            let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
            return Err(UserError::new(UserErrorCode::TooLong, message).at("input").with_limit(limit).into());
        }
        let (id, now) = (PriceListId::generate(), Timestamp::now());
        let row = row::Model {
            id,
            name: String::new(),
            name_key: String::new(),
            currency: String::new(),
            is_active: false,
            starts_at: None,
            ends_at: None,
            external_id: None,
            metadata: json!({}),
            private_metadata: json!({}),
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let row = all_set::<row::Entity, _>(spec.write(row));
        map_taken(row::Entity::insert(row).exec_without_returning(&tx).await)?;
        insert_channels(&tx, id, &spec.channels).await?;
        insert_groups(&tx, id, &spec.groups).await?;
        let details = Details::of_creation(event::nothing(), &spec)?;
        event::record(&tx, actor, EventType::PriceListCreated, Aggregate::PriceList(id), details).await?;
        self.finish(tx).await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: PriceListId, input: PriceListUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        share_channels(&tx).await?;
        let row = lock(&tx, id).await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let before = PriceListSpec::of(&row, channels(&tx, id).await?, groups(&tx, id).await?);
        let after = before.clone().apply(&tx, input).await?;
        if after == before {
            return Ok(());
        }
        if after.currency != before.currency && has_prices(&tx, id).await? {
            let message = "The list has prices in its currency; take them away first, or make another list.";
            return Err(UserError::in_use(message).at("input.currency").into());
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        write(&tx, after.write(row)).await?;
        if after.channels != before.channels {
            let standing = price_list_channel::Entity::delete_many();
            standing.filter(price_list_channel::COLUMN.price_list_id.eq(id)).exec(&tx).await?;
            insert_channels(&tx, id, &after.channels).await?;
        }
        if after.groups != before.groups {
            let standing = price_list_group::Entity::delete_many();
            standing.filter(price_list_group::COLUMN.price_list_id.eq(id)).exec(&tx).await?;
            insert_groups(&tx, id, &after.groups).await?;
        }
        event::record(&tx, actor, EventType::PriceListUpdated, Aggregate::PriceList(id), details).await?;
        self.finish(tx).await
    }

    /// Removes a list with its prices.
    pub async fn delete(&self, actor: &Actor, id: PriceListId) -> Result<()> {
        let tx = self.db.begin().await?;
        lock(&tx, id).await?;
        row::Entity::delete_by_id(id).exec(&tx).await?;
        event::record(&tx, actor, EventType::PriceListDeleted, Aggregate::PriceList(id), event::nothing()).await?;
        self.finish(tx).await
    }

    pub(super) async fn finish(&self, tx: DatabaseTransaction) -> Result<()> {
        tx.commit().await?;
        self.price_rules.forget();
        Ok(())
    }
}

/// A list, kept from others until the transaction ends.
pub async fn lock(tx: &DatabaseTransaction, id: PriceListId) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "price list").into())
}

/// Writes a list that has changed.
pub async fn write(tx: &DatabaseTransaction, row: row::Model) -> Result<()> {
    let row = row::Model { version: row.version + 1, updated_at: Timestamp::now(), ..row };
    map_taken(row::Entity::update(all_set::<row::Entity, _>(row)).exec_without_returning(tx).await).map(drop)
}

async fn has_prices(tx: &DatabaseTransaction, id: PriceListId) -> Result<bool> {
    let price = price_list_price::Entity::find().filter(price_list_price::COLUMN.price_list_id.eq(id));
    Ok(price.limit(1).one(tx).await?.is_some())
}

async fn channels(tx: &DatabaseTransaction, id: PriceListId) -> Result<BTreeSet<ChannelId>> {
    let rows = price_list_channel::Entity::find().filter(price_list_channel::COLUMN.price_list_id.eq(id));
    Ok(rows.all(tx).await?.into_iter().map(|row| row.channel_id).collect())
}

async fn groups(tx: &DatabaseTransaction, id: PriceListId) -> Result<BTreeSet<CustomerGroupId>> {
    let rows = price_list_group::Entity::find().filter(price_list_group::COLUMN.price_list_id.eq(id));
    Ok(rows.all(tx).await?.into_iter().map(|row| row.customer_group_id).collect())
}

async fn insert_channels(tx: &DatabaseTransaction, id: PriceListId, channels: &BTreeSet<ChannelId>) -> Result<()> {
    let rows = channels
        .iter()
        .map(|channel| price_list_channel::ActiveModel { price_list_id: Set(id), channel_id: Set(*channel) });
    price_list_channel::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

async fn insert_groups(tx: &DatabaseTransaction, id: PriceListId, groups: &BTreeSet<CustomerGroupId>) -> Result<()> {
    let rows = groups
        .iter()
        .map(|group| price_list_group::ActiveModel { price_list_id: Set(id), customer_group_id: Set(*group) });
    price_list_group::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("price_list_name_key", || UserError::taken("input.name", "Another price list has this name."))
        .on_unique("price_list_external_id_key", || {
            UserError::taken("input.externalId", "Another price list has this external id.")
        })
}
