//! Keeps a product's row in the listing of every channel, and in that of every collection that it is a member of.
//!
//! Whoever brings a listing up to date locks it first and looks at the product in a following statement: so of two
//! changes at once the later one sees what the earlier one did. Every channel
//! lists every product: whoever writes products shares the channels first, before any other lock, and whoever makes or
//! removes one takes them all for itself. Collections made by rules are locked before the listings of products.

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value};

use crate::catalog::collection::rule::matching;
use crate::catalog::facet::pack::{self, Which};
use crate::clock::Timestamp;
use crate::db;
use crate::entity::{channel, collection_product, product_listing, product_variant};
use crate::error::{Error, Result};
use crate::id::{ChannelId, CollectionId, ProductId, ProductVariantId};

/// Until the transaction ends no channel is made, changed or removed. One row stands for all of them, because who
/// changes channels locks each. It comes before any other lock, or two could wait for each other in a circle.
pub async fn share_channels(tx: &DatabaseTransaction) -> Result<()> {
    let first = channel::Entity::find().select_only().column(channel::Column::Id).order_by_asc(channel::Column::Id);
    let locked = first.limit(1).lock(LockType::KeyShare).into_tuple::<ChannelId>().one(tx).await?;
    locked.map(drop).ok_or_else(|| Error::internal("there is no channel"))
}

/// Brings a product's listings up to date; part of every change to its name, status, channels, variants, attributes or
/// prices.
pub async fn refresh(tx: &DatabaseTransaction, product: ProductId) -> Result<()> {
    let rule_made = lock_all(tx, product).await?;
    write(tx, "product.id = $1", vec![product.into()]).await?;
    pack::write(tx, &Which::Product(&product.into())).await?;
    matching::refresh(tx, &rule_made, &[product]).await?;
    write_members(tx, "member.product_id = $1", vec![product.into()]).await
}

/// Locks all that bringing a product's listings up to date locks, and gives the collections that rules make. Whoever
/// changes what others refer to a product by does so first: from then on nobody else can begin to refer to it, and one
/// who is about to may hold what the listings need.
pub async fn lock_all(tx: &DatabaseTransaction, product: ProductId) -> Result<Vec<CollectionId>> {
    share_channels(tx).await?;
    let rule_made = matching::lock(tx).await?;
    lock(tx, product).await?;
    lock_memberships(tx, product).await?;
    Ok(rule_made)
}

/// Writes the first listings of a product that this transaction makes.
pub async fn create(tx: &DatabaseTransaction, product: ProductId) -> Result<()> {
    share_channels(tx).await?;
    write(tx, "product.id = $1", vec![product.into()]).await?;
    pack::write(tx, &Which::Product(&product.into())).await?;
    let rule_made = matching::lock(tx).await?;
    find_collections(tx, &rule_made, product).await
}

/// Brings the listings of a variant's product up to date after its stock has changed, in a transaction that shares the
/// channels.
pub async fn refresh_availability(tx: &DatabaseTransaction, variant: ProductVariantId) -> Result<()> {
    let row = product_variant::Entity::find_by_id(variant).one(tx).await?;
    let Some(product) = row.map(|row| row.product_id) else { return Ok(()) };
    lock(tx, product).await?;
    let sql = format!(
        "UPDATE product_listing SET is_available = NOT is_available WHERE product_id = $1 AND is_available <> (EXISTS (
            SELECT 1 FROM product_variant AS variant
            JOIN variant_price AS price
              ON price.variant_id = variant.id AND price.channel_id = product_listing.channel_id
            WHERE variant.product_id = product_listing.product_id AND variant.status = 'ACTIVE' AND {HAS_UNITS}))"
    );
    if db::execute(tx, &sql, [product.into()]).await? == 0 {
        return Ok(());
    }
    let rule_made = matching::lock(tx).await?;
    find_collections(tx, &rule_made, product).await
}

