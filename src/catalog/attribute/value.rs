//! What an input says of values, checked against the attributes that it names.
//!
//! Whatever the type, the key of a value is the text by which it is found and counted: the slug of a choice, a folded
//! text, `true` or `false`, a day, a number without needless zeros, or an id.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::attribute::input::AttributeValueInput;
use crate::catalog::attribute::known::{Definition, Known};
use crate::catalog::attribute::number::Millionths;
use crate::checks::Checks;
use crate::entity::attribute_type::{AttributeSubject, AttributeType};
use crate::entity::attribute_value;
use crate::error::UserError;
use crate::graphql::scalar::{Date, Decimal};
use crate::id::{AttributeChoiceId, AttributeId};
use crate::text::fold;

pub const MAX_ATTRIBUTES: usize = 50;
pub const MAX_VALUES: usize = 100;
const TEXT_LENGTH: usize = 500;
const KEY_LENGTH: usize = 200;

/// A value as it shall stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueSpec {
    pub key: String,
    pub label: String,
    pub number_micro: Option<i64>,
    pub choice: Option<AttributeChoiceId>,
}

/// The values that an object has of each attribute, in order. An attribute without values is not there.
pub type Values = BTreeMap<AttributeId, Vec<ValueSpec>>;

impl ValueSpec {
    fn plain(key: String, label: String) -> Self {
        Self { key, label, number_micro: None, choice: None }
    }
}

impl From<&attribute_value::Model> for ValueSpec {
    fn from(row: &attribute_value::Model) -> Self {
        Self {
            key: row.value_key.clone(),
            label: row.label.clone(),
            number_micro: row.number_micro,
            choice: row.choice_id,
        }
    }
}

/// The key of a text.
pub fn text_key(text: &str) -> String {
    fold(text).chars().take(KEY_LENGTH).collect()
}

/// The values of an object after an input, whose list lies in a field of what is checked.
pub fn read(
    checks: &mut Checks,
    field: &str,
    (known, subject): (&Known, AttributeSubject),
    input: Vec<AttributeValueInput>,
    before: Values,
) -> Values {
    if input.len() > MAX_ATTRIBUTES {
        checks.push(UserError::too_long(checks.path(field), "The list of attributes", MAX_ATTRIBUTES));
        return before;
    }
    let (mut values, mut seen) = (before, BTreeSet::new());
    for (index, one) in input.into_iter().enumerate() {
        let place = if field.is_empty() { index.to_string() } else { format!("{field}.{index}") };
        checks.within(&place, |checks| {
            let Some(definition) = find(checks, known, subject, &one.attribute) else { return };
            if !seen.insert(definition.row.id) {
                let message = format!("The attribute \"{}\" is there twice.", one.attribute);
                checks.push(UserError::taken(checks.path("attribute"), message));
            }
            let given = read_one(checks, known, definition, one);
            if given.is_empty() {
                values.remove(&definition.row.id);
            } else {
                values.insert(definition.row.id, given);
            }
        });
    }
    if values.len() > MAX_ATTRIBUTES {
        let message = format!("An object has values of at most {MAX_ATTRIBUTES} attributes.");
        checks.push(UserError::too_long(checks.path(field), "", MAX_ATTRIBUTES).with_message(message));
    }
    values
}

fn find<'a>(checks: &mut Checks, known: &'a Known, subject: AttributeSubject, code: &str) -> Option<&'a Definition> {
    let Some(definition) = known.attribute(code) else {
        checks.push(UserError::not_found(checks.path("attribute"), "attribute"));
        return None;
    };
    if definition.row.subject != subject {
        let message = match definition.row.subject {
            AttributeSubject::Product => format!("Products have values of \"{code}\", variants do not."),
            AttributeSubject::Variant => format!("Variants have values of \"{code}\", products do not."),
        };
        checks.push(UserError::invalid(checks.path("attribute"), message));
        return None;
    }
    Some(definition)
}

