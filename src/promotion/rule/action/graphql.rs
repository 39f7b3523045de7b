//! The kinds of actions and discounts as staff read them.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::loader::VariantIn;
use crate::error::SharedError;
use crate::graphql::context::{ContextExt, Guarded, guarded};
use crate::graphql::page;
use crate::graphql::scalar::{Decimal, Money};
use crate::id::{ProductVariantId, ShippingMethodId};
use crate::pricing::{Action, Filter, ItemDiscount, OrderDiscount, Pick, ShippingDiscount};
use crate::promotion::rule::graphql::{PromotionItems, count};
use crate::promotion::rule::input::PromotionPick;
use crate::shipping::method::graphql::ShippingMethod;
use crate::shipping::method::loader::MethodKey;

pub struct PromotionItemsAction<'a> {
    pub discount: &'a ItemDiscount,
    pub items: &'a Filter,
}

/// Makes all units cheaper that are meant.
#[Object]
impl PromotionItemsAction<'_> {
    /// By how much.
    async fn discount(&self) -> PromotionItemDiscount<'_> {
        PromotionItemDiscount(self.discount)
    }

    /// Which units.
    async fn items(&self) -> PromotionItems<'_> {
        PromotionItems(self.items)
    }
}

pub struct PromotionUnitsAction<'a> {
    pub discount: &'a ItemDiscount,
    pub items: &'a Filter,
    pub pick: Pick,
    pub units: i64,
}

/// Makes some units cheaper.
#[Object]
impl PromotionUnitsAction<'_> {
    /// By how much.
    async fn discount(&self) -> PromotionItemDiscount<'_> {
        PromotionItemDiscount(self.discount)
    }

    /// Among which units.
    async fn items(&self) -> PromotionItems<'_> {
        PromotionItems(self.items)
    }

    /// How many of them.
    async fn units(&self) -> i32 {
        count(self.units)
    }

    /// Which of them.
    async fn pick(&self) -> PromotionPick {
        self.pick.into()
    }
}

pub struct PromotionBuyGetAction<'a> {
    buy: (&'a Filter, i64),
    get: (&'a Filter, i64),
    discount: &'a ItemDiscount,
    pick: Pick,
    most_batches: Option<i64>,
}

impl<'a> PromotionBuyGetAction<'a> {
    pub const fn of(action: &'a Action) -> Option<Self> {
        let Action::BuyGet { buy, buy_units, get, get_units, discount, pick, most_batches } = action else {
            return None;
        };
        let (buy, get) = ((buy, *buy_units), (get, *get_units));
        Some(Self { buy, get, discount, pick: *pick, most_batches: *most_batches })
    }
}

/// Who buys so many units of one kind gets so many of another cheaper. A unit is bought or a reward, never
/// both.
#[Object]
impl PromotionBuyGetAction<'_> {
    /// Which units have to be bought.
    async fn buy(&self) -> PromotionItems<'_> {
        PromotionItems(self.buy.0)
    }

    /// How many of them make a batch.
    async fn buy_units(&self) -> i32 {
        count(self.buy.1)
    }

    /// Which units become cheaper.
    async fn reward(&self) -> PromotionItems<'_> {
        PromotionItems(self.get.0)
    }

    /// How many of them for each complete batch.
    async fn reward_units(&self) -> i32 {
        count(self.get.1)
    }

    /// By how much they become cheaper.
    async fn discount(&self) -> PromotionItemDiscount<'_> {
        PromotionItemDiscount(self.discount)
    }

    /// Which of those that can be a reward.
    async fn pick(&self) -> PromotionPick {
        self.pick.into()
    }

    /// The most batches of one cart; null for any number.
    async fn most_batches(&self) -> Option<i32> {
        self.most_batches.map(count)
    }
}

pub struct PromotionOrderAction<'a> {
    pub discount: &'a OrderDiscount,
}

/// Makes the whole cheaper, but for shipping.
#[Object]
impl PromotionOrderAction<'_> {
    /// By how much.
    async fn discount(&self) -> PromotionOrderDiscount<'_> {
        PromotionOrderDiscount(self.discount)
    }
}

pub struct PromotionGiftAction {
    pub variant: ProductVariantId,
    pub quantity: i64,
}

/// Adds units at no price.
#[Object]
impl PromotionGiftAction {
    /// The variant that is given away; null if it was deleted, or if you may not see it.
    async fn variant(&self, ctx: &Context<'_>) -> Result<Option<ProductVariant>> {
        let market = ctx.market(None).await?;
        let row = ctx.loader().load_one(VariantIn(market.scope, self.variant)).await?;
        Ok(row.map(|row| ProductVariant::new(row, market)))
    }

