//! What staff do to variants.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::attribute::known::Known;
use crate::catalog::product::aggregate::Aggregate;
use crate::catalog::product::service::{ProductService, Writing};
use crate::catalog::product::spec::{MAX_KEPT_VARIANTS, MAX_VARIANTS, ProductSpec, keeps_too_many};
use crate::catalog::publication::reach;
use crate::catalog::status::{self, StatusChange};
use crate::catalog::variant::change;
use crate::catalog::variant::input::{
    ProductVariantCreateInput, ProductVariantPriceSetInput, ProductVariantUpdateInput,
};
use crate::catalog::variant::measure;
use crate::catalog::variant::price;
use crate::catalog::variant::spec::{self, PriceSpec, VariantSpec};
use crate::channel;
use crate::checks::Checks;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{product_variant, stock_movement, variant_price};
use crate::error::{Result, UserError};
use crate::event::{Details, EventType};
use crate::graphql::scalar::Decimal;
use crate::id::{ChannelId, ProductId, ProductVariantId};
use crate::money::Currency;
use crate::patch::Patch;
use crate::tax;
use crate::text::fold;

#[derive(Clone)]
pub struct VariantService {
    pub(super) products: ProductService,
}

impl VariantService {
    pub const fn new(products: ProductService) -> Self {
        Self { products }
    }

    pub async fn create(
        &self,
        actor: &Actor,
        product: ProductId,
        input: ProductVariantCreateInput,
    ) -> Result<ProductVariantId> {
        let writing = self.products.write(product, "product", None).await?;
        let (current, mut wanted) = writing.read().await?;
        if wanted.variants.len() >= MAX_VARIANTS {
            return Err(UserError::too_long("product", "The list of variants", MAX_VARIANTS).into());
        }
        if current.variants.len() >= MAX_KEPT_VARIANTS {
            return Err(keeps_too_many("product").into());
        }
        let known = Known::lock(&writing.tx, input.attributes.iter()).await?;
        let mut checks = Checks::new("input");
        tax::check_class(&writing.tx, &mut checks, "taxClass", input.tax_class).await?;
        let variant = VariantSpec::read(&mut checks, input, &mut wanted.options, writing.market.currency, &known);
        check_images(&mut checks, &wanted, &variant.images);
        check_combination(&mut checks, &current, &variant.values, None);
        check_sku(&mut checks, &current, variant.sku.as_deref());
        checks.finish()?;
        let id = ProductVariantId::generate();
        wanted.variants.push(VariantSpec { id: Some(id), ..variant });
        writing.sync(actor, &current, &wanted).await?;
        writing.finish(actor, EventType::VariantCreated, json!({ "variant": id.to_string() })).await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: ProductVariantId, input: ProductVariantUpdateInput) -> Result<()> {
        let row = self.get(id).await?;
        let writing = self.products.write(row.product_id, "id", input.expected_version).await?;
        let (current, mut wanted) = writing.read().await?;
        let mut checks = Checks::new("input");
        let Some(before) = current.variant_spec_of(id) else {
            return Err(UserError::not_found("id", "variant").into());
        };
        let values = current.value_of_each(id);
        if let Patch::Set(class) = input.tax_class {
            tax::check_class(&writing.tx, &mut checks, "taxClass", Some(class)).await?;
        }
        let after = apply(&mut checks, (before.clone(), &values), input, &mut wanted);
        check_images(&mut checks, &wanted, &after.images);
        if after.values != before.values {
            check_combination(&mut checks, &current, &after.values, Some(id));
        }
        checks.finish()?;
        if after == before {
            return Ok(());
        }
        writing.replace_variant(actor, &current, &wanted.options, (id, &after)).await?;
        let payload = json!({ "variant": id.to_string(), "fields": change::fields(&before, &after) });
        writing.finish(actor, EventType::VariantUpdated, Details::of_change(payload, &before, &after)?).await
    }