/// Brings the collections that find a product by rules up to date, where nothing else of its listings has changed.
async fn find_collections(tx: &DatabaseTransaction, rule_made: &[CollectionId], product: ProductId) -> Result<()> {
    lock_memberships(tx, product).await?;
    let difference = matching::refresh(tx, rule_made, &[product]).await?;
    if difference.written.is_empty() {
        return Ok(());
    }
    write_members(tx, "member.product_id = $1", vec![product.into()]).await
}

/// Lists every product of the shop in a channel that this transaction makes, which has taken all channels for itself.
pub async fn create_channel(tx: &DatabaseTransaction, channel: ChannelId) -> Result<()> {
    write(tx, "channel.id = $1", vec![channel.into()]).await?;
    pack::write(tx, &Which::Channel(&channel.into())).await?;
    write_members(tx, "listing.channel_id = $1", vec![channel.into()]).await
}

/// Has everything found anew that collections find in the default channel, after another one has become that.
pub async fn change_default_channel(tx: &DatabaseTransaction) -> Result<()> {
    matching::apply_all_anew(tx).await
}

/// Whether a collection's rules name prices, which are amounts of the default channel.
pub async fn rules_name_prices(tx: &DatabaseTransaction) -> Result<bool> {
    matching::any_names_prices(tx).await
}

/// Takes every product out of a channel that this transaction removes.
pub async fn delete_channel(tx: &DatabaseTransaction, channel: ChannelId) -> Result<()> {
    product_listing::Entity::delete_many().filter(product_listing::COLUMN.channel_id.eq(channel)).exec(tx).await?;
    Ok(())
}

/// Brings the listing of a collection up to date for some of its members, or for all of them.
pub async fn refresh_members(
    tx: &DatabaseTransaction,
    collection: CollectionId,
    members: Option<&[ProductId]>,
) -> Result<()> {
    share_channels(tx).await?;
    let Some(members) = members else {
        return write_members(tx, "member.collection_id = $1", vec![collection.into()]).await;
    };
    if members.is_empty() {
        return Ok(());
    }
    let places = (2..members.len() + 2).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    let which = format!("member.collection_id = $1 AND member.product_id IN ({places})");
    let values = std::iter::once(collection.into()).chain(members.iter().map(|id| Value::from(*id)));
    write_members(tx, &which, values.collect()).await
}

/// Brings the listing of a collection up to date after members of it got other places.
pub async fn refresh_places(tx: &DatabaseTransaction, collection: CollectionId) -> Result<()> {
    let sql = "UPDATE collection_listing SET position = member.position FROM collection_product AS member
        WHERE collection_listing.collection_id = $1 AND member.collection_id = $1
        AND member.product_id = collection_listing.product_id AND member.position <> collection_listing.position";
    db::execute(tx, sql, [collection.into()]).await.map(drop)
}

/// Writes all listings anew, as is due after products were written by other ways than their service. Rules are then
/// applied to the whole shop.
pub async fn rebuild(tx: &DatabaseTransaction) -> Result<()> {
    share_channels(tx).await?;
    write(tx, "1 = 1", Vec::new()).await?;
    pack::write(tx, &Which::All).await?;
    write_members(tx, "1 = 1", Vec::new()).await?;
    matching::apply_all_anew(tx).await
}

async fn lock(tx: &DatabaseTransaction, product: ProductId) -> Result<()> {
    let rows = product_listing::Entity::find()
        .select_only()
        .column(product_listing::Column::ChannelId)
        .filter(product_listing::COLUMN.product_id.eq(product));
    rows.order_by_asc(product_listing::Column::ChannelId).lock_exclusive().into_tuple::<ChannelId>().all(tx).await?;
    Ok(())
}

/// Keeps collections from taking their members' listings away, and from giving members other places, at the same time.
async fn lock_memberships(tx: &DatabaseTransaction, product: ProductId) -> Result<()> {
    let rows = collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::CollectionId)
        .filter(collection_product::COLUMN.product_id.eq(product));
    rows.order_by_asc(collection_product::Column::CollectionId)
        .lock(LockType::KeyShare)
        .into_tuple::<CollectionId>()
        .all(tx)
        .await?;
    Ok(())
}

