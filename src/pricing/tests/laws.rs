//! What holds for every basket.

use std::collections::HashMap;

use proptest::prelude::*;

use crate::id::PromotionId;
use crate::pricing::tests::random::*;
use crate::pricing::tests::shop::*;
use crate::pricing::*;

const MILLION: i128 = 1_000_000;

/// What discounts leave of a line, in the channel's mode.
fn left(line: &QuotedLine) -> i128 {
    let off = line.discounts.iter().map(|discount| i128::from(discount.amount.minor())).sum::<i128>();
    i128::from(line.unit.minor()) * i128::from(line.quantity) - off
}

/// Whether a tax is the nearest whole number to the exact one.
fn is_nearest(terms: Terms, rate: Rate, net: Amount, tax: Amount) -> bool {
    let (net, tax, rate) = (i128::from(net.minor()), i128::from(tax.minor()), i128::from(rate.millionths()));
    if terms.prices_include_tax {
        2 * (net * (MILLION + rate) - (net + tax) * MILLION).abs() <= MILLION + rate
    } else {
        2 * (tax * MILLION - net * rate).abs() <= MILLION
    }
}

/// What a quote gives, gifts at their base price.
fn worth(quote: &Quote) -> i128 {
    let shipping = quote.shipping.iter().flat_map(|shipping| &shipping.discounts);
    let shipping = shipping.map(|discount| i128::from(discount.amount.minor())).sum::<i128>();
    let gifts = quote.lines.iter().filter(|line| line.gift_of.is_some());
    let gifts = gifts.map(|line| i128::from(line.base.minor()) * i128::from(line.quantity)).sum::<i128>();
    i128::from(quote.discount.minor()) + shipping + gifts
}

fn class(promotion: &Promotion) -> Option<u8> {
    match promotion.action {
        Action::Catalogue { .. } => None,
        Action::Items { .. } | Action::Units { .. } | Action::BuyGet { .. } => Some(1),
        Action::Order { .. } | Action::Gift { .. } => Some(2),
        Action::Shipping { .. } => Some(3),
    }
}

