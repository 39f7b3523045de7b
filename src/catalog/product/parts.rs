//! What belongs to one product, read at once: a product page costs the same few statements whatever it shows.
//!
//! Pictures, tags, options and collections come as the rows of one union, told apart by a number; variants with what is
//! asked of them by another statement.

use std::sync::Arc;

use bitflags::bitflags;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult, IntoSimpleExpr, QueryResult, Value};

use crate::auth::Scope;
use crate::catalog::product::row::ImageRow;
use crate::catalog::variant::loader::{PricedVariant, SelectedOptionRow};
use crate::db;
use crate::entity::{product_option, product_option_value, product_variant, stock_level};
use crate::entity::{variant_option_value, variant_price};
use crate::error::Result;
use crate::id::{CollectionId, MediaId, ProductId, ProductOptionId, ProductOptionValueId, ProductVariantId};
use crate::text::fold;

bitflags! {
    /// Which parts are asked for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct PartSet: u8 {
        const IMAGES = 1;
        const TAGS = 1 << 1;
        const OPTIONS = 1 << 2;
        /// The ids, slugs and names of collections.
        const COLLECTIONS = 1 << 3;
        const VARIANTS = 1 << 4;
        /// The option values of the variants.
        const SELECTED_OPTIONS = 1 << 5;
        /// The units of the variants.
        const UNITS = 1 << 6;
    }
}

/// The parts that were asked for; the others are `None`.
#[derive(Debug, Default)]
pub struct Parts {
    pub images: Option<Vec<ImageRow>>,
    pub tags: Option<Vec<String>>,
    pub options: Option<Vec<OptionName>>,
    pub collections: Option<Vec<CollectionName>>,
    pub variants: Option<Vec<Arc<VariantParts>>>,
}

/// An option and its values, in order.
#[derive(Clone, Debug)]
pub struct OptionName {
    pub id: ProductOptionId,
    pub name: String,
    pub values: Vec<(ProductOptionValueId, String)>,
}

/// What a link to a collection shows.
#[derive(Clone, Debug)]
pub struct CollectionName {
    pub id: CollectionId,
    pub slug: String,
    pub name: String,
}

/// A variant with what was asked of it.
#[derive(Clone, Debug)]
pub struct VariantParts {
    pub row: Arc<PricedVariant>,
    /// Its picture, if pictures were asked for.
    pub image: Option<Option<ImageRow>>,
    pub selected_options: Option<Vec<SelectedOptionRow>>,
    /// Units that are there and promised to nobody, if they were asked for.
    pub units: Option<i64>,
}

/// Reads parts of a product that is there for the reader.
pub async fn read(db: &DatabaseConnection, scope: Scope, product: ProductId, wanted: PartSet) -> Result<Parts> {
    let mut parts = Parts::default();
    if wanted.intersects(PartSet::IMAGES | PartSet::TAGS | PartSet::OPTIONS | PartSet::COLLECTIONS) {
        let (sql, values) = union(scope, product, wanted);
        parts.collect(wanted, &db::query(db, &sql, values).await?)?;
    }
    if wanted.contains(PartSet::VARIANTS) {
        let rows = db.query_all(&select_variants(scope, product, wanted)).await?;
        let variants = variants(&rows, wanted)?;
        parts.variants = Some(variants.into_iter().map(|variant| parts.with_image(variant)).collect());
    }
    Ok(parts)
}

const IMAGES: i32 = 1;
const TAGS: i32 = 2;
const OPTIONS: i32 = 3;
const COLLECTIONS: i32 = 4;

