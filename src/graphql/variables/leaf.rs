//! Whether a single value fits a scalar or an enum, for variables and for literals alike.

use async_graphql::{Name, Number, Value};

use super::input_types::Leaf;

/// Texts that clients sent are not repeated; their names are, up to this length.
const SHOWN: usize = 64;

/// Where a value was written decides how an enum is spelled: bare in a document, as text in JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Json,
    Document,
}

/// Fits `value` to the type, or says what it must be instead.
pub(super) fn fit(leaf: &Leaf, value: &mut Value, source: Source) -> Result<(), String> {
    let expected = match (leaf, &*value) {
        (Leaf::Int, Value::Number(number)) => match whole(number, source) {
            Some(whole) => {
                *value = Value::Number(whole.into());
                return Ok(());
            }
            None => "must be a whole number from -2147483648 to 2147483647",
        },
        (Leaf::Float, Value::Number(number)) if number.as_f64().is_some_and(f64::is_finite) => return Ok(()),
        // PostgreSQL holds no such text.
        (Leaf::String | Leaf::Id, Value::String(text)) if text.contains('\0') => {
            return Err("must not contain the character U+0000".to_owned());
        }
        (Leaf::String, Value::String(_)) | (Leaf::Boolean, Value::Boolean(_)) | (Leaf::Id, Value::String(_)) => {
            return Ok(());
        }
        (Leaf::Id, Value::Number(number)) if number.is_i64() || number.is_u64() => {
            *value = Value::String(number.to_string());
            return Ok(());
        }
        (Leaf::Enum(known), given) => return fit_enum(known, given, source),
        (Leaf::Custom(Some(check)), given) => {
            return check(given).map_err(|reason| format!("is not accepted: {}", bare(&reason)));
        }
        (Leaf::Custom(None), Value::String(_) | Value::Number(_) | Value::Boolean(_)) => return Ok(()),
        (Leaf::Int, _) => "must be a whole number",
        (Leaf::Float, _) => "must be a number",
        (Leaf::String, _) => "must be text",
        (Leaf::Boolean, _) => "must be true or false",
        (Leaf::Id, _) => "must be an id, written as text",
        (Leaf::Custom(None), _) => "must be text, a number or true or false",
    };
    Err(format!("{expected}, but is {}", kind(value)))
}

/// The reason without what frames it: the name of the type, which the sentence around it gives, and the full stop.
fn bare(reason: &str) -> &str {
    let named = reason.strip_prefix("Failed to parse \"").and_then(|rest| rest.split_once("\": "));
    let reason = named.map_or(reason, |(_, rest)| rest);
    reason.strip_suffix('.').unwrap_or(reason)
}

/// JSON knows no integers: some clients send 1.0 for 1.
fn whole(number: &Number, source: Source) -> Option<i32> {
    if let Some(whole) = number.as_i64() {
        return i32::try_from(whole).ok();
    }
    let float = number.as_f64().filter(|_| source == Source::Json)?;
    let fits = float.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&float);
    // Printed without a fraction it is the integer's own text, so no cast can lose anything.
    if fits { format!("{float:.0}").parse().ok() } else { None }
}

fn fit_enum(known: &std::collections::HashSet<Name>, given: &Value, source: Source) -> Result<(), String> {
    let name = match (given, source) {
        // Default values of variables are written in the document and stay enum values.
        (Value::Enum(name), _) => name.as_str(),
        (Value::String(name), Source::Json) => name.as_str(),
        (other, Source::Json) => {
            return Err(format!("must be one of {}, but is {}", choices(known), kind(other)));
        }
        (other, Source::Document) => {
            return Err(format!("must be one of {} without quotes, but is {}", choices(known), kind(other)));
        }
    };
    if known.contains(name) {
        return Ok(());
    }
    Err(format!("must be one of {}, but is \"{}\"", choices(known), shortened(name)))
}

/// Long enums are cut: whoever has to see hundreds of names reads the schema.
fn choices(known: &std::collections::HashSet<Name>) -> String {
    const MOST: usize = 20;
    let mut names: Vec<&str> = known.iter().map(Name::as_str).collect();
    names.sort_unstable();
    let more = if names.len() > MOST { " …" } else { "" };
    names.truncate(MOST);
    names.join(", ") + more
}

pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Number(number) if number.is_f64() => "a fraction",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Boolean(_) => "true or false",
        Value::Enum(_) => "an enum value",
        Value::List(_) => "a list",
        Value::Object(_) => "an object",
        Value::Binary(_) => "binary data",
    }
}

pub(super) fn shortened(name: &str) -> &str {
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => &name[..end],
        None => name,
    }
}
