//! Baskets of every kind, for the laws.

use iso_currency::Currency;
use proptest::prelude::*;
use proptest::sample::select;

use crate::pricing::tests::shop::*;
use crate::pricing::*;

/// What a basket is made of.
#[derive(Clone, Debug)]
pub struct Recipe {
    pub terms: Terms,
    pub buyer: Buyer,
    pub lines: Vec<Line>,
    pub promotions: Vec<Promotion>,
    pub methods: Vec<ShippingMethod>,
    pub chosen: u128,
    pub gift_cards: Vec<GiftCard>,
}

impl Recipe {
    pub fn basket(&self) -> Basket<'_> {
        let gift = |(number, price): (u128, i64)| GiftSubject {
            variant: id(number),
            product: id(number),
            base: amount(price),
            tax: home("7.7"),
            weight_grams: 50,
            requires_shipping: number == 1,
        };
        Basket {
            currency: Currency::USD,
            terms: self.terms,
            at: WHEN,
            buyer: self.buyer.clone(),
            lines: self.lines.clone(),
            promotions: self.promotions.iter().collect(),
            gifts: [(1, 500), (2, 1999)].map(gift).to_vec(),
            delivery: Delivery { methods: self.methods.iter().collect(), chosen: Some(id(self.chosen)) },
            gift_cards: self.gift_cards.clone(),
        }
    }
}

/// Baskets of prices that shops have.
pub fn recipe() -> BoxedStrategy<Recipe> {
    of_prices(price().boxed(), 1_i64..12)
}

/// Baskets of any prices, up to those that cannot be told.
pub fn huge_recipe() -> BoxedStrategy<Recipe> {
    of_prices(huge_price().boxed(), prop_oneof![1_i64..5, Just(i64::MAX), 1_i64..i64::MAX].boxed())
}

/// What promotions of a recipe are made of, for laws about some of them.
pub fn with_promotions(promotions: impl Strategy<Value = Vec<Promotion>> + 'static) -> BoxedStrategy<Recipe> {
    (recipe(), promotions).prop_map(|(recipe, promotions)| Recipe { promotions, ..recipe }).boxed()
}

pub fn rate() -> impl Strategy<Value = Rate> {
    prop_oneof![Just(Rate::ZERO), Just(Rate::WHOLE), (0_i64..1_200_000).prop_map(Rate::from_millionths)]
}

fn price() -> impl Strategy<Value = i64> {
    prop_oneof![1 => Just(0_i64), 3 => 1_i64..20, 6 => 1_i64..20_000]
}

fn huge_price() -> impl Strategy<Value = i64> {
    prop_oneof![0_i64..20_000, i64::MAX - 1000..=i64::MAX, 0_i64..=i64::MAX]
}

fn of_prices(price: BoxedStrategy<i64>, quantity: impl Strategy<Value = i64> + 'static) -> BoxedStrategy<Recipe> {
    let promotions = prop::collection::vec(promotion_of(price.clone()), 0..6).prop_map(|mut promotions| {
        for (number, promotion) in (1..).zip(&mut promotions) {
            promotion.id = id(number);
        }
        promotions
    });
    let cards = prop::collection::vec(price.clone(), 0..3).prop_map(|balances| {
        let cards = (1..).zip(balances).map(|(number, balance)| GiftCard { id: id(number), balance: amount(balance) });
        cards.collect::<Vec<_>>()
    });
    let lines = prop::collection::vec(line_of(price.clone(), quantity.boxed()), 1..=12);
    let methods = prop::collection::vec(method_of(price), 0..3).prop_map(|mut methods| {
        for (number, method) in (1..).zip(&mut methods) {
            method.id = id(number);
        }
        methods
    });
    (terms(), buyer(), lines, promotions, methods, 1_u128..4, cards)
        .prop_map(|(terms, buyer, lines, promotions, methods, chosen, gift_cards)| Recipe {
            terms,
            buyer,
            lines,
            promotions,
            methods,
            chosen,
            gift_cards,
        })
        .boxed()
}

fn terms() -> impl Strategy<Value = Terms> {
    let tax_rounding = select(vec![TaxRounding::Line, TaxRounding::RateGroup]);
    let cross_border = select(vec![CrossBorderPricing::KeepGross, CrossBorderPricing::KeepNet]);
    (any::<bool>(), tax_rounding, cross_border).prop_map(|(prices_include_tax, tax_rounding, cross_border)| Terms {
        prices_include_tax,
        tax_rounding,
        cross_border,
    })
}

fn buyer() -> impl Strategy<Value = Buyer> {
    (any::<bool>(), prop::bool::weighted(0.15)).prop_map(|(is_first_order, is_tax_exempt)| Buyer {
        groups: vec![id(1)],
        is_first_order,
        is_tax_exempt,
    })
}

fn tax() -> impl Strategy<Value = TaxPair> {
    let rate = || select(vec!["0", "7.7", "8.875", "19", "20", "5.5"]);
    prop_oneof![rate().prop_map(home), (rate(), rate()).prop_map(|(home, zone)| abroad(home, zone))]
}

