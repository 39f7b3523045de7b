//! What a method costs in each currency, and for which amounts it is there.

use std::collections::BTreeMap;

use iso_currency::Currency;
use serde::{Deserialize, Serialize};

use crate::checks::Checks;
use crate::error::UserError;
use crate::graphql::scalar::{CurrencyCode, Decimal};
use crate::pricing::{Amount, RateStep, RateTable, Span};
use crate::shipping::method::input::{
    ShippingPriceStepInput, ShippingQuantityStepInput, ShippingRateInput, ShippingWeightStepInput,
};

/// The most steps of a table.
const MAX_STEPS: usize = 100;

/// Everything about a method that is told in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShippingRate {
    pub table: RateTable,
    /// From which amount on it costs nothing.
    pub free_from: Option<Amount>,
    /// For which amounts the method is there.
    pub price: Span<Amount>,
}

/// One rate each of some currencies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShippingRates(BTreeMap<Box<str>, ShippingRate>);

impl ShippingRates {
    /// The rate of a currency, if there is one.
    pub fn take(mut self, currency: Currency) -> Option<ShippingRate> {
        self.0.remove(currency.code())
    }

    /// Every rate with its currency, in the alphabet of the codes.
    pub fn iter(&self) -> impl Iterator<Item = (Currency, &ShippingRate)> {
        self.0.iter().filter_map(|(code, rate)| Some((Currency::from_code(code)?, rate)))
    }

    /// Turns what was sent in the field `rates` into what is kept.
    pub fn check(checks: &mut Checks, inputs: Vec<ShippingRateInput>) -> Self {
        if inputs.is_empty() {
            let message = "Say in at least one currency what the method costs.";
            checks.push(UserError::required(checks.path("rates"), "").with_message(message));
        }
        let mut rates = BTreeMap::new();
        for (index, input) in inputs.into_iter().enumerate() {
            let CurrencyCode(code) = &input.currency;
            // No other text comes through the scalar.
            let Some(currency) = Currency::from_code(code) else { continue };
            let code = currency.code();
            let rate = checks.within(&format!("rates.{index}"), |checks| {
                if rates.contains_key(code) {
                    let message = format!("There are two rates in {code}.");
                    checks.push(UserError::taken(checks.path("currency"), message));
                }
                ShippingRate::check(checks, input, currency)
            });
            rates.insert(code.into(), rate);
        }
        Self(rates)
    }
}

impl ShippingRate {
    fn check(checks: &mut Checks, input: ShippingRateInput, currency: Currency) -> Self {
        let mut amount = |field: &str, amount: Option<Decimal>| {
            amount.map(|amount| Amount::new(checks.price(field, &amount, currency)))
        };
        let free_from = amount("freeFrom", input.free_from);
        let price = Span { from: amount("priceFrom", input.price_from), to: amount("priceTo", input.price_to) };
        check_span(checks, "priceTo", &price);
        let mut tables = Vec::new();
        if let Some(price) = input.flat {
            tables.push(RateTable::Flat(Amount::new(checks.price("flat", &price, currency))));
        }
        if let Some(steps) = input.by_weight {
            let mut table = Steps { checks, currency, field: "byWeight" };
            tables.push(RateTable::ByWeight(table.check(steps, "fromGrams")));
        }
        if let Some(steps) = input.by_price {
            let mut table = Steps { checks, currency, field: "byPrice" };
            tables.push(RateTable::ByPrice(table.check(steps, "from")));
        }
        if let Some(steps) = input.by_quantity {
            let mut table = Steps { checks, currency, field: "byQuantity" };
            tables.push(RateTable::ByQuantity(table.check(steps, "from")));
        }
        if tables.len() > 1 {
            let message = "Say in one way what it costs: give only one of flat, byWeight, byPrice and byQuantity.";
            checks.push(UserError::invalid(checks.path(""), message));
        }
        let table = tables.pop().unwrap_or_else(|| {
            let message = "Say what it costs: give one of flat, byWeight, byPrice and byQuantity.";
            checks.push(UserError::required(checks.path(""), "").with_message(message));
            RateTable::Flat(Amount::ZERO)
        });
        Self { table, free_from, price }
    }
}

/// Refuses a span that ends before it begins.
pub fn check_span<T: PartialOrd>(checks: &mut Checks, field: &str, span: &Span<T>) {
    if span.from.as_ref().zip(span.to.as_ref()).is_some_and(|(from, to)| from > to) {
        let message = "The most is less than the least.";
        checks.push(UserError::invalid(checks.path(field), message));
    }
}

/// A step as it is sent.
trait Step {
    fn from(&self, checks: &mut Checks, currency: Currency) -> i64;
    fn price(&self) -> &Decimal;
}

impl Step for ShippingWeightStepInput {
    fn from(&self, checks: &mut Checks, _: Currency) -> i64 {
        not_below_zero(checks, "fromGrams", self.from_grams)
    }

    fn price(&self) -> &Decimal {
        &self.price
    }
}

impl Step for ShippingPriceStepInput {
    fn from(&self, checks: &mut Checks, currency: Currency) -> i64 {
        checks.price("from", &self.from, currency)
    }

    fn price(&self) -> &Decimal {
        &self.price
    }
}

impl Step for ShippingQuantityStepInput {
    fn from(&self, checks: &mut Checks, _: Currency) -> i64 {
        not_below_zero(checks, "from", self.from)
    }

    fn price(&self) -> &Decimal {
        &self.price
    }
}