/// `$1` is the product, `$2` the channel, `$3` the instant. Each row has the number of its part, two positions, two ids
/// and two texts; a part that has only one says it twice, because PostgreSQL knows no type of a null.
fn union(scope: Scope, product: ProductId, wanted: PartSet) -> (String, Vec<Value>) {
    let (mut selects, mut values) = (Vec::with_capacity(4), vec![product.into()]);
    if wanted.contains(PartSet::IMAGES) {
        selects.push(format!(
            "SELECT {IMAGES}, media.position, 0, media.id, media.id, media.url, media.alt_text
             FROM media WHERE media.product_id = $1"
        ));
    }
    if wanted.contains(PartSet::TAGS) {
        selects.push(format!(
            "SELECT {TAGS}, 0, 0, product_id, product_id, tag, tag FROM product_tag WHERE product_id = $1"
        ));
    }
    if wanted.contains(PartSet::OPTIONS) {
        let worn = if scope.sees_drafts { "" } else { WORN };
        selects.push(format!(
            "SELECT {OPTIONS}, choice.position, value.position, choice.id, value.id, choice.name, value.name
             FROM product_option AS choice LEFT JOIN product_option_value AS value ON value.option_id = choice.id
             WHERE choice.product_id = $1 {worn}"
        ));
    }
    if wanted.contains(PartSet::COLLECTIONS) {
        let shown = if scope.sees_drafts { "" } else { SHOWN };
        selects.push(format!(
            "SELECT {COLLECTIONS}, collection.position, 0, collection.id, collection.id, collection.slug, collection.name
             FROM collection_product AS member JOIN collection ON collection.id = member.collection_id
             WHERE member.product_id = $1 {shown}"
        ));
    }
    if !scope.sees_drafts && wanted.intersects(PartSet::OPTIONS | PartSet::COLLECTIONS) {
        values.push(scope.channel.into());
    }
    if !scope.sees_drafts && wanted.contains(PartSet::COLLECTIONS) {
        values.push(scope.now.into());
    }
    (format!("{} ORDER BY 1, 2, 3, 4, 5", selects.join(" UNION ALL ")), values)
}

/// A shopper sees the option values of what is for sale.
const WORN: &str = "AND value.id IN (
    SELECT link.value_id FROM product_variant AS variant
    JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = $2
    JOIN variant_option_value AS link ON link.variant_id = variant.id
    WHERE variant.product_id = $1 AND variant.status = 'ACTIVE')";

/// A shopper sees the collections that the channel shows now.
const SHOWN: &str = "AND collection.status = 'ACTIVE' AND EXISTS (
    SELECT 1 FROM collection_channel AS shown
    WHERE shown.collection_id = collection.id AND shown.channel_id = $2
    AND (shown.published_from IS NULL OR shown.published_from <= $3)
    AND (shown.published_until IS NULL OR shown.published_until > $3))";

impl Parts {
    fn with_image(&self, mut variant: VariantParts) -> Arc<VariantParts> {
        let id = variant.row.0.media_id;
        let image = |images: &Vec<ImageRow>| images.iter().find(|image| Some(image.id) == id).cloned();
        variant.image = self.images.as_ref().map(image);
        Arc::new(variant)
    }

    fn collect(&mut self, wanted: PartSet, rows: &[QueryResult]) -> Result<()> {
        let (mut images, mut tags, mut options, mut collections) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            match row.try_get_by_index::<i32>(0)? {
                IMAGES => images.push(image(row)?),
                TAGS => tags.push(row.try_get_by_index::<String>(5)?),
                OPTIONS => add_option(&mut options, row)?,
                _ => collections.push(collection_name(row)?),
            }
        }
        tags.sort_by_cached_key(|tag| fold(tag));
        self.images = wanted.contains(PartSet::IMAGES).then_some(images);
        self.tags = wanted.contains(PartSet::TAGS).then_some(tags);
        self.options = wanted.contains(PartSet::OPTIONS).then_some(options);
        self.collections = wanted.contains(PartSet::COLLECTIONS).then_some(collections);
        Ok(())
    }
}

fn image(row: &QueryResult) -> Result<ImageRow> {
    let id: MediaId = row.try_get_by_index(3)?;
    Ok(ImageRow { id, url: row.try_get_by_index(5)?, alt_text: row.try_get_by_index(6)? })
}

fn collection_name(row: &QueryResult) -> Result<CollectionName> {
    Ok(CollectionName { id: row.try_get_by_index(3)?, slug: row.try_get_by_index(5)?, name: row.try_get_by_index(6)? })
}

