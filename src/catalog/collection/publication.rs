//! Which channels show a collection, and from when until when.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};

use crate::entity::collection_channel;
use crate::error::Result;
use crate::id::{ChannelId, CollectionId};

/// Shows a collection in channels; where it is shown already, it is shown as before.
pub async fn assign(tx: &DatabaseTransaction, collection: CollectionId, channels: &[ChannelId]) -> Result<()> {
    let rows = channels.iter().map(|channel| collection_channel::ActiveModel {
        collection_id: Set(collection),
        channel_id: Set(*channel),
        published_from: Set(None),
        published_until: Set(None),
    });
    let stand = OnConflict::new().do_nothing().to_owned();
    collection_channel::Entity::insert_many(rows).on_conflict(stand).exec_without_returning(tx).await?;
    Ok(())
}
