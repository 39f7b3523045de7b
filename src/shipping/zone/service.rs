//! Finds shipping zones, and what staff do to them.

use std::collections::BTreeSet;

use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::auth::Actor;
use crate::channel::Markets;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{shipping_method, shipping_zone as row, shipping_zone_area, shipping_zone_channel};
use crate::error::{OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::id::{ChannelId, ShippingMethodId, ShippingZoneId};
use crate::keyset::Keyset;
use crate::patch::Patch;
use crate::shipping::zone::area;
use crate::shipping::zone::input::{ShippingZoneCreateInput, ShippingZoneFilter, ShippingZoneUpdateInput};
use crate::shipping::zone::spec::ZoneSpec;

/// The most zones of a shop.
const MOST: usize = 300;
/// The order of the list, as its cursors name it.
const SORT: &str = "name";

#[derive(Clone)]
pub struct ShippingZoneService {
    db: Db,
}

impl ShippingZoneService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: ShippingZoneId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// One page, in the alphabet of their names.
    pub async fn list(&self, filter: &ShippingZoneFilter, args: &PageArgs) -> Result<Page<row::Model>> {
        let request = args.check(SORT)?;
        let keyset = Keyset { key: row::Column::NameKey, id: row::Column::Id, is_text: true, is_descending: false };
        let rows = keyset.page(select(filter), &request)?.all(self.db.reader()).await?;
        let cursor = |row: &row::Model| Cursor {
            sort: SORT.to_owned(),
            key: CursorKey::Text(row.name_key.clone()),
            id: row.id.uuid(),
        };
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, filter: &ShippingZoneFilter) -> Result<u64> {
        Ok(select(filter).count(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, input: ShippingZoneCreateInput) -> Result<ShippingZoneId> {
        let tx = self.db.begin().await?;
        let markets = Markets::share(&tx).await?;
        let mut checks = Checks::new("input");
        let spec = ZoneSpec::read(&mut checks, input, &markets)?;
        checks.finish()?;
        if row::Entity::find().count(&tx).await? >= u64::try_from(MOST).unwrap_or(u64::MAX) {
            return Err(UserError::too_long("input", "The list of shipping zones", MOST).into());
        }
        let id = ShippingZoneId::generate();
        let row = all_set::<row::Entity, _>(spec.to_row(id));
        map_taken(row::Entity::insert(row).exec_without_returning(&tx).await)?;
        area::replace(&tx, id, &spec.areas).await?;
        replace_channels(&tx, id, &spec.channels).await?;
        let details = Details::of_creation(event::nothing(), &spec)?;
        event::record(&tx, actor, EventType::ShippingZoneCreated, Aggregate::ShippingZone(id), details).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: ShippingZoneId, input: ShippingZoneUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let names_channels = matches!(input.channels, Patch::Set(_));
        let markets = if names_channels { Some(Markets::share(&tx).await?) } else { None };
        let row = lock(&tx, id, "id").await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let before = ZoneSpec::of(&row, area::of(&tx, id).await?, channels(&tx, id).await?);
        let mut checks = Checks::new("input");
        let after = before.clone().apply(&mut checks, input, markets.as_ref());
        checks.finish()?;
        if after == before {
            return Ok(());
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        let row = row::Model {
            created_at: row.created_at,
            updated_at: Timestamp::now(),
            version: row.version + 1,
            ..after.to_row(id)
        };
        map_taken(row::Entity::update(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await)?;
        if after.areas != before.areas {
            area::replace(&tx, id, &after.areas).await?;
        }
        // Only what has changed is written anew: a channel that stays may be on its way out.
        if after.channels != before.channels {
            replace_channels(&tx, id, &after.channels).await?;
        }
        event::record(&tx, actor, EventType::ShippingZoneUpdated, Aggregate::ShippingZone(id), details).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes a zone with its methods.
    pub async fn delete(&self, actor: &Actor, id: ShippingZoneId) -> Result<()> {
        let tx = self.db.begin().await?;
        lock(&tx, id, "id").await?;
        let methods: Vec<ShippingMethodId> = shipping_method::Entity::find()
            .select_only()
            .column(shipping_method::Column::Id)
            .filter(shipping_method::COLUMN.shipping_zone_id.eq(id))
            .order_by_asc(shipping_method::Column::Id)
            .lock_exclusive()
            .into_tuple()
            .all(&tx)
            .await?;
        row::Entity::delete_by_id(id).exec(&tx).await?;
        let of_method = |id| (Aggregate::ShippingMethod(id), EventType::ShippingMethodDeleted, event::nothing());
        let of_zone = (Aggregate::ShippingZone(id), EventType::ShippingZoneDeleted, event::nothing());
        let changes: Vec<_> = methods.into_iter().map(of_method).chain([of_zone]).collect();
        event::record_all(&tx, actor, &changes).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A zone, kept from others until the transaction ends.
pub async fn lock(tx: &DatabaseTransaction, id: ShippingZoneId, path: &str) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found(path, "shipping zone").into())
}

fn select(filter: &ShippingZoneFilter) -> Select<row::Entity> {
    use row::Column;
    let ShippingZoneFilter { channel, country, external_id } = filter;
    let serves = |slug: &String| Column::Id.in_subquery(shipping_zone_channel::Entity::zones_of_slug(slug));
    let lies_in = |country: &str| Column::Id.in_subquery(shipping_zone_area::Entity::zones_in(country));
    let condition = Condition::all()
        .add_option(channel.as_ref().map(serves))
        .add_option(country.as_ref().map(|country| lies_in(&country.0)))
        .add_option(external_id.as_ref().map(|id| Column::ExternalId.eq(id)));
    row::Entity::find().filter(condition)
}

async fn channels(tx: &DatabaseTransaction, id: ShippingZoneId) -> Result<BTreeSet<ChannelId>> {
    let rows = shipping_zone_channel::Entity::find().filter(shipping_zone_channel::COLUMN.shipping_zone_id.eq(id));
    Ok(rows.all(tx).await?.into_iter().map(|row| row.channel_id).collect())
}

/// Has a zone serve these channels and no others.
async fn replace_channels(tx: &DatabaseTransaction, id: ShippingZoneId, channels: &BTreeSet<ChannelId>) -> Result<()> {
    use shipping_zone_channel as link;
    link::Entity::delete_many().filter(link::COLUMN.shipping_zone_id.eq(id)).exec(tx).await?;
    let rows = channels.iter();
    let rows = rows.map(|channel| link::ActiveModel { shipping_zone_id: Set(id), channel_id: Set(*channel) });
    link::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("shipping_zone_name_key", || UserError::taken("input.name", "Another shipping zone has this name."))
        .on_unique("shipping_zone_external_id_key", || {
            UserError::taken("input.externalId", "Another shipping zone has this external id.")
        })
}
