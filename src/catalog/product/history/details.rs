//! What an event says of its change, as names and texts.

use serde_json::Value;

/// Flattens a payload: names of inner values are joined by dots, lists of plain values by commas. What is null says
/// nothing.
pub fn details(payload: &Value) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    flatten(String::new(), payload, &mut entries);
    // The databases keep the names of a document in different orders.
    entries.sort();
    entries
}

fn flatten(name: String, value: &Value, entries: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (field, value) in fields {
                flatten(inner(&name, field), value, entries);
            }
        }
        Value::Array(items) if items.iter().all(is_plain) => {
            entries.push((name, items.iter().map(text).collect::<Vec<_>>().join(", ")));
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                flatten(inner(&name, &index.to_string()), value, entries);
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => entries.push((name, text(value))),
    }
}

fn inner(outer: &str, name: &str) -> String {
    if outer.is_empty() { name.to_owned() } else { format!("{outer}.{name}") }
}

const fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(payload: &Value) -> Vec<String> {
        details(payload).into_iter().map(|(name, text)| format!("{name}={text}")).collect()
    }

    #[test]
    fn plain_values_are_told_as_texts_in_the_order_of_their_names() {
        let payload = json!({ "to": "ACTIVE", "from": "DRAFT", "priceMinor": 1200, "isFirst": true, "none": null });

        assert_eq!(told(&payload), ["from=DRAFT", "isFirst=true", "priceMinor=1200", "to=ACTIVE"]);
    }

    #[test]
    fn lists_and_inner_values_are_told_flat() {
        let payload = json!({ "fields": ["name", "slug"], "a": { "b": { "c": 1 } }, "items": [{ "n": 1 }, [2, 3]] });

        assert_eq!(told(&payload), ["a.b.c=1", "fields=name, slug", "items.0.n=1", "items.1=2, 3"]);
    }

    #[test]
    fn an_empty_payload_says_nothing() {
        assert!(told(&json!({})).is_empty());
        assert!(told(&Value::Null).is_empty());
    }
}
