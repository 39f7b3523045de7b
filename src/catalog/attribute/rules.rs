//! Which attributes the rules of collections name.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use serde_json::Value;

use crate::entity::collection;
use crate::error::Result;

/// Whether the rules of any collection name an attribute.
pub async fn name_attribute(tx: &DatabaseTransaction, code: &str) -> Result<bool> {
    let rules: Vec<Option<Value>> = collection::Entity::find()
        .select_only()
        .column(collection::Column::Rules)
        .filter(collection::Column::Rules.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rules.iter().flatten().any(|rules| names(rules, code)))
}

/// Conditions name an attribute under the key "attribute", however deep they lie.
fn names(rules: &Value, code: &str) -> bool {
    match rules {
        Value::Object(fields) => fields.iter().any(|(key, value)| match value {
            Value::String(text) => key == "attribute" && text == code,
            other => names(other, code),
        }),
        Value::Array(items) => items.iter().any(|item| names(item, code)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_condition_names_its_attribute_however_deep_it_lies() {
        let rules = json!({ "match": "ALL", "conditions": [{ "tag": "color" }, { "attribute": "material", "values": ["wool"] }] });

        assert!(names(&rules, "material"));
        for other in ["color", "wool", "tag", "ALL"] {
            assert!(!names(&rules, other), "{other}");
        }
    }
}
