//! Unit prices: price lists and promotions of the catalogue.

use iso_currency::Currency;

use crate::clock::Timestamp;
use crate::pricing::tests::shop::*;
use crate::pricing::*;

fn listed(line: Line, prices: &[(u128, i64, i64)]) -> Line {
    let price = |(list, from_quantity, price): &(u128, i64, i64)| ListPrice {
        list: id(*list),
        from_quantity: *from_quantity,
        price: amount(*price),
    };
    Line { list_prices: prices.iter().map(price).collect(), ..line }
}

fn catalogue(number: u128, discount: ItemDiscount) -> Promotion {
    promotion(number, Action::Catalogue { discount, items: all() })
}

#[test]
fn of_the_list_prices_that_are_reached_the_lowest_holds() {
    // Six units reach the tiers from 1 (9.00) and from 5 (8.00), but not that from 10.
    let tiers = [(1, 1, 900), (1, 5, 800), (1, 10, 700)];
    let quote = quote(&basket(vec![listed(line(1, 6, 1000), &tiers)], &[]));

    assert_eq!((quote.lines[0].unit, quote.lines[0].base), (amount(800), amount(1000)));
    assert_eq!(quote.lines[0].price_list, Some(id(1)));
    assert_eq!(quote.subtotal, amount(4800));
}

#[test]
fn the_units_of_a_variant_are_counted_over_all_its_lines() {
    let tiers = [(1, 5, 800)];
    let lines =
        vec![listed(line(1, 3, 1000), &tiers), listed(line(1, 2, 1000), &tiers), listed(line(2, 4, 1000), &tiers)];
    let quote = quote(&basket(lines, &[]));

    let units = quote.lines.iter().map(|line| line.unit.minor()).collect::<Vec<_>>();
    assert_eq!(units, [800, 800, 1000]);
}

#[test]
fn a_price_list_fixes_a_price_above_the_channels_too() {
    let quote = quote(&basket(vec![listed(line(1, 1, 1000), &[(1, 1, 1200)])], &[]));

    assert_eq!((quote.lines[0].unit, quote.subtotal), (amount(1200), amount(1200)));
    assert_eq!(quote.promotions, []);
}

#[test]
fn a_catalogue_promotion_is_rounded_for_each_unit() {
    // 10 % of 33.33 is 3.333, so 3.33 off: 30.00 a unit, 90.00 for three. On the line it would have been 9.999.
    let promotions = [catalogue(7, off("10"))];
    let quote = quote(&basket(vec![line(1, 3, 3333)], &promotions));

    assert_eq!((quote.lines[0].unit, quote.subtotal), (amount(3000), amount(9000)));
    assert_eq!((quote.lines[0].catalogue, &*quote.lines[0].discounts), (Some(id(7)), &[][..]));
    // What it gave: (33.33 − 30.00) × 3.
    assert_eq!(
        quote.promotions,
        [PromotionEffect {
            promotion: id(7),
            items: amount(999),
            order: Amount::ZERO,
            shipping: Amount::ZERO,
            gifts: 0
        }]
    );
    assert_eq!(quote.discount, Amount::ZERO);
}

#[test]
fn the_discount_is_rounded_rather_than_the_price() {
    // Half of 0.05 is 0.025, and 0.03 off leave 0.02; rounding the price would leave 0.03.
    let quote = quote(&basket(vec![line(1, 1, 5)], &[catalogue(7, off("50"))]));

    assert_eq!(quote.lines[0].unit, amount(2));
}

#[test]
fn the_best_catalogue_promotion_holds_and_comes_after_the_price_list() {
    // From the list's 20.00: 10 % are 2.00, 1.50 are less, and down to 17.00 is most.
    let promotions = [
        catalogue(1, off("10")),
        catalogue(2, ItemDiscount::AmountEach(dollars(150))),
        catalogue(3, ItemDiscount::PriceEach(dollars(1700))),
    ];
    let quote = quote(&basket(vec![listed(line(1, 2, 2500), &[(1, 1, 2000)])], &promotions));

    assert_eq!((quote.lines[0].unit, quote.lines[0].catalogue), (amount(1700), Some(id(3))));
    assert_eq!(quote.promotions[0].items, amount(600));
}

