//! The rows of products and of what belongs to them.

use sea_orm::{ActiveValue::Set, DatabaseTransaction};
use serde_json::json;
use tradepost::entity::publication_status::PublicationStatus;
use tradepost::entity::weight_unit::WeightUnit;
use tradepost::entity::{
    attribute_choice, attribute_value, collection_product, media, product, product_channel, product_option,
    product_option_value, product_tag, product_variant, stock_level, variant_option_value, variant_price,
};
use tradepost::id::{MediaId, ProductId, ProductOptionId, ProductOptionValueId, ProductVariantId};
use uuid::Uuid;

use super::{ChoiceAttribute, Ground, insert};
use crate::Result;
use crate::shop::{self, SIZES};

const PRICE_STEP: i64 = 250;
const UNITS: i64 = 1_000;

/// Rows that are written together.
#[derive(Default)]
pub struct Rows {
    products: Vec<product::ActiveModel>,
    channels: Vec<product_channel::ActiveModel>,
    tags: Vec<product_tag::ActiveModel>,
    images: Vec<media::ActiveModel>,
    options: Vec<product_option::ActiveModel>,
    option_values: Vec<product_option_value::ActiveModel>,
    variants: Vec<product_variant::ActiveModel>,
    variant_values: Vec<variant_option_value::ActiveModel>,
    prices: Vec<variant_price::ActiveModel>,
    levels: Vec<stock_level::ActiveModel>,
    members: Vec<collection_product::ActiveModel>,
    attributes: Vec<attribute_value::ActiveModel>,
}

impl Rows {
    pub fn len(&self) -> usize {
        self.products.len()
    }

    /// Writes them in the order in which they refer to each other.
    pub async fn insert(self, tx: &DatabaseTransaction) -> Result<()> {
        insert(tx, self.products).await?;
        insert(tx, self.channels).await?;
        insert(tx, self.tags).await?;
        insert(tx, self.images).await?;
        insert(tx, self.options).await?;
        insert(tx, self.option_values).await?;
        insert(tx, self.variants).await?;
        insert(tx, self.variant_values).await?;
        insert(tx, self.prices).await?;
        insert(tx, self.levels).await?;
        insert(tx, self.members).await?;
        insert(tx, self.attributes).await
    }

    pub fn add(&mut self, ground: &Ground, product: shop::Product) {
        let id = ProductId::generate();
        let channel_id = Set(ground.channel);
        self.channels.push(product_channel::ActiveModel { product_id: Set(id), channel_id, ..Default::default() });
        let tag = product.kind.to_lowercase();
        self.tags.push(product_tag::ActiveModel { product_id: Set(id), tag_key: Set(tag.clone()), tag: Set(tag) });
        let image = MediaId::generate();
        self.images.push(media::ActiveModel {
            id: Set(image),
            product_id: Set(id),
            url: Set(product.image.clone()),
            alt_text: Set(Some(product.name.clone())),
            position: Set(0),
        });
        if let Some(collection) = ground.collections.get(product.collection) {
            self.members.push(collection_product::ActiveModel {
                collection_id: Set(*collection),
                product_id: Set(id),
                position: Set(i64::try_from(product.number).unwrap_or(i64::MAX)),
            });
        }
        self.describe((id, None), &ground.brand, product.brand);
        self.describe((id, None), &ground.color, product.color);
        self.add_variants(ground, id, image, &product);
        self.products.push(row(ground, id, product));
    }

    fn add_variants(&mut self, ground: &Ground, product: ProductId, image: MediaId, shown: &shop::Product) {
        let option = ProductOptionId::generate();
        self.options.push(product_option::ActiveModel {
            id: Set(option),
            product_id: Set(product),
            name: Set("Size".to_owned()),
            name_key: Set("size".to_owned()),
            position: Set(0),
        });
        for (place, (position, size)) in (0_i64..).zip(SIZES).enumerate() {
            let (id, value) = (ProductVariantId::generate(), ProductOptionValueId::generate());
            self.option_values.push(product_option_value::ActiveModel {
                id: Set(value),
                option_id: Set(option),
                name: Set(size.to_owned()),
                name_key: Set(size.to_lowercase()),
                position: Set(position),
            });
            let (variant_id, option_id, value_id) = (Set(id), Set(option), Set(value));
            self.variant_values.push(variant_option_value::ActiveModel { variant_id, option_id, value_id });
            self.variants.push(variant(ground, (product, id), (position, size), (image, shown)));
            self.prices.push(variant_price::ActiveModel {
                variant_id: Set(id),
                channel_id: Set(ground.channel),
                price_minor: Set(shown.price_minor + position * PRICE_STEP),
                since: Set(ground.now),
                ..Default::default()
            });
            self.levels.push(stock_level::ActiveModel {
                variant_id: Set(id),
                location_id: Set(ground.location),
                on_hand: Set(UNITS),
                allocated: Set(0),
            });
            self.describe((product, Some(id)), &ground.size, place);
        }
    }

    /// Gives a product or a variant one of an attribute's choices.
    fn describe(
        &mut self,
        (product, variant): (ProductId, Option<ProductVariantId>),
        attribute: &ChoiceAttribute,
        choice: usize,
    ) {
        let Some(attribute_choice::Model { id, slug, name, .. }) = attribute.choices.get(choice) else { return };
        let owner: Uuid = variant.map_or(product.uuid(), ProductVariantId::uuid);
        self.attributes.push(attribute_value::ActiveModel {
            owner_id: Set(owner),
            attribute_id: Set(attribute.id),
            position: Set(0),
            product_id: Set(product),
            variant_id: Set(variant),
            value_key: Set(slug.clone()),
            label: Set(name.clone()),
            choice_id: Set(Some(*id)),
            ..Default::default()
        });
    }
}

fn row(ground: &Ground, id: ProductId, product: shop::Product) -> product::ActiveModel {
    product::ActiveModel {
        id: Set(id),
        slug: Set(product.slug),
        name_key: Set(product.name.to_lowercase()),
        name: Set(product.name),
        description: Set(product.description),
        status: Set(PublicationStatus::Active),
        vendor: Set(Some(format!("Brand {:02}", product.brand))),
        product_type: Set(Some(product.kind.to_owned())),
        metadata: Set(json!({})),
        private_metadata: Set(json!({})),
        created_at: Set(ground.now),
        updated_at: Set(ground.now),
        version: Set(1),
        ..Default::default()
    }
}

fn variant(
    ground: &Ground,
    (product, id): (ProductId, ProductVariantId),
    (position, size): (i64, &str),
    (image, shown): (MediaId, &shop::Product),
) -> product_variant::ActiveModel {
    let sku = format!("SKU-{:06}-{size}", shown.number);
    product_variant::ActiveModel {
        id: Set(id),
        product_id: Set(product),
        position: Set(position),
        status: Set(PublicationStatus::Active),
        option_key: Set(size.to_lowercase()),
        sku_key: Set(Some(sku.to_lowercase())),
        sku: Set(Some(sku)),
        weight_unit: Set(WeightUnit::G),
        requires_shipping: Set(true),
        is_taxable: Set(true),
        tax_class_id: Set(None),
        tracks_stock: Set(true),
        backorder_limit: Set(Some(0)),
        media_id: Set(Some(image)),
        metadata: Set(json!({})),
        private_metadata: Set(json!({})),
        created_at: Set(ground.now),
        updated_at: Set(ground.now),
        ..Default::default()
    }
}
