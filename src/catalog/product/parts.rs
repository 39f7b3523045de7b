//! A product and what belongs to it, read by one statement: a product page costs the same whatever it shows.
//!
//! The product, its variants, pictures, tags, options, collections and attributes come as the rows of one union, told
//! apart by a number.

use std::sync::Arc;

use bitflags::bitflags;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Value};
use uuid::Uuid;

use crate::auth::Scope;
use crate::catalog::attribute::row::AttributeRow;
use crate::catalog::product::read::{FoundProduct, Wanted};
use crate::catalog::product::row::{self, ImageRow, ProductFields, ProductRow};
use crate::catalog::variant::loader::{PricedVariant, SelectedOptionRow};
use crate::catalog::variant::row as variant_row;
use crate::db;
use crate::error::Result;
use crate::id::{CollectionId, MediaId, ProductOptionId, ProductOptionValueId, ProductVariantId};
use crate::text::fold;

bitflags! {
    /// Which parts are asked for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct PartSet: u16 {
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
        /// The metadata of the variants.
        const VARIANT_METADATA = 1 << 7;
        /// The values that the product itself has of attributes.
        const ATTRIBUTES = 1 << 8;
        /// The values that the variants have of attributes.
        const VARIANT_ATTRIBUTES = 1 << 9;
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
    pub attributes: Option<Vec<Arc<AttributeRow>>>,
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
    pub attributes: Option<Vec<Arc<AttributeRow>>>,
}

/// Reads the product that a statement selects, and what belongs to it, at once.
pub async fn find(
    db: &DatabaseConnection,
    scope: Scope,
    product: &SelectStatement,
    Wanted { fields, parts }: Wanted,
) -> Result<Option<FoundProduct>> {
    if parts.is_empty() {
        let row = db.query_one(product).await?;
        let row = row.map(|row| ProductRow::read(&row, fields, 0)).transpose()?;
        return Ok(row.map(|(row, _)| (row, Parts::default())));
    }
    let (sql, values) = union(scope, db::build(db, product), row::width(fields), parts);
    let mut rows: Vec<(Place, QueryResult)> = Vec::new();
    for row in db::query(db, &sql, values).await? {
        rows.push((place(&row)?, row));
    }
    // The database would carry all columns through a sort for each part.
    rows.sort_unstable_by_key(|(place, _)| *place);
    let mut found = Found::default();
    for (_, row) in &rows {
        found.add(row, fields, parts)?;
    }
    Ok(found.product.take().map(|product| (product, found.into_parts(parts))))
}

/// Where a row stands: the number of its part, two positions and two ids.
type Place = (i32, i64, Option<i64>, Uuid, Option<Uuid>);

fn place(row: &QueryResult) -> Result<Place> {
    Ok((
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
        row.try_get_by_index(3)?,
        row.try_get_by_index(4)?,
    ))
}

const PRODUCT: i32 = -1;
const VARIANTS: i32 = 0;
const IMAGES: i32 = 1;
const TAGS: i32 = 2;
const OPTIONS: i32 = 3;
const COLLECTIONS: i32 = 4;
const ATTRIBUTES: i32 = 5;

/// The columns before those that only variants have: the number of the part, two positions, two ids and two texts.
const COMMON: usize = 7;

/// The columns that only values of attributes have.
const OF_ATTRIBUTES: &str =
    ", attribute.code, attribute.name, attribute.type, attribute.unit, choice.color, held.number_micro";
const NO_ATTRIBUTES: &str = ", NULL, NULL, NULL, NULL, NULL, CAST(NULL AS bigint)";
const ATTRIBUTE_WIDTH: usize = 6;

