//! What staff send about when a promotion applies and what it does.

use async_graphql::{Enum, InputObject, OneofObject};

use crate::graphql::scalar::{CurrencyCode, Decimal, MoneyInput};
use crate::id::{AttributeChoiceId, CollectionId, CustomerGroupId, ProductId, ProductVariantId, ShippingMethodId};
use crate::pricing::Pick;

/// What has to hold for a promotion to apply; all of it. What is absent is not asked.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PromotionConditionsInput {
    /// Which units count, for `quantityFrom` to `subtotalTo`; every unit of the cart if absent. If some are named, at
    /// least one such unit has to be there. Not for promotions of the catalogue, whose action names what is meant.
    pub items: Option<PromotionItemsInput>,
    /// At least so many units, 1 or more. Not for promotions of the catalogue.
    pub quantity_from: Option<i32>,
    /// At most so many units, 1 or more. Not for promotions of the catalogue.
    pub quantity_to: Option<i32>,
    /// The least that the units cost together, after the promotions that apply before; an amount for each currency in
    /// which it is to apply, in the tax mode of the channel. Not for promotions of the catalogue.
    pub subtotal_from: Option<Vec<MoneyInput>>,
    /// The most that the units cost together, after the promotions that apply before; an amount for each currency in
    /// which it is to apply, in the tax mode of the channel. Not for promotions of the catalogue.
    pub subtotal_to: Option<Vec<MoneyInput>>,
    /// The ids of groups, at most 250: only for customers of any of them. Everybody if empty.
    #[graphql(default)]
    pub customer_groups: Vec<CustomerGroupId>,
    /// Only for the first order of a customer. Not for promotions of the catalogue.
    #[graphql(default)]
    pub is_first_order: bool,
    /// Only in any of these currencies, at most 250; in all if empty.
    #[graphql(default)]
    pub currencies: Vec<CurrencyCode>,
}

/// Which units are meant: those that `only` names, or all where it names none, without those that `except` names.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PromotionItemsInput {
    /// Units that any of its lists names.
    pub only: Option<PromotionItemListsInput>,
    /// Units that any of its lists names, which are left out.
    pub except: Option<PromotionItemListsInput>,
}

/// What names units, in lists of at most 250 ids each.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PromotionItemListsInput {
    /// The ids of products: all variants of them.
    #[graphql(default)]
    pub products: Vec<ProductId>,
    /// The ids of variants.
    #[graphql(default)]
    pub variants: Vec<ProductVariantId>,
    /// The ids of collections: all products that are members.
    #[graphql(default)]
    pub collections: Vec<CollectionId>,
    /// The ids of choices of attributes: whatever has one of them as a value.
    #[graphql(default)]
    pub attribute_choices: Vec<AttributeChoiceId>,
}

/// What a promotion does.
#[derive(Clone, Debug, OneofObject)]
#[expect(clippy::large_enum_variant, reason = "there is one of them in a request")]
pub enum PromotionActionInput {
    /// Changes the prices of units, on every page. It takes neither codes nor limits.
    Catalogue(PromotionItemsActionInput),
    /// Makes all units of a cart cheaper that are meant.
    Items(PromotionItemsActionInput),
    /// Makes some units of a cart cheaper, the cheapest or the dearest.
    Units(PromotionUnitsActionInput),
    /// Who buys so many units gets so many others cheaper.
    BuyGet(PromotionBuyGetActionInput),
    /// Makes the whole cart cheaper, but for shipping.
    Order(PromotionOrderActionInput),
    /// Adds units at no price.
    Gift(PromotionGiftActionInput),
    /// Makes shipping cheaper.
    Shipping(PromotionShippingActionInput),
}

/// Makes all units cheaper that are meant.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionItemsActionInput {
    /// By how much.
    pub discount: PromotionItemDiscountInput,
    /// Which units; all if absent.
    pub items: Option<PromotionItemsInput>,
}

/// Makes some units cheaper.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionUnitsActionInput {
    /// By how much.
    pub discount: PromotionItemDiscountInput,
    /// Among which units; all if absent.
    pub items: Option<PromotionItemsInput>,
    /// How many of them, 1 or more.
    pub units: i32,
    /// Which of them.
    #[graphql(default)]
    pub pick: PromotionPick,
}