#[test]
fn of_equal_catalogue_promotions_the_higher_priority_holds_then_the_older() {
    let lines = || vec![line(1, 1, 1000)];
    let equal = [catalogue(2, off("10")), catalogue(1, off("10")), catalogue(3, off("10"))];
    assert_eq!(quote(&basket(lines(), &equal)).lines[0].catalogue, Some(id(1)));

    let [a, b, c] = equal;
    let ranked = [a, b, Promotion { priority: 1, ..c }];
    assert_eq!(quote(&basket(lines(), &ranked)).lines[0].catalogue, Some(id(3)));
}

#[test]
fn a_catalogue_promotion_never_makes_dearer_nor_gives_more_than_the_price() {
    let promotions = [catalogue(1, ItemDiscount::PriceEach(dollars(2000)))];
    let dearer = quote(&basket(vec![line(1, 1, 1000)], &promotions));
    assert_eq!((dearer.lines[0].unit, dearer.lines[0].catalogue), (amount(1000), None));

    let promotions = [catalogue(1, ItemDiscount::AmountEach(dollars(2000)))];
    assert_eq!(quote(&basket(vec![line(1, 1, 1000)], &promotions)).lines[0].unit, Amount::ZERO);

    let promotions = [catalogue(1, ItemDiscount::AmountTogether(dollars(100)))];
    assert_eq!(quote(&basket(vec![line(1, 1, 1000)], &promotions)).lines[0].unit, amount(1000));
}

#[test]
fn a_catalogue_promotion_asks_filter_group_currency_and_dates() {
    let subject = line(1, 1, 1000).subject;
    let standpoint = Standpoint { groups: &[id(5)], currency: Currency::USD, at: WHEN };
    let price = |promotion: &Promotion| catalogue_price(amount(1000), &subject, [promotion], standpoint).unwrap();
    let holds = Some((id(1), amount(900)));
    let plain = catalogue(1, off("10"));
    let with = |conditions: Conditions| Promotion { conditions, ..plain.clone() };
    assert_eq!(price(&plain), holds);

    assert_eq!(price(&with(Conditions { items: products(&[1]), ..Conditions::default() })), holds);
    assert_eq!(price(&with(Conditions { items: products(&[2]), ..Conditions::default() })), None);
    assert_eq!(price(&with(Conditions { groups: vec![id(4), id(5)], ..Conditions::default() })), holds);
    assert_eq!(price(&with(Conditions { groups: vec![id(4)], ..Conditions::default() })), None);
    assert_eq!(price(&with(Conditions { currencies: vec![Currency::EUR], ..Conditions::default() })), None);
    // Neither quantity nor a first order are asked.
    let quantity = Span { from: Some(9), to: None };
    assert_eq!(price(&with(Conditions { quantity, is_first_order: true, ..Conditions::default() })), holds);

    let later = Timestamp::from_micros(WHEN.as_micros() + 1);
    assert_eq!(price(&Promotion { starts_at: Some(WHEN), ends_at: Some(later), ..plain.clone() }), holds);
    assert_eq!(price(&Promotion { starts_at: Some(later), ..plain.clone() }), None);
    assert_eq!(price(&Promotion { ends_at: Some(WHEN), ..plain }), None);
}

#[test]
fn a_filter_means_what_any_of_its_lists_names_but_for_the_exceptions() {
    let subject = Subject { variant: id(1), product: id(2), collections: vec![id(3), id(4)], choices: vec![id(5)] };
    let standpoint = Standpoint { groups: &[], currency: Currency::USD, at: WHEN };
    let means = |only: Named, except: Named| {
        let promotion = promotion(1, Action::Catalogue { discount: off("10"), items: Filter { only, except } });
        catalogue_price(amount(1000), &subject, [&promotion], standpoint).unwrap().is_some()
    };
    let none = Named::default;

    assert!(means(none(), none()));
    assert!(means(Named { products: vec![id(9), id(2)], ..none() }, none()));
    assert!(means(Named { products: vec![id(9)], collections: vec![id(4)], ..none() }, none()));
    assert!(means(Named { choices: vec![id(7), id(5), id(6)], ..none() }, none()));
    assert!(!means(Named { variants: vec![id(2)], ..none() }, none()));
    assert!(!means(none(), Named { variants: vec![id(1)], ..none() }));
    assert!(!means(Named { products: vec![id(2)], ..none() }, Named { collections: vec![id(3)], ..none() }));
}
