//! How a product shall stand, checked and free of any wire format.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::catalog::attribute::known::Known;
use crate::catalog::attribute::value::{self, Values};
use crate::catalog::product::input::{ImageInput, ProductCreateInput, ProductOptionInput};
use crate::catalog::variant::spec::VariantSpec;
use crate::checks::Checks;
use crate::entity::attribute_type::AttributeSubject;
use crate::entity::media;
use crate::entity::publication_status::PublicationStatus;
use crate::error::UserError;
use crate::money::Currency;
use crate::text::fold;

pub const MAX_TAGS: usize = 100;
pub const MAX_IMAGES: usize = 100;
pub const MAX_OPTIONS: usize = 5;
pub const MAX_VARIANTS: usize = 250;
/// Those that are archived count, too: all of them are read whenever the product is changed.
pub const MAX_KEPT_VARIANTS: usize = 2_000;
const TAG_LENGTH: usize = 100;
const ALT_TEXT_LENGTH: usize = 500;
const VENDOR_LENGTH: usize = 200;

/// A whole product as it shall stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductSpec {
    pub slug: String,
    pub name: String,
    pub description: String,
    pub status: PublicationStatus,
    pub vendor: Option<String>,
    #[serde(rename = "type")]
    pub product_type: Option<String>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub external_id: Option<String>,
    pub metadata: Value,
    pub private_metadata: Value,
    /// Sorted by their folded form.
    pub tags: Vec<String>,
    pub images: Vec<ImageSpec>,
    #[serde(skip)]
    pub options: Vec<OptionSpec>,
    #[serde(skip)]
    pub variants: Vec<VariantSpec>,
    #[serde(skip)]
    pub attributes: Values,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageSpec {
    pub url: String,
    pub alt_text: Option<String>,
}

impl ImageSpec {
    pub fn read(checks: &mut Checks, image: ImageInput) -> Self {
        Self { url: checks.url("url", &image.url), alt_text: alt_text(checks, image.alt_text) }
    }
}