/// The statement. `product` selects the product's columns, `width` in number, which come last of all.
///
/// The product comes first and its variants second, so that PostgreSQL knows the types of the columns that other parts
/// leave empty. In the text `:product`, `:channel` and `:now` stand for what the whole is about.
fn union(
    scope: Scope,
    (product, mut values): (String, Vec<Value>),
    width: usize,
    wanted: PartSet,
) -> (String, Vec<Value>) {
    let names: Vec<String> = (0..width).map(|column| format!("c{column}")).collect();
    let names = names.join(", ");
    let blank = ", NULL".repeat(width);
    let (has_variants, has_attributes) = (wanted.contains(PartSet::VARIANTS), wanted.intersects(ANY_ATTRIBUTES));
    let of_variants = if has_variants { ", NULL".repeat(variant_row::WIDTH + 1) } else { String::new() };
    let of_attributes = if has_attributes { NO_ATTRIBUTES } else { "" };
    let rest = format!("{of_variants}{of_attributes}{blank}");
    let mut selects = vec![format!(
        "SELECT {PRODUCT}, CAST(0 AS bigint), CAST(0 AS bigint), c0, c0, NULL, NULL {of_variants}{of_attributes}, {names} FROM wanted"
    )];
    if has_variants {
        selects.push(select_variants(scope, wanted, &format!("{of_attributes}{blank}")));
    }
    if has_attributes {
        selects.push(select_attributes(wanted, &of_variants, &blank));
    }
    if wanted.contains(PartSet::IMAGES) {
        selects.push(format!(
            "SELECT {IMAGES}, media.position, 0, media.id, media.id, media.url, media.alt_text {rest}
             FROM media WHERE media.product_id = :product"
        ));
    }
    if wanted.contains(PartSet::TAGS) {
        selects.push(format!(
            "SELECT {TAGS}, 0, 0, product_id, product_id, tag, tag {rest} FROM product_tag WHERE product_id = :product"
        ));
    }
    if wanted.contains(PartSet::OPTIONS) {
        let worn = if scope.sees_drafts { "" } else { WORN };
        selects.push(format!(
            "SELECT {OPTIONS}, choice.position, value.position, choice.id, value.id, choice.name, value.name {rest}
             FROM product_option AS choice LEFT JOIN product_option_value AS value ON value.option_id = choice.id
             WHERE choice.product_id = :product {worn}"
        ));
    }
    if wanted.contains(PartSet::COLLECTIONS) {
        let shown = if scope.sees_drafts { "" } else { SHOWN };
        selects.push(format!(
            "SELECT {COLLECTIONS}, collection.position, 0, collection.id, collection.id, collection.slug,
                    collection.name {rest}
             FROM collection_product AS member JOIN collection ON collection.id = member.collection_id
             WHERE member.product_id = :product {shown}"
        ));
    }
    let mut bind = |mark: &str, text: String, value: Value| {
        if !text.contains(mark) {
            return text;
        }
        values.push(value);
        text.replace(mark, &format!("${}", values.len()))
    };
    let parts = selects.join(" UNION ALL ").replace(":product", "(SELECT c0 FROM wanted)");
    let parts = bind(":channel", parts, scope.channel.into());
    let parts = bind(":now", parts, scope.now.into());
    (format!("WITH wanted ({names}) AS ({product}) {parts}"), values)
}

const ANY_ATTRIBUTES: PartSet = PartSet::ATTRIBUTES.union(PartSet::VARIANT_ATTRIBUTES);

/// The variants with their prices, each once for each of its option values if these are asked for: shoppers see what is
/// for sale.
fn select_variants(scope: Scope, wanted: PartSet, rest: &str) -> String {
    let (columns, metadata) = (variant_row::COLUMNS, wanted.contains(PartSet::VARIANT_METADATA));
    let metadata = if metadata { variant_row::METADATA } else { variant_row::NO_METADATA };
    let units = if wanted.contains(PartSet::UNITS) { UNITS } else { "CAST(NULL AS bigint)" };
    let (option, links) = if wanted.contains(PartSet::SELECTED_OPTIONS) {
        ("choice.position, variant.id, variant.media_id, choice.name, value.name", LINKS)
    } else {
        ("0, variant.id, variant.media_id, variant.sku, variant.sku", "")
    };
    let (join, status) = match (scope.sees_drafts, scope.sees_archived) {
        (false, _) => ("JOIN", "AND variant.status = 'ACTIVE'"),
        (true, false) => ("LEFT JOIN", "AND variant.status <> 'ARCHIVED'"),
        (true, true) => ("LEFT JOIN", ""),
    };
    format!(
        "SELECT {VARIANTS}, variant.position, {option}, {columns}, {metadata}, {units} {rest}
         FROM product_variant AS variant
         {join} variant_price AS price ON price.variant_id = variant.id AND price.channel_id = :channel
         {links}
         WHERE variant.product_id = :product {status}"
    )
}

