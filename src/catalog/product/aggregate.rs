//! A product with everything that belongs to it, as it stands in the database.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::catalog::attribute;
use crate::catalog::product::spec::{ImageSpec, OptionSpec, ProductSpec};
use crate::catalog::variant::spec::{PriceSpec, VariantSpec};
use crate::channel::Market;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{attribute_value, media, product, product_option, product_option_value, product_tag};
use crate::entity::{product_variant, stock_level, variant_media, variant_option_value, variant_price};
use crate::error::Result;
use crate::id::{MediaId, ProductId, ProductOptionId, ProductOptionValueId, ProductVariantId, StockLocationId};

/// What belongs to a product; empty for one that is being made.
#[derive(Debug, Default)]
pub struct Aggregate {
    pub tags: Vec<product_tag::Model>,
    pub images: Vec<media::Model>,
    pub options: Vec<OptionRow>,
    pub variants: Vec<VariantRow>,
    /// The values that it and its variants have of attributes.
    pub attributes: Vec<attribute_value::Model>,
}

#[derive(Clone, Debug)]
pub struct OptionRow {
    pub row: product_option::Model,
    pub values: Vec<product_option_value::Model>,
}

#[derive(Debug)]
pub struct VariantRow {
    pub row: product_variant::Model,
    pub values: Vec<(ProductOptionId, ProductOptionValueId)>,
    /// In the market that was asked about.
    pub price: Option<variant_price::Model>,
    /// At the location that was asked about.
    pub on_hand: Option<i64>,
    /// What shows it, in order.
    pub pictures: Vec<MediaId>,
}

/// Reads all that belongs to a product.
pub async fn load(
    db: &impl ConnectionTrait,
    product: &product::Model,
    market: &Market,
    location: StockLocationId,
) -> Result<Aggregate> {
    Ok(load_all(db, &[product.id], market, location).await?.remove(&product.id).unwrap_or_default())
}

/// Reads all that belongs to some products, in as many statements as for one.
pub async fn load_all(
    db: &impl ConnectionTrait,
    products: &[ProductId],
    market: &Market,
    location: StockLocationId,
) -> Result<HashMap<ProductId, Aggregate>> {
    let mut found: HashMap<ProductId, Aggregate> = HashMap::new();
    let ids = || products.iter().copied();
    let tags = product_tag::Entity::find()
        .filter(product_tag::COLUMN.product_id.is_in(ids()))
        .order_by_asc(product_tag::Column::TagKey);
    for tag in tags.all(db).await? {
        found.entry(tag.product_id).or_default().tags.push(tag);
    }
    let images =
        media::Entity::find().filter(media::COLUMN.product_id.is_in(ids())).order_by_asc(media::Column::Position);
    for image in images.all(db).await? {
        found.entry(image.product_id).or_default().images.push(image);
    }
    for option in load_options(db, products).await? {
        found.entry(option.row.product_id).or_default().options.push(option);
    }
    for variant in load_variants(db, products, market, location).await? {
        found.entry(variant.row.product_id).or_default().variants.push(variant);
    }
    for value in attribute::sync::load(db, products).await? {
        found.entry(value.product_id).or_default().attributes.push(value);
    }
    Ok(found)
}

async fn load_options(db: &impl ConnectionTrait, products: &[ProductId]) -> Result<Vec<OptionRow>> {
    let options = product_option::Entity::find()
        .filter(product_option::COLUMN.product_id.is_in(products.iter().copied()))
        .order_by_asc(product_option::Column::Position)
        .all(db)
        .await?;
    if options.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: HashMap<ProductOptionId, Vec<_>> = HashMap::new();
    for value in product_option_value::Entity::find()
        .filter(product_option_value::COLUMN.option_id.is_in(options.iter().map(|option| option.id)))
        .order_by_asc(product_option_value::Column::Position)
        .all(db)
        .await?
    {
        values.entry(value.option_id).or_default().push(value);
    }
    let with_values =
        |row: product_option::Model| OptionRow { values: values.remove(&row.id).unwrap_or_default(), row };
    Ok(options.into_iter().map(with_values).collect())
}

