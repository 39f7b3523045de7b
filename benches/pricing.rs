//! How long it takes to price a basket: a large one of 200 lines and 20 promotions, and one as shoppers have them.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use iso_currency::Currency;
use tradepost::clock::Timestamp;
use tradepost::pricing::{
    Action, Amount, Amounts, Basket, Buyer, Conditions, CrossBorderPricing, Delivery, Filter, ItemDiscount, Line,
    Named, OrderDiscount, Pick, Promotion, Rate, RateTable, ShippingDiscount, ShippingMethod, Span, Stacking, Subject,
    TaxPair, TaxRounding, Terms,
};
use uuid::Uuid;

fn id<T: From<Uuid>>(number: usize) -> T {
    Uuid::from_u128(u128::try_from(number).unwrap_or_default()).into()
}

fn amount(number: usize) -> Amount {
    Amount::new(i64::try_from(number).unwrap_or_default())
}

fn percent(whole: i64) -> Rate {
    Rate::from_millionths(whole * 10_000)
}

fn tax() -> TaxPair {
    TaxPair { home: percent(19), zone: percent(19) }
}

fn line(number: usize) -> Line {
    let subject = Subject {
        variant: id(number),
        product: id(number / 2),
        collections: (0..4).map(|step| id(number % 20 + step)).collect(),
        choices: (0..4).map(|step| id(number % 30 + step)).collect(),
    };
    Line {
        subject,
        quantity: i64::try_from(number % 5 + 1).unwrap_or(1),
        base: amount(999 + number * 37),
        list_prices: Vec::new(),
        tax: tax(),
        weight_grams: 250,
        requires_shipping: true,
    }
}

/// One of every kind in turn; every other asks for a subtotal, and of every kind some are for parts of the catalogue.
fn promotion(number: usize) -> Promotion {
    let collections =
        if number.is_multiple_of(2) { Vec::new() } else { (0..8).map(|step| id(number + step)).collect() };
    let items = Filter { only: Named { collections, ..Named::default() }, except: Named::default() };
    let discount = ItemDiscount::Percentage(percent(5));
    let amounts = Amounts::one(Currency::EUR, amount(500));
    let (pick, all) = (Pick::Cheapest, Filter::default());
    let action = match number % 7 {
        0 => Action::Items { discount, items },
        1 => Action::Catalogue { discount, items },
        2 => Action::Order { discount: OrderDiscount::Amount(amounts) },
        3 => Action::Units { discount, items, pick, units: 10 },
        4 => Action::BuyGet {
            buy: all.clone(),
            buy_units: 2,
            get: all,
            get_units: 1,
            discount,
            pick,
            most_batches: None,
        },
        5 => Action::Items { discount: ItemDiscount::AmountTogether(amounts), items },
        _ => Action::Shipping { discount: ShippingDiscount::Percentage(percent(50)), methods: Vec::new() },
    };
    let subtotal_from = number.is_multiple_of(2).then(|| Amounts::one(Currency::EUR, amount(1000)));
    Promotion {
        id: id(number),
        priority: i32::try_from(number % 3).unwrap_or_default(),
        stacking: if number % 10 == 5 { Stacking::ExclusiveInClass } else { Stacking::Stackable },
        starts_at: None,
        ends_at: None,
        conditions: Conditions { subtotal_from, ..Conditions::default() },
        action,
    }
}

fn quote(criterion: &mut Criterion, lines: usize, promotions: usize) {
    let promotions = (0..promotions).map(promotion).collect::<Vec<_>>();
    let method = ShippingMethod {
        id: id(1),
        rates: RateTable::Flat(amount(495)),
        free_from: None,
        price: Span::default(),
        weight: Span::default(),
        groups: Vec::new(),
        excluded_products: Vec::new(),
        tax: tax(),
    };
    let basket = Basket {
        currency: Currency::EUR,
        terms: Terms {
            prices_include_tax: true,
            tax_rounding: TaxRounding::Line,
            cross_border: CrossBorderPricing::KeepGross,
        },
        at: Timestamp::from_micros(0),
        buyer: Buyer::default(),
        lines: (0..lines).map(line).collect(),
        promotions: promotions.iter().collect(),
        gifts: Vec::new(),
        delivery: Delivery { methods: vec![&method], chosen: Some(method.id) },
        gift_cards: Vec::new(),
    };
    let name = format!("quote {lines} lines, {} promotions", promotions.len());
    criterion.bench_function(&name, |bencher| bencher.iter(|| black_box(&basket).quote()));
}

fn baskets(criterion: &mut Criterion) {
    quote(criterion, 10, 3);
    quote(criterion, 200, 20);
}

criterion_group!(benches, baskets);
criterion_main!(benches);
