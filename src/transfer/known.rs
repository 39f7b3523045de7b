//! Finds the variant of the shop that a row of the file speaks of.

use serde_json::json;

use crate::catalog::attribute::value::Values;
use crate::catalog::product::spec::OptionSpec;
use crate::catalog::variant::spec::{self, VariantSpec};
use crate::entity::publication_status::PublicationStatus;
use crate::entity::weight_unit::WeightUnit;
use crate::text::fold;
use crate::transfer::product_record::{ProductRecord, VariantRecord};

/// The variants of the shop among which those of the file are found.
pub struct Known<'a> {
    pub live: Vec<VariantSpec>,
    pub archived: Vec<(String, VariantSpec)>,
    /// How the product's options shall stand.
    pub options: &'a [OptionSpec],
    /// How they stood, in the order of the known variants' values.
    pub option_names: Vec<String>,
}

impl Known<'_> {
    /// The variant as the shop has it, or a blank one of these option values.
    pub fn find(&self, record: &ProductRecord, variant: &VariantRecord) -> Option<VariantSpec> {
        if record.options.is_missing() {
            let only = self.live.first().filter(|_| self.live.len() == 1 && record.variants.len() == 1);
            let known = self.of_sku(variant).or_else(|| only.cloned());
            return known.or_else(|| self.options.is_empty().then(|| blank_variant(Vec::new())));
        }
        let key = spec::option_key(&variant.option_values);
        let live = self.live.iter().find(|known| self.key_of(known) == key).cloned();
        let known =
            live.or_else(|| self.archived.iter().find(|(known, _)| *known == key).map(|(_, spec)| revived(spec)));
        let values = self.spelled(&variant.option_values);
        Some(VariantSpec { values, ..known.unwrap_or_else(|| blank_variant(Vec::new())) })
    }

    /// The option key that a live variant has once the options stand in their new order.
    fn key_of(&self, known: &VariantSpec) -> String {
        let value_of = |option: &OptionSpec| {
            let position = self.option_names.iter().position(|name| fold(name) == fold(&option.name))?;
            known.values.get(position).cloned()
        };
        let reordered: Option<Vec<String>> = self.options.iter().map(value_of).collect();
        match reordered {
            Some(values) if values.len() == known.values.len() => spec::option_key(&values),
            _ => known.option_key(),
        }
    }

    fn of_sku(&self, variant: &VariantRecord) -> Option<VariantSpec> {
        let sku = fold(variant.sku.as_ref().value()?);
        let has_sku = |known: &VariantSpec| known.sku.as_deref().map(fold).as_ref() == Some(&sku);
        let live = self.live.iter().find(|known| has_sku(known)).cloned();
        // One whose options have changed since has no place among the product's variants.
        let has_place = |(key, known): &&(String, VariantSpec)| has_sku(known) && known.option_key() == *key;
        live.or_else(|| self.archived.iter().find(has_place).map(|(_, spec)| revived(spec)))
    }

    /// Option values as their options spell them, which may differ in letter case from row to row.
    fn spelled(&self, values: &[String]) -> Vec<String> {
        let spell = |(position, value): (usize, &String)| {
            let option = self.options.get(position);
            let known = option.and_then(|option| option.values.iter().find(|known| fold(known) == fold(value)));
            known.unwrap_or(value).clone()
        };
        values.iter().enumerate().map(spell).collect()
    }
}

fn revived(archived: &VariantSpec) -> VariantSpec {
    VariantSpec { status: PublicationStatus::Active, ..archived.clone() }
}

fn blank_variant(values: Vec<String>) -> VariantSpec {
    VariantSpec {
        id: None,
        values,
        status: PublicationStatus::Active,
        sku: None,
        barcode: None,
        weight_grams: None,
        weight_unit: WeightUnit::G,
        requires_shipping: true,
        is_taxable: true,
        tax_class: None,
        tracks_stock: true,
        backorder_limit: Some(0),
        price: None,
        on_hand: None,
        images: Vec::new(),
        content: None,
        unit_price_reference: None,
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        attributes: Values::new(),
    }
}