fn line_of(price: BoxedStrategy<i64>, quantity: BoxedStrategy<i64>) -> impl Strategy<Value = Line> {
    let list_price = (1_u128..4, 1_i64..10, price.clone()).prop_map(|(list, from_quantity, price)| ListPrice {
        list: id(list),
        from_quantity,
        price: amount(price),
    });
    let lists = prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(list_price, 1..3)];
    (1_u128..6, quantity, price, tax(), lists, any::<bool>()).prop_map(
        |(number, quantity, price, tax, list_prices, requires_shipping)| Line {
            list_prices,
            requires_shipping,
            ..taxed(line(number, quantity, price), tax)
        },
    )
}

fn method_of(price: BoxedStrategy<i64>) -> impl Strategy<Value = ShippingMethod> {
    let steps = prop::collection::vec((0_i64..3000, price.clone()), 0..3).prop_map(|steps| {
        steps.into_iter().map(|(from, price)| RateStep { from, price: amount(price) }).collect::<Vec<_>>()
    });
    let rates = prop_oneof![
        price.clone().prop_map(|price| RateTable::Flat(amount(price))),
        steps.clone().prop_map(RateTable::ByWeight),
        steps.clone().prop_map(RateTable::ByPrice),
        steps.prop_map(RateTable::ByQuantity),
    ];
    (rates, prop::option::of(price), tax()).prop_map(|(rates, free_from, tax)| ShippingMethod {
        rates,
        free_from: free_from.map(amount),
        tax,
        ..method(1, 0)
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let numbers = || prop::collection::vec(1_u128..6, 0..3);
    prop_oneof![
        Just(all()),
        numbers().prop_map(|numbers| products(&numbers)),
        (numbers(), numbers()).prop_map(|(only, except)| Filter {
            only: Named { collections: only.into_iter().map(id).collect(), ..Named::default() },
            except: Named { variants: except.into_iter().map(id).collect(), ..Named::default() },
        }),
    ]
}

pub fn item_discount(price: BoxedStrategy<i64>) -> impl Strategy<Value = ItemDiscount> {
    prop_oneof![
        rate().prop_map(ItemDiscount::Percentage),
        price.clone().prop_map(|price| ItemDiscount::AmountEach(dollars(price))),
        price.clone().prop_map(|price| ItemDiscount::AmountTogether(dollars(price))),
        price.prop_map(|price| ItemDiscount::PriceEach(dollars(price))),
    ]
}

fn action(price: BoxedStrategy<i64>) -> impl Strategy<Value = Action> {
    let discount = || item_discount(price.clone());
    let pick = || select(vec![Pick::Cheapest, Pick::Dearest]);
    let amounts = || price.clone().prop_map(dollars);
    let buy_get = (filter(), 1_i64..4, filter(), 1_i64..3, discount(), pick(), prop::option::of(1_i64..3));
    prop_oneof![
        (discount(), filter()).prop_map(|(discount, items)| Action::Catalogue { discount, items }),
        (discount(), filter()).prop_map(|(discount, items)| Action::Items { discount, items }),
        (discount(), filter(), pick(), 0_i64..8).prop_map(|(discount, items, pick, units)| Action::Units {
            discount,
            items,
            pick,
            units
        }),
        buy_get.prop_map(|(buy, buy_units, get, get_units, discount, pick, most_batches)| Action::BuyGet {
            buy,
            buy_units,
            get,
            get_units,
            discount,
            pick,
            most_batches,
        }),
        rate().prop_map(|rate| Action::Order { discount: OrderDiscount::Percentage(rate) }),
        amounts().prop_map(|amounts| Action::Order { discount: OrderDiscount::Amount(amounts) }),
        (1_u128..4, 1_i64..3).prop_map(|(variant, quantity)| Action::Gift { variant: id(variant), quantity }),
        shipping_discount(price.clone()).prop_map(|discount| Action::Shipping { discount, methods: Vec::new() }),
        shipping_discount(price.clone()).prop_map(|discount| Action::Shipping { discount, methods: vec![id(1)] }),
    ]
}

fn shipping_discount(price: BoxedStrategy<i64>) -> impl Strategy<Value = ShippingDiscount> {
    prop_oneof![
        rate().prop_map(ShippingDiscount::Percentage),
        price.clone().prop_map(|price| ShippingDiscount::Amount(dollars(price))),
        price.prop_map(|price| ShippingDiscount::Price(dollars(price))),
    ]
}

fn conditions(price: BoxedStrategy<i64>) -> impl Strategy<Value = Conditions> {
    let bound = || prop::option::weighted(0.2, price.clone().prop_map(dollars));
    let quantity = prop::option::weighted(0.2, 0_i64..10);
    (filter(), quantity, bound(), bound(), prop::bool::weighted(0.1)).prop_map(
        |(items, from, subtotal_from, subtotal_to, is_first_order)| Conditions {
            items,
            quantity: Span { from, to: None },
            subtotal_from,
            subtotal_to,
            is_first_order,
            ..Conditions::default()
        },
    )
}

/// Any promotion, of which the number is still to be set.
fn promotion_of(price: BoxedStrategy<i64>) -> impl Strategy<Value = Promotion> {
    let stacking = prop_oneof![
        4 => Just(Stacking::Stackable),
        1 => Just(Stacking::ExclusiveInClass),
        1 => Just(Stacking::Exclusive),
    ];
    (action(price.clone()), conditions(price), stacking, 0_i32..3).prop_map(
        |(action, conditions, stacking, priority)| Promotion { conditions, stacking, priority, ..promotion(1, action) },
    )
}