async fn write(tx: &DatabaseTransaction, which: &str, mut values: Vec<Value>) -> Result<()> {
    values.push(Timestamp::now().into());
    let now = format!("${}", values.len());
    let sql = format!(
        "INSERT INTO product_listing
            (channel_id, product_id, is_published, published_from, published_until, name_key, lowest_minor,
             highest_minor, has_price, is_available, created_at, first_shown)
        SELECT channel.id, product.id,
               product.status = 'ACTIVE' AND shown.product_id IS NOT NULL AND COUNT(price.variant_id) > 0,
               COALESCE(shown.published_from, -9223372036854775807),
               COALESCE(shown.published_until, 9223372036854775807),
               product.name_key, COALESCE(MIN(price.price_minor), 0), COALESCE(MAX(price.price_minor), 0),
               COUNT(price.variant_id) > 0,
               COALESCE(MAX(CASE WHEN price.variant_id IS NOT NULL AND {HAS_UNITS} THEN 1 ELSE 0 END), 0) = 1,
               product.created_at,
               CASE WHEN product.status = 'ACTIVE' AND shown.product_id IS NOT NULL AND COUNT(price.variant_id) > 0
                         AND COALESCE(shown.published_until, 9223372036854775807) > {now}
                    THEN CASE WHEN shown.published_from > {now} THEN shown.published_from ELSE {now} END END
        FROM product
        CROSS JOIN channel
        LEFT JOIN product_channel AS shown ON shown.product_id = product.id AND shown.channel_id = channel.id
        LEFT JOIN product_variant AS variant ON variant.product_id = product.id AND variant.status = 'ACTIVE'
        LEFT JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = channel.id
        WHERE {which}
        GROUP BY channel.id, product.id, product.status, product.name_key, product.created_at, shown.product_id,
                 shown.published_from, shown.published_until
        ON CONFLICT (channel_id, product_id) DO UPDATE SET
            is_published = excluded.is_published, published_from = excluded.published_from,
            published_until = excluded.published_until, name_key = excluded.name_key,
            lowest_minor = excluded.lowest_minor, highest_minor = excluded.highest_minor,
            has_price = excluded.has_price, is_available = excluded.is_available,
            first_shown = CASE WHEN product_listing.first_shown <= {now} THEN product_listing.first_shown
                          ELSE excluded.first_shown END"
    );
    db::execute(tx, &sql, values).await.map(drop)
}

async fn write_members(tx: &DatabaseTransaction, which: &str, values: Vec<Value>) -> Result<()> {
    let sql = format!(
        "INSERT INTO collection_listing
            (collection_id, product_id, channel_id, is_published, published_from, published_until, position, name_key,
             lowest_minor, created_at)
        SELECT member.collection_id, member.product_id, listing.channel_id, listing.is_published,
               listing.published_from, listing.published_until, member.position, listing.name_key,
               listing.lowest_minor, listing.created_at
        FROM collection_product AS member
        JOIN product_listing AS listing ON listing.product_id = member.product_id
        WHERE {which}
        ON CONFLICT (collection_id, product_id, channel_id) DO UPDATE SET
            is_published = excluded.is_published, published_from = excluded.published_from,
            published_until = excluded.published_until, position = excluded.position,
            name_key = excluded.name_key, lowest_minor = excluded.lowest_minor"
    );
    db::execute(tx, &sql, values).await.map(drop)
}

/// Units of a variant can be sold: they are not counted, any number may be sold, or there are some.
const HAS_UNITS: &str = "(NOT variant.tracks_stock OR variant.backorder_limit IS NULL OR variant.backorder_limit + (
    SELECT COALESCE(SUM(level.on_hand - level.allocated), 0) FROM stock_level AS level
    WHERE level.variant_id = variant.id) > 0)";
