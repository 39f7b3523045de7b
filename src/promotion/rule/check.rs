//! Turns what staff enter about a rule into the rule, and tells every mistake at its place.

use crate::checks::Checks;
use crate::error::UserError;
use crate::graphql::scalar::{CurrencyCode, Decimal, MoneyInput};
use crate::money::{Currency, Money};
use crate::pricing::{
    Action, Amounts, Conditions, Filter, ItemDiscount, Named, OrderDiscount, Rate, ShippingDiscount, Span,
};
use crate::promotion::rule::input::{
    PromotionActionInput, PromotionBuyGetActionInput, PromotionConditionsInput, PromotionItemDiscountInput,
    PromotionItemListsInput, PromotionItemsActionInput, PromotionItemsInput, PromotionOrderDiscountInput,
    PromotionShippingDiscountInput, PromotionUnitsActionInput,
};
use crate::promotion::rule::references::{MOST, References, note};

/// Checks a rule; what it names is noted for being looked up.
pub struct RuleCheck<'a> {
    pub checks: &'a mut Checks,
    pub references: &'a mut References,
}

impl RuleCheck<'_> {
    pub fn conditions(&mut self, field: &str, input: PromotionConditionsInput) -> Conditions {
        self.within(field, |check| {
            let quantity = Span {
                from: check.optional_count("quantityFrom", input.quantity_from),
                to: check.optional_count("quantityTo", input.quantity_to),
            };
            if matches!(quantity, Span { from: Some(from), to: Some(to) } if from > to) {
                check.refuse("quantityTo", "The greatest quantity is not below the least.");
            }
            let subtotal_from = input.subtotal_from.map(|amounts| check.checks.amounts("subtotalFrom", &amounts));
            let subtotal_to = input.subtotal_to.map(|amounts| check.checks.amounts("subtotalTo", &amounts));
            check.order_of_subtotals(subtotal_from.as_ref(), subtotal_to.as_ref());
            Conditions {
                items: check.filter("items", input.items),
                quantity,
                subtotal_from,
                subtotal_to,
                groups: note(check.checks, "customerGroups", &input.customer_groups, &mut check.references.groups),
                is_first_order: input.is_first_order,
                currencies: check.currencies("currencies", &input.currencies),
            }
        })
    }

    pub fn action(&mut self, field: &str, input: PromotionActionInput) -> Action {
        self.within(field, |check| match input {
            PromotionActionInput::Catalogue(input) => {
                if matches!(input.discount, PromotionItemDiscountInput::AmountTogether(_)) {
                    let message = "A price in the catalogue is that of one unit; give the amount off each.";
                    check.refuse("catalogue.discount.amountTogether", message);
                }
                let (discount, items) = check.items("catalogue", input);
                Action::Catalogue { discount, items }
            }
            PromotionActionInput::Items(input) => {
                let (discount, items) = check.items("items", input);
                Action::Items { discount, items }
            }
            PromotionActionInput::Units(input) => check.within("units", |check| check.units(input)),
            PromotionActionInput::BuyGet(input) => check.within("buyGet", |check| check.buy_get(input)),
            PromotionActionInput::Order(input) => {
                Action::Order { discount: check.order_discount("order.discount", input.discount) }
            }
            PromotionActionInput::Gift(input) => check.within("gift", |check| {
                let variant = input.variant;
                check.references.variants.push((check.checks.path("variant"), variant));
                Action::Gift { variant, quantity: check.count("quantity", input.quantity) }
            }),
            PromotionActionInput::Shipping(input) => check.within("shipping", |check| Action::Shipping {
                discount: check.shipping_discount("discount", input.discount),
                methods: note(check.checks, "methods", &input.methods, &mut check.references.methods),
            }),
        })
    }

    fn items(&mut self, field: &str, input: PromotionItemsActionInput) -> (ItemDiscount, Filter) {
        self.within(field, |check| {
            (check.item_discount("discount", input.discount), check.filter("items", input.items))
        })
    }

    fn units(&mut self, input: PromotionUnitsActionInput) -> Action {
        Action::Units {
            discount: self.item_discount("discount", input.discount),
            items: self.filter("items", input.items),
            pick: input.pick.into(),
            units: self.count("units", input.units),
        }
    }

    fn buy_get(&mut self, input: PromotionBuyGetActionInput) -> Action {
        Action::BuyGet {
            buy: self.filter("buy", input.buy),
            buy_units: self.count("buyUnits", input.buy_units),
            get: self.filter("reward", input.reward),
            get_units: self.count("rewardUnits", input.reward_units),
            discount: self.item_discount("discount", input.discount),
            pick: input.pick.into(),
            most_batches: self.optional_count("mostBatches", input.most_batches),
        }
    }

    fn item_discount(&mut self, field: &str, input: PromotionItemDiscountInput) -> ItemDiscount {
        self.within(field, |check| match input {
            PromotionItemDiscountInput::Percentage(percentage) => ItemDiscount::Percentage(check.share(&percentage)),
            PromotionItemDiscountInput::AmountEach(amounts) => {
                ItemDiscount::AmountEach(check.amounts_off("amountEach", &amounts))
            }
            PromotionItemDiscountInput::AmountTogether(amounts) => {
                ItemDiscount::AmountTogether(check.amounts_off("amountTogether", &amounts))
            }
            PromotionItemDiscountInput::PriceEach(prices) => {
                ItemDiscount::PriceEach(check.checks.amounts("priceEach", &prices))
            }
        })
    }

    fn order_discount(&mut self, field: &str, input: PromotionOrderDiscountInput) -> OrderDiscount {
        self.within(field, |check| match input {
            PromotionOrderDiscountInput::Percentage(percentage) => OrderDiscount::Percentage(check.share(&percentage)),
            PromotionOrderDiscountInput::Amount(amounts) => {
                OrderDiscount::Amount(check.amounts_off("amount", &amounts))
            }
        })
    }

    fn shipping_discount(&mut self, field: &str, input: PromotionShippingDiscountInput) -> ShippingDiscount {
        self.within(field, |check| match input {
            PromotionShippingDiscountInput::Percentage(percentage) => {
                ShippingDiscount::Percentage(check.share(&percentage))
            }
            PromotionShippingDiscountInput::Amount(amounts) => {
                ShippingDiscount::Amount(check.amounts_off("amount", &amounts))
            }
            PromotionShippingDiscountInput::Price(prices) => {
                ShippingDiscount::Price(check.checks.amounts("price", &prices))
            }
        })
    }

    fn filter(&mut self, field: &str, input: Option<PromotionItemsInput>) -> Filter {
        let PromotionItemsInput { only, except } = input.unwrap_or_default();
        self.within(field, |check| Filter { only: check.named("only", only), except: check.named("except", except) })
    }

    fn named(&mut self, field: &str, input: Option<PromotionItemListsInput>) -> Named {
        let input = input.unwrap_or_default();
        self.within(field, |check| {
            let (checks, references) = (&mut *check.checks, &mut *check.references);
            Named {
                products: note(checks, "products", &input.products, &mut references.products),
                variants: note(checks, "variants", &input.variants, &mut references.variants),
                collections: note(checks, "collections", &input.collections, &mut references.collections),
                choices: note(checks, "attributeChoices", &input.attribute_choices, &mut references.choices),
            }
        })
    }

    fn currencies(&mut self, field: &str, codes: &[CurrencyCode]) -> Vec<Currency> {
        if codes.len() > MOST {
            self.checks.push(UserError::too_long(self.checks.path(field), "The list", MOST));
            return Vec::new();
        }
        let mut currencies = Vec::new();
        for currency in codes.iter().filter_map(|CurrencyCode(code)| Currency::from_code(code)) {
            if !currencies.contains(&currency) {
                currencies.push(currency);
            }
        }
        currencies
    }

    fn order_of_subtotals(&mut self, from: Option<&Amounts>, to: Option<&Amounts>) {
        let (Some(from), Some(to)) = (from, to) else { return };
        let is_below = |(code, most)| from.iter().any(|(other, least)| other == code && least > most);
        if to.iter().any(is_below) {
            self.refuse("subtotalTo", "The greatest subtotal is not below the least in the same currency.");
        }
    }

    /// A percentage off: something, and not more than all.
    fn share(&mut self, percentage: &Decimal) -> Rate {
        match Rate::parse_percentage(&percentage.0) {
            Some(rate) if rate > Rate::ZERO && rate <= Rate::WHOLE => rate,
            _ => {
                let message = "A percentage here is more than 0 and at most 100, with at most four decimal places.";
                self.refuse("percentage", message);
                Rate::WHOLE
            }
        }
    }

    /// Amounts off: each is something.
    fn amounts_off(&mut self, field: &str, amounts: &[MoneyInput]) -> Amounts {
        for (index, MoneyInput { amount, currency }) in amounts.iter().enumerate() {
            let money = Currency::from_code(&currency.0).and_then(|currency| Money::parse(&amount.0, currency).ok());
            if money.is_some_and(|money| money.minor() == 0) {
                self.refuse(&format!("{field}.{index}.amount"), "An amount off is more than zero.");
            }
        }
        self.checks.amounts(field, amounts)
    }

    fn count(&mut self, field: &str, count: i32) -> i64 {
        if count < 1 {
            self.refuse(field, "A number of units is at least 1.");
        }
        count.into()
    }

    fn optional_count(&mut self, field: &str, count: Option<i32>) -> Option<i64> {
        count.map(|count| self.count(field, count))
    }

    fn refuse(&mut self, field: &str, message: &str) {
        self.checks.push(UserError::invalid(self.checks.path(field), message));
    }

    fn within<T>(&mut self, field: &str, check: impl FnOnce(&mut RuleCheck<'_>) -> T) -> T {
        let references = &mut *self.references;
        self.checks.within(field, |checks| check(&mut RuleCheck { checks, references }))
    }
}
