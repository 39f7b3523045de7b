//! Promotions of the order, gifts and gift cards.

use iso_currency::Currency;

use crate::pricing::tests::shop::*;
use crate::pricing::*;

#[test]
fn an_order_promotion_is_rounded_once_on_the_sum_and_spread() {
    // Three lines of 0.15 are 0.45; 10 % are 0.045, so 0.05 off (line by line it would have been 3 × 0.02). Each line's
    // share is 1⅔ cents: one each, and the two that are left go to the first two.
    let quote = quote(&basket(vec![line(1, 1, 15), line(2, 1, 15), line(3, 1, 15)], &[promotion(7, order("10"))]));

    assert_eq!((losses(&quote), quote.discount), (vec![2, 2, 1], amount(5)));
    assert!(quote.lines.iter().all(|line| line.discounts[0].is_of_order));
    assert_eq!((quote.promotions[0].order, quote.promotions[0].items), (amount(5), Amount::ZERO));
}

#[test]
fn order_promotions_come_after_those_of_items_whatever_their_priority() {
    // 100.00 and 50.00: half of the second leaves 125.00, of which 10 % are 12.50: 10.00 and 2.50.
    let first = Promotion { priority: 9, ..promotion(1, order("10")) };
    let promotions = [first, promotion(2, items(off("50"), products(&[2])))];
    let quote = quote(&basket(vec![line(1, 1, 10_000), line(2, 1, 5000)], &promotions));

    assert_eq!(losses(&quote), [1000, 2500 + 250]);
    let order = quote.promotions.iter().map(|effect| effect.promotion).collect::<Vec<_>>();
    assert_eq!(order, [id(2), id(1)]);
}

#[test]
fn an_order_promotion_works_on_what_earlier_ones_left() {
    // 100.00 − 20.00 = 80.00, of which 10 % are 8.00; by the older first it would be 10.00 and 20.00.
    let promotions = [promotion(1, order("10")), Promotion { priority: 1, ..promotion(2, order_amount(2000)) }];
    assert_eq!(quote(&basket(vec![line(1, 1, 10_000)], &promotions)).discount, amount(2800));
}

#[test]
fn an_order_promotion_takes_no_more_than_there_is_and_nothing_off_shipping() {
    let methods = [method(1, 500)];
    let promotions = [promotion(7, order_amount(10_000))];
    let basket = Basket { delivery: by(&methods), ..basket(vec![line(1, 1, 1000), line(2, 2, 100)], &promotions) };
    let quote = quote(&basket);

    assert_eq!((losses(&quote), quote.total.gross), (vec![1000, 200], amount(500)));
}

#[test]
fn a_line_that_costs_nothing_takes_no_part_of_an_order_promotion() {
    let quote = quote(&basket(vec![line(1, 1, 0), line(2, 1, 3), line(3, 1, 3)], &[promotion(7, order_amount(1))]));

    assert_eq!(losses(&quote), [0, 1, 0]);
}

fn gift(number: u128, quantity: i64) -> Action {
    Action::Gift { variant: id(number), quantity }
}

fn subject(number: u128, base: i64) -> GiftSubject {
    GiftSubject {
        variant: id(number),
        product: id(number),
        base: amount(base),
        tax: home("19"),
        weight_grams: 1000,
        requires_shipping: true,
    }
}

#[test]
fn a_gift_is_a_line_of_its_own_that_costs_nothing() {
    let promotions = [promotion(7, gift(5, 2))];
    let basket = Basket { gifts: vec![subject(5, 900)], ..basket(vec![line(1, 1, 1000)], &promotions) };
    let quote = quote(&basket);

    let given = &quote.lines[1];
    assert_eq!((given.variant, given.quantity, given.gift_of), (id(5), 2, Some(id(7))));
    assert_eq!((given.base, given.unit, given.total), (amount(900), Amount::ZERO, Taxed::default()));
    assert_eq!((given.rate, quote.total.gross), (percent("19"), amount(1000)));
    assert_eq!((quote.promotions[0].gifts, quote.promotions[0].items), (2, Amount::ZERO));
    // The rate of a gift taxes nothing and is not in the summary.
    assert_eq!(quote.taxes.len(), 1);
}

#[test]
fn a_gift_that_is_not_to_be_had_is_not_given() {
    let promotions = [promotion(7, gift(5, 1))];
    assert_eq!(quote(&basket(vec![line(1, 1, 1000)], &promotions)).lines.len(), 1);

    let nothing = Basket { gifts: vec![subject(5, 900)], ..basket(Vec::new(), &promotions) };
    assert_eq!(quote(&nothing).lines, []);
}

