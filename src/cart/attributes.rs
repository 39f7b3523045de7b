//! What a shopper wants to be done with the units of a line, such as an engraving.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::cart::input::CartLineAttributeInput;
use crate::checks::Checks;
use crate::error::UserError;

const MOST: usize = 20;
const NAME_LENGTH: usize = 60;
const VALUE_LENGTH: usize = 500;

/// Texts by their names. Lines of one variant are apart where these differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(BTreeMap<String, String>);

impl Attributes {
    /// Turns what was sent into what is kept.
    pub fn check(checks: &mut Checks, field: &str, given: Vec<CartLineAttributeInput>) -> Self {
        if given.len() > MOST {
            checks.push(UserError::too_long(checks.path(field), "The list of attributes", MOST));
        }
        let mut texts = BTreeMap::new();
        for (index, CartLineAttributeInput { name, value }) in given.into_iter().enumerate() {
            checks.within(&format!("{field}.{index}"), |checks| {
                let name = checks.optional("name", Some(name), "The name", NAME_LENGTH);
                let value = checks.optional("value", Some(value), "The value", VALUE_LENGTH);
                let Some(name) = name else {
                    checks.push(UserError::required(checks.path("name"), "A name"));
                    return;
                };
                if texts.insert(name.clone(), value.unwrap_or_default()).is_some() {
                    let message = format!("The attribute \"{name}\" is there twice.");
                    checks.push(UserError::taken(checks.path("name"), message));
                }
            });
        }
        Self(texts)
    }

    pub fn document(&self) -> Value {
        json!(self.0)
    }

    /// A text that is alike for the same attributes alone; empty where there are none.
    pub fn key(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let digest = Sha256::digest(self.document().to_string());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The names and texts of a line, in the alphabet of the names.
pub fn entries(document: &Value) -> impl Iterator<Item = (&str, &str)> {
    let entries = document.as_object().into_iter().flatten();
    entries.map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
}