    pub async fn set_status(&self, actor: &Actor, id: ProductVariantId, change: StatusChange) -> Result<()> {
        let row = self.get(id).await?;
        let writing = self.products.write(row.product_id, "id", None).await?;
        let row = get(&writing.tx, id).await?;
        let next = change.next(row.status)?;
        if next == row.status {
            return Ok(());
        }
        let mut change = product_variant::ActiveModel {
            id: Set(id),
            status: Set(next),
            updated_at: Set(writing.now),
            ..Default::default()
        };
        if row.status == PublicationStatus::Archived {
            change.option_key = Set(key_of_return(&writing, id).await?);
        }
        product_variant::Entity::update(change).exec_without_returning(&writing.tx).await?;
        let mut payload = status::payload(row.status, next);
        payload["variant"] = json!(id.to_string());
        writing.finish(actor, EventType::VariantStatusChanged, status::details(payload, row.status, next)?).await
    }

    /// Removes a variant that no order and no stock movement knows.
    pub async fn delete(&self, actor: &Actor, id: ProductVariantId) -> Result<()> {
        let row = self.get(id).await?;
        let writing = self.products.write(row.product_id, "id", None).await?;
        // Locked, so that nobody begins to count its units meanwhile.
        let row = product_variant::Entity::find_by_id(id).lock_exclusive().one(&writing.tx).await?;
        row.ok_or_else(|| UserError::not_found("id", "variant"))?;
        let movements =
            stock_movement::Entity::find().filter(stock_movement::COLUMN.variant_id.eq(id)).count(&writing.tx).await?;
        if movements > 0 {
            let message = "Units of this variant were counted or moved; archive it instead.";
            return Err(UserError::in_use(message).into());
        }
        product_variant::Entity::delete_by_id(id).exec(&writing.tx).await?;
        writing.finish(actor, EventType::VariantDeleted, json!({ "variant": id.to_string() })).await
    }

    /// Sets the price in one channel, or takes the variant out of it.
    pub async fn set_price(
        &self,
        actor: &Actor,
        id: ProductVariantId,
        input: ProductVariantPriceSetInput,
    ) -> Result<()> {
        let row = self.get(id).await?;
        let writing = self.products.write(row.product_id, "id", None).await?;
        let market = channel::find(&writing.tx, input.channel.as_deref())
            .await?
            .ok_or_else(|| UserError::not_found("input.channel", "channel"))?;
        let price = wanted_price(&input.price, input.compare_at_price.as_ref(), market.currency)?;
        change_price(writing, actor, id, (market.channel.id, price)).await
    }

    /// The row outside of any lock, to learn whose variant it is.
    async fn get(&self, id: ProductVariantId) -> Result<product_variant::Model> {
        let row = product_variant::Entity::find_by_id(id).one(self.products.reader()).await?;
        row.ok_or_else(|| UserError::not_found("id", "variant").into())
    }
}

/// What an input says of a price, in which null takes the variant out of the channel.
pub(super) fn wanted_price(
    price: &Patch<Decimal>,
    compare_at_price: Option<&Decimal>,
    currency: Currency,
) -> Result<Option<PriceSpec>> {
    let price = match price {
        Patch::Keep => {
            let message = "A price is needed; null takes the variant out of the channel.";
            return Err(UserError::required("input.price", "").with_message(message).into());
        }
        Patch::Clear => None,
        Patch::Set(price) => Some(price),
    };
    let mut checks = Checks::new("input");
    let price = spec::price(&mut checks, price, compare_at_price, currency);
    checks.finish()?;
    Ok(price)
}

/// Writes the price of a variant in a channel and commits.
pub(super) async fn change_price(
    writing: Writing,
    actor: &Actor,
    id: ProductVariantId,
    (channel, price): (ChannelId, Option<PriceSpec>),
) -> Result<()> {
    get(&writing.tx, id).await?;
    reach::check_variant(&writing.tx, actor, writing.product.id, channel).await?;
    let before = variant_price::Entity::find_by_id((id, channel)).one(&writing.tx).await?.map(PriceSpec::from);
    let wanted = [(id, price.clone())];
    if price::set(&writing.tx, channel, writing.now, &wanted).await?.is_empty() {
        return Ok(());
    }
    let payload = price::payload(id, channel, price.as_ref());
    writing.finish(actor, EventType::VariantPriceChanged, Details::of_change(payload, &before, &price)?).await
}

