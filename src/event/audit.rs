//! What those who run the shop did, written beside the event: from where, and what each changed field was before.

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
    /// Of an object that changed from one state to another.
    pub fn of_change<T: Serialize>(payload: Value, before: &T, after: &T) -> Result<Self> {
        Ok(Self { payload, changes: changes(before, after)? })
    }
}

/// The fields in which two states differ, each with what it was and what it is.
pub fn changes<T: Serialize>(before: &T, after: &T) -> Result<Value> {
    let fields = |state: &T| match serde_json::to_value(state) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(crate::error::Error::internal(error)),
    };
    let (before, after) = (fields(before)?, fields(after)?);
    let differing = after.into_iter().filter_map(|(field, after)| {
        let before = before.get(&field).cloned().unwrap_or_default();
        (before != after).then(|| (field, json!({ "before": cut(before), "after": cut(after) })))
    });
    Ok(Value::Object(differing.collect()))
}

fn cut(value: Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > LONGEST => {
            Value::String(text.chars().take(LONGEST).chain(std::iter::once('…')).collect())
        }
        value => value,
    }
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
    fn a_long_text_is_cut() {
        let told = changes(&json!({ "text": "" }), &json!({ "text": "é".repeat(2_000) })).unwrap();

        assert_eq!(told["text"]["after"].as_str().unwrap().chars().count(), LONGEST + 1);
    }
}
