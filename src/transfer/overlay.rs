//! Lays what a file says of a product over what the shop has of it.

use serde_json::json;

use crate::catalog::attribute::value::Values;
use crate::catalog::product::input::ImageInput;
use crate::catalog::product::spec::{self, ImageSpec, OptionSpec, ProductSpec};
use crate::catalog::variant::spec::{self as variant_spec, PriceSpec, VariantSpec};
use crate::checks::Checks;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::weight_unit::WeightUnit;
use crate::error::{Error, UserError};
use crate::money::Currency;
use crate::text::{Slug, fold};
use crate::transfer::amount;
use crate::transfer::known::Known;
use crate::transfer::product_record::{Cell, ImageRecord, Located, ProductRecord, RowError, VariantRecord};

/// The slug by which a record's product is known in the shop.
pub fn slug(record: &ProductRecord) -> Result<String, RowError> {
    let slug = Slug::parse(&record.handle).or_else(|| Slug::from_name(&record.handle));
    slug.map(Slug::into_string).ok_or_else(|| {
        let message = "No address can be made of this handle; use letters, digits and hyphens.";
        refuse(record, record.line, Some("Handle"), message)
    })
}

/// A product as the shop has it.
pub struct Standing {
    pub spec: ProductSpec,
    /// Variants that are not for sale any more, by their option keys. One that the file has comes back as it was.
    pub archived: Vec<(String, VariantSpec)>,
}

/// How the product shall stand, or every reason why it cannot.
pub fn overlay(
    record: &ProductRecord,
    slug: String,
    before: Option<Standing>,
    currency: Currency,
) -> Result<ProductSpec, Vec<RowError>> {
    let Standing { spec: before, archived } =
        before.unwrap_or_else(|| Standing { spec: blank(), archived: Vec::new() });
    let (mut checks, mut errors) = (Checks::new(""), Vec::new());
    let option_names = before.options.iter().map(|option| option.name.clone()).collect();
    let mut spec = product(&mut checks, record, slug, before);
    if !record.variants.is_empty() {
        let live = std::mem::take(&mut spec.variants);
        let kept = live.len() + archived.len();
        let known = Known { live, archived, options: &spec.options, option_names };
        spec.variants = variants(&mut checks, record, &known, currency, &mut errors);
        let new = spec.variants.iter().filter(|variant| variant.id.is_none()).count();
        if new > 0 && kept + new > spec::MAX_KEPT_VARIANTS {
            checks.push(spec::keeps_too_many("variants"));
        }
    }
    spec.drop_missing_images();
    // Only where every row became a variant do places in the two lists agree.
    if spec.variants.len() == record.variants.len() {
        spec::check_variants(&mut checks, &spec.variants, &spec.images);
    }
    if let Err(Error::User(found)) = checks.finish() {
        errors.extend(found.iter().map(|error| locate(record, error)));
    }
    if errors.is_empty() { Ok(spec) } else { Err(errors) }
}

/// The place in the file that an error is about.
pub fn locate(record: &ProductRecord, error: &UserError) -> RowError {
    let path: Vec<&str> = error.field.iter().flatten().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let path = path.strip_prefix(&["input"]).unwrap_or(&path);
    let index = path.get(1).and_then(|index| index.parse::<usize>().ok());
    let (line, name) = match (path.first().copied(), index) {
        (Some("variants"), Some(index)) => {
            (record.variants.get(index).map(|variant| variant.line), path.get(2).copied())
        }
        (Some("images"), Some(index)) => {
            (images(record).and_then(|images| images.get(index)).map(|image| image.line), path.get(2).copied())
        }
        (name, _) => (None, name),
    };
    refuse(record, line.unwrap_or(record.line), name.and_then(column), &error.message)
}

/// The error of an SKU that a variant of another product has.
pub fn taken_sku(record: &ProductRecord, line: u64, sku: &str, owner: &str) -> RowError {
    let message = format!("The product “{owner}” has a variant with the SKU “{sku}” already.");
    refuse(record, line, column("sku"), &message)
}

/// The column that a field is read from.
fn column(field: &str) -> Option<&'static str> {
    Some(match field {
        "slug" => "Handle",
        "name" => "Title",
        "description" => "Body (HTML)",
        "vendor" => "Vendor",
        "type" => "Type",
        "tags" => "Tags",
        "title" | "seo" => "SEO Title",
        "sku" => "Variant SKU",
        "barcode" => "Variant Barcode",
        "price" => "Variant Price",
        "compareAtPrice" => "Variant Compare At Price",
        "weight" => "Variant Grams",
        "quantity" => "Variant Inventory Qty",
        "imageUrl" => "Variant Image",
        "url" => "Image Src",
        "altText" => "Image Alt Text",
        "optionValues" => "Option1 Value",
        "options" => "Option1 Name",
        _ => return None,
    })
}

