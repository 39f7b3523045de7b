//! Which promotions apply beside which.

use crate::pricing::tests::shop::*;
use crate::pricing::*;

/// The promotions that give something to 100.00 of product 1 and 50.00 of product 2.
fn given(promotions: &[Promotion]) -> Vec<u128> {
    let methods = [method(1, 1000)];
    let lines = vec![line(1, 1, 10_000), line(2, 1, 5000)];
    let quote = quote(&Basket { delivery: by(&methods), gifts: vec![present()], ..basket(lines, promotions) });
    quote.promotions.iter().map(|effect| effect.promotion.uuid().as_u128()).collect()
}

fn present() -> GiftSubject {
    GiftSubject {
        variant: id(5),
        product: id(5),
        base: amount(2000),
        tax: TaxPair::default(),
        weight_grams: 1,
        requires_shipping: false,
    }
}

fn lines(number: u128, rate: &str) -> Promotion {
    promotion(number, items(off(rate), all()))
}

fn whole(number: u128, rate: &str) -> Promotion {
    promotion(number, order(rate))
}

fn shipping(number: u128, rate: &str) -> Promotion {
    let discount = ShippingDiscount::Percentage(percent(rate));
    promotion(number, Action::Shipping { discount, methods: Vec::new() })
}

fn gift(number: u128) -> Promotion {
    promotion(number, Action::Gift { variant: id(5), quantity: 1 })
}

#[test]
fn all_that_stack_apply_together() {
    assert_eq!(given(&[whole(3, "5"), lines(1, "10"), lines(2, "10"), shipping(4, "50")]), [1, 2, 3, 4]);
}

#[test]
fn one_that_is_exclusive_in_its_class_applies_where_it_is_better_than_the_others_together() {
    // 10 % and 10 % of 150.00 are 15.00 + 13.50 = 28.50: 18 % (27.00) is less, 20 % (30.00) is more.
    assert_eq!(given(&[lines(1, "10"), lines(2, "10"), alone_in_class(lines(3, "18"))]), [1, 2]);
    assert_eq!(given(&[lines(1, "10"), lines(2, "10"), alone_in_class(lines(3, "20"))]), [3]);
    // 19 % are 28.50 too: the exclusive one wins.
    assert_eq!(given(&[lines(1, "10"), lines(2, "10"), alone_in_class(lines(3, "19"))]), [3]);
}

#[test]
fn what_is_exclusive_in_one_class_leaves_the_others_alone() {
    assert_eq!(given(&[alone_in_class(lines(1, "10")), lines(2, "5"), whole(3, "5"), shipping(4, "50")]), [1, 3, 4]);
}

#[test]
fn of_two_that_are_exclusive_the_better_applies_then_the_higher_priority_then_the_older() {
    let [a, b] = [alone_in_class(lines(1, "10")), alone_in_class(lines(2, "20"))];
    assert_eq!(given(&[a, b]), [2]);

    let [a, b] = [alone_in_class(lines(1, "10")), alone_in_class(lines(2, "10"))];
    assert_eq!(given(&[b.clone(), a.clone()]), [1]);
    assert_eq!(given(&[a, Promotion { priority: 1, ..b }]), [2]);
}

#[test]
fn an_exclusive_one_stands_against_all_others_together() {
    // 10 % of 150.00 (15.00), 5 % of 135.00 (6.75) and half of 10.00 (5.00) are 26.75. Alone: 17 % are 25.50, 18 % 27.00.
    let others = [lines(1, "10"), whole(2, "5"), shipping(3, "50")];
    let with = |promotion: Promotion| given(&[others[0].clone(), others[1].clone(), others[2].clone(), promotion]);

    assert_eq!(with(alone(lines(4, "17"))), [1, 2, 3]);
    assert_eq!(with(alone(lines(4, "18"))), [4]);
    assert_eq!(with(alone(whole(4, "18"))), [4]);
    // Free delivery is 10.00.
    assert_eq!(with(alone(shipping(4, "100"))), [1, 2, 3]);
    assert_eq!(given(&[lines(1, "6"), alone(shipping(4, "100"))]), [4]);
}

#[test]
fn an_exclusive_one_counts_only_if_it_applies() {
    let unreachable = Conditions { subtotal_from: Some(dollars(99_999)), ..Conditions::default() };
    for exclusive in [alone, alone_in_class] {
        let never = Promotion { conditions: unreachable.clone(), ..exclusive(lines(1, "50")) };
        assert_eq!(given(&[never, lines(2, "10")]), [2]);
    }
    // Nor where it is open, but gives nothing, even if the others do not either.
    assert_eq!(given(&[alone(lines(1, "0")), lines(2, "10")]), [2]);
}

#[test]
fn gifts_are_worth_their_base_price() {
    // The gift is worth 20.00: more than 13 % of 150.00 (19.50), less than 14 % (21.00).
    assert_eq!(given(&[alone_in_class(gift(1)), whole(2, "13")]), [1]);
    assert_eq!(given(&[alone_in_class(gift(1)), whole(2, "14")]), [2]);
    assert_eq!(given(&[alone(gift(1)), lines(2, "13")]), [1]);
    assert_eq!(given(&[alone(gift(1)), lines(2, "14")]), [2]);
}

#[test]
fn promotions_of_the_catalogue_stand_apart() {
    let catalogue = |number| promotion(number, Action::Catalogue { discount: off("10"), items: all() });

    assert_eq!(given(&[catalogue(1), alone(lines(2, "10")), lines(3, "5")]), [1, 2]);
    assert_eq!(given(&[alone(catalogue(1)), lines(3, "5")]), [1, 3]);
}

#[test]
fn an_option_costs_what_it_would_if_it_were_chosen() {
    // Free delivery alone, against 6.00 off the lines: it wins for the 10.00 of the second method, not for the 5.00 of
    // the first, which keeps its price.
    let methods = [method(1, 500), method(2, 1000)];
    let six = promotion(1, items(ItemDiscount::AmountTogether(dollars(600)), all()));
    let promotions = [six, alone(shipping(2, "100"))];
    let lines = || vec![line(1, 1, 10_000)];

    let chosen = |chosen: u128| {
        let delivery = Delivery { chosen: Some(id(chosen)), ..by(&methods) };
        quote(&Basket { delivery, ..basket(lines(), &promotions) })
    };
    for quote in [chosen(1), chosen(2)] {
        let offers = quote.options.iter().map(|option| option.offer.unwrap().total.gross.minor());
        assert_eq!(offers.collect::<Vec<_>>(), [500, 0]);
    }
    assert_eq!(chosen(1).total.gross, amount(9400 + 500));
    assert_eq!(chosen(2).total.gross, amount(10_000));
}