/// The values in the field that fits the type; any other field is refused.
fn read_one(checks: &mut Checks, known: &Known, definition: &Definition, input: AttributeValueInput) -> Vec<ValueSpec> {
    let AttributeValueInput { attribute: _, texts, numbers, boolean, choices, dates, references } = input;
    let fits = field_of(definition.row.r#type);
    let given = [
        ("texts", texts.is_some()),
        ("numbers", numbers.is_some()),
        ("boolean", boolean.is_some()),
        ("choices", choices.is_some()),
        ("dates", dates.is_some()),
        ("references", references.is_some()),
    ];
    for (field, _) in given.into_iter().filter(|(field, is_given)| *is_given && *field != fits) {
        let message = format!("Values of \"{}\" are given in the field \"{fits}\".", definition.row.code);
        checks.push(UserError::invalid(checks.path(field), message));
    }
    match definition.row.r#type {
        AttributeType::Text => each(checks, fits, texts, text),
        AttributeType::Number => each(checks, fits, numbers, number),
        AttributeType::Boolean => boolean.iter().map(|is| ValueSpec::plain(is.to_string(), is.to_string())).collect(),
        AttributeType::Choice | AttributeType::Color => {
            each(checks, fits, choices, |checks, place, slug| choice(checks, place, definition, &slug))
        }
        AttributeType::Date => {
            each(checks, fits, dates, |_, _, Date(day)| Some(ValueSpec::plain(day.to_string(), day.to_string())))
        }
        AttributeType::Reference => {
            each(checks, fits, references, |checks, place, id| reference(checks, place, known, &id))
        }
    }
}

const fn field_of(r#type: AttributeType) -> &'static str {
    match r#type {
        AttributeType::Text => "texts",
        AttributeType::Number => "numbers",
        AttributeType::Boolean => "boolean",
        AttributeType::Choice | AttributeType::Color => "choices",
        AttributeType::Date => "dates",
        AttributeType::Reference => "references",
    }
}

/// Reads a list of values; what is there twice is taken once. Long texts that differ only where their keys have ended are
/// refused, since one of them would be lost.
fn each<T>(
    checks: &mut Checks,
    field: &str,
    given: Option<Vec<T>>,
    read: impl Fn(&mut Checks, &str, T) -> Option<ValueSpec>,
) -> Vec<ValueSpec> {
    let given = given.unwrap_or_default();
    if given.len() > MAX_VALUES {
        checks.push(UserError::too_long(checks.path(field), "The list of values", MAX_VALUES));
        return Vec::new();
    }
    let mut values: Vec<ValueSpec> = Vec::with_capacity(given.len());
    for (index, value) in given.into_iter().enumerate() {
        let place = format!("{field}.{index}");
        let Some(value) = read(checks, &place, value) else { continue };
        match values.iter().find(|known| known.key == value.key) {
            None => values.push(value),
            Some(known) if fold(&known.label) == fold(&value.label) => {}
            Some(_) => {
                let message = format!("An earlier value begins with the same {KEY_LENGTH} characters; shorten one.");
                checks.push(UserError::taken(checks.path(&place), message));
            }
        }
    }
    values
}

fn text(checks: &mut Checks, place: &str, text: String) -> Option<ValueSpec> {
    let Some(text) = checks.optional(place, Some(text), "The text", TEXT_LENGTH) else {
        checks.push(UserError::required(checks.path(place), "A text"));
        return None;
    };
    if text.contains(char::is_control) {
        checks.push(UserError::invalid(checks.path(place), "A text is one line, without control characters."));
    }
    Some(ValueSpec::plain(text_key(&text), text))
}

fn number(checks: &mut Checks, place: &str, Decimal(text): Decimal) -> Option<ValueSpec> {
    match Millionths::parse(&text) {
        Ok(number) => {
            let text = number.to_string();
            Some(ValueSpec { number_micro: Some(number.0), ..ValueSpec::plain(text.clone(), text) })
        }
        Err(error) => {
            checks.push(UserError::invalid(checks.path(place), error.to_string()));
            None
        }
    }
}

fn choice(checks: &mut Checks, place: &str, definition: &Definition, slug: &str) -> Option<ValueSpec> {
    let Some(choice) = definition.choices.get(slug) else {
        let message = format!("The attribute \"{}\" has no such choice.", definition.row.code);
        checks.push(UserError::not_found(checks.path(place), "").with_message(message));
        return None;
    };
    // Its name is that of the choice, whatever that becomes.
    Some(ValueSpec { choice: Some(choice.id), ..ValueSpec::plain(choice.slug.clone(), choice.slug.clone()) })
}

fn reference(checks: &mut Checks, place: &str, known: &Known, id: &str) -> Option<ValueSpec> {
    if !known.has_referent(id) {
        let message = "There is no such product or collection.";
        checks.push(UserError::not_found(checks.path(place), "").with_message(message));
        return None;
    }
    Some(ValueSpec::plain(id.to_owned(), id.to_owned()))
}