fn refuse(record: &ProductRecord, line: u64, column: Option<&str>, message: &str) -> RowError {
    RowError { column: column.map(str::to_owned), handle: Some(record.handle.clone()), ..RowError::at(line, message) }
}

fn images(record: &ProductRecord) -> Option<&Vec<ImageRecord>> {
    record.images.as_ref().value()
}

/// A product before anything is said of it.
fn blank() -> ProductSpec {
    ProductSpec {
        slug: String::new(),
        name: String::new(),
        description: String::new(),
        status: PublicationStatus::Active,
        vendor: None,
        product_type: None,
        seo_title: None,
        seo_description: None,
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        tags: Vec::new(),
        images: Vec::new(),
        options: Vec::new(),
        variants: Vec::new(),
        attributes: Values::new(),
    }
}

/// What the cell says, or what was there if the file has no such column.
fn lay<T: Clone>(cell: &Cell<T>, before: Option<T>) -> Option<T> {
    match cell {
        Cell::Missing => before,
        Cell::Empty => None,
        Cell::Value(value) => Some(value.clone()),
    }
}

fn product(checks: &mut Checks, record: &ProductRecord, slug: String, before: ProductSpec) -> ProductSpec {
    let tags = lay(&record.tags, Some(before.tags)).unwrap_or_default();
    let seo_title = lay(&record.seo_title, before.seo_title);
    let seo_description = lay(&record.seo_description, before.seo_description);
    let (seo_title, seo_description) =
        checks.seo(Some(crate::graphql::scalar::SeoInput { title: seo_title, description: seo_description }));
    ProductSpec {
        name: checks.name("name", &record.title, "A title"),
        description: match &record.body_html {
            Cell::Missing => before.description,
            Cell::Empty => String::new(),
            Cell::Value(html) => checks.html("description", html),
        },
        status: status(record, before.status),
        vendor: spec::vendor(checks, lay(&record.vendor, before.vendor)),
        product_type: spec::product_type(checks, lay(&record.product_type, before.product_type)),
        tags: spec::tags(checks, tags),
        images: product_images(checks, record, before.images),
        options: options(checks, record, before.options),
        seo_title,
        seo_description,
        slug,
        ..before
    }
}

/// Where the file only says whether the product is published, one that was taken out for good stays so.
fn status(record: &ProductRecord, before: PublicationStatus) -> PublicationStatus {
    match (&record.status, &record.published) {
        (Cell::Value(status), _) => *status,
        (_, Cell::Value(_)) if before == PublicationStatus::Archived => before,
        (_, Cell::Value(true)) => PublicationStatus::Active,
        (_, Cell::Value(false)) => PublicationStatus::Draft,
        _ => before,
    }
}

fn product_images(checks: &mut Checks, record: &ProductRecord, before: Vec<ImageSpec>) -> Vec<ImageSpec> {
    let mut images = match &record.images {
        Cell::Missing => before,
        Cell::Empty => Vec::new(),
        Cell::Value(images) => {
            let alt_text = |image: &ImageRecord| {
                let known = before.iter().find(|known| known.url == image.url);
                lay(&image.alt_text, known.and_then(|known| known.alt_text.clone()))
            };
            let inputs = images.iter().map(|image| ImageInput { url: image.url.clone(), alt_text: alt_text(image) });
            spec::images(checks, inputs.collect())
        }
    };
    for url in record.variants.iter().filter_map(|variant| variant.image_url.as_ref().value()) {
        if !images.iter().any(|image| image.url == *url) {
            images.push(ImageSpec { url: url.clone(), alt_text: None });
        }
    }
    if images.len() > spec::MAX_IMAGES {
        checks.push(UserError::too_long("images", "The list of images", spec::MAX_IMAGES));
    }
    images
}

