//! When a promotion applies and what it does, as staff read it: in the shape in which they enter it.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::catalog::attribute::graphql::AttributeChoice;
use crate::catalog::attribute::loader::ChoiceKey;
use crate::catalog::collection::graphql::Collection;
use crate::catalog::collection::loader::CollectionKey;
use crate::catalog::product::graphql::Product;
use crate::catalog::product::loader::ProductIn;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::loader::VariantIn;
use crate::customer::group::graphql::CustomerGroup;
use crate::customer::group::loader::GroupKey;
use crate::error::SharedError;
use crate::graphql::context::{ContextExt, Guarded, guarded};
use crate::graphql::page;
use crate::graphql::scalar::{CurrencyCode, Money};
use crate::pricing::{Action, Conditions, Filter, Named};
use crate::promotion::rule::action::{
    PromotionBuyGetAction, PromotionGiftAction, PromotionItemsAction, PromotionOrderAction, PromotionShippingAction,
    PromotionUnitsAction,
};

pub struct PromotionConditions(pub Conditions);

/// What has to hold for a promotion to apply; all of it. What is null or empty is not asked.
#[Object]
impl PromotionConditions {
    /// Which units count, for `quantityFrom` to `subtotalTo`. If some are named, at least one has to be there.
    async fn items(&self) -> PromotionItems<'_> {
        PromotionItems(&self.0.items)
    }

    /// At least so many units.
    async fn quantity_from(&self) -> Option<i32> {
        self.0.quantity.from.map(count)
    }

    /// At most so many units.
    async fn quantity_to(&self) -> Option<i32> {
        self.0.quantity.to.map(count)
    }

    /// The least that the units cost together, one amount in each currency.
    async fn subtotal_from(&self) -> Option<Vec<Money>> {
        self.0.subtotal_from.as_ref().map(Money::list)
    }

    /// The most that the units cost together, one amount in each currency.
    async fn subtotal_to(&self) -> Option<Vec<Money>> {
        self.0.subtotal_to.as_ref().map(Money::list)
    }

    /// Only for customers of any of these groups, at most 250; those that were deleted are left out. Ask
    /// `hasCustomerGroups` whether there are any. Requires `CUSTOMER_READ`.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn customer_groups(&self, ctx: &Context<'_>) -> Guarded<Vec<CustomerGroup>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::CustomerRead, || ()) {
            return Some(Err(refusal));
        }
        Some(groups(ctx, &self.0).await)
    }

    /// Whether it is only for customers of some groups, also where all of those were deleted since: then it applies for
    /// nobody.
    async fn has_customer_groups(&self) -> bool {
        !self.0.groups.is_empty()
    }

    /// Only for the first order of a customer.
    async fn is_first_order(&self) -> bool {
        self.0.is_first_order
    }

    /// Only in any of these currencies.
    async fn currencies(&self) -> Vec<CurrencyCode> {
        self.0.currencies.iter().map(|currency| CurrencyCode(currency.code().to_owned())).collect()
    }
}

async fn groups(ctx: &Context<'_>, conditions: &Conditions) -> Result<Vec<CustomerGroup>, SharedError> {
    ctx.admit(conditions.groups.len())?;
    let keys = || conditions.groups.iter().map(|id| GroupKey(*id));
    let mut rows = ctx.loader().load_many(keys()).await?;
    Ok(keys().filter_map(|key| rows.remove(&key)).map(CustomerGroup).collect())
}

pub struct PromotionItems<'a>(pub &'a Filter);

/// Which units are meant: those that `only` names, or all where it names none, without those that `except` names.
#[Object]
impl PromotionItems<'_> {
    /// Units that any of its lists names; all if nothing is named.
    async fn only(&self) -> PromotionItemLists<'_> {
        PromotionItemLists(&self.0.only)
    }

    /// Units that any of its lists names, which are left out.
    async fn except(&self) -> PromotionItemLists<'_> {
        PromotionItemLists(&self.0.except)
    }
}

pub struct PromotionItemLists<'a>(&'a Named);

