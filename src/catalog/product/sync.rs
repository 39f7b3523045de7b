//! Writes the difference between how a product stands and how it shall stand.
//!
//! What stays the same keeps its id: pictures by their address, options and values by name.

use std::collections::HashMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::auth::Actor;
use crate::catalog::attribute;
use crate::catalog::product::aggregate::{Aggregate, OptionRow};
use crate::catalog::product::spec::{ImageSpec, OptionSpec, ProductSpec};
use crate::catalog::variant;
use crate::channel::Market;
use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::variant_option_value;
use crate::entity::{media, product_option, product_option_value, product_tag};
use crate::error::Result;
use crate::id::{MediaId, ProductId, ProductOptionId, ProductOptionValueId, StockLocationId};
use crate::text::fold;

/// Where and for whom a product is written.
pub struct Target<'a> {
    pub tx: &'a DatabaseTransaction,
    pub actor: &'a Actor,
    pub product: ProductId,
    pub market: &'a Market,
    pub location: StockLocationId,
    pub now: Timestamp,
}

/// Brings everything that belongs to a product to how it shall stand.
pub async fn sync(target: &Target<'_>, current: &Aggregate, spec: &ProductSpec) -> Result<()> {
    tags(target, &current.tags, &spec.tags).await?;
    let images = images(target, &current.images, &spec.images).await?;
    let options = options(target, &current.options, &spec.options).await?;
    let own = std::iter::once((None, &spec.attributes));
    attribute::sync::sync(target.tx, target.product, &current.attributes, own).await?;
    variant::sync::sync(target, current, &spec.variants, &images, &options).await
}

pub async fn tags(target: &Target<'_>, current: &[product_tag::Model], wanted: &[String]) -> Result<()> {
    if current.iter().map(|tag| &tag.tag).eq(wanted) {
        return Ok(());
    }
    if !current.is_empty() {
        product_tag::Entity::delete_many()
            .filter(product_tag::COLUMN.product_id.eq(target.product))
            .exec(target.tx)
            .await?;
    }
    let rows = wanted.iter().map(|tag| product_tag::ActiveModel {
        product_id: Set(target.product),
        tag_key: Set(fold(tag)),
        tag: Set(tag.clone()),
    });
    product_tag::Entity::insert_many(rows).exec_without_returning(target.tx).await?;
    Ok(())
}

/// Writes the pictures and gives their ids by address.
async fn images(
    target: &Target<'_>,
    current: &[media::Model],
    wanted: &[ImageSpec],
) -> Result<HashMap<String, MediaId>> {
    let gone = current.iter().filter(|row| !wanted.iter().any(|image| image.url == row.url)).map(|row| row.id);
    let gone: Vec<MediaId> = gone.collect();
    if !gone.is_empty() {
        media::Entity::delete_many().filter(media::COLUMN.id.is_in(gone)).exec(target.tx).await?;
    }
    let (mut ids, mut rows) = (HashMap::new(), Vec::new());
    for (position, image) in (0_i64..).zip(wanted) {
        let existing = current.iter().find(|row| row.url == image.url);
        let id = existing.map_or_else(MediaId::generate, |row| row.id);
        ids.insert(image.url.clone(), id);
        if existing.is_some_and(|row| row.position == position && row.alt_text == image.alt_text) {
            continue;
        }
        rows.push(media::ActiveModel {
            id: Set(id),
            product_id: Set(target.product),
            url: Set(image.url.clone()),
            alt_text: Set(image.alt_text.clone()),
            position: Set(position),
        });
    }
    let replace = OnConflict::column(media::Column::Id)
        .update_columns([media::Column::AltText, media::Column::Position])
        .to_owned();
    media::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(target.tx).await?;
    Ok(ids)
}

/// The ids of options and their values, in the order in which they are wanted.
pub type OptionIds = Vec<(ProductOptionId, HashMap<String, ProductOptionValueId>)>;

pub async fn options(target: &Target<'_>, current: &[OptionRow], wanted: &[OptionSpec]) -> Result<OptionIds> {
    let keys: Vec<String> = wanted.iter().map(|option| fold(&option.name)).collect();
    let gone: Vec<_> = current.iter().filter(|row| !keys.contains(&row.row.name_key)).map(|row| row.row.id).collect();
    if !gone.is_empty() {
        product_option::Entity::delete_many().filter(product_option::COLUMN.id.is_in(gone)).exec(target.tx).await?;
    }
    let mut ids = OptionIds::new();
    let (mut option_rows, mut value_rows) = (Vec::new(), Vec::new());
    for ((position, option), name_key) in (0_i64..).zip(wanted).zip(keys) {
        let existing = current.iter().find(|row| row.row.name_key == name_key);
        let id = existing.map_or_else(ProductOptionId::generate, |row| row.row.id);
        if !existing.is_some_and(|row| row.row.position == position && row.row.name == option.name) {
            let (name, product_id) = (option.name.clone(), target.product);
            option_rows.push(product_option::Model { id, product_id, name, name_key, position });
        }
        let existing = existing.map(|row| row.values.as_slice()).unwrap_or_default();
        ids.push((id, values(target, id, existing, &option.values, &mut value_rows).await?));
    }
    let replace = OnConflict::column(product_option::Column::Id)
        .update_columns([product_option::Column::Name, product_option::Column::Position])
        .to_owned();
    let option_rows = option_rows.into_iter().map(all_set::<product_option::Entity, _>);
    product_option::Entity::insert_many(option_rows).on_conflict(replace).exec_without_returning(target.tx).await?;
    let replace = OnConflict::column(product_option_value::Column::Id)
        .update_columns([product_option_value::Column::Name, product_option_value::Column::Position])
        .to_owned();
    let value_rows = value_rows.into_iter().map(all_set::<product_option_value::Entity, _>);
    product_option_value::Entity::insert_many(value_rows)
        .on_conflict(replace)
        .exec_without_returning(target.tx)
        .await?;
    Ok(ids)
}

/// Removes values that are not wanted, collects rows to write, and gives the ids by folded name.
async fn values(
    target: &Target<'_>,
    option_id: ProductOptionId,
    current: &[product_option_value::Model],
    wanted: &[String],
    rows: &mut Vec<product_option_value::Model>,
) -> Result<HashMap<String, ProductOptionValueId>> {
    let keys: Vec<String> = wanted.iter().map(|value| fold(value)).collect();
    let gone: Vec<_> = current.iter().filter(|row| !keys.contains(&row.name_key)).map(|row| row.id).collect();
    if !gone.is_empty() {
        variant_option_value::Entity::delete_many()
            .filter(variant_option_value::COLUMN.value_id.is_in(gone.clone()))
            .exec(target.tx)
            .await?;
        product_option_value::Entity::delete_many()
            .filter(product_option_value::COLUMN.id.is_in(gone))
            .exec(target.tx)
            .await?;
    }
    let mut ids = HashMap::new();
    for ((position, name), name_key) in (0_i64..).zip(wanted).zip(keys) {
        let existing = current.iter().find(|row| row.name_key == name_key);
        let id = existing.map_or_else(ProductOptionValueId::generate, |row| row.id);
        ids.insert(name_key.clone(), id);
        if !existing.is_some_and(|row| row.position == position && row.name == *name) {
            rows.push(product_option_value::Model { id, option_id, name: name.clone(), name_key, position });
        }
    }
    Ok(ids)
}
