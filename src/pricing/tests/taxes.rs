//! Tax in every mode, worked out by hand.

use iso_currency::Currency;

use crate::pricing::tests::shop::*;
use crate::pricing::*;

fn quoted(terms: Terms, lines: Vec<Line>) -> Quote {
    quote(&Basket { terms, ..basket(lines, &[]) })
}

fn by_group(terms: Terms) -> Terms {
    Terms { tax_rounding: TaxRounding::RateGroup, ..terms }
}

fn keep_net(terms: Terms) -> Terms {
    Terms { cross_border: CrossBorderPricing::KeepNet, ..terms }
}

#[test]
fn exclusive_tax_is_rounded_on_the_line() {
    // 3 × 33.33 = 99.99; 8.875 % are 8.87411, so 8.87; unit by unit it would have been 3 × 2.96 = 8.88.
    let quote = quoted(EXCLUSIVE, vec![taxed(line(1, 3, 3333), home("8.875"))]);

    assert_eq!(totals(&quote), [[9999, 887, 10_886]]);
    assert_eq!(quote.taxes, [TaxSummary { rate: percent("8.875"), net: amount(9999), tax: amount(887) }]);
    // For show: 33.33 with 8.875 % (2.958) are 36.29.
    assert_eq!(parts(quote.lines[0].unit_taxed), [3333, 296, 3629]);
}

#[test]
fn inclusive_tax_is_taken_out_of_the_line() {
    // 99.99 ÷ 1.077 = 92.8412: net 92.84, tax 7.15. One unit: 33.33 ÷ 1.077 = 30.9471, so 30.95 and 2.38.
    let quote = quoted(INCLUSIVE, vec![taxed(line(1, 3, 3333), home("7.7"))]);

    assert_eq!(totals(&quote), [[9284, 715, 9999]]);
    assert_eq!(parts(quote.lines[0].unit_taxed), [3095, 238, 3333]);
}

#[test]
fn tax_is_on_what_discounts_leave() {
    // 99.99 less 10 % (10.00) = 89.99. Exclusive 19 %: 17.0981, so 17.10. Inclusive: ÷ 1.19 = 75.6218, so 75.62 and 14.37.
    let promotions = [promotion(7, items(off("10"), all()))];
    for (terms, expected) in [(EXCLUSIVE, [8999, 1710, 10_709]), (INCLUSIVE, [7562, 1437, 8999])] {
        let lines = vec![taxed(line(1, 3, 3333), home("19"))];
        assert_eq!(totals(&quote(&Basket { terms, ..basket(lines, &promotions) })), [expected]);
    }
}

#[test]
fn halves_of_tax_are_rounded_up() {
    // 10 % of 0.05 are half a cent. 0.21 ÷ 1.05 = 0.2 exactly; 0.06 ÷ 1.2 = 0.05 exactly; 0.03 ÷ 1.2 = 0.025: 0.03 and no
    // tax.
    assert_eq!(totals(&quoted(EXCLUSIVE, vec![taxed(line(1, 1, 5), home("10"))])), [[5, 1, 6]]);
    assert_eq!(totals(&quoted(INCLUSIVE, vec![taxed(line(1, 1, 21), home("5"))])), [[20, 1, 21]]);
    assert_eq!(totals(&quoted(INCLUSIVE, vec![taxed(line(1, 1, 6), home("20"))])), [[5, 1, 6]]);
    assert_eq!(totals(&quoted(INCLUSIVE, vec![taxed(line(1, 1, 3), home("20"))])), [[3, 0, 3]]);
}

#[test]
fn each_rate_is_computed_once_where_the_channel_says_so() {
    // Three lines of 0.05 at 10 %: by line 3 × 0.01 = 0.03; at once 10 % of 0.15 = 0.015, so 0.02: ⅔ of a cent
    // each, and the first two lines get one.
    let lines = || (1..=3).map(|number| taxed(line(number, 1, 5), home("10"))).collect::<Vec<_>>();
    assert_eq!(totals(&quoted(EXCLUSIVE, lines())), [[5, 1, 6], [5, 1, 6], [5, 1, 6]]);

    let quote = quoted(by_group(EXCLUSIVE), lines());
    assert_eq!(totals(&quote), [[5, 1, 6], [5, 1, 6], [5, 0, 5]]);
    assert_eq!(quote.taxes, [TaxSummary { rate: percent("10"), net: amount(15), tax: amount(2) }]);
}

#[test]
fn rates_stay_apart_and_shipping_belongs_to_its_own() {
    // Inclusive, by rate. 19 %: 10.00 + 5.00 shipping = 15.00 ÷ 1.19 = 12.6050, so net 12.61, tax 2.39, spread by 10 : 5
    // as 1.5933 and 0.7966: 1.59 and 0.79, the cent that is left to 0.66 > 0.33, shipping. 7 %: 20.00 ÷ 1.07 = 18.6915,
    // so 18.69 and 1.31.
    let methods = [ShippingMethod { tax: home("19"), ..method(1, 500) }];
    let lines = vec![taxed(line(1, 1, 1000), home("19")), taxed(line(2, 1, 2000), home("7"))];
    let basket = Basket { terms: by_group(INCLUSIVE), delivery: by(&methods), ..basket(lines, &[]) };
    let quote = quote(&basket);

    assert_eq!(totals(&quote), [[841, 159, 1000], [1869, 131, 2000]]);
    let shipping = quote.shipping.unwrap();
    assert_eq!(parts(shipping.total), [420, 80, 500]);
    // The offer is taxed by itself: 5.00 ÷ 1.19 = 4.2017.
    assert_eq!(parts(quote.options[0].offer.unwrap().total), [420, 80, 500]);
    assert_eq!(
        quote.taxes,
        [
            TaxSummary { rate: percent("19"), net: amount(1261), tax: amount(239) },
            TaxSummary { rate: percent("7"), net: amount(1869), tax: amount(131) },
        ]
    );
    assert_eq!(parts(quote.total), [3130, 370, 3500]);
}

