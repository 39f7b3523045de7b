//! Writes the difference between how a product stands and how it shall stand.
//!
//! What stays the same keeps its id: pictures by their address, options and values by name, variants by their option
//! values. Variants that are not wanted any more are archived, because orders and the stock ledger may know them.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use crate::auth::Actor;
use crate::catalog::product::aggregate::{Aggregate, OptionRow};
use crate::catalog::product::spec::{ImageSpec, OptionSpec, ProductSpec};
use crate::catalog::variant::spec::VariantSpec;
use crate::channel::Market;
use crate::clock::Timestamp;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{media, product_option, product_option_value, product_tag};
use crate::entity::{product_variant, variant_option_value, variant_price};
use crate::error::{OnUnique, Result, UserError};
use crate::id::{MediaId, ProductId, ProductOptionId, ProductOptionValueId, ProductVariantId, StockLocationId};
use crate::stock::{self, Place};
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
    let variants = variants(target, current, &spec.variants, &images).await?;
    links(target, &variants, &spec.variants, &options).await?;
    prices(target, &variants, &spec.variants).await?;
    levels(target, current, &variants, &spec.variants).await
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
pub async fn images(
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
type OptionIds = Vec<(ProductOptionId, HashMap<String, ProductOptionValueId>)>;

async fn options(target: &Target<'_>, current: &[OptionRow], wanted: &[OptionSpec]) -> Result<OptionIds> {
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

/// Writes the variants' rows and gives their ids in the order in which they are wanted.
async fn variants(
    target: &Target<'_>,
    current: &Aggregate,
    wanted: &[VariantSpec],
    images: &HashMap<String, MediaId>,
) -> Result<Vec<ProductVariantId>> {
    let keys: Vec<String> = wanted.iter().map(VariantSpec::option_key).collect();
    archive_others(target, current, &keys).await?;
    let (mut ids, mut rows) = (Vec::with_capacity(wanted.len()), Vec::new());
    for ((position, variant), option_key) in (0_i64..).zip(wanted).zip(keys) {
        let existing = current.variants.iter().map(|row| &row.row).find(|row| row.option_key == option_key);
        let id = existing.map_or_else(ProductVariantId::generate, |row| row.id);
        ids.push(id);
        let media_id = variant.image_url.as_ref().and_then(|url| images.get(url)).copied();
        let created_at = existing.map_or(target.now, |row| row.created_at);
        let row = product_variant::Model {
            id,
            product_id: target.product,
            position,
            option_key,
            media_id,
            created_at,
            updated_at: target.now,
            ..variant.to_row(id, target.product)
        };
        if existing.is_none_or(|existing| {
            product_variant::Model { updated_at: existing.updated_at, ..row.clone() } != *existing
        }) {
            rows.push(row);
        }
    }
    release_skus(target, current, wanted).await?;
    write_variants(target, rows).await?;
    Ok(ids)
}

/// Takes SKUs that move to another variant of the product from those that have them, which may be archived: written in
/// one statement, the two would meet.
async fn release_skus(target: &Target<'_>, current: &Aggregate, wanted: &[VariantSpec]) -> Result<()> {
    let mut takers: HashMap<String, Vec<String>> = HashMap::new();
    for variant in wanted {
        if let Some(sku) = &variant.sku {
            takers.entry(fold(sku)).or_default().push(variant.option_key());
        }
    }
    let moves = |row: &product_variant::Model| {
        let takers = row.sku_key.as_ref().and_then(|sku| takers.get(sku));
        takers.is_some_and(|takers| !takers.contains(&row.option_key))
    };
    let losers: Vec<ProductVariantId> =
        current.variants.iter().map(|row| &row.row).filter(|row| moves(row)).map(|row| row.id).collect();
    if losers.is_empty() {
        return Ok(());
    }
    product_variant::Entity::update_many()
        .col_expr(product_variant::Column::Sku, Expr::value(None::<String>))
        .col_expr(product_variant::Column::SkuKey, Expr::value(None::<String>))
        .filter(product_variant::COLUMN.id.is_in(losers))
        .exec(target.tx)
        .await?;
    Ok(())
}

async fn write_variants(target: &Target<'_>, mut rows: Vec<product_variant::Model>) -> Result<()> {
    use product_variant::Column as C;
    // In one order, so that two products never wait for each other's SKUs.
    rows.sort_by(|one, other| one.sku_key.cmp(&other.sku_key));
    let replace = OnConflict::column(C::Id)
        .update_columns([
            C::Position,
            C::Status,
            C::Sku,
            C::SkuKey,
            C::Barcode,
            C::WeightGrams,
            C::WeightUnit,
            C::RequiresShipping,
            C::IsTaxable,
            C::TracksStock,
            C::BackorderLimit,
            C::MediaId,
            C::ExternalId,
            C::Metadata,
            C::PrivateMetadata,
            C::UpdatedAt,
        ])
        .to_owned();
    let rows = rows.into_iter().map(all_set::<product_variant::Entity, _>);
    let insert = product_variant::Entity::insert_many(rows).on_conflict(replace);
    map_taken(insert.exec_without_returning(target.tx).await)?;
    Ok(())
}

fn map_taken<T>(result: Result<T, DbErr>) -> Result<T> {
    let taken = |field: &str, what: &str| {
        UserError::taken(format!("input.{field}"), format!("Another variant has this {what}."))
    };
    result
        .on_unique("product_variant_sku_key", || taken("sku", "SKU"))
        .on_unique("product_variant_external_id_key", || taken("externalId", "external id"))
}

/// Writes one variant by its id, whose option values may have changed.
pub async fn replace_variant(
    target: &Target<'_>,
    current: &Aggregate,
    options: &[OptionSpec],
    (id, variant): (ProductVariantId, &VariantSpec),
) -> Result<()> {
    let Some(before) = current.variants.iter().map(|row| &row.row).find(|row| row.id == id) else {
        return Err(UserError::not_found("id", "variant").into());
    };
    let options = self::options(target, &current.options, options).await?;
    let image = variant.image_url.as_ref();
    let media_id = image.and_then(|url| current.images.iter().find(|row| row.url == *url)).map(|row| row.id);
    let row = product_variant::Model {
        position: before.position,
        media_id,
        created_at: before.created_at,
        updated_at: target.now,
        ..variant.to_row(id, target.product)
    };
    map_taken(
        product_variant::Entity::update(all_set::<product_variant::Entity, _>(row))
            .exec_without_returning(target.tx)
            .await,
    )?;
    links(target, &[id], std::slice::from_ref(variant), &options).await
}

async fn archive_others(target: &Target<'_>, current: &Aggregate, keys: &[String]) -> Result<()> {
    let others = current
        .variants
        .iter()
        .map(|row| &row.row)
        .filter(|row| row.status != PublicationStatus::Archived && !keys.contains(&row.option_key));
    let others: Vec<ProductVariantId> = others.map(|row| row.id).collect();
    if others.is_empty() {
        return Ok(());
    }
    product_variant::Entity::update_many()
        .col_expr(product_variant::Column::Status, Expr::value(PublicationStatus::Archived))
        .col_expr(product_variant::Column::UpdatedAt, Expr::value(target.now))
        .filter(product_variant::COLUMN.id.is_in(others))
        .exec(target.tx)
        .await?;
    Ok(())
}

async fn links(
    target: &Target<'_>,
    ids: &[ProductVariantId],
    wanted: &[VariantSpec],
    options: &OptionIds,
) -> Result<()> {
    let mut rows = Vec::new();
    for (variant_id, variant) in ids.iter().zip(wanted) {
        for ((option_id, values), value) in options.iter().zip(&variant.values) {
            if let Some(value_id) = values.get(&fold(value)) {
                rows.push(variant_option_value::ActiveModel {
                    variant_id: Set(*variant_id),
                    option_id: Set(*option_id),
                    value_id: Set(*value_id),
                });
            }
        }
    }
    let keys = [variant_option_value::Column::VariantId, variant_option_value::Column::OptionId];
    let replace = OnConflict::columns(keys).update_column(variant_option_value::Column::ValueId).to_owned();
    variant_option_value::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(target.tx).await?;
    Ok(())
}

async fn prices(target: &Target<'_>, ids: &[ProductVariantId], wanted: &[VariantSpec]) -> Result<()> {
    let priced = ids.iter().zip(wanted).filter_map(|(id, variant)| Some((id, variant.price.as_ref()?)));
    let rows = priced.map(|(id, price)| variant_price::ActiveModel {
        variant_id: Set(*id),
        channel_id: Set(target.market.channel.id),
        price_minor: Set(price.price_minor),
        compare_at_minor: Set(price.compare_at_minor),
    });
    let keys = [variant_price::Column::VariantId, variant_price::Column::ChannelId];
    let replace = OnConflict::columns(keys)
        .update_columns([variant_price::Column::PriceMinor, variant_price::Column::CompareAtMinor])
        .to_owned();
    variant_price::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(target.tx).await?;
    Ok(())
}

async fn levels(
    target: &Target<'_>,
    current: &Aggregate,
    ids: &[ProductVariantId],
    wanted: &[VariantSpec],
) -> Result<()> {
    let mut first = Vec::new();
    for (id, variant) in ids.iter().zip(wanted) {
        let Some(units) = variant.on_hand else { continue };
        match current.variants.iter().find(|row| row.row.id == *id) {
            None => first.push((*id, units)),
            Some(existing) if existing.on_hand.unwrap_or(0) != units => {
                let place = Place { variant: *id, location: target.location };
                stock::count(target.tx, target.actor, place, units, None).await?;
            }
            Some(_) => {}
        }
    }
    stock::count_first(target.tx, target.actor, target.location, &first).await
}

/// A row with every column to be written.
pub fn all_set<E, M>(row: M) -> E::ActiveModel
where
    E: EntityTrait,
    M: sea_orm::IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    row.into_active_model().reset_all()
}