    /// How many units.
    async fn quantity(&self) -> i32 {
        count(self.quantity)
    }
}

pub struct PromotionShippingAction<'a> {
    pub discount: &'a ShippingDiscount,
    pub methods: &'a [ShippingMethodId],
}

/// Makes shipping cheaper.
#[Object]
impl PromotionShippingAction<'_> {
    /// By how much.
    async fn discount(&self) -> PromotionShippingDiscount<'_> {
        PromotionShippingDiscount(self.discount)
    }

    /// Only these methods of shipping, at most 250; those that were deleted are left out. Ask `hasMethods` whether there
    /// are any. Requires `SHIPPING_READ`.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn methods(&self, ctx: &Context<'_>) -> Guarded<Vec<ShippingMethod>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::ShippingRead, || ()) {
            return Some(Err(refusal));
        }
        Some(methods(ctx, self.methods).await)
    }

    /// Whether it is for some methods of shipping only, also where all of those were deleted since: then it makes none
    /// cheaper.
    async fn has_methods(&self) -> bool {
        !self.methods.is_empty()
    }
}

async fn methods(ctx: &Context<'_>, ids: &[ShippingMethodId]) -> Result<Vec<ShippingMethod>, SharedError> {
    ctx.admit(ids.len())?;
    let keys = || ids.iter().map(|id| MethodKey(*id));
    let mut rows = ctx.loader().load_many(keys()).await?;
    Ok(keys().filter_map(|key| rows.remove(&key)).map(ShippingMethod).collect())
}

pub struct PromotionItemDiscount<'a>(&'a ItemDiscount);

/// By how much units become cheaper. Exactly one field is not null; amounts are in the tax mode of the channel.
#[Object]
impl PromotionItemDiscount<'_> {
    /// So many percent.
    async fn percentage(&self) -> Option<Decimal> {
        let ItemDiscount::Percentage(rate) = self.0 else { return None };
        Some((*rate).into())
    }

    /// So much off each unit, one amount in each currency.
    async fn amount_each(&self) -> Option<Vec<Money>> {
        let ItemDiscount::AmountEach(amounts) = self.0 else { return None };
        Some(Money::list(amounts))
    }

    /// So much off all units together, one amount in each currency.
    async fn amount_together(&self) -> Option<Vec<Money>> {
        let ItemDiscount::AmountTogether(amounts) = self.0 else { return None };
        Some(Money::list(amounts))
    }

    /// Each unit costs so much, if it costs more; one amount in each currency.
    async fn price_each(&self) -> Option<Vec<Money>> {
        let ItemDiscount::PriceEach(prices) = self.0 else { return None };
        Some(Money::list(prices))
    }
}

pub struct PromotionOrderDiscount<'a>(&'a OrderDiscount);

/// By how much the whole becomes cheaper. Exactly one field is not null; amounts are in the tax mode of the channel.
#[Object]
impl PromotionOrderDiscount<'_> {
    /// So many percent.
    async fn percentage(&self) -> Option<Decimal> {
        let OrderDiscount::Percentage(rate) = self.0 else { return None };
        Some((*rate).into())
    }

    /// So much, one amount in each currency.
    async fn amount(&self) -> Option<Vec<Money>> {
        let OrderDiscount::Amount(amounts) = self.0 else { return None };
        Some(Money::list(amounts))
    }
}

pub struct PromotionShippingDiscount<'a>(&'a ShippingDiscount);

/// By how much shipping becomes cheaper. Exactly one field is not null; amounts are in the tax mode of the channel.
#[Object]
impl PromotionShippingDiscount<'_> {
    /// So many percent; 100 makes it free.
    async fn percentage(&self) -> Option<Decimal> {
        let ShippingDiscount::Percentage(rate) = self.0 else { return None };
        Some((*rate).into())
    }

    /// So much, one amount in each currency.
    async fn amount(&self) -> Option<Vec<Money>> {
        let ShippingDiscount::Amount(amounts) = self.0 else { return None };
        Some(Money::list(amounts))
    }

    /// Shipping costs so much, if it costs more; one amount in each currency.
    async fn price(&self) -> Option<Vec<Money>> {
        let ShippingDiscount::Price(prices) = self.0 else { return None };
        Some(Money::list(prices))
    }
}