impl From<&media::Model> for ImageSpec {
    fn from(row: &media::Model) -> Self {
        Self { url: row.url.clone(), alt_text: row.alt_text.clone() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    pub name: String,
    pub values: Vec<String>,
}

impl ProductSpec {
    /// Takes pictures that the product does not have off the variants that they show.
    pub fn drop_missing_images(&mut self) {
        for variant in &mut self.variants {
            variant.images.retain(|url| self.images.iter().any(|image| image.url == *url));
        }
    }

    /// Checks the input of a creation as a whole.
    pub fn read(checks: &mut Checks, input: ProductCreateInput, currency: Currency, known: &Known) -> Self {
        let name = checks.name("name", &input.name, "A name");
        let (seo_title, seo_description) = checks.seo(input.seo);
        let mut options = options(checks, input.options);
        at_most(checks, "variants", input.variants.len(), "The list of variants", MAX_VARIANTS);
        let mut variants = Vec::with_capacity(input.variants.len());
        for (index, variant) in input.variants.into_iter().enumerate() {
            let field = format!("variants.{index}");
            let variant = |checks: &mut Checks| VariantSpec::read(checks, variant, &mut options, currency, known);
            variants.push(checks.within(&field, variant));
        }
        let images = images(checks, input.images);
        check_variants(checks, &variants, &images);
        Self {
            slug: checks.slug(input.slug.as_deref(), &name),
            description: checks.html("description", &input.description),
            status: input.status.unwrap_or(PublicationStatus::Draft),
            vendor: vendor(checks, input.vendor),
            product_type: product_type(checks, input.product_type),
            seo_title,
            seo_description,
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
            tags: tags(checks, input.tags),
            attributes: value::read(
                checks,
                "attributes",
                (known, AttributeSubject::Product),
                input.attributes,
                Values::new(),
            ),
            images,
            options,
            variants,
            name,
        }
    }
}

/// Why a product takes no more variants, though fewer are for sale than may be.
pub fn keeps_too_many(path: impl AsRef<str>) -> UserError {
    let message = format!(
        "A product keeps at most {MAX_KEPT_VARIANTS} variants, with those that are archived; delete some of these."
    );
    UserError::too_long(path, "", MAX_KEPT_VARIANTS).with_message(message)
}

pub fn vendor(checks: &mut Checks, text: Option<String>) -> Option<String> {
    checks.optional("vendor", text, "The vendor", VENDOR_LENGTH)
}

pub fn product_type(checks: &mut Checks, text: Option<String>) -> Option<String> {
    checks.optional("type", text, "The type", VENDOR_LENGTH)
}

/// Tags without doubles, in a fixed order.
pub fn tags(checks: &mut Checks, tags: Vec<String>) -> Vec<String> {
    at_most(checks, "tags", tags.len(), "The list of tags", MAX_TAGS);
    let mut sorted = std::collections::BTreeMap::new();
    for (index, tag) in tags.into_iter().enumerate() {
        let field = format!("tags.{index}");
        if tag.contains(',') {
            // Files list tags with commas between them.
            checks.push(UserError::invalid(checks.path(&field), "A tag has no comma in it; give two tags instead."));
        }
        if let Some(tag) = checks.optional(&field, Some(tag), "The tag", TAG_LENGTH) {
            sorted.entry(fold(&tag)).or_insert(tag);
        }
    }
    sorted.into_values().collect()
}

pub fn alt_text(checks: &mut Checks, text: Option<String>) -> Option<String> {
    checks.optional("altText", text, "The text", ALT_TEXT_LENGTH)
}

pub fn images(checks: &mut Checks, images: Vec<ImageInput>) -> Vec<ImageSpec> {
    at_most(checks, "images", images.len(), "The list of images", MAX_IMAGES);
    let mut seen = BTreeSet::new();
    let mut specs = Vec::with_capacity(images.len());
    for (index, image) in images.into_iter().enumerate() {
        checks.within(&format!("images.{index}"), |checks| {
            let image = ImageSpec::read(checks, image);
            if !seen.insert(image.url.clone()) {
                checks.push(UserError::taken(checks.path("url"), "This picture is there twice."));
            }
            specs.push(image);
        });
    }
    specs
}

fn options(checks: &mut Checks, options: Vec<ProductOptionInput>) -> Vec<OptionSpec> {
    at_most(checks, "options", options.len(), "The list of options", MAX_OPTIONS);
    let mut seen = BTreeSet::new();
    let mut specs = Vec::with_capacity(options.len());
    for (index, option) in options.into_iter().enumerate() {
        checks.within(&format!("options.{index}"), |checks| {
            let name = checks.name("name", &option.name, "A name");
            if !seen.insert(fold(&name)) {
                checks.push(UserError::taken(checks.path("name"), format!("The option \"{name}\" is there twice.")));
            }
            let mut values: Vec<String> = Vec::new();
            for (index, value) in option.values.into_iter().enumerate() {
                let value = checks.name(&format!("values.{index}"), &value, "A value");
                if !values.iter().any(|known| fold(known) == fold(&value)) {
                    values.push(value);
                }
            }
            specs.push(OptionSpec { name, values });
        });
    }
    specs
}

/// What variants must keep to among themselves.
pub fn check_variants(checks: &mut Checks, variants: &[VariantSpec], images: &[ImageSpec]) {
    let (mut combinations, mut skus, mut external_ids) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (index, variant) in variants.iter().enumerate() {
        checks.within(&format!("variants.{index}"), |checks| {
            if !combinations.insert(variant.option_key()) {
                let message = "Another variant of this product has the same option values.";
                checks.push(UserError::taken(checks.path("optionValues"), message));
            }
            if let Some(sku) = &variant.sku
                && !skus.insert(fold(sku))
            {
                checks.push(UserError::taken(checks.path("sku"), format!("The SKU \"{sku}\" is there twice.")));
            }
            if let Some(id) = &variant.external_id
                && !external_ids.insert(id)
            {
                checks.push(UserError::taken(checks.path("externalId"), format!("The id \"{id}\" is there twice.")));
            }
            if variant.images.iter().any(|url| !images.iter().any(|image| image.url == *url)) {
                let message = "This is not the address of one of the product's images.";
                checks.push(UserError::invalid(checks.path("imageUrl"), message));
            }
        });
    }
}

fn at_most(checks: &mut Checks, field: &str, count: usize, what: &str, limit: usize) {
    if count > limit {
        checks.push(UserError::too_long(checks.path(field), what, limit));
    }
}
