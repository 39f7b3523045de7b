//! What those who run the shop did, written beside the event: from where, and what each changed field was before.

use std::collections::BTreeSet;

use sea_orm::{DatabaseTransaction, EntityTrait};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::auth::{Actor, ActorKind};
use crate::db::all_set;
use crate::entity::{audit_entry, event};
use crate::error::Result;

/// Longer values are told as cut.
const LONGEST: usize = 1_000;

/// What an event says, and what its audit entry says beside.
pub struct Details {
    pub payload: Value,
    pub changes: Value,
}

impl From<Value> for Details {
    fn from(payload: Value) -> Self {
        Self { payload, changes: json!({}) }
    }
}

impl Details {
    /// Of an object that changed from one state to another. A state that is null has no fields.
    pub fn of_change<T: Serialize>(payload: Value, before: &T, after: &T) -> Result<Self> {
        Ok(Self { payload, changes: changes(before, after)? })
    }

    /// Of an object that was made: nothing was there before.
    pub fn of_creation<T: Serialize>(payload: Value, after: &T) -> Result<Self> {
        Ok(Self { payload, changes: differences(&Map::new(), &fields(after)?) })
    }
}

/// The fields in which two states differ, each with what it was and what it is.
pub fn changes<T: Serialize>(before: &T, after: &T) -> Result<Value> {
    Ok(differences(&fields(before)?, &fields(after)?))
}

fn fields<T: Serialize>(state: &T) -> Result<Map<String, Value>> {
    match serde_json::to_value(state) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(crate::error::Error::internal(error)),
    }
}

fn differences(before: &Map<String, Value>, after: &Map<String, Value>) -> Value {
    let fields: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = fields.into_iter().filter_map(|field| {
        let value = |state: &Map<String, Value>| state.get(field).cloned().unwrap_or_default();
        let (before, after) = (value(before), value(after));
        (before != after).then(|| (field.clone(), json!({ "before": cut(before), "after": cut(after) })))
    });
    Value::Object(differing.collect())
}

/// A long list or object becomes the beginning of its text.
fn cut(value: Value) -> Value {
    let text = match value {
        Value::String(text) => text,
        Value::Array(_) | Value::Object(_) if value.to_string().len() > LONGEST => value.to_string(),
        value => return value,
    };
    if text.chars().count() <= LONGEST {
        return Value::String(text);
    }
    Value::String(text.chars().take(LONGEST).chain(std::iter::once('…')).collect())
}

/// Writes the entries of events that somebody who runs the shop has caused.
pub async fn note(tx: &DatabaseTransaction, actor: &Actor, events: &[event::Model], changes: Value) -> Result<()> {
    let Some(actor_id) = actor.uuid().filter(|_| matches!(actor.kind(), ActorKind::Staff | ActorKind::ApiToken)) else {
        return Ok(());
    };
    let address = actor.address().map(|address| address.to_string());
    let rows = events.iter().map(|event| {
        all_set::<audit_entry::Entity, _>(audit_entry::Model {
            id: event.id,
            actor_type: event.actor_type,
            actor_id,
            action: event.r#type.clone(),
            object_type: event.aggregate_type.clone(),
            object_id: event.aggregate_id,
            changes: changes.clone(),
            address: address.clone(),
            created_at: event.created_at,
        })
    });
    audit_entry::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told_with_what_it_was() {
        let before = json!({ "name": "Shirt", "vendor": null, "tags": ["a"] });
        let after = json!({ "name": "Shirt", "vendor": "Weaver", "tags": ["a", "b"] });

        let told = changes(&before, &after).unwrap();

        assert_eq!(
            told,
            json!({ "vendor": { "before": null, "after": "Weaver" }, "tags": { "before": ["a"], "after": ["a", "b"] } })
        );
    }

    #[test]
    fn of_what_is_new_all_is_told_that_it_has() {
        let told = Details::of_creation(json!({}), &json!({ "name": "Clerk", "channels": null })).unwrap();

        assert_eq!(told.changes, json!({ "name": { "before": null, "after": "Clerk" } }));
    }

    #[test]
    fn a_long_list_is_told_by_the_beginning_of_its_text() {
        let told = changes(&json!({ "tags": [] }), &json!({ "tags": vec!["a"; 2_000] })).unwrap();

        let after = told["tags"]["after"].as_str().unwrap();
        assert!(after.starts_with("[\"a\",") && after.chars().count() == LONGEST + 1);
    }

    #[test]
    fn what_is_gone_is_told_with_what_it_was() {
        let told = changes(&Some(json!({ "priceMinor": 1_000 })), &None).unwrap();

        assert_eq!(told, json!({ "priceMinor": { "before": 1_000, "after": null } }));
    }

    #[test]
    fn a_long_text_is_cut() {
        let told = changes(&json!({ "text": "" }), &json!({ "text": "é".repeat(2_000) })).unwrap();

        assert_eq!(told["text"]["after"].as_str().unwrap().chars().count(), LONGEST + 1);
    }
}