/// What names units. What was deleted, or what you may not see, is left out.
#[Object]
impl PromotionItemLists<'_> {
    /// Whether nothing is named. Where something is named that was deleted since, `only` means no unit rather than all.
    async fn is_empty(&self) -> bool {
        *self.0 == Named::default()
    }

    /// Products: all variants of them; at most 250.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn products(&self, ctx: &Context<'_>) -> Result<Vec<Product>> {
        ctx.admit(self.0.products.len())?;
        let market = ctx.market(None).await?;
        let keys = || self.0.products.iter().map(|id| ProductIn(market.scope, *id));
        let mut rows = ctx.loader().load_many(keys()).await?;
        Ok(keys().filter_map(|key| rows.remove(&key)).map(|row| Product::new(row, Arc::clone(&market))).collect())
    }

    /// Variants; at most 250.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn variants(&self, ctx: &Context<'_>) -> Result<Vec<ProductVariant>> {
        ctx.admit(self.0.variants.len())?;
        let market = ctx.market(None).await?;
        let keys = || self.0.variants.iter().map(|id| VariantIn(market.scope, *id));
        let mut rows = ctx.loader().load_many(keys()).await?;
        let variant = |row| ProductVariant::new(row, Arc::clone(&market));
        Ok(keys().filter_map(|key| rows.remove(&key)).map(variant).collect())
    }

    /// Collections: all products that are members; at most 250.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn collections(&self, ctx: &Context<'_>) -> Result<Vec<Collection>> {
        ctx.admit(self.0.collections.len())?;
        let market = ctx.market(None).await?;
        let keys = || self.0.collections.iter().map(|id| CollectionKey(market.scope, *id));
        let mut rows = ctx.loader().load_many(keys()).await?;
        let collection = |row| Collection::new(row, Arc::clone(&market));
        Ok(keys().filter_map(|key| rows.remove(&key)).map(collection).collect())
    }

    /// Choices of attributes: whatever has one of them as a value; at most 250.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn attribute_choices(&self, ctx: &Context<'_>) -> Result<Vec<AttributeChoice>> {
        ctx.admit(self.0.choices.len())?;
        let keys = || self.0.choices.iter().map(|id| ChoiceKey(*id));
        let mut rows = ctx.loader().load_many(keys()).await?;
        Ok(keys().filter_map(|key| rows.remove(&key)).map(AttributeChoice::from).collect())
    }
}

pub struct PromotionAction(pub Action);

/// What a promotion does. Exactly one field is not null.
#[Object]
impl PromotionAction {
    /// Changes the prices of units, on every page.
    async fn catalogue(&self) -> Option<PromotionItemsAction<'_>> {
        let Action::Catalogue { discount, items } = &self.0 else { return None };
        Some(PromotionItemsAction { discount, items })
    }

    /// Makes all units of a cart cheaper that are meant.
    async fn items(&self) -> Option<PromotionItemsAction<'_>> {
        let Action::Items { discount, items } = &self.0 else { return None };
        Some(PromotionItemsAction { discount, items })
    }

    /// Makes some units of a cart cheaper, the cheapest or the dearest.
    async fn units(&self) -> Option<PromotionUnitsAction<'_>> {
        let Action::Units { discount, items, pick, units } = &self.0 else { return None };
        Some(PromotionUnitsAction { discount, items, pick: *pick, units: *units })
    }

    /// Who buys so many units gets so many others cheaper.
    async fn buy_get(&self) -> Option<PromotionBuyGetAction<'_>> {
        PromotionBuyGetAction::of(&self.0)
    }

    /// Makes the whole cart cheaper, but for shipping.
    async fn order(&self) -> Option<PromotionOrderAction<'_>> {
        let Action::Order { discount } = &self.0 else { return None };
        Some(PromotionOrderAction { discount })
    }

    /// Adds units at no price.
    async fn gift(&self) -> Option<PromotionGiftAction> {
        let Action::Gift { variant, quantity } = &self.0 else { return None };
        Some(PromotionGiftAction { variant: *variant, quantity: *quantity })
    }

    /// Makes shipping cheaper.
    async fn shipping(&self) -> Option<PromotionShippingAction<'_>> {
        let Action::Shipping { discount, methods } = &self.0 else { return None };
        Some(PromotionShippingAction { discount, methods })
    }
}

/// A number of units, which came from the API and fits it.
pub fn count(units: i64) -> i32 {
    i32::try_from(units).unwrap_or(i32::MAX)
}
