//! Writes the difference between how a product's variants stand and how they shall stand.
//!
//! A variant is known by its id, a new one by its option values. Variants that are not wanted any more are archived,
//! because orders and the stock ledger may know them.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

use crate::catalog::attribute;
use crate::catalog::image::gallery::{self, Gallery};
use crate::catalog::product::aggregate::Aggregate;
use crate::catalog::product::spec::OptionSpec;
use crate::catalog::product::sync::{OptionIds, Target, options};
use crate::catalog::variant::price;
use crate::catalog::variant::spec::VariantSpec;
use crate::db::all_set;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{product_variant, variant_option_value};
use crate::error::{OnUnique, Result, UserError};
use crate::id::{MediaId, ProductVariantId};
use crate::stock::{self, Place};
use crate::text::fold;

/// Brings all variants of a product to how they shall stand.
pub async fn sync(
    target: &Target<'_>,
    current: &Aggregate,
    wanted: &[VariantSpec],
    images: &HashMap<String, MediaId>,
    options: &OptionIds,
) -> Result<()> {
    let ids: Vec<ProductVariantId> = wanted.iter().map(|variant| identify(current, variant)).collect();
    archive_others(target, current, &ids).await?;
    release(target, current, &ids, wanted).await?;
    let galleries = galleries(&ids, wanted, images);
    write(target, changed_rows(target, current, &galleries, wanted)).await?;
    show(target, current, galleries, images).await?;
    links(target, &ids, wanted, options).await?;
    prices(target, current, &ids, wanted).await?;
    let values = ids.iter().zip(wanted).map(|(id, variant)| (Some(*id), &variant.attributes));
    attribute::sync::sync(target.tx, target.product, &current.attributes, values).await?;
    levels(target, current, &ids, wanted).await
}

fn rows(current: &Aggregate) -> impl Iterator<Item = &product_variant::Model> {
    current.variants.iter().map(|variant| &variant.row)
}

/// The variant that is meant: the one that is named, or one with the same option values, or a new one.
fn identify(current: &Aggregate, variant: &VariantSpec) -> ProductVariantId {
    let same_values = || rows(current).find(|row| row.option_key == variant.option_key()).map(|row| row.id);
    variant.id.or_else(same_values).unwrap_or_else(ProductVariantId::generate)
}

/// Tells each variant the id under which it is known, or will be.
pub fn identify_all(current: &Aggregate, wanted: &mut [VariantSpec]) {
    for variant in wanted {
        variant.id = Some(identify(current, variant));
    }
}

/// The pictures of each variant by their ids.
fn galleries(ids: &[ProductVariantId], wanted: &[VariantSpec], images: &HashMap<String, MediaId>) -> Vec<Gallery> {
    let of = |variant: &VariantSpec| variant.images.iter().filter_map(|url| images.get(url)).copied().collect();
    ids.iter().zip(wanted).map(|(id, variant)| (*id, of(variant))).collect()
}

/// Writes which pictures show which variants where that has changed, or where pictures have gone.
async fn show(
    target: &Target<'_>,
    current: &Aggregate,
    galleries: Vec<Gallery>,
    images: &HashMap<String, MediaId>,
) -> Result<()> {
    let is_there = |id: &MediaId| images.values().any(|there| there == id);
    let changed: Vec<_> = galleries.into_iter().filter(|(id, shown)| current.pictures_of(*id) != shown).collect();
    if changed.is_empty() && current.variants.iter().any(|variant| !variant.pictures.iter().all(is_there)) {
        return gallery::settle(target.tx, target.product).await;
    }
    gallery::write(target.tx, target.product, &changed).await
}

fn changed_rows(
    target: &Target<'_>,
    current: &Aggregate,
    galleries: &[Gallery],
    wanted: &[VariantSpec],
) -> Vec<product_variant::Model> {
    let row = |(position, ((id, shown), variant)): (i64, (&Gallery, &VariantSpec))| {
        let existing = rows(current).find(|row| row.id == *id);
        let row = product_variant::Model {
            position,
            media_id: existing.and_then(|row| row.media_id),
            created_at: existing.map_or(target.now, |row| row.created_at),
            updated_at: existing.map_or(target.now, |row| row.updated_at),
            ..variant.to_row(*id, target.product)
        };
        let is_changed = existing != Some(&row) || current.pictures_of(*id) != shown;
        is_changed.then_some(product_variant::Model { updated_at: target.now, media_id: None, ..row })
    };
    (0_i64..).zip(galleries.iter().zip(wanted)).filter_map(row).collect()
}