fn select_attributes(wanted: PartSet, of_variants: &str, rest: &str) -> String {
    let of = if wanted.contains(PartSet::VARIANT_ATTRIBUTES) { "product_id" } else { "owner_id" };
    format!(
        "SELECT {ATTRIBUTES}, attribute.position, held.position, held.attribute_id, held.variant_id,
                held.value_key, COALESCE(choice.name, held.label) {of_variants}{OF_ATTRIBUTES}{rest}
         FROM attribute_value AS held JOIN attribute ON attribute.id = held.attribute_id
         LEFT JOIN attribute_choice AS choice ON choice.id = held.choice_id
         WHERE held.{of} = :product"
    )
}

const LINKS: &str = "LEFT JOIN variant_option_value AS link ON link.variant_id = variant.id
    LEFT JOIN product_option AS choice ON choice.id = link.option_id
    LEFT JOIN product_option_value AS value ON value.id = link.value_id";

/// The sum over all locations, which PostgreSQL would make a decimal number.
const UNITS: &str = "(SELECT CAST(COALESCE(SUM(level.on_hand - level.allocated), 0) AS bigint)
    FROM stock_level AS level WHERE level.variant_id = variant.id)";

/// A shopper sees the option values of what is for sale.
const WORN: &str = "AND value.id IN (
    SELECT link.value_id FROM product_variant AS variant
    JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = :channel
    JOIN variant_option_value AS link ON link.variant_id = variant.id
    WHERE variant.product_id = :product AND variant.status = 'ACTIVE')";

/// A shopper sees the collections that the channel shows now.
const SHOWN: &str = "AND collection.status = 'ACTIVE' AND EXISTS (
    SELECT 1 FROM collection_channel AS shown
    WHERE shown.collection_id = collection.id AND shown.channel_id = :channel
    AND (shown.published_from IS NULL OR shown.published_from <= :now)
    AND (shown.published_until IS NULL OR shown.published_until > :now))";

/// What the rows have told so far.
#[derive(Default)]
struct Found {
    product: Option<ProductRow>,
    variants: Vec<VariantParts>,
    images: Vec<ImageRow>,
    tags: Vec<String>,
    options: Vec<OptionName>,
    collections: Vec<CollectionName>,
    /// Of the product and of its variants.
    attributes: Vec<Arc<AttributeRow>>,
}

impl Found {
    fn add(&mut self, row: &QueryResult, fields: ProductFields, wanted: PartSet) -> Result<()> {
        let of_variants = if wanted.contains(PartSet::VARIANTS) { variant_row::WIDTH + 1 } else { 0 };
        let of_attributes = if wanted.intersects(ANY_ATTRIBUTES) { ATTRIBUTE_WIDTH } else { 0 };
        match row.try_get_by_index::<i32>(0)? {
            PRODUCT => {
                let (product, _) = ProductRow::read(row, fields, COMMON + of_variants + of_attributes)?;
                self.product = Some(product);
            }
            ATTRIBUTES => self.add_attribute(row, COMMON + of_variants)?,
            VARIANTS => self.add_variant(row, wanted)?,
            IMAGES => {
                let id: MediaId = row.try_get_by_index(3)?;
                self.images.push(ImageRow { id, url: row.try_get_by_index(5)?, alt_text: row.try_get_by_index(6)? });
            }
            TAGS => self.tags.push(row.try_get_by_index(5)?),
            OPTIONS => self.add_option(row)?,
            _ => {
                let id: CollectionId = row.try_get_by_index(3)?;
                let (slug, name) = (row.try_get_by_index(5)?, row.try_get_by_index(6)?);
                self.collections.push(CollectionName { id, slug, name });
            }
        }
        Ok(())
    }

