//! What the audit entry of a change tells of an attribute, in the words of the API.

use serde::Serialize;

use crate::catalog::attribute::choice::ChoiceSpec;
use crate::entity::{attribute, attribute_choice};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told<'a> {
    name: &'a str,
    code: &'a str,
    unit: Option<&'a str>,
    is_filterable: bool,
    external_id: Option<&'a str>,
    /// Each with its colour, in order.
    choices: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Told<'a> {
    pub fn of(row: &'a attribute::Model, choices: Vec<(&'a str, Option<&'a str>)>) -> Self {
        Self {
            name: &row.name,
            code: &row.code,
            unit: row.unit.as_deref(),
            is_filterable: row.is_filterable,
            external_id: row.external_id.as_deref(),
            choices,
        }
    }
}

/// Choices that are there.
pub fn kept(rows: &[attribute_choice::Model]) -> Vec<(&str, Option<&str>)> {
    rows.iter().map(|row| (row.name.as_str(), row.color.as_deref())).collect()
}

/// Choices that shall be there.
pub fn wanted(specs: &[ChoiceSpec]) -> Vec<(&str, Option<&str>)> {
    specs.iter().map(|spec| (spec.name.as_str(), spec.color.as_deref())).collect()
}
