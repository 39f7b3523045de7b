//! Ways of delivery: who can have them, what they cost, and what promotions make of that.

use iso_currency::Currency;

use crate::pricing::tests::shop::*;
use crate::pricing::*;

/// What a method offers for two units of product 1 at 10.00 and 100 g each, next to a download of 5.00.
fn offer(method: ShippingMethod, promotions: &[Promotion]) -> Result<Offer, Ineligible> {
    let download = Line { requires_shipping: false, ..line(2, 1, 500) };
    let methods = [method];
    let quote = quote(&Basket { delivery: by(&methods), ..basket(vec![line(1, 2, 1000), download], promotions) });
    assert_eq!(quote.shipping.is_some(), quote.options[0].offer.is_ok());
    quote.options[0].offer
}

fn price(method: ShippingMethod) -> Result<i64, Ineligible> {
    offer(method, &[]).map(|offer| offer.price.minor())
}

fn steps(steps: &[(i64, i64)]) -> Vec<RateStep> {
    steps.iter().map(|(from, price)| RateStep { from: *from, price: amount(*price) }).collect()
}

#[test]
fn the_last_step_that_is_reached_holds() {
    let with = |rates| price(ShippingMethod { rates, ..method(1, 0) });

    assert_eq!(with(RateTable::ByWeight(steps(&[(0, 100), (200, 300), (201, 400)]))), Ok(300));
    assert_eq!(with(RateTable::ByPrice(steps(&[(0, 900), (2000, 500), (2001, 100)]))), Ok(500));
    assert_eq!(with(RateTable::ByQuantity(steps(&[(3, 900), (1, 400), (2, 700)]))), Ok(700));
    assert_eq!(with(RateTable::ByQuantity(steps(&[(3, 900)]))), Err(Ineligible::Rate));
    assert_eq!(with(RateTable::ByWeight(Vec::new())), Err(Ineligible::Rate));
}

#[test]
fn a_method_that_does_not_serve_says_why() {
    let grams = |from, to| Span { from: Some(from), to: Some(to) };
    let amounts = |from, to| Span { from: Some(amount(from)), to: Some(amount(to)) };
    let plain = || method(1, 500);

    assert_eq!(price(plain()), Ok(500));
    assert_eq!(price(ShippingMethod { price: amounts(2000, 2000), ..plain() }), Ok(500));
    assert_eq!(price(ShippingMethod { price: amounts(2001, 9000), ..plain() }), Err(Ineligible::Price));
    assert_eq!(price(ShippingMethod { price: amounts(0, 1999), ..plain() }), Err(Ineligible::Price));
    assert_eq!(price(ShippingMethod { weight: grams(200, 200), ..plain() }), Ok(500));
    assert_eq!(price(ShippingMethod { weight: grams(0, 199), ..plain() }), Err(Ineligible::Weight));
    assert_eq!(price(ShippingMethod { groups: vec![id(3)], ..plain() }), Err(Ineligible::Group));
    assert_eq!(price(ShippingMethod { excluded_products: vec![id(1)], ..plain() }), Err(Ineligible::Product));
    assert_eq!(price(ShippingMethod { excluded_products: vec![id(2)], ..plain() }), Ok(500));
}

#[test]
fn delivery_is_free_from_an_amount_on() {
    assert_eq!(price(ShippingMethod { free_from: Some(amount(2000)), ..method(1, 500) }), Ok(0));
    assert_eq!(price(ShippingMethod { free_from: Some(amount(2001)), ..method(1, 500) }), Ok(500));
}

#[test]
fn prices_are_looked_at_after_discounts() {
    // 25.00 less 10 % are 18.00 for what is shipped: no longer 20.00.
    let methods = ShippingMethod { free_from: Some(amount(1801)), ..method(1, 500) };
    assert_eq!(offer(methods, &[promotion(7, order("10"))]).unwrap().price, amount(500));
    let methods = ShippingMethod { free_from: Some(amount(1800)), ..method(1, 500) };
    assert_eq!(offer(methods, &[promotion(7, order("10"))]).unwrap().price, Amount::ZERO);
}

