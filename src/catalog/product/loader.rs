//! What the fields of products ask for, a batch at a time.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::catalog::product::aggregate::OptionRow;
use crate::catalog::product::read::ListedProduct;
use crate::entity::{media, product, product_listing, product_option, product_option_value, product_tag};
use crate::error::{Error, SharedError};
use crate::graphql::loader::{Batches, group};
use crate::id::{ChannelId, MediaId, ProductId};

/// The product of an id, as the actor may see it in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProductIn(pub ChannelId, pub ProductId);

impl Loader<ProductIn> for Batches {
    type Value = ListedProduct;
    type Error = SharedError;

    async fn load(&self, keys: &[ProductIn]) -> Result<HashMap<ProductIn, ListedProduct>, SharedError> {
        let mut found = HashMap::new();
        for (channel, ids) in group(keys.iter().map(|ProductIn(channel, id)| (*channel, *id))) {
            let rows = product::Entity::visible_to(&self.actor, channel)
                .filter(product::COLUMN.id.is_in(ids))
                .select_also(product_listing::Entity)
                .all(self.db.reader())
                .await?;
            for (product, listing) in rows {
                let listing = listing.ok_or_else(|| Error::internal("a listed product has no listing"))?;
                found.insert(ProductIn(channel, product.id), (product, listing));
            }
        }
        Ok(found)
    }
}

/// The pictures of a product, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImagesOf(pub ProductId);

impl Loader<ImagesOf> for Batches {
    type Value = Vec<media::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[ImagesOf]) -> Result<HashMap<ImagesOf, Vec<media::Model>>, SharedError> {
        let rows = media::Entity::find()
            .filter(media::COLUMN.product_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(media::Column::Position)
            .all(self.db.reader())
            .await?;
        Ok(group(rows.into_iter().map(|row| (ImagesOf(row.product_id), row))))
    }
}

/// The picture of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImageKey(pub MediaId);

impl Loader<ImageKey> for Batches {
    type Value = media::Model;
    type Error = SharedError;

    async fn load(&self, keys: &[ImageKey]) -> Result<HashMap<ImageKey, media::Model>, SharedError> {
        let rows = media::Entity::find()
            .filter(media::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (ImageKey(row.id), row)).collect())
    }
}

/// The options of a product with their values, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OptionsOf(pub ProductId);

impl Loader<OptionsOf> for Batches {
    type Value = Vec<OptionRow>;
    type Error = SharedError;

    async fn load(&self, keys: &[OptionsOf]) -> Result<HashMap<OptionsOf, Vec<OptionRow>>, SharedError> {
        let options = product_option::Entity::find()
            .filter(product_option::COLUMN.product_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(product_option::Column::Position)
            .all(self.db.reader())
            .await?;
        if options.is_empty() {
            return Ok(HashMap::new());
        }
        let values = product_option_value::Entity::find()
            .filter(product_option_value::COLUMN.option_id.is_in(options.iter().map(|row| row.id)))
            .order_by_asc(product_option_value::Column::Position)
            .all(self.db.reader())
            .await?;
        let mut values = group(values.into_iter().map(|row| (row.option_id, row)));
        let with_values = |row: product_option::Model| {
            let values = values.remove(&row.id).unwrap_or_default();
            (OptionsOf(row.product_id), OptionRow { row, values })
        };
        Ok(group(options.into_iter().map(with_values)))
    }
}

/// The tags of a product, in their alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TagsOf(pub ProductId);

impl Loader<TagsOf> for Batches {
    type Value = Vec<String>;
    type Error = SharedError;

    async fn load(&self, keys: &[TagsOf]) -> Result<HashMap<TagsOf, Vec<String>>, SharedError> {
        let rows = product_tag::Entity::find()
            .filter(product_tag::COLUMN.product_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(product_tag::Column::TagKey)
            .all(self.db.reader())
            .await?;
        Ok(group(rows.into_iter().map(|row| (TagsOf(row.product_id), row.tag))))
    }
}