#[test]
fn abroad_the_shopper_pays_the_same_where_gross_is_kept() {
    // 119.00 with 19 % at home goes where 25 % hold: 119.00 ÷ 1.25 = 95.20, tax 23.80.
    let quote = quoted(INCLUSIVE, vec![taxed(line(1, 1, 11_900), abroad("19", "25"))]);

    assert_eq!((totals(&quote), quote.lines[0].rate), (vec![[9520, 2380, 11_900]], percent("25")));
}

#[test]
fn abroad_the_shop_keeps_the_same_where_net_is_kept() {
    // 119.00 × 1.25 ÷ 1.19 = 125.00, net 100.00.
    let quote = quoted(keep_net(INCLUSIVE), vec![taxed(line(1, 1, 11_900), abroad("19", "25"))]);
    assert_eq!(totals(&quote), [[10_000, 2500, 12_500]]);

    // 99.99 × 1.077 ÷ 1.19 = 90.4952, so 90.50; ÷ 1.077 = 84.0297, so 84.03 and 6.47. In one step: 0.09 × 1.077 ÷ 1.19 =
    // 0.0815, so 0.08, where a rounded net (0.0756, so 0.08) would give 0.09; ÷ 1.077 = 0.0743, so 0.07 and 0.01.
    let lines = vec![taxed(line(1, 3, 3333), abroad("19", "7.7")), taxed(line(2, 1, 9), abroad("19", "7.7"))];
    let quote = quoted(keep_net(INCLUSIVE), lines);
    assert_eq!(totals(&quote), [[8403, 647, 9050], [7, 1, 8]]);
    // The unit is shown so too: 33.33 × 1.077 ÷ 1.19 = 30.16505, so 30.17; ÷ 1.077 = 28.0130, so 28.01.
    assert_eq!(parts(quote.lines[0].unit_taxed), [2801, 216, 3017]);
}

#[test]
fn keeping_net_changes_nothing_where_rates_are_equal_or_prices_are_net() {
    let lines = || vec![taxed(line(1, 3, 3333), home("7.7"))];
    assert_eq!(quoted(keep_net(INCLUSIVE), lines()), quoted(INCLUSIVE, lines()));

    let lines = || vec![taxed(line(1, 3, 3333), abroad("19", "7.7"))];
    assert_eq!(quoted(keep_net(EXCLUSIVE), lines()), quoted(EXCLUSIVE, lines()));
    // 7.7 % of 99.99 are 7.69923.
    assert_eq!(totals(&quoted(EXCLUSIVE, lines())), [[9999, 770, 10_769]]);
}

#[test]
fn shipping_keeps_net_likewise() {
    // 5.95 × 1.25 ÷ 1.19 = 6.25, net 5.00.
    let methods = [ShippingMethod { tax: abroad("19", "25"), ..method(1, 595) }];
    let quote =
        quote(&Basket { terms: keep_net(INCLUSIVE), delivery: by(&methods), ..basket(vec![line(1, 1, 0)], &[]) });

    assert_eq!(parts(quote.shipping.unwrap().total), [500, 125, 625]);
    assert_eq!(parts(quote.options[0].offer.unwrap().total), [500, 125, 625]);
}

#[test]
fn who_is_exempt_pays_neither_tax_nor_what_inclusive_prices_hold_of_it() {
    // 119.00 ÷ 1.19 = 100.00, whatever the channel keeps; net prices just get no tax.
    let buyer = Buyer { is_tax_exempt: true, ..Buyer::default() };
    for terms in [INCLUSIVE, keep_net(INCLUSIVE), by_group(INCLUSIVE)] {
        let lines = vec![taxed(line(1, 1, 11_900), abroad("19", "25"))];
        let quote = quote(&Basket { terms, buyer: buyer.clone(), ..basket(lines, &[]) });
        assert_eq!((totals(&quote), quote.lines[0].rate), (vec![[10_000, 0, 10_000]], Rate::ZERO));
        assert_eq!(parts(quote.lines[0].unit_taxed), [10_000, 0, 10_000]);
        assert_eq!(quote.taxes, [TaxSummary { rate: Rate::ZERO, net: amount(10_000), tax: Amount::ZERO }]);
    }

    let lines = vec![taxed(line(1, 1, 11_900), abroad("19", "25"))];
    assert_eq!(totals(&quote(&Basket { buyer, ..basket(lines, &[]) })), [[11_900, 0, 11_900]]);
}

#[test]
fn tax_is_rounded_to_the_currencys_minor_unit() {
    // 10 % of ¥1,985 are 198.5: ¥199. 5 % of 1.250 dinars (1,250 fils) are 62.5: 0.063.
    for (currency, price, rate, tax) in [(Currency::JPY, 1985, "10", 199), (Currency::KWD, 1250, "5", 63)] {
        let basket = Basket { currency, ..basket(vec![taxed(line(1, 1, price), home(rate))], &[]) };
        assert_eq!(totals(&quote(&basket)), [[price, tax, price + tax]], "{currency:?}");
    }
}