proptest! {
    #[test]
    fn the_invariants_hold_for_every_quote(recipe in recipe()) {
        let basket = recipe.basket();

        let quote = basket.quote().unwrap();

        prop_assert_eq!(quote.check(), Ok(()));
        prop_assert_eq!(basket.quote().unwrap(), quote);
    }

    #[test]
    fn a_line_costs_its_units_less_its_discounts_and_never_less_than_nothing(recipe in recipe()) {
        let quote = recipe.basket().quote().unwrap();

        for (line, bought) in quote.lines.iter().zip(&recipe.lines) {
            let left = left(line);
            prop_assert!(left >= 0 && line.total.net >= Amount::ZERO && line.total.tax >= Amount::ZERO);
            let keeps_gross = recipe.terms.cross_border == CrossBorderPricing::KeepGross;
            let is_kept = keeps_gross || bought.tax.home == bought.tax.zone;
            if !recipe.terms.prices_include_tax {
                prop_assert_eq!(left, i128::from(line.total.net.minor()));
            } else if is_kept && !recipe.buyer.is_tax_exempt {
                prop_assert_eq!(left, i128::from(line.total.gross.minor()));
            }
        }
    }

    #[test]
    fn tax_is_rounded_once_where_the_channel_says(recipe in recipe()) {
        let quote = recipe.basket().quote().unwrap();

        if recipe.terms.tax_rounding == TaxRounding::RateGroup {
            for tax in &quote.taxes {
                prop_assert!(is_nearest(recipe.terms, tax.rate, tax.net, tax.tax), "{:?}", tax);
            }
        } else {
            for line in &quote.lines {
                prop_assert!(is_nearest(recipe.terms, line.rate, line.total.net, line.total.tax), "{:?}", line);
            }
        }
        for option in quote.options.iter().filter_map(|option| Some((option.method, option.offer.ok()?))) {
            let method = recipe.methods.iter().find(|method| method.id == option.0).unwrap();
            let rate = if recipe.buyer.is_tax_exempt { Rate::ZERO } else { method.tax.zone };
            prop_assert!(is_nearest(recipe.terms, rate, option.1.total.net, option.1.total.tax), "{:?}", option);
        }
    }

    #[test]
    fn amounts_of_any_size_are_told_exactly_or_refused(recipe in huge_recipe()) {
        if let Ok(quote) = recipe.basket().quote() {
            prop_assert_eq!(quote.check(), Ok(()));
            prop_assert!(quote.lines.iter().all(|line| left(line) >= 0));
        }
    }

    #[test]
    fn each_promotion_gave_what_its_parts_add_up_to(recipe in recipe()) {
        let quote = recipe.basket().quote().unwrap();

        let mut given = HashMap::<PromotionId, [i128; 4]>::new();
        for line in &quote.lines {
            for discount in &line.discounts {
                let place = usize::from(discount.is_of_order);
                given.entry(discount.promotion).or_default()[place] += i128::from(discount.amount.minor());
            }
            if let Some(promotion) = line.gift_of {
                given.entry(promotion).or_default()[3] += i128::from(line.quantity);
            }
            if let (Some(promotion), None) = (line.catalogue, line.price_list) {
                let off = i128::from(line.base.minor() - line.unit.minor()) * i128::from(line.quantity);
                given.entry(promotion).or_default()[0] += off;
            }
        }
        for discount in quote.shipping.iter().flat_map(|shipping| &shipping.discounts) {
            given.entry(discount.promotion).or_default()[2] += i128::from(discount.amount.minor());
        }
        let has_lists = quote.lines.iter().any(|line| line.price_list.is_some());
        for effect in quote.promotions.iter().filter(|_| !has_lists) {
            let expected = [effect.items, effect.order, effect.shipping].map(|part| i128::from(part.minor()));
            let [items, order, shipping] = expected;
            prop_assert_eq!(given.remove(&effect.promotion), Some([items, order, shipping, i128::from(effect.gifts)]));
        }
        prop_assert!(has_lists || given.is_empty(), "{:?}", given);
    }

    #[test]
    fn what_is_exclusive_stands_alone_and_nothing_that_stands_alone_would_be_better(recipe in recipe()) {
        let quote = recipe.basket().quote().unwrap();

        let gave = |promotion: &Promotion| quote.promotions.iter().any(|effect| effect.promotion == promotion.id);
        let applied = recipe.promotions.iter().filter(|promotion| class(promotion).is_some() && gave(promotion));
        let applied = applied.collect::<Vec<_>>();
        for promotion in &applied {
            let beside = applied.iter().filter(|other| other.id != promotion.id);
            match promotion.stacking {
                Stacking::Exclusive => prop_assert_eq!(beside.count(), 0),
                Stacking::ExclusiveInClass => {
                    prop_assert!(beside.into_iter().all(|other| class(other) != class(promotion)));
                }
                Stacking::Stackable => {}
            }
        }

        for promotion in recipe.promotions.iter().filter(|promotion| promotion.stacking == Stacking::Exclusive) {
            let kept = |other: &&Promotion| other.id == promotion.id || class(other).is_none();
            let promotions = recipe.promotions.iter().filter(kept).cloned().collect();
            let alone = Recipe { promotions, ..recipe.clone() };
            prop_assert!(worth(&alone.basket().quote().unwrap()) <= worth(&quote));
        }
    }

    #[test]
    fn the_order_of_lines_does_not_change_the_total_of_promotions_that_do_not_ask_for_it(
        recipe in with_promotions(prop::collection::vec((rate(), 0_i64..500, 0..3, 0_i32..3), 0..4).prop_map(|rules| {
            let rule = |(number, (rate, minor, kind, priority))| {
                let discount = match kind {
                    0 => ItemDiscount::Percentage(rate),
                    1 => ItemDiscount::AmountEach(dollars(minor)),
                    _ => ItemDiscount::PriceEach(dollars(minor)),
                };
                Promotion { priority, ..promotion(number, items(discount, all())) }
            };
            (1..).zip(rules).map(rule).collect()
        })),
    ) {
        let mut turned = recipe.clone();
        turned.lines.reverse();

        let (quote, turned) = (recipe.basket().quote().unwrap(), turned.basket().quote().unwrap());

        prop_assert_eq!(quote.total, turned.total);
        prop_assert_eq!((quote.taxes, quote.options, quote.due), (turned.taxes, turned.options, turned.due));
    }

    #[test]
    fn more_off_the_items_never_costs_more(
        recipe in with_promotions(Just(Vec::new())),
        (less, more) in (rate(), rate()).prop_map(|(a, b)| (a.min(b), a.max(b))),
    ) {
        let gross = |rate| {
            let promotions = vec![promotion(1, items(ItemDiscount::Percentage(rate), all()))];
            let recipe = Recipe { promotions, methods: Vec::new(), ..recipe.clone() };
            recipe.basket().quote().unwrap().total.gross
        };

        prop_assert!(gross(more) <= gross(less));
        prop_assert!(gross(less) <= gross(Rate::ZERO));
    }

    #[test]
    fn more_off_the_order_never_leaves_more_of_the_lines(
        recipe in with_promotions(Just(Vec::new())),
        (less, more) in (0_i64..9000, 0_i64..9000).prop_map(|(a, b)| (a.min(b), a.max(b))),
    ) {
        let left = |minor| {
            let recipe = Recipe { promotions: vec![promotion(1, order_amount(minor))], ..recipe.clone() };
            let quote = recipe.basket().quote().unwrap();
            quote.subtotal.minor() - quote.discount.minor()
        };

        prop_assert!(left(more) <= left(less));
    }
}
