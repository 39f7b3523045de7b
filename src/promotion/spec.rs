//! How a promotion shall stand, made of what staff enter and of how it stands.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::promotion as row;
use crate::entity::promotion_class::{PromotionClass, PromotionStacking};
use crate::error::{Error, Result, UserError};
use crate::graphql::scalar::DateTime;
use crate::id::ChannelId;
use crate::patch::Patch;
use crate::pricing::{Action, Conditions, Filter};
use crate::promotion::input::{PromotionCreateInput, PromotionUpdateInput};
use crate::promotion::rule::check::RuleCheck;
use crate::promotion::rule::references::{References, note};
use crate::text::fold;

const DESCRIPTION_LENGTH: usize = 5_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spec {
    pub name: String,
    pub description: String,
    pub channels: BTreeSet<ChannelId>,
    pub is_active: bool,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    pub priority: i64,
    pub stacking: PromotionStacking,
    pub needs_code: bool,
    pub conditions: Conditions,
    pub action: Action,
    pub usage_limit: Option<i64>,
    pub usage_limit_per_customer: Option<i64>,
    pub external_id: Option<String>,
    pub metadata: Value,
    pub private_metadata: Value,
}

impl Spec {
    pub fn of(row: &row::Model, channels: BTreeSet<ChannelId>) -> Result<Self> {
        Ok(Self {
            name: row.name.clone(),
            description: row.description.clone(),
            channels,
            is_active: row.is_active,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            priority: row.priority,
            stacking: row.stacking,
            needs_code: row.needs_code,
            conditions: row.read_conditions().map_err(Error::internal)?,
            action: row.read_action().map_err(Error::internal)?,
            usage_limit: row.usage_limit,
            usage_limit_per_customer: row.usage_limit_per_customer,
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        })
    }

    pub fn from_input(checks: &mut Checks, references: &mut References, input: PromotionCreateInput) -> Self {
        let name = checks.name("name", &input.name, "A name");
        let description = description(checks, input.description);
        let channels = channels(checks, references, &input.channels);
        let mut rule = RuleCheck { checks: &mut *checks, references };
        let spec = Self {
            name,
            description,
            channels,
            is_active: input.is_active,
            starts_at: input.starts_at.map(|DateTime(instant)| instant),
            ends_at: input.ends_at.map(|DateTime(instant)| instant),
            priority: input.priority.into(),
            stacking: input.stacking,
            needs_code: input.needs_code,
            conditions: rule.conditions("conditions", input.conditions.unwrap_or_default()),
            action: rule.action("action", input.action),
            usage_limit: input.usage_limit.and_then(|limit| check_limit(checks, "usageLimit", limit)),
            usage_limit_per_customer: input
                .usage_limit_per_customer
                .and_then(|limit| check_limit(checks, "usageLimitPerCustomer", limit)),
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        };
        spec.check(checks);
        spec
    }

    pub fn apply(self, checks: &mut Checks, references: &mut References, input: PromotionUpdateInput) -> Self {
        let name = checks.needed("name", input.name).map_or(self.name, |name| checks.name("name", &name, "A name"));
        let named = checks.needed("channels", input.channels);
        let limit = |checks: &mut Checks, field: &str, limit: Patch<i32>, before: Option<i64>| match limit {
            Patch::Set(limit) => check_limit(checks, field, limit),
            kept => kept.map(i64::from).apply(before),
        };
        let action = checks.needed("action", input.action);
        let conditions = input.conditions.into_change();
        let spec = Self {
            name,
            description: match input.description {
                Patch::Keep => self.description,
                Patch::Clear => String::new(),
                Patch::Set(text) => description(checks, Some(text)),
            },
            channels: named.map_or(self.channels, |named| channels(checks, references, &named)),
            is_active: checks.needed("isActive", input.is_active).unwrap_or(self.is_active),
            starts_at: input.starts_at.map(|DateTime(instant)| instant).apply(self.starts_at),
            ends_at: input.ends_at.map(|DateTime(instant)| instant).apply(self.ends_at),
            priority: checks.needed("priority", input.priority).map_or(self.priority, i64::from),
            stacking: checks.needed("stacking", input.stacking).unwrap_or(self.stacking),
            needs_code: checks.needed("needsCode", input.needs_code).unwrap_or(self.needs_code),
            conditions: match conditions {
                Some(input) => RuleCheck { checks, references }.conditions("conditions", input),
                None => self.conditions,
            },
            action: match action {
                Some(input) => RuleCheck { checks, references }.action("action", input),
                None => self.action,
            },
            usage_limit: limit(checks, "usageLimit", input.usage_limit, self.usage_limit),
            usage_limit_per_customer: limit(
                checks,
                "usageLimitPerCustomer",
                input.usage_limit_per_customer,
                self.usage_limit_per_customer,
            ),
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        };
        spec.check(checks);
        spec
    }