async fn load_variants(
    db: &impl ConnectionTrait,
    products: &[ProductId],
    market: &Market,
    location: StockLocationId,
) -> Result<Vec<VariantRow>> {
    let variants = product_variant::Entity::find()
        .filter(product_variant::COLUMN.product_id.is_in(products.iter().copied()))
        .order_by_asc(product_variant::Column::Position)
        .order_by_asc(product_variant::Column::Id)
        .all(db)
        .await?;
    let ids = || variants.iter().map(|variant| variant.id);
    let mut values: HashMap<ProductVariantId, Vec<_>> = HashMap::new();
    for link in variant_option_value::Entity::find()
        .filter(variant_option_value::COLUMN.variant_id.is_in(ids()))
        .all(db)
        .await?
    {
        values.entry(link.variant_id).or_default().push((link.option_id, link.value_id));
    }
    let prices = variant_price::Entity::find()
        .filter(variant_price::COLUMN.variant_id.is_in(ids()))
        .filter(variant_price::COLUMN.channel_id.eq(market.channel.id))
        .all(db)
        .await?;
    let mut prices: HashMap<_, _> = prices.into_iter().map(|price| (price.variant_id, price)).collect();
    let levels = stock_level::Entity::find()
        .filter(stock_level::COLUMN.variant_id.is_in(ids()))
        .filter(stock_level::COLUMN.location_id.eq(location))
        .all(db)
        .await?;
    let levels: HashMap<_, _> = levels.into_iter().map(|level| (level.variant_id, level.on_hand)).collect();
    let shown = variant_media::Entity::find()
        .filter(variant_media::COLUMN.variant_id.is_in(ids()))
        .order_by_asc(variant_media::Column::Position)
        .all(db)
        .await?;
    let mut pictures: HashMap<_, Vec<_>> = HashMap::new();
    for row in shown {
        pictures.entry(row.variant_id).or_default().push(row.media_id);
    }
    let with_parts = |row: product_variant::Model| VariantRow {
        values: values.remove(&row.id).unwrap_or_default(),
        price: prices.remove(&row.id),
        on_hand: levels.get(&row.id).copied(),
        pictures: pictures.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(variants.into_iter().map(with_parts).collect())
}

impl Aggregate {
    /// How the product stands, in the form in which one says how it shall stand. Archived variants are left out.
    pub fn to_spec(&self, product: &product::Model) -> ProductSpec {
        let live = self.variants.iter().filter(|variant| variant.row.status != PublicationStatus::Archived);
        ProductSpec {
            slug: product.slug.clone(),
            name: product.name.clone(),
            description: product.description.clone(),
            status: product.status,
            vendor: product.vendor.clone(),
            product_type: product.product_type.clone(),
            seo_title: product.seo_title.clone(),
            seo_description: product.seo_description.clone(),
            external_id: product.external_id.clone(),
            metadata: product.metadata.clone(),
            private_metadata: product.private_metadata.clone(),
            tags: self.tags.iter().map(|tag| tag.tag.clone()).collect(),
            images: self
                .images
                .iter()
                .map(|image| ImageSpec { url: image.url.clone(), alt_text: image.alt_text.clone() })
                .collect(),
            options: self
                .options
                .iter()
                .map(|option| OptionSpec {
                    name: option.row.name.clone(),
                    values: option.values.iter().map(|value| value.name.clone()).collect(),
                })
                .collect(),
            variants: live.map(|variant| self.variant_spec(variant)).collect(),
            attributes: attribute::sync::values_of(&self.attributes, None),
        }
    }

    /// The archived variants, with the key by which each was last known: options may have changed since.
    pub fn archived(&self) -> Vec<(String, VariantSpec)> {
        let archived = self.variants.iter().filter(|variant| variant.row.status == PublicationStatus::Archived);
        archived.map(|variant| (variant.row.option_key.clone(), self.variant_spec(variant))).collect()
    }

    /// How one variant stands, even an archived one.
    pub fn variant_spec_of(&self, id: ProductVariantId) -> Option<VariantSpec> {
        self.variants.iter().find(|variant| variant.row.id == id).map(|variant| self.variant_spec(variant))
    }

    fn variant_spec(&self, VariantRow { row, price, on_hand, pictures, .. }: &VariantRow) -> VariantSpec {
        VariantSpec {
            id: Some(row.id),
            values: self.values_of(row.id),
            status: row.status,
            sku: row.sku.clone(),
            barcode: row.barcode.clone(),
            weight_grams: row.weight_grams,
            weight_unit: row.weight_unit,
            requires_shipping: row.requires_shipping,
            is_taxable: row.is_taxable,
            tax_class: row.tax_class_id,
            tracks_stock: row.tracks_stock,
            backorder_limit: row.backorder_limit,
            price: price.clone().map(PriceSpec::from),
            on_hand: *on_hand,
            images: pictures.iter().filter_map(|id| self.url_of(*id)).collect(),
            content: row.content(),
            unit_price_reference: row.unit_price_reference(),
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
            attributes: attribute::sync::values_of(&self.attributes, Some(row.id)),
        }
    }

    /// The names of a variant's option values, in the order of the options; one that has none is passed over.
    pub fn values_of(&self, variant: ProductVariantId) -> Vec<String> {
        self.value_of_each(variant).into_iter().flatten().collect()
    }

    /// A variant's value of each option. An archived variant can lack some, if options have changed since.
    pub fn value_of_each(&self, variant: ProductVariantId) -> Vec<Option<String>> {
        let links = self.variants.iter().find(|row| row.row.id == variant).map(|row| row.values.as_slice());
        let links = links.unwrap_or_default();
        let name = |option: &OptionRow| {
            let (_, value) = links.iter().find(|(id, _)| *id == option.row.id)?;
            option.values.iter().find(|row| row.id == *value).map(|row| row.name.clone())
        };
        self.options.iter().map(name).collect()
    }

    /// The pictures that show a variant, in order.
    pub fn pictures_of(&self, variant: ProductVariantId) -> &[MediaId] {
        self.variants.iter().find(|row| row.row.id == variant).map(|row| row.pictures.as_slice()).unwrap_or_default()
    }

    fn url_of(&self, image: MediaId) -> Option<String> {
        self.images.iter().find(|row| row.id == image).map(|row| row.url.clone())
    }
}
