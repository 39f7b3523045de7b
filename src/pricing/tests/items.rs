//! Promotions of items, one after the other.

use iso_currency::Currency;

use crate::pricing::tests::shop::*;
use crate::pricing::*;

#[test]
fn a_percentage_is_rounded_once_on_the_line() {
    // 3 × 33.33 = 99.99; 10 % are 9.999, so 10.00 off and 89.99 left.
    let quote = quote(&basket(vec![line(1, 3, 3333)], &[promotion(7, items(off("10"), all()))]));

    assert_eq!((losses(&quote), totals(&quote)), (vec![1000], vec![[8999, 0, 8999]]));
    assert_eq!(quote.lines[0].unit, amount(3333));
}

#[test]
fn halves_are_rounded_away_from_zero() {
    // 10 % of 0.05 are 0.005: 0.01 off. 10 % of 0.04 are 0.004: nothing off, and so no effect on that line.
    let promotions = [promotion(7, items(off("10"), all()))];
    let quote = quote(&basket(vec![line(1, 1, 5), line(2, 1, 4)], &promotions));

    assert_eq!(losses(&quote), [1, 0]);
    assert_eq!(quote.promotions[0].items, amount(1));
}

#[test]
fn promotions_go_by_priority_each_on_what_is_left() {
    // 100.00: 5.00 off first leaves 95.00, of which 10 % are 9.50. The other way round it would be 10.00 and 5.00.
    let first = Promotion { priority: 2, ..promotion(9, items(ItemDiscount::AmountEach(dollars(500)), all())) };
    let promotions = [promotion(1, items(off("10"), all())), first];
    let quote = quote(&basket(vec![line(1, 1, 10_000)], &promotions));

    let discounts = quote.lines[0].discounts.iter().map(|discount| (discount.promotion, discount.amount.minor()));
    assert_eq!(discounts.collect::<Vec<_>>(), [(id(9), 500), (id(1), 950)]);
    assert_eq!(quote.discount, amount(1450));
}

#[test]
fn an_amount_each_is_taken_off_every_unit_but_no_more_than_there_is() {
    // 3 × 2.00 off 3 × 5.00 leaves 9.00; 2 × 2.00 off 2 × 1.50 takes the 3.00 that there are.
    let promotions = [promotion(7, items(ItemDiscount::AmountEach(dollars(200)), all()))];
    let quote = quote(&basket(vec![line(1, 3, 500), line(2, 2, 150)], &promotions));

    assert_eq!(losses(&quote), [600, 300]);
}

#[test]
fn a_price_each_takes_off_what_units_cost_above_it() {
    // Down to 4.00: 3 × 1.00 off the first; the second is cheaper already.
    let promotions = [promotion(7, items(ItemDiscount::PriceEach(dollars(400)), all()))];
    let quote = quote(&basket(vec![line(1, 3, 500), line(2, 2, 150)], &promotions));

    assert_eq!(losses(&quote), [300, 0]);
}

#[test]
fn an_amount_together_is_spread_over_the_lines_that_are_meant() {
    // 10.00 over 20.00, 10.00 and 3.00 of 33.00 are 606 2/33, 303 1/33 and 90 30/33 cents; the cent that rounding down
    // leaves over goes to the last.
    let promotions = [promotion(7, items(ItemDiscount::AmountTogether(dollars(1000)), products(&[1, 2, 3])))];
    let lines = || vec![line(1, 2, 1000), line(4, 1, 5000), line(2, 1, 1000), line(3, 3, 100)];
    assert_eq!(losses(&quote(&basket(lines(), &promotions))), [606, 0, 303, 91]);

    // No more than there is.
    let promotions = [promotion(7, items(ItemDiscount::AmountTogether(dollars(9000)), products(&[1, 2, 3])))];
    assert_eq!(losses(&quote(&basket(lines(), &promotions))), [2000, 0, 1000, 300]);
}

fn units(discount: ItemDiscount, pick: Pick, units: i64) -> Action {
    Action::Units { discount, items: all(), pick, units }
}

#[test]
fn so_many_of_the_cheapest_or_dearest_units_become_cheaper() {
    // The units cost 5.00, 5.00, 3.00, 8.00. The three cheapest: 3.00, then both of 5.00.
    let lines = || vec![line(1, 2, 500), line(2, 1, 300), line(3, 1, 800)];
    let cheapest = [promotion(7, units(off("50"), Pick::Cheapest, 3))];
    assert_eq!(losses(&quote(&basket(lines(), &cheapest))), [500, 150, 0]);

    // The two dearest: 8.00 and one of 5.00.
    let dearest = [promotion(7, units(off("50"), Pick::Dearest, 2))];
    assert_eq!(losses(&quote(&basket(lines(), &dearest))), [250, 0, 400]);

    // More than there are.
    let many = [promotion(7, units(off("100"), Pick::Dearest, 99))];
    assert_eq!(losses(&quote(&basket(lines(), &many))), [1000, 300, 800]);
}