/// The options with the values that the file's variants have, in the order in which they come. Where there is no variant
/// nothing is said of options.
fn options(checks: &mut Checks, record: &ProductRecord, before: Vec<OptionSpec>) -> Vec<OptionSpec> {
    let names = match &record.options {
        _ if record.variants.is_empty() => return before,
        Cell::Missing => return before,
        Cell::Empty => return Vec::new(),
        Cell::Value(names) => names,
    };
    let values_at = |position: usize| {
        let mut values: Vec<String> = Vec::new();
        for value in record.variants.iter().filter_map(|variant| variant.option_values.get(position)) {
            if !values.iter().any(|known| fold(known) == fold(value)) {
                values.push(value.clone());
            }
        }
        values
    };
    let option = |(position, name): (usize, &String)| OptionSpec {
        name: checks.within(&format!("options.{position}"), |checks| checks.name("name", name, "A name")),
        values: values_at(position),
    };
    names.iter().enumerate().map(option).collect()
}

fn variants(
    checks: &mut Checks,
    record: &ProductRecord,
    known: &Known<'_>,
    currency: Currency,
    errors: &mut Vec<RowError>,
) -> Vec<VariantSpec> {
    if record.variants.len() > spec::MAX_VARIANTS {
        checks.push(UserError::too_long("variants", "The list of variants", spec::MAX_VARIANTS));
    }
    let mut specs = Vec::with_capacity(record.variants.len());
    for (index, variant) in record.variants.iter().enumerate() {
        let Some(known) = known.find(record, variant) else {
            let message = "The file has no options, and no variant of this product has this SKU.";
            errors.push(refuse(record, variant.line, Some("Variant SKU"), message));
            continue;
        };
        let spec = checks.within(&format!("variants.{index}"), |checks| lay_variant(checks, variant, known));
        specs.push(VariantSpec { price: price(record, variant, spec.price.clone(), currency, errors), ..spec });
    }
    specs
}

fn lay_variant(checks: &mut Checks, record: &VariantRecord, before: VariantSpec) -> VariantSpec {
    // A shop that has sold more than it had exports a negative quantity; here that is what orders are allocated.
    let counted = record.quantity.as_ref().value().map(|units| (*units).max(0));
    if counted.is_some_and(|units| units > i64::from(i32::MAX)) {
        let message = format!("The number of units is at most {}.", i32::MAX);
        checks.push(UserError::invalid(checks.path("quantity"), message));
    }
    for value in &record.option_values {
        checks.name("optionValues", value, "A value");
    }
    let on_hand = counted.filter(|units| *units != 0 || before.on_hand.is_some()).or(before.on_hand);
    VariantSpec {
        sku: variant_spec::sku(checks, lay(&record.sku, before.sku)),
        barcode: variant_spec::barcode(checks, lay(&record.barcode, before.barcode)),
        weight_grams: lay(&record.weight_grams, before.weight_grams)
            .map(|grams| variant_spec::grams_within_limit(checks, "weight", grams)),
        weight_unit: lay(&record.weight_unit, Some(before.weight_unit)).unwrap_or(WeightUnit::G),
        requires_shipping: lay(&record.requires_shipping, Some(before.requires_shipping)).unwrap_or(true),
        is_taxable: lay(&record.taxable, Some(before.is_taxable)).unwrap_or(true),
        tracks_stock: lay(&record.tracks_inventory, Some(before.tracks_stock)).unwrap_or(true),
        backorder_limit: match record.continue_selling {
            Cell::Value(true) => None,
            Cell::Value(false) => before.backorder_limit.or(Some(0)),
            Cell::Missing | Cell::Empty => before.backorder_limit,
        },
        images: match &record.image_url {
            Cell::Missing => before.images,
            Cell::Empty => Vec::new(),
            Cell::Value(url) => variant_spec::led_by(url, &before.images),
        },
        on_hand,
        ..before
    }
}

/// An empty price leaves the price as it is: whoever wants to stop selling something says so by its status.
fn price(
    record: &ProductRecord,
    variant: &VariantRecord,
    before: Option<PriceSpec>,
    currency: Currency,
    errors: &mut Vec<RowError>,
) -> Option<PriceSpec> {
    let mut minor = |cell: &Cell<Located<String>>| {
        let located = cell.as_ref().value()?;
        let refuse = |message| errors.push(located.refuse(&record.handle, message));
        amount::minor(&located.value, currency).map_err(refuse).ok()
    };
    let price_minor = minor(&variant.price).or(before.as_ref().map(|price| price.price_minor));
    let compare_at_minor = match &variant.compare_at_price {
        Cell::Missing => before.and_then(|price| price.compare_at_minor),
        Cell::Empty => None,
        cell @ Cell::Value(_) => minor(cell),
    };
    Some(PriceSpec { price_minor: price_minor?, compare_at_minor })
}