#[test]
fn a_gifts_condition_looks_at_the_lines_after_order_promotions() {
    let from = |minor| Conditions { subtotal_from: Some(dollars(minor)), ..Conditions::default() };
    let gifts_from = |minor| {
        let promotions =
            [promotion(1, order("10")), Promotion { conditions: from(minor), priority: 9, ..promotion(7, gift(5, 1)) }];
        let basket = Basket { gifts: vec![subject(5, 900)], ..basket(vec![line(1, 1, 10_000)], &promotions) };
        quote(&basket).lines.len() - 1
    };

    assert_eq!([gifts_from(9000), gifts_from(9001)], [1, 0]);
}

#[test]
fn gifts_do_not_count_for_conditions_but_weigh() {
    // One unit of 100 g at 10.00 and a gift of 1000 g: 1100 g go, but one unit and 10.00 count.
    let step = |from, price| RateStep { from, price: amount(price) };
    let rates = |rates| ShippingMethod { rates, ..method(1, 0) };
    let promotions = [promotion(7, gift(5, 1))];
    let price = |rates_of| {
        let methods = [rates(rates_of)];
        let basket = basket(vec![line(1, 1, 1000)], &promotions);
        let basket = Basket { gifts: vec![subject(5, 900)], delivery: by(&methods), ..basket };
        quote(&basket).shipping.unwrap().price.minor()
    };

    assert_eq!(price(RateTable::ByWeight(vec![step(0, 100), step(1100, 200), step(1101, 300)])), 200);
    assert_eq!(price(RateTable::ByQuantity(vec![step(0, 100), step(2, 200)])), 100);
    assert_eq!(price(RateTable::ByPrice(vec![step(0, 100), step(1001, 200)])), 100);
}

#[test]
fn gift_cards_pay_one_after_the_other() {
    // 25.00 are due: 10.00, then 15.00 of the 20.00, then nothing.
    let card = |number, balance| GiftCard { id: id(number), balance: amount(balance) };
    let gift_cards = vec![card(1, 1000), card(2, 2000), card(3, 500)];
    let paid = quote(&Basket { gift_cards: gift_cards.clone(), ..basket(vec![line(1, 1, 2500)], &[]) });
    assert_eq!(paid.gift_cards, [(id(1), amount(1000)), (id(2), amount(1500)), (id(3), Amount::ZERO)]);
    assert_eq!((paid.due, paid.total.gross), (Amount::ZERO, amount(2500)));

    let more = quote(&Basket { gift_cards, ..basket(vec![line(1, 1, 4000)], &[]) });
    assert_eq!(more.due, amount(500));
}

#[test]
fn a_promotion_that_is_named_twice_applies_once() {
    let promotion = promotion(7, order("10"));
    let basket = Basket { promotions: vec![&promotion, &promotion], ..basket(vec![line(1, 1, 1000)], &[]) };

    assert_eq!(quote(&basket).discount, amount(100));
}

#[test]
fn an_empty_basket_costs_nothing() {
    let methods = [method(1, 500)];
    let promotions = [promotion(7, order("10")), promotion(8, items(off("10"), all()))];
    let empty = Basket { delivery: by(&methods), currency: Currency::JPY, ..basket(Vec::new(), &promotions) };
    let quote = quote(&empty);

    assert_eq!((quote.total, quote.due, quote.shipping), (Taxed::default(), Amount::ZERO, None));
    assert_eq!(quote.options, [ShippingOption { method: id(1), offer: Err(Ineligible::Nothing) }]);
}

#[test]
fn sums_that_cannot_be_told_are_refused() {
    let too_large = |lines| basket(lines, &[]).quote().unwrap_err();
    assert_eq!(too_large(vec![line(1, 2, i64::MAX)]), TooLarge);
    assert_eq!(too_large(vec![line(1, 1, i64::MAX), line(2, 1, 1)]), TooLarge);
    assert_eq!(too_large(vec![taxed(line(1, 1, i64::MAX), home("19"))]), TooLarge);

    // Half of it can be told: 2^63 − 1 is odd, so the half that goes is rounded up.
    let half = quote(&basket(vec![line(1, 1, i64::MAX)], &[promotion(7, order("50"))]));
    assert_eq!(half.total.gross, amount(i64::MAX / 2));
}
