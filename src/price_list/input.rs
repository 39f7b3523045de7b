//! What staff send about price lists.

use async_graphql::InputObject;

use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, MetadataEntryInput};
use crate::id::{CustomerGroupId, ProductVariantId};
use crate::patch::Patch;

/// A new price list.
#[derive(Clone, Debug, InputObject)]
pub struct PriceListCreateInput {
    /// The name, unique among price lists and at most 200 characters. Shoppers for whom it holds can read it.
    pub name: String,
    /// The currency of all its prices; it holds in channels of this currency only.
    pub currency: CurrencyCode,
    /// The slugs of the channels in which it holds; the default channel if absent.
    pub channels: Option<Vec<String>>,
    /// The ids of the groups of customers for which it is, at most 100; for everybody if there are none.
    #[graphql(default)]
    pub groups: Vec<CustomerGroupId>,
    /// Whether it holds at all.
    #[graphql(default = true)]
    pub is_active: bool,
    /// The first instant at which it holds; at once if absent.
    pub starts_at: Option<DateTime>,
    /// The first instant at which it does not hold any more; never if absent.
    pub ends_at: Option<DateTime>,
    /// The id in another system of the shop, unique among price lists; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a price list: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, InputObject)]
pub struct PriceListUpdateInput {
    /// The version that was read; if the list has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, unique among price lists and at most 200 characters. Shoppers for whom it holds can read it.
    pub name: Patch<String>,
    /// The currency of all its prices; `IN_USE` while there are any.
    pub currency: Patch<CurrencyCode>,
    /// The slugs of the channels in which it holds; all are replaced.
    pub channels: Patch<Vec<String>>,
    /// The ids of the groups of customers for which it is, at most 100; all are replaced, and null makes it one for
    /// everybody.
    pub groups: Patch<Vec<CustomerGroupId>>,
    /// Whether it holds at all.
    pub is_active: Patch<bool>,
    /// The first instant at which it holds; null for at once.
    pub starts_at: Patch<DateTime>,
    /// The first instant at which it does not hold any more; null for never.
    pub ends_at: Patch<DateTime>,
    /// The id in another system of the shop, unique among price lists; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// What a unit of a variant shall cost from a number of units on.
#[derive(Clone, Debug, InputObject)]
pub struct PriceListPriceInput {
    /// The id of the variant.
    pub variant: ProductVariantId,
    /// From how many units on, at least 1.
    #[graphql(default = 1)]
    pub from_quantity: i32,
    /// What one unit costs, in the list's currency; not below zero.
    pub price: Decimal,
}

/// Which price of a list is meant.
#[derive(Clone, Debug, InputObject)]
pub struct PriceListPriceSelector {
    /// The id of the variant.
    pub variant: ProductVariantId,
    /// From how many units on the price holds.
    #[graphql(default = 1)]
    pub from_quantity: i32,
}

/// Which price lists are wanted; all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PriceListFilter {
    /// Whether they hold at all, at whatever time.
    pub is_active: Option<bool>,
    /// Those that hold in the channel of this slug.
    pub channel: Option<String>,
    /// Those that are for this group of customers.
    pub group: Option<CustomerGroupId>,
    /// That of this id in another system of the shop.
    pub external_id: Option<String>,
}
