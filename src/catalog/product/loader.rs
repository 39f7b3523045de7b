//! What the fields of products ask for, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::auth::Scope;
use crate::catalog::product::aggregate::OptionRow;
use crate::catalog::product::list::{self, Among};
use crate::catalog::product::row::{ProductFields, ProductRow};
use crate::entity::{media, product, product_option, product_option_value, product_tag};
use crate::entity::{product_variant, variant_option_value};
use crate::error::{Error, SharedError};
use crate::graphql::loader::{Batches, group, shared};
use crate::id::{MediaId, ProductId};

/// The product of an id, as it is there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProductIn(pub Scope, pub ProductId);

impl Loader<ProductIn> for Batches {
    type Value = Arc<ProductRow>;
    type Error = SharedError;

    async fn load(&self, keys: &[ProductIn]) -> Result<HashMap<ProductIn, Arc<ProductRow>>, SharedError> {
        let mut found = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|ProductIn(scope, id)| (*scope, *id))) {
            let which = Condition::all().add(product::COLUMN.id.is_in(ids));
            let query = list::select(scope, Among::All, ProductFields::OWN, which);
            for row in self.db.reader().query_all(&query).await.map_err(Error::from)? {
                let (product, _) = ProductRow::read(&row, ProductFields::OWN, 0)?;
                found.insert(ProductIn(scope, product.id), Arc::new(product));
            }
        }
        Ok(found)
    }
}

/// The pictures of a product, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImagesOf(pub ProductId);

impl Loader<ImagesOf> for Batches {
    type Value = Arc<Vec<media::Model>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ImagesOf]) -> Result<HashMap<ImagesOf, Arc<Vec<media::Model>>>, SharedError> {
        let rows = media::Entity::find()
            .filter(media::COLUMN.product_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(media::Column::Position)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (ImagesOf(row.product_id), row))))
    }
}

/// The first picture of a product; positions begin at zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FirstImageOf(pub ProductId);

impl Loader<FirstImageOf> for Batches {
    type Value = media::Model;
    type Error = SharedError;

    async fn load(&self, keys: &[FirstImageOf]) -> Result<HashMap<FirstImageOf, media::Model>, SharedError> {
        let rows = media::Entity::find()
            .filter(media::COLUMN.product_id.is_in(keys.iter().map(|key| key.0)))
            .filter(media::COLUMN.position.eq(0))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (FirstImageOf(row.product_id), row)).collect())
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

/// The options of a product with their values, in order: for shoppers those that something for sale in a channel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OptionsOf(pub Scope, pub ProductId);

impl Loader<OptionsOf> for Batches {
    type Value = Arc<Vec<OptionRow>>;
    type Error = SharedError;

    async fn load(&self, keys: &[OptionsOf]) -> Result<HashMap<OptionsOf, Arc<Vec<OptionRow>>>, SharedError> {
        let mut found = HashMap::new();
        for (scope, products) in group(keys.iter().map(|OptionsOf(scope, id)| (*scope, *id))) {
            let options = self.options(scope, &products).await?;
            found.extend(shared(options.into_iter().map(|option| (OptionsOf(scope, option.row.product_id), option))));
        }
        Ok(found)
    }
}

impl Batches {
    async fn options(&self, scope: Scope, products: &[ProductId]) -> Result<Vec<OptionRow>, Error> {
        let options = product_option::Entity::find()
            .filter(product_option::COLUMN.product_id.is_in(products.iter().copied()))
            .order_by_asc(product_option::Column::Position)
            .all(self.db.reader())
            .await?;
        if options.is_empty() {
            return Ok(Vec::new());
        }
        let is_whole = scope.sees_drafts;
        let mut values = product_option_value::Entity::find()
            .filter(product_option_value::COLUMN.option_id.is_in(options.iter().map(|row| row.id)))
            .order_by_asc(product_option_value::Column::Position);
        if !is_whole {
            let variants = product_variant::Entity::ids_visible_in(scope, product_variant::Column::Id)
                .filter(product_variant::COLUMN.product_id.is_in(products.iter().copied()));
            let worn = variant_option_value::Entity::find()
                .select_only()
                .column(variant_option_value::Column::ValueId)
                .filter(variant_option_value::Column::VariantId.in_subquery(variants.into_query()));
            values = values.filter(product_option_value::Column::Id.in_subquery(worn.into_query()));
        }
        let values = values.all(self.db.reader()).await?;
        let mut values = group(values.into_iter().map(|row| (row.option_id, row)));
        let with_values = |row: product_option::Model| {
            let values = values.remove(&row.id).unwrap_or_default();
            OptionRow { row, values }
        };
        let options = options.into_iter().map(with_values);
        Ok(options.filter(|option| is_whole || !option.values.is_empty()).collect())
    }
}

/// The tags of a product, in their alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TagsOf(pub ProductId);

impl Loader<TagsOf> for Batches {
    type Value = Arc<Vec<String>>;
    type Error = SharedError;

    async fn load(&self, keys: &[TagsOf]) -> Result<HashMap<TagsOf, Arc<Vec<String>>>, SharedError> {
        let rows = product_tag::Entity::find()
            .filter(product_tag::COLUMN.product_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(product_tag::Column::TagKey)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (TagsOf(row.product_id), row.tag))))
    }
}
