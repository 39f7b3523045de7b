//! The pictures of variants, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::catalog::product::row::ImageRow;
use crate::entity::{media, variant_media};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::ProductVariantId;

/// The pictures that show a variant, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VariantImagesOf(pub ProductVariantId);

impl Loader<VariantImagesOf> for Batches {
    type Value = Arc<Vec<ImageRow>>;
    type Error = SharedError;

    async fn load(&self, keys: &[VariantImagesOf]) -> Result<HashMap<VariantImagesOf, Self::Value>, SharedError> {
        let rows = variant_media::Entity::find()
            .join(JoinType::InnerJoin, variant_media::Entity::to_media())
            .select_also(media::Entity)
            .filter(variant_media::COLUMN.variant_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(variant_media::Column::Position)
            .all(self.db.reader())
            .await?;
        let image = |(shown, image): (variant_media::Model, Option<media::Model>)| {
            Some((VariantImagesOf(shown.variant_id), ImageRow::from(image?)))
        };
        Ok(shared(rows.into_iter().filter_map(image)))
    }
}
