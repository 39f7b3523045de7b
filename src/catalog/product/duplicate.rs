//! Makes a draft of a product that is there.
//!
//! The copy has everything that says what the product is like, and nothing that names it elsewhere: no SKUs, barcodes or
//! external ids, and no stock. What lies beside the specification is copied from table to table, however much it is.

use sea_orm::sea_query::LockType;
use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect, Value};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::collection::beside;
use crate::catalog::listing;
use crate::catalog::product::aggregate;
use crate::catalog::product::input::ProductDuplicateInput;
use crate::catalog::product::service::{self, ProductService};
use crate::catalog::product::spec::ProductSpec;
use crate::catalog::variant::spec::VariantSpec;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db;
use crate::entity::product;
use crate::entity::publication_status::PublicationStatus;
use crate::error::{Result, UserError};
use crate::event::{self, Aggregate, EventType};
use crate::id::{ProductId, ProductVariantId};
use crate::stock;

impl ProductService {
    /// Copies a product with all that belongs to it under another name.
    pub async fn duplicate(&self, actor: &Actor, id: ProductId, input: ProductDuplicateInput) -> Result<ProductId> {
        let mut checks = Checks::new("input");
        let name = checks.name("name", &input.name, "A name");
        let slug = checks.slug(input.slug.as_deref(), &name);
        checks.finish()?;
        let tx = self.begin().await?;
        listing::share_channels(&tx).await?;
        // Whoever changes the product waits until it is copied; who copies it, too, does not.
        let original = product::Entity::find_by_id(id).lock(LockType::Share).one(&tx).await?;
        let original = original.ok_or_else(|| UserError::not_found("id", "product"))?;
        let market = service::default_market(&tx).await?;
        let location = stock::default_location(&tx).await?;
        let current = aggregate::load(&tx, &original, &market, location).await?;
        let (spec, variants) = draft(current.to_spec(&original), name, slug);
        let copy = service::insert_unlisted(&tx, actor, &market, &spec).await?;
        let copying = Copying { tx: &tx, original: id, copy, variants, now: Timestamp::now() };
        copying.tables().await?;
        beside::add(&tx, actor, id, copy).await?;
        listing::refresh(&tx, copy).await?;
        let payload = json!({ "duplicateOf": id.to_string() });
        event::record(&tx, actor, EventType::ProductCreated, Aggregate::Product(copy), payload).await?;
        tx.commit().await?;
        Ok(copy)
    }
}

/// An original with its copy.
type VariantPair = (ProductVariantId, ProductVariantId);

/// The specification of the copy, and which variant is made of which.
fn draft(original: ProductSpec, name: String, slug: String) -> (ProductSpec, Vec<VariantPair>) {
    let (mut variants, mut pairs) = (Vec::<VariantSpec>::new(), Vec::new());
    for variant in original.variants {
        // A variant that came back from the archive may stand beside one that has its values by now.
        if variants.iter().any(|other| other.option_key() == variant.option_key()) {
            continue;
        }
        let id = ProductVariantId::generate();
        pairs.extend(variant.id.map(|original| (original, id)));
        variants.push(VariantSpec {
            id: Some(id),
            sku: None,
            barcode: None,
            external_id: None,
            price: None,
            on_hand: None,
            ..variant
        });
    }
    let status = PublicationStatus::Draft;
    (ProductSpec { name, slug, status, external_id: None, variants, ..original }, pairs)
}

/// A product of which a copy is being made.
struct Copying<'a> {
    tx: &'a DatabaseTransaction,
    original: ProductId,
    copy: ProductId,
    variants: Vec<VariantPair>,
    now: Timestamp,
}

impl Copying<'_> {
    /// Copies what belongs to the product and its variants beside the specification.
    async fn tables(&self) -> Result<()> {
        self.of_product(CHANNELS).await?;
        self.of_product(ATTRIBUTES).await?;
        if self.variants.is_empty() {
            return Ok(());
        }
        self.of_variants(PRICES, Some(self.now.into())).await?;
        self.of_variants(VARIANT_ATTRIBUTES, Some(self.copy.into())).await?;
        self.of_variants(MEASURES, None).await?;
        self.of_variants(PICTURES, Some(self.copy.into())).await
    }

    /// Runs SQL in which `$1` is the original and `$2` the copy.
    async fn of_product(&self, sql: &str) -> Result<()> {
        db::execute(self.tx, sql, [self.original.into(), self.copy.into()]).await.map(drop)
    }

    /// Runs SQL for which `pair` holds the variants with their copies; one more value stands where it says `{given}`.
    async fn of_variants(&self, sql: &str, given: Option<Value>) -> Result<()> {
        let pairs = self.variants.iter().flat_map(|(original, copy)| [Value::from(*original), Value::from(*copy)]);
        let values: Vec<Value> = pairs.chain(given).collect();
        let rows = (0..self.variants.len()).map(|row| format!("(${}, ${})", 2 * row + 1, 2 * row + 2));
        let rows = rows.collect::<Vec<_>>().join(", ");
        let sql = sql.replace("{given}", &format!("${}", values.len()));
        db::execute(self.tx, &format!("WITH pair (original_id, copy_id) AS (VALUES {rows}) {sql}"), values)
            .await
            .map(drop)
    }
}

const CHANNELS: &str = "
    INSERT INTO product_channel (product_id, channel_id, published_from, published_until)
    SELECT $2, channel_id, published_from, published_until FROM product_channel WHERE product_id = $1";

const ATTRIBUTES: &str = "
    INSERT INTO attribute_value
        (owner_id, attribute_id, position, product_id, variant_id, value_key, label, number_micro, choice_id)
    SELECT $2, attribute_id, position, $2, NULL, value_key, label, number_micro, choice_id
    FROM attribute_value WHERE owner_id = $1";

const PRICES: &str = "
    INSERT INTO variant_price (variant_id, channel_id, price_minor, compare_at_minor, since)
    SELECT pair.copy_id, price.channel_id, price.price_minor, price.compare_at_minor, {given}
    FROM variant_price AS price JOIN pair ON pair.original_id = price.variant_id";

const VARIANT_ATTRIBUTES: &str = "
    INSERT INTO attribute_value
        (owner_id, attribute_id, position, product_id, variant_id, value_key, label, number_micro, choice_id)
    SELECT pair.copy_id, held.attribute_id, held.position, {given}, pair.copy_id, held.value_key, held.label,
           held.number_micro, held.choice_id
    FROM attribute_value AS held JOIN pair ON pair.original_id = held.owner_id";

const MEASURES: &str = "
    UPDATE product_variant SET
        content_micro = original.content_micro, content_unit = original.content_unit,
        reference_micro = original.reference_micro, reference_unit = original.reference_unit
    FROM pair JOIN product_variant AS original ON original.id = pair.original_id
    WHERE product_variant.id = pair.copy_id";

/// A picture has an address, by which the copy's own picture is found.
const PICTURES: &str = "
    INSERT INTO variant_media (variant_id, media_id, position)
    SELECT pair.copy_id, copied.id, shown.position
    FROM variant_media AS shown
    JOIN pair ON pair.original_id = shown.variant_id
    JOIN media ON media.id = shown.media_id
    JOIN media AS copied ON copied.url = media.url
    WHERE copied.product_id = {given}
    ON CONFLICT (variant_id, media_id) DO NOTHING";
