//! Baskets and promotions in few words, for the examples.

use iso_currency::Currency;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::pricing::*;

pub const WHEN: Timestamp = Timestamp::from_micros(1_000_000);

/// The id of a number: lower ones are older.
pub fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

pub fn amount(minor: i64) -> Amount {
    Amount::new(minor)
}

pub fn percent(text: &str) -> Rate {
    Rate::parse_percentage(text).unwrap()
}

/// An amount in dollars.
pub fn dollars(minor: i64) -> Amounts {
    Amounts::one(Currency::USD, amount(minor))
}

pub fn home(rate: &str) -> TaxPair {
    TaxPair { home: percent(rate), zone: percent(rate) }
}

pub fn abroad(home: &str, zone: &str) -> TaxPair {
    TaxPair { home: percent(home), zone: percent(zone) }
}

pub const EXCLUSIVE: Terms =
    Terms { prices_include_tax: false, tax_rounding: TaxRounding::Line, cross_border: CrossBorderPricing::KeepGross };

pub const INCLUSIVE: Terms = Terms { prices_include_tax: true, ..EXCLUSIVE };

/// The line of the variant, product and collection of that number, untaxed.
pub fn line(number: u128, quantity: i64, base: i64) -> Line {
    let subject =
        Subject { variant: id(number), product: id(number), collections: vec![id(number)], choices: vec![id(number)] };
    Line {
        subject,
        quantity,
        base: amount(base),
        list_prices: Vec::new(),
        tax: TaxPair::default(),
        weight_grams: 100,
        requires_shipping: true,
    }
}

pub fn taxed(line: Line, tax: TaxPair) -> Line {
    Line { tax, ..line }
}

/// A basket of dollars, exclusive of tax.
pub fn basket<'a>(lines: Vec<Line>, promotions: &'a [Promotion]) -> Basket<'a> {
    Basket {
        currency: Currency::USD,
        terms: EXCLUSIVE,
        at: WHEN,
        buyer: Buyer::default(),
        lines,
        promotions: promotions.iter().collect(),
        gifts: Vec::new(),
        delivery: Delivery::default(),
        gift_cards: Vec::new(),
    }
}

/// A promotion of that number, which stacks and has no condition.
pub fn promotion(number: u128, action: Action) -> Promotion {
    Promotion {
        id: id(number),
        priority: 0,
        stacking: Stacking::Stackable,
        starts_at: None,
        ends_at: None,
        conditions: Conditions::default(),
        action,
    }
}

pub fn alone(promotion: Promotion) -> Promotion {
    Promotion { stacking: Stacking::Exclusive, ..promotion }
}

pub fn alone_in_class(promotion: Promotion) -> Promotion {
    Promotion { stacking: Stacking::ExclusiveInClass, ..promotion }
}

/// The products of those numbers.
pub fn products(numbers: &[u128]) -> Filter {
    let products = numbers.iter().map(|number| id(*number)).collect();
    Filter { only: Named { products, ..Named::default() }, except: Named::default() }
}

pub fn all() -> Filter {
    Filter::default()
}

pub fn off(rate: &str) -> ItemDiscount {
    ItemDiscount::Percentage(percent(rate))
}

pub fn items(discount: ItemDiscount, items: Filter) -> Action {
    Action::Items { discount, items }
}

pub fn order(rate: &str) -> Action {
    Action::Order { discount: OrderDiscount::Percentage(percent(rate)) }
}

pub fn order_amount(minor: i64) -> Action {
    Action::Order { discount: OrderDiscount::Amount(dollars(minor)) }
}

/// A way of delivery of that number at a flat price, untaxed.
pub fn method(number: u128, price: i64) -> ShippingMethod {
    ShippingMethod {
        id: id(number),
        rates: RateTable::Flat(amount(price)),
        free_from: None,
        price: Span::default(),
        weight: Span::default(),
        groups: Vec::new(),
        excluded_products: Vec::new(),
        tax: TaxPair::default(),
    }
}

/// The methods, of which the first is chosen.
pub fn by(methods: &[ShippingMethod]) -> Delivery<'_> {
    Delivery { methods: methods.iter().collect(), chosen: methods.first().map(|method| method.id) }
}

pub fn quote(basket: &Basket) -> Quote {
    let quote = basket.quote().unwrap();
    assert_eq!(quote.check(), Ok(()));
    quote
}

/// What is left of each line, as `[net, tax, gross]`.
pub fn totals(quote: &Quote) -> Vec<[i64; 3]> {
    quote.lines.iter().map(|line| parts(line.total)).collect()
}

pub fn parts(taxed: Taxed) -> [i64; 3] {
    [taxed.net, taxed.tax, taxed.gross].map(Amount::minor)
}

/// What each line loses altogether.
pub fn losses(quote: &Quote) -> Vec<i64> {
    let loss = |line: &QuotedLine| line.discounts.iter().map(|discount| discount.amount.minor()).sum();
    quote.lines.iter().map(loss).collect()
}