#[test]
fn where_nothing_is_shipped_nothing_is_to_be_had() {
    let methods = [method(1, 500)];
    let download = Line { requires_shipping: false, ..line(2, 1, 500) };
    let quote = quote(&Basket { delivery: by(&methods), ..basket(vec![download], &[]) });

    assert_eq!(quote.options[0].offer, Err(Ineligible::Nothing));
    assert_eq!((quote.shipping, quote.total.gross), (None, amount(500)));
}

fn shipping(number: u128, discount: ShippingDiscount) -> Promotion {
    promotion(number, Action::Shipping { discount, methods: Vec::new() })
}

#[test]
fn shipping_promotions_go_by_priority_each_on_what_is_left() {
    // 9.99: down to 8.00, then 1.00 off, then a third of 7.00 (33.3333 % are 2.3333): 4.67 left.
    let promotions = [
        shipping(1, ShippingDiscount::Percentage(percent("33.3333"))),
        Promotion { priority: 2, ..shipping(2, ShippingDiscount::Price(dollars(800))) },
        Promotion { priority: 1, ..shipping(3, ShippingDiscount::Amount(dollars(100))) },
    ];
    let offer = offer(method(1, 999), &promotions).unwrap();

    assert_eq!((offer.price, offer.discount, offer.total.gross), (amount(999), amount(532), amount(467)));
}

#[test]
fn a_shipping_promotion_never_makes_dearer_nor_gives_more_than_the_price() {
    let with = |discount| offer(method(1, 500), &[shipping(1, discount)]).unwrap().total.gross.minor();

    assert_eq!(with(ShippingDiscount::Price(dollars(800))), 500);
    assert_eq!(with(ShippingDiscount::Amount(dollars(800))), 0);
    assert_eq!(with(ShippingDiscount::Percentage(Rate::WHOLE)), 0);
    assert_eq!(with(ShippingDiscount::Amount(Amounts::one(Currency::EUR, amount(100)))), 500);
}

#[test]
fn a_shipping_promotion_acts_on_its_methods() {
    let action = Action::Shipping { discount: ShippingDiscount::Percentage(Rate::WHOLE), methods: vec![id(2)] };
    let (methods, promotions) = ([method(1, 500), method(2, 900)], [promotion(7, action)]);
    let quote = quote(&Basket { delivery: by(&methods), ..basket(vec![line(1, 1, 1000)], &promotions) });

    let gross = quote.options.iter().map(|option| option.offer.unwrap().total.gross.minor()).collect::<Vec<_>>();
    assert_eq!(gross, [500, 0]);
    // It gave nothing, as the first was chosen.
    assert_eq!(quote.promotions, []);
}

#[test]
fn a_chosen_method_that_does_not_serve_costs_nothing_and_is_not_there() {
    let methods = [ShippingMethod { groups: vec![id(3)], ..method(1, 500) }];
    let lines = || vec![line(1, 1, 1000)];
    assert_eq!(quote(&Basket { delivery: by(&methods), ..basket(lines(), &[]) }).shipping, None);

    let member = Buyer { groups: vec![id(3)], ..Buyer::default() };
    assert!(quote(&Basket { delivery: by(&methods), buyer: member, ..basket(lines(), &[]) }).shipping.is_some());

    let unknown = Delivery { chosen: Some(id(9)), ..by(&methods) };
    assert_eq!(quote(&Basket { delivery: unknown, ..basket(lines(), &[]) }).shipping, None);
}

#[test]
fn a_gift_that_a_method_does_not_carry_excludes_it() {
    let methods = [ShippingMethod { excluded_products: vec![id(5)], ..method(1, 500) }];
    let gifts = vec![GiftSubject {
        variant: id(5),
        product: id(5),
        base: amount(100),
        tax: TaxPair::default(),
        weight_grams: 1,
        requires_shipping: true,
    }];
    let promotions = [promotion(7, Action::Gift { variant: id(5), quantity: 1 })];
    let basket = Basket { gifts, delivery: by(&methods), ..basket(vec![line(1, 1, 1000)], &promotions) };

    assert_eq!(quote(&basket).options[0].offer, Err(Ineligible::Product));
}
