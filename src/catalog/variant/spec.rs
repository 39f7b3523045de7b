//! How a variant shall stand, checked and free of any wire format.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::catalog::attribute::known::Known;
use crate::catalog::attribute::value::{self, Values};
use crate::catalog::product::spec::OptionSpec;
use crate::catalog::variant::input::{OptionValueInput, ProductVariantCreateInput, WeightInput};
use crate::catalog::variant::measure::{self, Measure};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::attribute_type::AttributeSubject;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::weight_unit::WeightUnit;
use crate::entity::{product_variant, variant_price};
use crate::error::UserError;
use crate::graphql::scalar::Decimal;
use crate::id::{ProductId, ProductVariantId, TaxClassId};
use crate::money::Currency;
use crate::patch::Patch;
use crate::text::fold;

const SKU_LENGTH: usize = 100;
const BARCODE_LENGTH: usize = 50;
const MAX_GRAMS: i64 = 2_000_000;

/// A variant as it shall stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VariantSpec {
    /// The variant that it was made from, or shall be made under; otherwise its option values tell which one is meant.
    #[serde(skip)]
    pub id: Option<ProductVariantId>,
    /// One value for each option, in the order of the options.
    #[serde(rename = "optionValues")]
    pub values: Vec<String>,
    pub status: PublicationStatus,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub weight_grams: Option<i64>,
    pub weight_unit: WeightUnit,
    pub requires_shipping: bool,
    pub is_taxable: bool,
    /// `None` means that the default rate of a zone holds.
    pub tax_class: Option<TaxClassId>,
    pub tracks_stock: bool,
    /// `None` means any number.
    pub backorder_limit: Option<i64>,
    /// In the market that the product is written for.
    pub price: Option<PriceSpec>,
    /// Units at the default location; `None` leaves them as they are.
    #[serde(rename = "stock")]
    pub on_hand: Option<i64>,
    /// The addresses of the product's pictures that show it, in order.
    pub images: Vec<String>,
    /// What it holds.
    pub content: Option<Measure>,
    /// Per how much of its content the unit price is told, where that is not the usual amount.
    pub unit_price_reference: Option<Measure>,
    pub external_id: Option<String>,
    pub metadata: Value,
    pub private_metadata: Value,
    #[serde(skip)]
    pub attributes: Values,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceSpec {
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
}

impl From<variant_price::Model> for PriceSpec {
    fn from(row: variant_price::Model) -> Self {
        Self { price_minor: row.price_minor, compare_at_minor: row.compare_at_minor }
    }
}

impl VariantSpec {
    /// The form by which a combination of option values is known within its product.
    pub fn option_key(&self) -> String {
        option_key(&self.values)
    }

    /// Checks the input of a creation; values that options do not know yet are added to them.
    pub fn read(
        checks: &mut Checks,
        input: ProductVariantCreateInput,
        options: &mut [OptionSpec],
        currency: Currency,
        known: &Known,
    ) -> Self {
        let (weight_grams, weight_unit) = weight(checks, input.weight);
        let content = input.content.and_then(|content| Measure::read(checks, "content", &content));
        let reference = input.unit_price_reference;
        let reference = reference.and_then(|reference| Measure::read(checks, "unitPriceReference", &reference));
        measure::check(checks, content, reference);
        Self {
            id: None,
            values: values(checks, input.option_values, options, &[]),
            status: PublicationStatus::Active,
            sku: sku(checks, input.sku),
            barcode: barcode(checks, input.barcode),
            weight_grams,
            weight_unit,
            requires_shipping: input.requires_shipping,
            is_taxable: input.is_taxable,
            tax_class: input.tax_class,
            tracks_stock: input.tracks_stock,
            backorder_limit: backorder_limit(checks, input.backorder_limit, Some(0)),
            price: price(checks, input.price.as_ref(), input.compare_at_price.as_ref(), currency),
            on_hand: input.stock.map(|units| units_at_hand(checks, "stock", units)),
            images: input.image_url.into_iter().collect(),
            content,
            unit_price_reference: reference,
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
            attributes: value::read(
                checks,
                "attributes",
                (known, AttributeSubject::Variant),
                input.attributes,
                Values::new(),
            ),
        }
    }