/// Takes option values and SKUs that move to another variant of the product from the one that has them, which may be
/// archived: written in one statement, the two would meet.
async fn release(
    target: &Target<'_>,
    current: &Aggregate,
    ids: &[ProductVariantId],
    wanted: &[VariantSpec],
) -> Result<()> {
    let pairs = || ids.iter().zip(wanted);
    let keys: HashMap<String, ProductVariantId> = pairs().map(|(id, variant)| (variant.option_key(), *id)).collect();
    let sku_of = |(id, variant): (&ProductVariantId, &VariantSpec)| Some((fold(variant.sku.as_ref()?), *id));
    let skus: HashMap<String, ProductVariantId> = pairs().filter_map(sku_of).collect();
    for row in rows(current) {
        let is_another = |owner: Option<&ProductVariantId>| owner.is_some_and(|id| *id != row.id);
        let loses_values = is_another(keys.get(&row.option_key));
        let loses_sku = row.sku_key.as_ref().is_some_and(|sku| is_another(skus.get(sku)));
        if !loses_values && !loses_sku {
            continue;
        }
        let mut change = product_variant::ActiveModel { updated_at: Set(target.now), ..Default::default() };
        if loses_values {
            change.option_key = Set(format!("\u{1f}{}", row.id));
        }
        if loses_sku {
            (change.sku, change.sku_key) = (Set(None), Set(None));
        }
        product_variant::Entity::update_many()
            .set(change)
            .filter(product_variant::COLUMN.id.eq(row.id))
            .exec(target.tx)
            .await?;
    }
    Ok(())
}

async fn write(target: &Target<'_>, mut rows: Vec<product_variant::Model>) -> Result<()> {
    use product_variant::Column as C;
    // In one order, so that two products never wait for each other's SKUs.
    rows.sort_by(|one, other| one.sku_key.cmp(&other.sku_key));
    let replace = OnConflict::column(C::Id)
        .update_columns([
            C::Position,
            C::Status,
            C::OptionKey,
            C::Sku,
            C::SkuKey,
            C::Barcode,
            C::WeightGrams,
            C::WeightUnit,
            C::RequiresShipping,
            C::IsTaxable,
            C::TaxClassId,
            C::TracksStock,
            C::BackorderLimit,
            C::ContentMicro,
            C::ContentUnit,
            C::ReferenceMicro,
            C::ReferenceUnit,
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
        .on_unique("product_variant_options_key", || taken("optionValues", "combination of option values"))
}

/// Writes one variant by its id, whose option values may have changed.
pub async fn replace(
    target: &Target<'_>,
    current: &Aggregate,
    wanted: &[OptionSpec],
    (id, variant): (ProductVariantId, &VariantSpec),
) -> Result<()> {
    let Some(before) = rows(current).find(|row| row.id == id) else {
        return Err(UserError::not_found("id", "variant").into());
    };
    let options = options(target, &current.options, wanted).await?;
    let row = product_variant::Model {
        position: before.position,
        media_id: before.media_id,
        created_at: before.created_at,
        updated_at: target.now,
        ..variant.to_row(id, target.product)
    };
    // An archived variant whose options have changed keeps the key by which it can come back.
    let has_same_values = variant.values == current.values_of(id);
    let option_key = if has_same_values { before.option_key.clone() } else { row.option_key.clone() };
    let row = all_set::<product_variant::Entity, _>(product_variant::Model { option_key, ..row });
    map_taken(product_variant::Entity::update(row).exec_without_returning(target.tx).await)?;
    let images = current.images.iter().map(|row| (row.url.clone(), row.id)).collect();
    let galleries = galleries(&[id], std::slice::from_ref(variant), &images);
    show(target, current, galleries, &images).await?;
    // One that lacks a value of some option is told by fewer values than there are options, and keeps those it has.
    if has_same_values {
        return Ok(());
    }
    links(target, &[id], std::slice::from_ref(variant), &options).await
}

async fn archive_others(target: &Target<'_>, current: &Aggregate, ids: &[ProductVariantId]) -> Result<()> {
    let others = rows(current).filter(|row| row.status != PublicationStatus::Archived && !ids.contains(&row.id));
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
async fn prices(
    target: &Target<'_>,
    current: &Aggregate,
    ids: &[ProductVariantId],
    wanted: &[VariantSpec],
) -> Result<()> {
    let priced = ids.iter().zip(wanted).filter_map(|(id, variant)| Some((*id, variant.price.as_ref()?)));
    let channel = target.market.channel.id;
    if current.variants.is_empty() {
        return price::insert(target.tx, channel, target.now, priced).await;
    }
    let wanted: Vec<_> = priced.map(|(id, price)| (id, Some(price.clone()))).collect();
    price::set(target.tx, channel, target.now, &wanted).await?;
    Ok(())
}

/// Counts what is there of each variant where the number has changed.
pub async fn levels(
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
