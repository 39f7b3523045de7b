//! What those reach whose rights are limited to channels: there what is assigned to one of these channels.
//!
//! Whoever has the right everywhere reaches everything. For others, what is assigned to none of their channels is not
//! there, so they cannot bring it into one by its id.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::auth::{Actor, Permission, guard};
use crate::entity::{channel, collection_channel, product_channel};
use crate::error::{Result, UserError};
use crate::id::{ChannelId, CollectionId, ProductId};

/// Refuses who may not change what concerns a product in a channel.
pub async fn check_product(
    db: &impl ConnectionTrait,
    actor: &Actor,
    product: ProductId,
    channel: ChannelId,
) -> Result<()> {
    guard::check_in(actor, Permission::ProductWrite, channel)?;
    if reaches_product(db, actor, product).await? {
        return Ok(());
    }
    Err(UserError::not_found("id", "product").into())
}

/// Refuses who may not change what a variant of a product costs in a channel.
pub async fn check_variant(
    db: &impl ConnectionTrait,
    actor: &Actor,
    product: ProductId,
    channel: ChannelId,
) -> Result<()> {
    guard::check_in(actor, Permission::ProductWrite, channel)?;
    if reaches_product(db, actor, product).await? {
        return Ok(());
    }
    Err(UserError::not_found("id", "variant").into())
}

/// Refuses who may not change what concerns a collection in a channel.
pub async fn check_collection(
    db: &impl ConnectionTrait,
    actor: &Actor,
    collection: CollectionId,
    channel: ChannelId,
) -> Result<()> {
    guard::check_in(actor, Permission::CollectionWrite, channel)?;
    if actor.can(Permission::CollectionWrite) {
        return Ok(());
    }
    let assigned = collection_channel::Entity::find().filter(collection_channel::COLUMN.collection_id.eq(collection));
    let is_reached = |row: &collection_channel::Model| actor.can_in(Permission::CollectionWrite, row.channel_id);
    if assigned.all(db).await?.iter().any(is_reached) {
        return Ok(());
    }
    Err(UserError::not_found("id", "collection").into())
}

/// Refuses who may not set prices in each of some channels; none names the default channel. One that is not there is
/// left to who sets the price.
pub async fn check_channels<'a>(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slugs: impl Iterator<Item = Option<&'a str>>,
) -> Result<()> {
    if actor.can(Permission::ProductWrite) {
        return Ok(());
    }
    let channels = channel::Entity::find().all(db).await?;
    for slug in slugs {
        let is_named = |row: &&channel::Model| slug.map_or(row.is_default, |slug| row.slug == slug);
        if let Some(row) = channels.iter().find(is_named) {
            guard::check_in(actor, Permission::ProductWrite, row.id)?;
        }
    }
    Ok(())
}

async fn reaches_product(db: &impl ConnectionTrait, actor: &Actor, product: ProductId) -> Result<bool> {
    if actor.can(Permission::ProductWrite) {
        return Ok(true);
    }
    let assigned = product_channel::Entity::find().filter(product_channel::COLUMN.product_id.eq(product));
    let is_reached = |row: &product_channel::Model| actor.can_in(Permission::ProductWrite, row.channel_id);
    Ok(assigned.all(db).await?.iter().any(is_reached))
}