    /// What has to hold between the parts.
    fn check(&self, checks: &mut Checks) {
        let mut refuse = |is_wrong: bool, field: &str, message: &str| {
            if is_wrong {
                checks.push(UserError::invalid(checks.path(field), message));
            }
        };
        let ends_first = matches!((self.starts_at, self.ends_at), (Some(from), Some(to)) if to <= from);
        refuse(ends_first, "endsAt", "A promotion ends after it has begun.");
        if self.class() != PromotionClass::Catalogue {
            return;
        }
        let conditions = &self.conditions;
        let items = "Name what a promotion of the catalogue is about in its action.";
        refuse(conditions.items != Filter::default(), "conditions.items", items);
        let cart = "Prices of the catalogue are the same for every cart; ask for this in a promotion of carts.";
        refuse(conditions.quantity.from.is_some(), "conditions.quantityFrom", cart);
        refuse(conditions.quantity.to.is_some(), "conditions.quantityTo", cart);
        refuse(conditions.subtotal_from.is_some(), "conditions.subtotalFrom", cart);
        refuse(conditions.subtotal_to.is_some(), "conditions.subtotalTo", cart);
        refuse(conditions.is_first_order, "conditions.isFirstOrder", cart);
        refuse(
            self.needs_code,
            "needsCode",
            "Prices of the catalogue need no code; a promotion of items can ask for one.",
        );
        let limit = "Prices of the catalogue are not used up; a promotion of items can have limits.";
        refuse(self.usage_limit.is_some(), "usageLimit", limit);
        refuse(self.usage_limit_per_customer.is_some(), "usageLimitPerCustomer", limit);
    }

    pub const fn class(&self) -> PromotionClass {
        PromotionClass::of(&self.action)
    }

    /// Whether it applies at an instant or will after it.
    pub fn is_ahead_at(&self, now: Timestamp) -> bool {
        self.ends_at.is_none_or(|ends_at| ends_at > now)
    }

    /// Writes everything but the channels, which are rows of their own.
    pub fn write(self, row: row::Model) -> Result<row::Model> {
        Ok(row::Model {
            class: self.class(),
            name_key: fold(&self.name),
            name: self.name,
            description: self.description,
            is_active: self.is_active,
            needs_code: self.needs_code,
            stacking: self.stacking,
            priority: self.priority,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            conditions: serde_json::to_value(self.conditions).map_err(Error::internal)?,
            action: serde_json::to_value(self.action).map_err(Error::internal)?,
            usage_limit: self.usage_limit,
            usage_limit_per_customer: self.usage_limit_per_customer,
            external_id: self.external_id,
            metadata: self.metadata,
            private_metadata: self.private_metadata,
            ..row
        })
    }
}

/// A limit of uses that lets something be used at all.
pub fn check_limit(checks: &mut Checks, field: &str, limit: i32) -> Option<i64> {
    if limit < 1 {
        checks.push(UserError::invalid(checks.path(field), "A limit is at least 1; leave it out for none."));
        return None;
    }
    Some(limit.into())
}

fn description(checks: &mut Checks, text: Option<String>) -> String {
    checks.optional("description", text, "The description", DESCRIPTION_LENGTH).unwrap_or_default()
}

fn channels(checks: &mut Checks, references: &mut References, ids: &[ChannelId]) -> BTreeSet<ChannelId> {
    if ids.is_empty() {
        checks.push(UserError::required(checks.path("channels"), "A channel"));
    }
    note(checks, "channels", ids, &mut references.channels).into_iter().collect()
}