#[test]
fn of_units_that_cost_the_same_those_of_the_earlier_line_are_taken() {
    for pick in [Pick::Cheapest, Pick::Dearest] {
        let promotions = [promotion(7, units(off("100"), pick, 1))];
        assert_eq!(losses(&quote(&basket(vec![line(1, 1, 500), line(2, 5, 500)], &promotions))), [500, 0]);
    }
}

#[test]
fn units_of_a_part_of_a_line_are_rounded_once_with_the_discount() {
    // 0.01 off 3 × 3.33 = 9.99 first leaves 9.98. Two of the three units cost 6.65⅓, of which half is 3.32⅔: 3.33 off.
    // One costs 3.32⅔, of which 75 % are 2.495: 2.50 off. Of two 15 % are 0.998: 1.00 off.
    let cent = Promotion { priority: 1, ..promotion(1, items(ItemDiscount::AmountTogether(dollars(1)), all())) };
    for (rate, count, expected) in [("50", 2, 333), ("75", 1, 250), ("15", 2, 100)] {
        let promotions = [cent.clone(), promotion(7, units(off(rate), Pick::Cheapest, count))];
        assert_eq!(losses(&quote(&basket(vec![line(1, 3, 333)], &promotions))), [1 + expected], "{rate} %");
    }
    // 0.05 left of three units: one costs 1⅔ cents, of which 30 % are half a cent: 0.01 off. Two cost 3⅓, of which 45 %
    // are 1.5: 0.02 off, where rounding the units first (3 cents) would give 1.35 and so 0.01.
    for (rate, count, expected) in [("30", 1, 1), ("45", 2, 2)] {
        let promotions = [cent.clone(), promotion(7, units(off(rate), Pick::Cheapest, count))];
        assert_eq!(losses(&quote(&basket(vec![line(1, 3, 2)], &promotions))), [1 + expected], "{rate} %");
    }
}

#[test]
fn parts_of_lines_lose_no_more_than_their_units_cost() {
    // 9.98 left of three: one unit costs 3.32⅔. 4.00 off takes its 3.33, and 3.00 leaves 0.32⅔, so 0.33 above it.
    let cent = Promotion { priority: 1, ..promotion(1, items(ItemDiscount::AmountTogether(dollars(1)), all())) };
    let table = [
        (ItemDiscount::AmountEach(dollars(400)), 333),
        (ItemDiscount::AmountEach(dollars(300)), 300),
        (ItemDiscount::PriceEach(dollars(300)), 33),
        (ItemDiscount::AmountTogether(dollars(400)), 333),
    ];
    for (discount, expected) in table {
        let promotions = [cent.clone(), promotion(7, units(discount, Pick::Dearest, 1))];
        assert_eq!(losses(&quote(&basket(vec![line(1, 3, 333)], &promotions))), [1 + expected]);
    }
}

fn buy_get(buy: (Filter, i64), get: (Filter, i64), most_batches: Option<i64>) -> Action {
    let ((buy, buy_units), (get, get_units)) = (buy, get);
    Action::BuyGet { buy, buy_units, get, get_units, discount: off("100"), pick: Pick::Cheapest, most_batches }
}

#[test]
fn three_for_two_frees_the_cheapest_of_each_complete_batch() {
    // Seven units, batches of three: two are complete, and the two cheapest units (1.00 and 2.00) are free.
    let lines = || vec![line(1, 5, 1000), line(2, 1, 200), line(3, 1, 100)];
    let promotions = [promotion(7, buy_get((all(), 2), (all(), 1), None))];
    assert_eq!(losses(&quote(&basket(lines(), &promotions))), [0, 200, 100]);

    let once = [promotion(7, buy_get((all(), 2), (all(), 1), Some(1)))];
    assert_eq!(losses(&quote(&basket(lines(), &once))), [0, 0, 100]);
    assert_eq!(quote(&basket(vec![line(1, 2, 1000)], &promotions)).promotions, []);
}

#[test]
fn who_buys_one_kind_gets_another() {
    // Buy two of product 1, get one of product 2: five of the first make two batches, but there is only one to get.
    let promotions = [promotion(7, buy_get((products(&[1]), 2), (products(&[2]), 1), None))];
    let quote_of = |bought, got| quote(&basket(vec![line(1, bought, 1000), line(2, got, 300)], &promotions));

    assert_eq!(losses(&quote_of(5, 1)), [0, 300]);
    assert_eq!(losses(&quote_of(5, 9)), [0, 600]);
    assert_eq!(losses(&quote_of(1, 9)), [0, 0]);
}