/// Adds a value to the last option, or begins the next one.
fn add_option(options: &mut Vec<OptionName>, row: &QueryResult) -> Result<()> {
    let id: ProductOptionId = row.try_get_by_index(3)?;
    if options.last().is_none_or(|option| option.id != id) {
        options.push(OptionName { id, name: row.try_get_by_index(5)?, values: Vec::new() });
    }
    if let (Some(option), Some(value)) = (options.last_mut(), row.try_get_by_index(4)?) {
        option.values.push((value, row.try_get_by_index(6)?));
    }
    Ok(())
}

/// The variants of the product in order, each once for each of its option values if these are asked for.
fn select_variants(scope: Scope, product: ProductId, wanted: PartSet) -> SelectStatement {
    let mut query = product_variant::Entity::of_visible_product(scope, product);
    query
        .order_by_expr(product_variant::Column::Position.into_simple_expr(), Order::Asc)
        .order_by_expr(product_variant::Column::Id.into_simple_expr(), Order::Asc);
    if wanted.contains(PartSet::UNITS) {
        query.expr_as(units(), UNITS);
    }
    if wanted.contains(PartSet::SELECTED_OPTIONS) {
        let link = variant_option_value::Column::VariantId.into_simple_expr();
        let option = variant_option_value::Column::OptionId.into_simple_expr();
        let value = variant_option_value::Column::ValueId.into_simple_expr();
        query
            .left_join(variant_option_value::Entity, link.eq(product_variant::Column::Id.into_simple_expr()))
            .left_join(product_option::Entity, option.eq(product_option::Column::Id.into_simple_expr()))
            .left_join(product_option_value::Entity, value.eq(product_option_value::Column::Id.into_simple_expr()))
            .expr_as(product_option::Column::Name.into_simple_expr(), OPTION)
            .expr_as(product_option_value::Column::Name.into_simple_expr(), VALUE)
            .order_by_expr(product_option::Column::Position.into_simple_expr(), Order::Asc);
    }
    query
}

const UNITS: &str = "units";
const OPTION: &str = "option_name";
const VALUE: &str = "value_name";

/// The sum over all locations, which PostgreSQL would make a decimal number.
fn units() -> Expr {
    let free = stock_level::Column::OnHand.into_simple_expr().sub(stock_level::Column::Allocated.into_simple_expr());
    let of_variant =
        stock_level::Column::VariantId.into_simple_expr().eq(product_variant::Column::Id.into_simple_expr());
    let sum = Query::select().expr(free.sum().cast_as("bigint")).from(stock_level::Entity).and_where(of_variant).take();
    Expr::SubQuery(None, Box::new(sum.into()))
}

fn variants(rows: &[QueryResult], wanted: PartSet) -> Result<Vec<VariantParts>> {
    let mut variants: Vec<VariantParts> = Vec::new();
    for row in rows {
        let id: ProductVariantId = row.try_get("A_", "id")?;
        if variants.last().is_none_or(|variant| variant.row.0.id != id) {
            variants.push(variant(row, wanted)?);
        }
        let Some(options) = variants.last_mut().and_then(|variant| variant.selected_options.as_mut()) else { continue };
        if let Some(name) = row.try_get("", OPTION)? {
            options.push(SelectedOptionRow { variant_id: id, name, value: row.try_get("", VALUE)? });
        }
    }
    Ok(variants)
}

fn variant(row: &QueryResult, wanted: PartSet) -> Result<VariantParts> {
    let price = variant_price::Model::from_query_result_optional(row, "B_")?;
    let units = if wanted.contains(PartSet::UNITS) { row.try_get::<Option<i64>>("", UNITS)?.unwrap_or(0) } else { 0 };
    Ok(VariantParts {
        row: Arc::new((product_variant::Model::from_query_result(row, "A_")?, price)),
        image: None,
        selected_options: wanted.contains(PartSet::SELECTED_OPTIONS).then(Vec::new),
        units: wanted.contains(PartSet::UNITS).then_some(units),
    })
}