    /// The row, but for its place in the product and its instants.
    pub fn to_row(&self, id: ProductVariantId, product_id: ProductId) -> product_variant::Model {
        product_variant::Model {
            id,
            product_id,
            position: 0,
            status: self.status,
            option_key: self.option_key(),
            sku: self.sku.clone(),
            sku_key: self.sku.as_deref().map(fold),
            barcode: self.barcode.clone(),
            weight_grams: self.weight_grams,
            weight_unit: self.weight_unit,
            requires_shipping: self.requires_shipping,
            is_taxable: self.is_taxable,
            tax_class_id: self.tax_class,
            tracks_stock: self.tracks_stock,
            backorder_limit: self.backorder_limit,
            media_id: None,
            content_micro: self.content.map(|content| content.micro),
            content_unit: self.content.map(|content| content.unit),
            reference_micro: self.unit_price_reference.map(|reference| reference.micro),
            reference_unit: self.unit_price_reference.map(|reference| reference.unit),
            external_id: self.external_id.clone(),
            metadata: self.metadata.clone(),
            private_metadata: self.private_metadata.clone(),
            created_at: Timestamp::from_micros(0),
            updated_at: Timestamp::from_micros(0),
        }
    }
}

/// Folded values joined by a character that no name has.
pub fn option_key(values: &[String]) -> String {
    values.iter().map(|value| fold(value)).collect::<Vec<_>>().join("\u{1f}")
}

/// One value for each option in the options' order; where none is given, the current one stays.
pub fn values(
    checks: &mut Checks,
    input: Vec<OptionValueInput>,
    options: &mut [OptionSpec],
    current: &[Option<String>],
) -> Vec<String> {
    let mut given = BTreeMap::new();
    for (index, OptionValueInput { option, value }) in input.into_iter().enumerate() {
        checks.within(&format!("optionValues.{index}"), |checks| {
            if !options.iter().any(|known| fold(&known.name) == fold(&option)) {
                let message = format!("The product has no option \"{option}\".");
                checks.push(UserError::invalid(checks.path("option"), message));
            }
            let value = checks.name("value", &value, "A value");
            given.insert(fold(&option), value);
        });
    }
    let mut values = Vec::with_capacity(options.len());
    for (index, option) in options.iter_mut().enumerate() {
        let value = given.remove(&fold(&option.name)).or_else(|| current.get(index).cloned().flatten());
        let Some(value) = value else {
            let message = format!("A value of the option \"{}\" is needed.", option.name);
            checks.push(UserError::required(checks.path("optionValues"), "").with_message(message));
            continue;
        };
        match option.values.iter().find(|known| fold(known) == fold(&value)) {
            Some(known) => values.push(known.clone()),
            None => {
                option.values.push(value.clone());
                values.push(value);
            }
        }
    }
    values
}

pub fn sku(checks: &mut Checks, sku: Option<String>) -> Option<String> {
    checks.optional("sku", sku, "The SKU", SKU_LENGTH)
}

pub fn barcode(checks: &mut Checks, barcode: Option<String>) -> Option<String> {
    checks.optional("barcode", barcode, "The barcode", BARCODE_LENGTH)
}

/// The pictures of a variant once another is the first of them, in the place of the one that was.
pub fn led_by(url: &str, images: &[String]) -> Vec<String> {
    let others = images.iter().skip(1).filter(|other| *other != url);
    std::iter::once(url.to_owned()).chain(others.cloned()).collect()
}

pub fn weight(checks: &mut Checks, weight: Option<WeightInput>) -> (Option<i64>, WeightUnit) {
    let Some(WeightInput { grams, unit }) = weight else { return (None, WeightUnit::G) };
    (Some(grams_within_limit(checks, "weight.grams", grams.into())), unit.unwrap_or(WeightUnit::G))
}

pub fn grams_within_limit(checks: &mut Checks, field: &str, grams: i64) -> i64 {
    if !(0..=MAX_GRAMS).contains(&grams) {
        let message = format!("A weight is between 0 and {MAX_GRAMS} grams.");
        checks.push(UserError::invalid(checks.path(field), message));
    }
    grams
}

pub fn backorder_limit(checks: &mut Checks, limit: Patch<i32>, current: Option<i64>) -> Option<i64> {
    if matches!(limit, Patch::Set(units) if units < 0) {
        let message = "The limit is not below zero; null means any number.";
        checks.push(UserError::invalid(checks.path("backorderLimit"), message));
    }
    limit.map(i64::from).apply(current)
}

pub fn price(
    checks: &mut Checks,
    price: Option<&Decimal>,
    compare_at_price: Option<&Decimal>,
    currency: Currency,
) -> Option<PriceSpec> {
    let Some(price) = price else {
        if compare_at_price.is_some() {
            checks.push(UserError::required(checks.path("price"), "A price"));
        }
        return None;
    };
    Some(PriceSpec {
        price_minor: checks.price("price", price, currency),
        compare_at_minor: compare_at_price.map(|amount| checks.price("compareAtPrice", amount, currency)),
    })
}

pub fn units_at_hand(checks: &mut Checks, field: &str, units: i32) -> i64 {
    if units < 0 {
        checks.push(UserError::invalid(checks.path(field), "The number of units is not below zero."));
    }
    units.into()
}
