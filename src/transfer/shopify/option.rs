//! A product's options: named on its first row, valued by each variant.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::column::{Column, Header, RowReading};
use crate::text::fold;
use crate::transfer::product_record::{Cell, RowError, VariantRecord};
use crate::transfer::table::cell::quoted;

/// The format has three options; further ones are our own addition to it.
pub(super) const SLOTS: [Slot; 5] = [
    Slot { number: 1, name: Column::Option1Name, value: Column::Option1Value },
    Slot { number: 2, name: Column::Option2Name, value: Column::Option2Value },
    Slot { number: 3, name: Column::Option3Name, value: Column::Option3Value },
    Slot { number: 4, name: Column::Option4Name, value: Column::Option4Value },
    Slot { number: 5, name: Column::Option5Name, value: Column::Option5Value },
];

/// How the format says that a product has a single variant and nothing to choose.
pub(super) const DEFAULT_NAME: &str = "Title";
pub(super) const DEFAULT_VALUE: &str = "Default Title";

#[derive(Clone, Copy)]
pub(super) struct Slot {
    number: u8,
    pub(super) name: Column,
    pub(super) value: Column,
}

/// The options that a product declares.
#[derive(Default)]
pub(super) struct Options {
    declared: Vec<(Slot, String)>,
    /// Whether the file speaks of options at all.
    known: bool,
}

impl Options {
    pub(super) fn declare(first: &mut RowReading<'_>) -> Self {
        let mut declared: Vec<(Slot, String)> = Vec::new();
        for slot in SLOTS {
            let Cell::Value(name) = first.get(slot.name) else { continue };
            if declared.iter().any(|(_, earlier)| same(earlier, name)) {
                first.refuse(slot.name, format!("The option {} is declared twice.", quoted(name)));
            }
            declared.push((slot, name.to_owned()));
        }
        let known = SLOTS.iter().any(|slot| first.header.has(slot.name) || first.header.has(slot.value));
        Self { declared, known }
    }

    /// The variant's value of each option; a missing one is refused, and left out.
    pub(super) fn values(&self, row: &mut RowReading<'_>) -> Vec<String> {
        let mut values = Vec::with_capacity(self.declared.len());
        for slot in SLOTS {
            let declared = self.declared.iter().find(|(known, _)| known.number == slot.number).map(|(_, name)| name);
            match (declared, row.get(slot.value)) {
                (Some(name), Cell::Value(value)) => {
                    self.check_repeated_name(slot, name, row);
                    values.push(value.to_owned());
                }
                (Some(name), _) => {
                    row.refuse(slot.value, format!("The variant has no value of the option {}.", quoted(name)))
                }
                (None, Cell::Value(value)) if value != DEFAULT_VALUE => {
                    row.refuse(slot.value, undeclared(slot, value));
                }
                (None, _) => {}
            }
        }
        values
    }

    fn check_repeated_name(&self, slot: Slot, name: &str, row: &mut RowReading<'_>) {
        if let Cell::Value(repeated) = row.get(slot.name)
            && !same(repeated, name)
        {
            let message = format!(
                "Option {} is named {} here, but {} on the product's first row.",
                slot.number,
                quoted(repeated),
                quoted(name)
            );
            row.refuse(slot.name, message);
        }
    }

    /// Takes away the option that stands for having none, and checks that variants can be told apart.
    pub(super) fn finish(self, variants: &mut [VariantRecord]) -> (Cell<Vec<String>>, Vec<RowError>) {
        let names = self.names(variants);
        let errors = clashes(&names, variants);
        (names, errors)
    }

    fn names(self, variants: &mut [VariantRecord]) -> Cell<Vec<String>> {
        if !self.known {
            return Cell::Missing;
        }
        let mut names: Vec<String> = self.declared.into_iter().map(|(_, name)| name).collect();
        if is_default(&names, variants) {
            names.clear();
            variants.iter_mut().for_each(|variant| variant.option_values.clear());
        }
        if names.is_empty() { Cell::Empty } else { Cell::Value(names) }
    }
}

/// Whether the row says something of an option.
pub(super) fn has_value(row: &RowReading<'_>) -> bool {
    SLOTS.iter().any(|slot| row.has_value(slot.value))
}

/// Whether the file says something of options.
pub(super) fn has_column(header: &Header) -> bool {
    SLOTS.iter().any(|slot| header.has(slot.value))
}

/// Whether the shop takes two names for one.
fn same(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}

fn undeclared(slot: Slot, value: &str) -> String {
    format!(
        "The value {} belongs to no option: the product's first row must name option {}.",
        quoted(value),
        slot.number
    )
}

fn is_default(names: &[String], variants: &[VariantRecord]) -> bool {
    let [name] = names else { return false };
    let named_so = |value: &String| same(value, DEFAULT_VALUE);
    same(name, DEFAULT_NAME) && variants.iter().all(|variant| variant.option_values.iter().all(named_so))
}

/// Variants that shoppers, or without options the shop, could not tell apart.
fn clashes(names: &Cell<Vec<String>>, variants: &[VariantRecord]) -> Vec<RowError> {
    let width = names.as_ref().value().map_or(0, Vec::len);
    let mut lines: HashMap<Vec<String>, u64> = HashMap::with_capacity(variants.len());
    let mut errors = Vec::new();
    for variant in variants.iter().filter(|variant| variant.option_values.len() == width) {
        let key = match names {
            Cell::Missing => variant.sku.clone().value().into_iter().collect(),
            Cell::Empty | Cell::Value(_) => variant.option_values.iter().map(|value| fold(value)).collect(),
        };
        match lines.entry(key) {
            Entry::Occupied(earlier) => {
                errors.push(RowError::at(variant.line, clash(names, variant, *earlier.get())));
            }
            Entry::Vacant(entry) => {
                entry.insert(variant.line);
            }
        }
    }
    errors
}

fn clash(names: &Cell<Vec<String>>, variant: &VariantRecord, earlier: u64) -> String {
    let line = variant.line;
    match names {
        Cell::Missing => format!(
            "The variants on lines {earlier} and {line} cannot be told apart; give each its own SKU or add columns for \
             options."
        ),
        Cell::Empty => format!(
            "Lines {earlier} and {line} are two variants, but the product has no option to tell them apart; name an \
             option on its first row."
        ),
        Cell::Value(_) => format!(
            "The variants on lines {earlier} and {line} have the same option values, {}.",
            quoted(&variant.option_values.join(" / "))
        ),
    }
}
