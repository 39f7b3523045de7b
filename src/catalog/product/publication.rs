//! Which channels show a product, and from when until when.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};

use crate::auth::Actor;
use crate::catalog::product::service::ProductService;
use crate::catalog::publication::Window;
use crate::catalog::publication::input::PublicationInput;
use crate::catalog::publication::reach;
use crate::catalog::publication::spec::{self, PublicationSpec};
use crate::entity::product_channel;
use crate::error::Result;
use crate::event::EventType;
use crate::id::{ChannelId, ProductId};

impl ProductService {
    /// Shows a product in a channel for a span of time; one that was there is replaced.
    pub async fn set_channel(&self, actor: &Actor, id: ProductId, input: PublicationInput) -> Result<()> {
        let writing = self.write(id, "id", None).await?;
        let tx = &writing.tx;
        let wanted = PublicationSpec::read(tx, input).await?;
        reach::check_product(tx, actor, id, wanted.channel).await?;
        let standing = product_channel::Entity::find_by_id((id, wanted.channel)).one(tx).await?;
        let standing = standing.map(|row| Window { from: row.published_from, until: row.published_until });
        if standing == Some(wanted.window) {
            return Ok(());
        }
        write(tx, id, &wanted).await?;
        writing.finish(actor, EventType::ProductChannelsChanged, wanted.details(standing)?).await
    }

    /// Takes a product out of a channel; one that is not in it is left alone.
    pub async fn remove_channel(&self, actor: &Actor, id: ProductId, slug: &str) -> Result<()> {
        let writing = self.write(id, "id", None).await?;
        let tx = &writing.tx;
        let channel = spec::channel_to_leave(tx, slug).await?;
        reach::check_product(tx, actor, id, channel).await?;
        let row = product_channel::Entity::find_by_id((id, channel)).one(tx).await?;
        let Some(row) = row else { return Ok(()) };
        let standing = Window { from: row.published_from, until: row.published_until };
        product_channel::Entity::delete_by_id((id, channel)).exec(tx).await?;
        writing.finish(actor, EventType::ProductChannelsChanged, spec::removed(channel, standing)?).await
    }
}

/// Shows a product in channels; where it is shown already, it is shown as before. The caller brings the listing up to
/// date.
pub async fn assign(tx: &DatabaseTransaction, product: ProductId, channels: &[ChannelId]) -> Result<()> {
    let rows = channels.iter().map(|channel| row(product, *channel, Window::default()));
    let stand = OnConflict::new().do_nothing().to_owned();
    product_channel::Entity::insert_many(rows).on_conflict(stand).exec_without_returning(tx).await?;
    Ok(())
}

async fn write(tx: &DatabaseTransaction, product: ProductId, wanted: &PublicationSpec) -> Result<()> {
    let replace = OnConflict::columns([product_channel::Column::ProductId, product_channel::Column::ChannelId])
        .update_columns([product_channel::Column::PublishedFrom, product_channel::Column::PublishedUntil])
        .to_owned();
    let row = row(product, wanted.channel, wanted.window);
    product_channel::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

fn row(product: ProductId, channel: ChannelId, window: Window) -> product_channel::ActiveModel {
    product_channel::ActiveModel {
        product_id: Set(product),
        channel_id: Set(channel),
        published_from: Set(window.from),
        published_until: Set(window.until),
    }
}
