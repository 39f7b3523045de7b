//! Which channels show a product, and from when until when.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};

use crate::entity::product_channel;
use crate::error::Result;
use crate::id::{ChannelId, ProductId};

/// Shows a product in channels; where it is shown already, it is shown as before. The caller brings the listing up to
/// date.
pub async fn assign(tx: &DatabaseTransaction, product: ProductId, channels: &[ChannelId]) -> Result<()> {
    let rows = channels.iter().map(|channel| product_channel::ActiveModel {
        product_id: Set(product),
        channel_id: Set(*channel),
        published_from: Set(None),
        published_until: Set(None),
    });
    let stand = OnConflict::new().do_nothing().to_owned();
    product_channel::Entity::insert_many(rows).on_conflict(stand).exec_without_returning(tx).await?;
    Ok(())
}
