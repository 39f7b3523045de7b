//! What is sent to create and change variants.

use async_graphql::InputObject;

use crate::catalog::attribute::input::AttributeValueInput;
use crate::entity::measure_unit::MeasureUnit;
use crate::entity::weight_unit::WeightUnit;
use crate::graphql::scalar::{Decimal, MetadataEntryInput};
use crate::id::{ProductVariantId, TaxClassId};
use crate::patch::Patch;

/// A new variant.
#[derive(Clone, Debug, InputObject)]
pub struct ProductVariantCreateInput {
    /// One value for each option of the product; empty where the product has no options.
    #[graphql(default)]
    pub option_values: Vec<OptionValueInput>,
    /// The stock keeping unit; unique in the shop without regard to letter case.
    pub sku: Option<String>,
    /// The barcode, such as an EAN or UPC.
    pub barcode: Option<String>,
    /// The weight with packaging.
    pub weight: Option<WeightInput>,
    /// Whether it has to be sent; false for what is downloaded or done.
    #[graphql(default = true)]
    pub requires_shipping: bool,
    /// Whether tax is due on it; if not, its rate is zero, whatever its class.
    #[graphql(default = true)]
    pub is_taxable: bool,
    /// The id of the class by which it is taxed; if absent, the default rate of a zone holds.
    pub tax_class: Option<TaxClassId>,
    /// Whether its units are counted; if not, it is always available.
    #[graphql(default = true)]
    pub tracks_stock: bool,
    /// Units that may be sold beyond what is there; 0 if absent, any number if null.
    pub backorder_limit: Patch<i32>,
    /// The price in the default channel. Shoppers see only variants that have a price.
    pub price: Option<Decimal>,
    /// What it cost before, in the default channel, to be shown crossed out.
    pub compare_at_price: Option<Decimal>,
    /// Units at the default location.
    pub stock: Option<i32>,
    /// The address of one of the product's images, which shows this variant.
    pub image_url: Option<String>,
    /// What it holds, without packaging, from which its unit price follows.
    pub content: Option<MeasureInput>,
    /// Per how much of its content the unit price is told; if absent, 1 kilogram, litre, metre, square metre or piece.
    pub unit_price_reference: Option<MeasureInput>,
    /// Values of attributes, at most 50.
    #[graphql(default)]
    pub attributes: Vec<AttributeValueInput>,
    /// The id of the variant in another system of the shop; unique.
    pub external_id: Option<String>,
    /// Values that anybody may read.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values that only staff may read.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a variant: what is absent stays as it is, null clears; what cannot be empty refuses null.
#[derive(Clone, Debug, InputObject)]
pub struct ProductVariantUpdateInput {
    /// The version of the product that was read; if it has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// New values of some or all options.
    pub option_values: Patch<Vec<OptionValueInput>>,
    /// The stock keeping unit.
    pub sku: Patch<String>,
    /// The barcode, such as an EAN or UPC.
    pub barcode: Patch<String>,
    /// The weight with packaging.
    pub weight: Patch<WeightInput>,
    /// Whether it has to be sent.
    pub requires_shipping: Patch<bool>,
    /// Whether tax is due on it; if not, its rate is zero, whatever its class.
    pub is_taxable: Patch<bool>,
    /// The id of the class by which it is taxed; if null, the default rate of a zone holds.
    pub tax_class: Patch<TaxClassId>,
    /// Whether its units are counted.
    pub tracks_stock: Patch<bool>,
    /// Units that may be sold beyond what is there; any number if null.
    pub backorder_limit: Patch<i32>,
    /// The address of one of the product's images, which takes the place of the first that shows this variant; null
    /// takes all of them off.
    pub image_url: Patch<String>,
    /// What it holds, without packaging. Null clears the reference of the unit price, too.
    pub content: Patch<MeasureInput>,
    /// Per how much of its content the unit price is told; if null, 1 kilogram, litre, metre, square metre or piece.
    pub unit_price_reference: Patch<MeasureInput>,
    /// The id of the variant in another system of the shop.
    pub external_id: Patch<String>,
    /// All values that anybody may read.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// All values that only staff may read.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// The value of one option.
#[derive(Clone, Debug, InputObject)]
pub struct OptionValueInput {
    /// The name of the option, such as "Size".
    pub option: String,
    /// The name of the value, such as "XL". Where a variant is written, a new one is added to the option.
    pub value: String,
}

/// An amount of something.
#[derive(Clone, Debug, InputObject)]
pub struct MeasureInput {
    /// The number of units: above zero, at most 1,000,000, with at most 6 decimal places.
    pub amount: Decimal,
    /// The unit.
    pub unit: MeasureUnit,
}

/// A weight.
#[derive(Clone, Debug, InputObject)]
pub struct WeightInput {
    /// The weight in grams, at most two million.
    pub grams: i32,
    /// The unit in which it is shown; grams if absent.
    pub unit: Option<WeightUnit>,
}

/// The price of a variant in one channel.
#[derive(Clone, Debug, InputObject)]
pub struct ProductVariantPriceSetInput {
    /// The slug of the channel; the default channel if absent.
    pub channel: Option<String>,
    /// The price in the channel's currency; null, which has to be said, takes the variant out of the channel.
    pub price: Patch<Decimal>,
    /// What it cost before, to be shown crossed out.
    pub compare_at_price: Option<Decimal>,
}

/// The price of one of several variants in one channel. The variant is named by its id or by its SKU.
#[derive(Clone, Debug, InputObject)]
pub struct ProductVariantBulkPriceSetInput {
    /// The id of the variant.
    pub variant: Option<ProductVariantId>,
    /// The SKU of the variant, without regard to case and accents.
    pub sku: Option<String>,
    /// The slug of the channel; the default channel if absent.
    pub channel: Option<String>,
    /// The price in the channel's currency; null, which has to be said, takes the variant out of the channel.
    pub price: Patch<Decimal>,
    /// What it cost before, to be shown crossed out.
    pub compare_at_price: Option<Decimal>,
}