#[test]
fn no_unit_is_bought_and_got_at_once() {
    // Buy 2 of {1, 2}, get 1 of {2, 3}. One unit of 1, three of 2, one of 3: five units, a batch takes three of them, so
    // one batch. It needs one unit of 2 for buying; any other may be free, the cheapest is the 1.00 of product 2.
    let lines = vec![line(1, 1, 1000), line(2, 3, 100), line(3, 1, 500)];
    let promotions = [promotion(7, buy_get((products(&[1, 2]), 2), (products(&[2, 3]), 1), None))];
    assert_eq!(losses(&quote(&basket(lines, &promotions))), [0, 100, 0]);

    // One unit of each, the only way is to buy 1 and 2 and to get 3, although 2 is cheaper.
    let lines = vec![line(1, 1, 1000), line(2, 1, 100), line(3, 1, 500)];
    assert_eq!(losses(&quote(&basket(lines, &promotions))), [0, 0, 500]);
}

#[test]
fn the_dearest_can_be_freed_as_well() {
    let action = Action::BuyGet {
        buy: all(),
        buy_units: 1,
        get: all(),
        get_units: 1,
        discount: off("50"),
        pick: Pick::Dearest,
        most_batches: None,
    };
    // Four units, two batches: half of 10.00 and half of 8.00.
    let quote = quote(&basket(vec![line(1, 1, 800), line(2, 1, 1000), line(3, 2, 100)], &[promotion(7, action)]));

    assert_eq!(losses(&quote), [400, 500, 0]);
}

#[test]
fn conditions_count_and_add_up_what_their_filter_names() {
    let gives = |conditions: Conditions, lines: Vec<Line>| {
        let promotion = Promotion { conditions, ..promotion(7, items(off("10"), products(&[2]))) };
        !quote(&basket(lines, &[promotion])).promotions.is_empty()
    };
    let lines = || vec![line(1, 2, 1000), line(2, 1, 500)];
    let of_one = || Conditions { items: products(&[1]), ..Conditions::default() };
    let from = |from| Span { from: Some(from), to: None };

    assert!(gives(of_one(), lines()));
    assert!(!gives(Conditions { items: products(&[3]), ..Conditions::default() }, lines()));
    assert!(gives(Conditions { quantity: from(2), ..of_one() }, lines()));
    assert!(!gives(Conditions { quantity: from(3), ..of_one() }, lines()));
    assert!(gives(Conditions { quantity: from(3), ..Conditions::default() }, lines()));
    assert!(!gives(Conditions { quantity: Span { from: None, to: Some(2) }, ..Conditions::default() }, lines()));
    assert!(gives(Conditions { subtotal_from: Some(dollars(2000)), ..of_one() }, lines()));
    assert!(!gives(Conditions { subtotal_from: Some(dollars(2001)), ..of_one() }, lines()));
    assert!(gives(Conditions { subtotal_to: Some(dollars(2000)), ..of_one() }, lines()));
    assert!(!gives(Conditions { subtotal_to: Some(dollars(1999)), ..of_one() }, lines()));
    assert!(!gives(Conditions { subtotal_from: Some(Amounts::one(Currency::EUR, amount(1))), ..of_one() }, lines()));
    assert!(!gives(Conditions { is_first_order: true, ..of_one() }, lines()));
}

#[test]
fn a_condition_looks_at_what_the_steps_before_left() {
    // 100.00 less 10 % is 90.00, which no longer reaches 95.00.
    let big = Conditions { subtotal_from: Some(dollars(9500)), ..Conditions::default() };
    let second = Promotion { conditions: big, ..promotion(2, items(off("5"), all())) };
    let promotions = [Promotion { priority: 1, ..promotion(1, items(off("10"), all())) }, second];
    let quote = quote(&basket(vec![line(1, 1, 10_000)], &promotions));

    assert_eq!(losses(&quote), [1000]);
    assert_eq!(quote.promotions.len(), 1);
}

#[test]
fn an_amount_that_lacks_the_currency_gives_nothing() {
    let euros = Amounts::one(Currency::EUR, amount(100));
    for discount in [ItemDiscount::AmountEach(euros.clone()), ItemDiscount::PriceEach(euros)] {
        assert_eq!(quote(&basket(vec![line(1, 1, 1000)], &[promotion(7, items(discount, all()))])).promotions, []);
    }
}

#[test]
fn currencies_of_other_magnitudes_are_rounded_to_their_own_minor_unit() {
    // 8 % of ¥1,980 are 158.4: ¥158. 12.5 % of 1.005 dinars (1,005 fils) are 125.625: 0.126.
    let table = [(Currency::JPY, 1980, "8", 158), (Currency::KWD, 1005, "12.5", 126)];
    for (currency, price, rate, expected) in table {
        let promotions = [promotion(7, items(off(rate), all()))];
        let basket = Basket { currency, ..basket(vec![line(1, 1, price)], &promotions) };
        assert_eq!(losses(&quote(&basket)), [expected], "{currency:?}");
    }
}