/// Who buys so many units of one kind gets so many of another cheaper. A unit is bought
/// or a reward, never both.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionBuyGetActionInput {
    /// Which units have to be bought; any if absent.
    pub buy: Option<PromotionItemsInput>,
    /// How many of them make a batch, 1 or more.
    pub buy_units: i32,
    /// Which units become cheaper; any if absent.
    pub reward: Option<PromotionItemsInput>,
    /// How many of them for each complete batch, 1 or more.
    pub reward_units: i32,
    /// By how much they become cheaper: 100 % makes them free.
    pub discount: PromotionItemDiscountInput,
    /// Which of those that can be a reward.
    #[graphql(default)]
    pub pick: PromotionPick,
    /// The most batches of one cart, 1 or more; any number if absent.
    pub most_batches: Option<i32>,
}

/// Makes the whole cheaper, but for shipping.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionOrderActionInput {
    /// By how much.
    pub discount: PromotionOrderDiscountInput,
}

/// Adds units at no price.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionGiftActionInput {
    /// The id of the variant that is given away.
    pub variant: ProductVariantId,
    /// How many units, 1 or more.
    #[graphql(default = 1)]
    pub quantity: i32,
}

/// Makes shipping cheaper.
#[derive(Clone, Debug, InputObject)]
pub struct PromotionShippingActionInput {
    /// By how much.
    pub discount: PromotionShippingDiscountInput,
    /// The ids of methods of shipping, at most 250; all methods if empty.
    #[graphql(default)]
    pub methods: Vec<ShippingMethodId>,
}

/// By how much units become cheaper. Where an amount is missing in the currency of a cart, nothing does.
#[derive(Clone, Debug, OneofObject)]
pub enum PromotionItemDiscountInput {
    /// So many percent, more than 0 and at most 100, with at most four decimal places.
    Percentage(Decimal),
    /// So much off each unit; at most one amount in each currency, in the tax mode of the channel.
    AmountEach(Vec<MoneyInput>),
    /// So much off all units together, spread over their lines; at most one amount in each currency, in the tax mode of
    /// the channel. Not for promotions of the catalogue.
    AmountTogether(Vec<MoneyInput>),
    /// Each unit costs so much, if it costs more; at most one amount in each currency, in the tax mode of the channel.
    PriceEach(Vec<MoneyInput>),
}

/// By how much the whole becomes cheaper. Where an amount is missing in the currency of a cart, it does not.
#[derive(Clone, Debug, OneofObject)]
pub enum PromotionOrderDiscountInput {
    /// So many percent, more than 0 and at most 100, with at most four decimal places.
    Percentage(Decimal),
    /// So much; at most one amount in each currency, in the tax mode of the channel.
    Amount(Vec<MoneyInput>),
}

/// By how much shipping becomes cheaper. Where an amount is missing in the currency of a cart, it does not.
#[derive(Clone, Debug, OneofObject)]
pub enum PromotionShippingDiscountInput {
    /// So many percent, more than 0 and at most 100, with at most four decimal places; 100 makes it free.
    Percentage(Decimal),
    /// So much; at most one amount in each currency, in the tax mode of the channel.
    Amount(Vec<MoneyInput>),
    /// Shipping costs so much, if it costs more; at most one amount in each currency, in the tax mode of the channel.
    Price(Vec<MoneyInput>),
}

/// Which units of several become cheaper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum PromotionPick {
    /// Those that cost least.
    #[default]
    Cheapest,
    /// Those that cost most.
    Dearest,
}

impl From<PromotionPick> for Pick {
    fn from(pick: PromotionPick) -> Self {
        match pick {
            PromotionPick::Cheapest => Self::Cheapest,
            PromotionPick::Dearest => Self::Dearest,
        }
    }
}

impl From<Pick> for PromotionPick {
    fn from(pick: Pick) -> Self {
        match pick {
            Pick::Cheapest => Self::Cheapest,
            Pick::Dearest => Self::Dearest,
        }
    }
}
