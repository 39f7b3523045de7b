//! What staff send about promotions.

use async_graphql::{Enum, InputObject};

use crate::entity::promotion_class::{PromotionClass, PromotionStacking};
use crate::graphql::scalar::{DateTime, MetadataEntryInput, SortDirection};
use crate::id::ChannelId;
use crate::patch::Patch;
use crate::promotion::rule::input::{PromotionActionInput, PromotionConditionsInput};

/// A new promotion.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionCreateInput {
    /// The name, which shoppers see on their carts and orders; at most 200 characters.
    pub name: String,
    /// What shoppers may read about it, as plain text of at most 5,000 characters.
    pub description: Option<String>,
    /// The ids of the channels in which it applies: at least one, at most 250.
    pub channels: Vec<ChannelId>,
    /// Whether it is switched on.
    #[graphql(default = true)]
    pub is_active: bool,
    /// The first instant at which it applies; at once if absent.
    pub starts_at: Option<DateTime>,
    /// The first instant at which it applies no more, after `startsAt`; it never ends if absent.
    pub ends_at: Option<DateTime>,
    /// Promotions of a class apply the higher first, each on what the earlier ones left; of equals the older goes first.
    #[graphql(default)]
    pub priority: i32,
    /// Beside which others it applies.
    #[graphql(default)]
    pub stacking: PromotionStacking,
    /// Whether it applies only where one of its codes is entered, rather than by itself. Not for promotions of the
    /// catalogue.
    #[graphql(default)]
    pub needs_code: bool,
    /// When it applies; always if absent.
    pub conditions: Option<PromotionConditionsInput>,
    /// What it does.
    pub action: PromotionActionInput,
    /// How often it can be used in all, 1 or more; any number of times if absent. Not for promotions of the catalogue.
    pub usage_limit: Option<i32>,
    /// How often one customer can use it, by account or by e-mail address, 1 or more; any number of times if absent. Not
    /// for promotions of the catalogue.
    pub usage_limit_per_customer: Option<i32>,
    /// The id in another system of the shop, unique among promotions; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a promotion: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PromotionUpdateInput {
    /// The version that was read; if the promotion has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, which shoppers see on their carts and orders; at most 200 characters.
    pub name: Patch<String>,
    /// What shoppers may read about it, as plain text of at most 5,000 characters.
    pub description: Patch<String>,
    /// The ids of the channels in which it applies: at least one, at most 250; all are replaced.
    pub channels: Patch<Vec<ChannelId>>,
    /// Whether it is switched on.
    pub is_active: Patch<bool>,
    /// The first instant at which it applies; at once if null.
    pub starts_at: Patch<DateTime>,
    /// The first instant at which it applies no more, after `startsAt`; it never ends if null.
    pub ends_at: Patch<DateTime>,
    /// Promotions of a class apply the higher first, each on what the earlier ones left; of equals the older goes first.
    pub priority: Patch<i32>,
    /// Beside which others it applies.
    pub stacking: Patch<PromotionStacking>,
    /// Whether it applies only where one of its codes is entered. While it has codes, it needs one.
    pub needs_code: Patch<bool>,
    /// When it applies; all conditions are replaced, and null removes them.
    pub conditions: Patch<PromotionConditionsInput>,
    /// What it does; the whole is replaced.
    pub action: Patch<PromotionActionInput>,
    /// How often it can be used in all, 1 or more; any number of times if null. What was used before counts.
    pub usage_limit: Patch<i32>,
    /// How often one customer can use it, by account or by e-mail address, 1 or more; any number of times if null.
    pub usage_limit_per_customer: Patch<i32>,
    /// The id in another system of the shop, unique among promotions; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// Which promotions are wanted: those for which all holds that is given.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PromotionFilter {
    /// Whether they are switched on.
    pub is_active: Option<bool>,
    /// What they act on.
    pub class: Option<PromotionClass>,
    /// The id of a channel in which they apply.
    pub channel: Option<ChannelId>,
    /// Whether they apply only where a code is entered.
    pub needs_code: Option<bool>,
    /// One of their codes, in whatever case.
    pub code: Option<String>,
    /// The id in another system of the shop.
    pub external_id: Option<String>,
}

/// By what promotions are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum PromotionSortField {
    /// When they were created.
    #[default]
    CreatedAt,
    /// The name.
    Name,
    /// The priority.
    Priority,
}

/// How promotions are sorted.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct PromotionSort {
    /// By what.
    pub field: PromotionSortField,
    /// Which way.
    #[graphql(default)]
    pub direction: SortDirection,
}
