//! Which channels show a collection, and from when until when.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};

use crate::auth::Actor;
use crate::catalog::collection::service::{self, CollectionService};
use crate::catalog::publication::Window;
use crate::catalog::publication::input::PublicationInput;
use crate::catalog::publication::reach;
use crate::catalog::publication::spec::{self, PublicationSpec};
use crate::entity::collection_channel;
use crate::error::Result;
use crate::event::EventType;
use crate::id::{ChannelId, CollectionId};

impl CollectionService {
    /// Shows a collection in a channel for a span of time; one that was there is replaced.
    pub async fn set_channel(&self, actor: &Actor, id: CollectionId, input: PublicationInput) -> Result<()> {
        let (tx, _) = self.lock(id).await?;
        let wanted = PublicationSpec::read(&tx, input).await?;
        reach::check_collection(&tx, actor, id, wanted.channel).await?;
        let standing = collection_channel::Entity::find_by_id((id, wanted.channel)).one(&tx).await?;
        let standing = standing.map(|row| Window { from: row.published_from, until: row.published_until });
        if standing == Some(wanted.window) {
            return Ok(());
        }
        write(&tx, id, &wanted).await?;
        service::finish(tx, actor, id, EventType::CollectionChannelsChanged, wanted.details(standing)?).await
    }

    /// Takes a collection out of a channel; one that is not in it is left alone.
    pub async fn remove_channel(&self, actor: &Actor, id: CollectionId, slug: &str) -> Result<()> {
        let (tx, _) = self.lock(id).await?;
        let channel = spec::channel_to_leave(&tx, slug).await?;
        reach::check_collection(&tx, actor, id, channel).await?;
        let row = collection_channel::Entity::find_by_id((id, channel)).one(&tx).await?;
        let Some(row) = row else { return Ok(()) };
        let standing = Window { from: row.published_from, until: row.published_until };
        collection_channel::Entity::delete_by_id((id, channel)).exec(&tx).await?;
        service::finish(tx, actor, id, EventType::CollectionChannelsChanged, spec::removed(channel, standing)?).await
    }
}

/// Shows a collection in channels; where it is shown already, it is shown as before.
pub async fn assign(tx: &DatabaseTransaction, collection: CollectionId, channels: &[ChannelId]) -> Result<()> {
    let rows = channels.iter().map(|channel| row(collection, *channel, Window::default()));
    let stand = OnConflict::new().do_nothing().to_owned();
    collection_channel::Entity::insert_many(rows).on_conflict(stand).exec_without_returning(tx).await?;
    Ok(())
}

async fn write(tx: &DatabaseTransaction, collection: CollectionId, wanted: &PublicationSpec) -> Result<()> {
    let replace =
        OnConflict::columns([collection_channel::Column::CollectionId, collection_channel::Column::ChannelId])
            .update_columns([collection_channel::Column::PublishedFrom, collection_channel::Column::PublishedUntil])
            .to_owned();
    let row = row(collection, wanted.channel, wanted.window);
    collection_channel::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

fn row(collection: CollectionId, channel: ChannelId, window: Window) -> collection_channel::ActiveModel {
    collection_channel::ActiveModel {
        collection_id: Set(collection),
        channel_id: Set(channel),
        published_from: Set(window.from),
        published_until: Set(window.until),
    }
}