/// The key under which an archived variant comes back, since options may have changed while it was away. It does so only
/// where it has a place: a value of each option, in a combination of its own, among not too many others.
async fn key_of_return(writing: &Writing, id: ProductVariantId) -> Result<String> {
    let (current, spec) = writing.read().await?;
    let values = current.value_of_each(id);
    if let Some((option, _)) = current.options.iter().zip(&values).find(|(_, value)| value.is_none()) {
        let message = format!("This variant has no value of the option \"{}\"; give it one first.", option.row.name);
        return Err(UserError::invalid("id", message).into());
    }
    if spec.variants.len() >= MAX_VARIANTS {
        return Err(UserError::too_long("id", "The list of variants", MAX_VARIANTS).into());
    }
    let key = spec::option_key(&current.values_of(id));
    // An archived one keeps the key by which it was known; what is for sale has its values' key, whatever is written.
    let is_known_by_row = current.variants.iter().any(|other| other.row.id != id && other.row.option_key == key);
    if is_known_by_row || spec.variants.iter().any(|other| other.option_key() == key) {
        let message = "Another variant of this product has the same option values; give this one others first.";
        return Err(UserError::taken("id", message).into());
    }
    Ok(key)
}

/// The row once its product is locked; it may have gone in the meantime.
async fn get(tx: &DatabaseTransaction, id: ProductVariantId) -> Result<product_variant::Model> {
    let row = product_variant::Entity::find_by_id(id).one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "variant").into())
}

fn apply(
    checks: &mut Checks,
    (before, values): (VariantSpec, &[Option<String>]),
    input: ProductVariantUpdateInput,
    wanted: &mut ProductSpec,
) -> VariantSpec {
    let weight = match input.weight {
        Patch::Keep => (before.weight_grams, before.weight_unit),
        Patch::Clear => (None, before.weight_unit),
        Patch::Set(weight) => spec::weight(checks, Some(weight)),
    };
    let measures = (before.content, before.unit_price_reference);
    let (content, unit_price_reference) = measure::apply(checks, measures, input.content, input.unit_price_reference);
    VariantSpec {
        values: match checks.needed("optionValues", input.option_values) {
            Some(given) => spec::values(checks, given, &mut wanted.options, values),
            None => before.values,
        },
        sku: spec::sku(checks, input.sku.apply(before.sku)),
        barcode: spec::barcode(checks, input.barcode.apply(before.barcode)),
        weight_grams: weight.0,
        weight_unit: weight.1,
        requires_shipping: checks
            .needed("requiresShipping", input.requires_shipping)
            .unwrap_or(before.requires_shipping),
        is_taxable: checks.needed("isTaxable", input.is_taxable).unwrap_or(before.is_taxable),
        tax_class: input.tax_class.apply(before.tax_class),
        tracks_stock: checks.needed("tracksStock", input.tracks_stock).unwrap_or(before.tracks_stock),
        backorder_limit: spec::backorder_limit(checks, input.backorder_limit, before.backorder_limit),
        images: match input.image_url {
            Patch::Keep => before.images,
            Patch::Clear => Vec::new(),
            Patch::Set(url) => spec::led_by(&url, &before.images),
        },
        content,
        unit_price_reference,
        external_id: checks.external_id(input.external_id.apply(before.external_id)),
        metadata: checks.metadata_after("metadata", input.metadata, before.metadata),
        private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, before.private_metadata),
        ..before
    }
}

fn check_images(checks: &mut Checks, product: &ProductSpec, urls: &[String]) {
    if urls.iter().any(|url| !product.images.iter().any(|image| image.url == *url)) {
        let message = "This is not the address of one of the product's images.";
        checks.push(UserError::invalid(checks.path("imageUrl"), message));
    }
}

/// Another variant, even an archived one, must not have the same values.
fn check_combination(checks: &mut Checks, current: &Aggregate, values: &[String], own: Option<ProductVariantId>) {
    let key = spec::option_key(values);
    if current.variants.iter().any(|other| other.row.option_key == key && Some(other.row.id) != own) {
        let message = "Another variant of this product has the same option values.";
        checks.push(UserError::taken(checks.path("optionValues"), message));
    }
}

/// A sibling, even an archived one, must not have the same SKU; those of other products the database knows.
fn check_sku(checks: &mut Checks, current: &Aggregate, sku: Option<&str>) {
    let key = sku.map(fold);
    if key.is_some() && current.variants.iter().any(|other| other.row.sku_key == key) {
        checks.push(UserError::taken(checks.path("sku"), "Another variant of this product has this SKU."));
    }
}
