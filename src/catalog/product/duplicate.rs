//! Makes a draft of a product that is there.
//!
//! The copy has everything that says what the product is like, and nothing that names it elsewhere: no SKUs, barcodes or
//! external ids, and no stock. What the specification does not tell (prices and places in other channels than the default
//! one) is copied from table to table.

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
        copy_prices(&tx, &variants, Timestamp::now()).await?;
        copy_channels(&tx, id, copy).await?;
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

/// Shows the copy where the original is shown.
async fn copy_channels(tx: &DatabaseTransaction, original: ProductId, copy: ProductId) -> Result<()> {
    let sql = "INSERT INTO product_channel (product_id, channel_id, published_from, published_until)
        SELECT $1, channel_id, published_from, published_until FROM product_channel WHERE product_id = $2";
    db::execute(tx, sql, [copy.into(), original.into()]).await.map(drop)
}

/// Gives the copies of variants the prices of their originals in all channels.
async fn copy_prices(tx: &DatabaseTransaction, variants: &[VariantPair], now: Timestamp) -> Result<()> {
    if variants.is_empty() {
        return Ok(());
    }
    let rows = (1..=variants.len()).map(|row| format!("(${}, ${})", 2 * row, 2 * row + 1));
    let rows = rows.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "WITH pair (original_id, copy_id) AS (VALUES {rows})
        INSERT INTO variant_price (variant_id, channel_id, price_minor, compare_at_minor, since)
        SELECT pair.copy_id, price.channel_id, price.price_minor, price.compare_at_minor, $1
        FROM variant_price AS price JOIN pair ON pair.original_id = price.variant_id"
    );
    let pairs = variants.iter().flat_map(|(original, copy)| [Value::from(*original), Value::from(*copy)]);
    db::execute(tx, &sql, std::iter::once(now.into()).chain(pairs)).await.map(drop)
}