    /// Adds a variant, or the next option value of one.
    fn add_variant(&mut self, row: &QueryResult, wanted: PartSet) -> Result<()> {
        let id: ProductVariantId = row.try_get_by_index(3)?;
        let known = self.variants.iter().position(|variant| variant.row.0.id == id);
        let place = match known {
            Some(place) => place,
            None => {
                let units = row.try_get_by_index(COMMON + variant_row::WIDTH)?;
                self.variants.push(VariantParts {
                    row: Arc::new(variant_row::read(row, id, COMMON)?),
                    image: None,
                    selected_options: wanted.contains(PartSet::SELECTED_OPTIONS).then(Vec::new),
                    units,
                    attributes: None,
                });
                self.variants.len() - 1
            }
        };
        let options = self.variants.get_mut(place).and_then(|variant| variant.selected_options.as_mut());
        if let (Some(options), Some(name)) = (options, row.try_get_by_index(5)?) {
            options.push(SelectedOptionRow { variant_id: id, name, value: row.try_get_by_index(6)? });
        }
        Ok(())
    }

    /// Adds a value of an attribute, whose columns begin at a place.
    fn add_attribute(&mut self, row: &QueryResult, at: usize) -> Result<()> {
        // The product's own row is the first of all.
        let Some(product) = &self.product else { return Ok(()) };
        self.attributes.push(Arc::new(AttributeRow {
            product_id: product.id,
            variant_id: row.try_get_by_index(4)?,
            attribute_id: row.try_get_by_index(3)?,
            code: row.try_get_by_index(at)?,
            name: row.try_get_by_index(at + 1)?,
            r#type: row.try_get_by_index(at + 2)?,
            unit: row.try_get_by_index(at + 3)?,
            position: row.try_get_by_index(1)?,
            value_key: row.try_get_by_index(5)?,
            label: row.try_get_by_index(6)?,
            color: row.try_get_by_index(at + 4)?,
            number_micro: row.try_get_by_index(at + 5)?,
        }));
        Ok(())
    }

    /// Adds a value to the last option, or begins the next one.
    fn add_option(&mut self, row: &QueryResult) -> Result<()> {
        let id: ProductOptionId = row.try_get_by_index(3)?;
        if self.options.last().is_none_or(|option| option.id != id) {
            self.options.push(OptionName { id, name: row.try_get_by_index(5)?, values: Vec::new() });
        }
        let value: Option<ProductOptionValueId> = row.try_get_by_index(4)?;
        if let (Some(option), Some(value)) = (self.options.last_mut(), value) {
            option.values.push((value, row.try_get_by_index(6)?));
        }
        Ok(())
    }

    fn into_parts(mut self, wanted: PartSet) -> Parts {
        self.tags.sort_by_cached_key(|tag| fold(tag));
        // Those of one attribute stay in their order.
        self.attributes.sort_by_key(|value| (value.position, value.attribute_id));
        let has_images = wanted.contains(PartSet::IMAGES);
        for variant in &mut self.variants {
            let image = self.images.iter().find(|image| Some(image.id) == variant.row.0.media_id);
            variant.image = has_images.then(|| image.cloned());
            let own = self.attributes.iter().filter(|value| value.variant_id == Some(variant.row.0.id)).cloned();
            variant.attributes = wanted.contains(PartSet::VARIANT_ATTRIBUTES).then(|| own.collect());
        }
        let variants = self.variants.into_iter().map(Arc::new).collect();
        self.attributes.retain(|value| value.variant_id.is_none());
        Parts {
            variants: wanted.contains(PartSet::VARIANTS).then_some(variants),
            images: has_images.then_some(self.images),
            tags: wanted.contains(PartSet::TAGS).then_some(self.tags),
            options: wanted.contains(PartSet::OPTIONS).then_some(self.options),
            collections: wanted.contains(PartSet::COLLECTIONS).then_some(self.collections),
            attributes: wanted.contains(PartSet::ATTRIBUTES).then_some(self.attributes),
        }
    }
}