/// A whole number of the input that cannot be below zero.
pub fn not_below_zero(checks: &mut Checks, field: &str, number: i32) -> i64 {
    if number < 0 {
        checks.push(UserError::invalid(checks.path(field), "This is not below zero."));
    }
    number.into()
}

/// A table while it is checked.
struct Steps<'a> {
    checks: &'a mut Checks,
    currency: Currency,
    field: &'static str,
}

impl Steps<'_> {
    fn check(&mut self, steps: Vec<impl Step>, from_field: &str) -> Vec<RateStep> {
        let Self { checks, currency, field } = self;
        if steps.is_empty() {
            checks.push(UserError::required(checks.path(field), "A step"));
        }
        if steps.len() > MAX_STEPS {
            checks.push(UserError::too_long(checks.path(field), "The list of steps", MAX_STEPS));
            return Vec::new();
        }
        let mut checked: Vec<RateStep> = Vec::with_capacity(steps.len());
        for (index, step) in steps.iter().enumerate() {
            checks.within(&format!("{field}.{index}"), |checks| {
                let from = step.from(checks, *currency);
                if checked.last().is_some_and(|before| from <= before.from) {
                    let message = "Each step begins above the one before it.";
                    checks.push(UserError::invalid(checks.path(from_field), message));
                }
                let price = Amount::new(checks.price("price", step.price(), *currency));
                checked.push(RateStep { from, price });
            });
        }
        checked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn rate(change: impl FnOnce(&mut ShippingRateInput)) -> ShippingRateInput {
        let mut input = ShippingRateInput {
            currency: CurrencyCode("EUR".to_owned()),
            flat: None,
            by_weight: None,
            by_price: None,
            by_quantity: None,
            free_from: None,
            price_from: None,
            price_to: None,
        };
        change(&mut input);
        input
    }

    fn decimal(text: &str) -> Decimal {
        Decimal(text.to_owned())
    }

    fn check(inputs: Vec<ShippingRateInput>) -> Result<ShippingRates, Vec<String>> {
        let mut checks = Checks::new("");
        let rates = ShippingRates::check(&mut checks, inputs);
        match checks.finish() {
            Ok(()) => Ok(rates),
            Err(Error::User(errors)) => {
                Err(errors.into_iter().map(|error| error.field.unwrap_or_default().join(".")).collect())
            }
            Err(other) => panic!("{other}"),
        }
    }

    fn by_quantity(steps: &[(i32, &str)]) -> ShippingRateInput {
        let step = |(from, price): &(i32, &str)| ShippingQuantityStepInput { from: *from, price: decimal(price) };
        rate(|rate| rate.by_quantity = Some(steps.iter().map(step).collect()))
    }

    #[test]
    fn a_rate_is_read_in_its_currency() {
        let rates = check(vec![rate(|rate| {
            rate.flat = Some(decimal("4.90"));
            rate.free_from = Some(decimal("50"));
        })]);

        let rate = rates.unwrap().take(Currency::EUR).unwrap();
        assert_eq!(rate.table, RateTable::Flat(Amount::new(490)));
        assert_eq!(rate.free_from, Some(Amount::new(5_000)));
    }

    #[test]
    fn a_rate_says_in_one_way_what_it_costs() {
        assert_eq!(check(vec![rate(|_| ())]).unwrap_err(), ["rates.0"]);
        let two = rate(|rate| {
            rate.flat = Some(decimal("1"));
            rate.by_price = Some(vec![ShippingPriceStepInput { from: decimal("0"), price: decimal("1") }]);
        });
        assert_eq!(check(vec![two]).unwrap_err(), ["rates.0"]);
        assert_eq!(check(Vec::new()).unwrap_err(), ["rates"]);
    }

    #[test]
    fn steps_ascend_from_zero_or_above() {
        assert!(check(vec![by_quantity(&[(0, "1"), (1, "0"), (7, "3")])]).is_ok());
        for (steps, place) in [
            (vec![(-1, "1")], "rates.0.byQuantity.0.from"),
            (vec![(1, "1"), (1, "2")], "rates.0.byQuantity.1.from"),
            (vec![(2, "1"), (1, "2")], "rates.0.byQuantity.1.from"),
            (vec![(1, "-1")], "rates.0.byQuantity.0.price"),
            (vec![(1, "0.001")], "rates.0.byQuantity.0.price"),
            (vec![], "rates.0.byQuantity"),
        ] {
            assert_eq!(check(vec![by_quantity(&steps)]).unwrap_err(), [place], "{steps:?}");
        }
    }

    #[test]
    fn a_table_has_at_most_a_hundred_steps() {
        let steps = |count: i32| by_quantity(&(0..count).map(|from| (from, "1")).collect::<Vec<_>>());

        assert!(check(vec![steps(100)]).is_ok());
        assert_eq!(check(vec![steps(101)]).unwrap_err(), ["rates.0.byQuantity"]);
    }

    #[test]
    fn a_currency_has_one_rate() {
        let flat = || rate(|rate| rate.flat = Some(decimal("1")));

        assert_eq!(check(vec![flat(), flat()]).unwrap_err(), ["rates.1.currency"]);
    }

    #[test]
    fn what_is_kept_reads_back() {
        let rates = check(vec![by_quantity(&[(1, "4.90"), (10, "9.90")])]).unwrap();

        let document = serde_json::to_value(&rates).unwrap();

        assert_eq!(serde_json::from_value::<ShippingRates>(document).unwrap(), rates);
    }
}
