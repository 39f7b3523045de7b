//! What one unit of a variant costs a reader, and the span of a product's prices: computed from what is given.

use std::sync::Arc;

use iso_currency::Currency;
use uuid::Uuid;

use crate::channel::price_rule::{CataloguePromotion, OpenRules, PriceListRule};
use crate::clock::Timestamp;
use crate::id::{AttributeChoiceId, CollectionId, CustomerGroupId, PriceListId, ProductId, ProductVariantId};
use crate::pricing::{Amount, Catalogue, ListPrice, Standpoint, Subject, TooLarge};

/// The most prices by quantity that are told.
const MAX_TIERS: usize = 20;

/// What a variant costs, and why.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What the shop has set.
    pub base: Amount,
    /// What one unit costs now.
    pub price: Amount,
    /// The list that fixes the price of one unit, and to what.
    pub list: Option<(Arc<PriceListRule>, Amount)>,
    /// The promotion that makes it cheaper then.
    pub promotion: Option<Arc<CataloguePromotion>>,
    /// What a unit costs from other quantities on, where that is not what it costs before.
    pub tiers: Vec<Tier>,
}

/// What each unit costs from a number of units on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    pub from_quantity: i64,
    pub price: Amount,
}

impl Offer {
    /// That of a price which nothing changes.
    pub const fn plain(base: Amount) -> Self {
        Self { base, price: base, list: None, promotion: None, tiers: Vec::new() }
    }

    /// What it is compared with: the greatest of what the shop has set to be, the base price, and that of the list, if
    /// that is more than is paid. What the shop has set alone holds where the price is the base price.
    pub fn compare_at(&self, own: Option<Amount>) -> Option<Amount> {
        if self.list.is_none() && self.promotion.is_none() {
            return own;
        }
        let before = self.list.as_ref().map(|(_, price)| *price);
        [own, Some(self.base), before].into_iter().flatten().max().filter(|price| *price > self.price)
    }
}

/// A variant with what the shop has set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Priced {
    pub variant: ProductVariantId,
    pub product: ProductId,
    pub base: Amount,
}

/// What promotions can name besides variants and products, each sorted.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    pub collections: Vec<CollectionId>,
    pub choices: Vec<AttributeChoiceId>,
}

/// The rules of one market for one reader.
pub struct Pricer<'a> {
    rules: &'a OpenRules,
    catalogue: Catalogue<'a>,
}

impl<'a> Pricer<'a> {
    pub fn new(rules: &'a OpenRules, currency: Currency, at: Timestamp, groups: &[CustomerGroupId]) -> Self {
        let promotions = rules.promotions().iter().map(|promotion| &promotion.rule);
        Self { rules, catalogue: Catalogue::new(promotions, Standpoint { groups, currency, at }) }
    }

    /// What a variant costs that has some prices in the lists that are open.
    pub fn offer(&self, priced: &Priced, traits: Traits, list_prices: &[ListPrice]) -> Result<Offer, TooLarge> {
        let Priced { variant, product, base } = *priced;
        let Traits { collections, choices } = traits;
        let subject = Subject { variant, product, collections, choices };
        let listed = list_price(list_prices, 1);
        let before = listed.map_or(base, |(_, price)| price);
        let reduced = self.catalogue.price(before, &subject)?;
        let price = reduced.map_or(before, |(_, price)| price);
        let promotion = reduced
            .and_then(|(id, _)| self.rules.promotions().iter().find(|promotion| promotion.rule.id == id).cloned());
        let list = listed.and_then(|(id, price)| Some((Arc::clone(self.rules.list(id)?), price)));
        Ok(Offer { base, price, list, promotion, tiers: self.tiers(&subject, price, list_prices)? })
    }

    fn tiers(&self, subject: &Subject, first: Amount, list_prices: &[ListPrice]) -> Result<Vec<Tier>, TooLarge> {
        let mut quantities: Vec<i64> = list_prices.iter().map(|price| price.from_quantity).collect();
        quantities.retain(|quantity| *quantity > 1);
        quantities.sort_unstable();
        quantities.dedup();
        let (mut tiers, mut before) = (Vec::new(), first);
        for from_quantity in quantities {
            let Some((_, listed)) = list_price(list_prices, from_quantity) else { continue };
            let price = self.catalogue.price(listed, subject)?.map_or(listed, |(_, price)| price);
            if price != before && tiers.len() < MAX_TIERS {
                tiers.push(Tier { from_quantity, price });
                before = price;
            }
        }
        Ok(tiers)
    }

    /// What the cheapest and the dearest variant of a product cost if no rule asks which variant it is: a promotion
    /// never makes the dearer of two the cheaper one.
    pub fn span(
        &self,
        product: ProductId,
        traits: Traits,
        (lowest, highest): (Amount, Amount),
    ) -> Result<(Amount, Amount), TooLarge> {
        let Traits { collections, choices } = traits;
        let any = ProductVariantId::from(Uuid::nil());
        let subject = Subject { variant: any, product, collections, choices };
        let paid = |base| Ok(self.catalogue.price(base, &subject)?.map_or(base, |(_, price)| price));
        Ok((paid(lowest)?, paid(highest)?))
    }
}

/// Of the prices whose quantity is reached the lowest, of equal ones that of the older list.
fn list_price(prices: &[ListPrice], quantity: i64) -> Option<(PriceListId, Amount)> {
    let reached = prices.iter().filter(|price| price.from_quantity <= quantity);
    reached.min_by_key(|price| (price.price, price.list)).map(|price| (price.list, price.price))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::PromotionId;
    use crate::pricing::{Action, Amounts, Conditions, Filter, ItemDiscount, Promotion, Rate, Stacking};

    fn rules(discounts: Vec<ItemDiscount>) -> OpenRules {
        let promotion = |discount| {
            let rule = Promotion {
                id: PromotionId::generate(),
                priority: 0,
                stacking: Stacking::Stackable,
                starts_at: None,
                ends_at: None,
                conditions: Conditions::default(),
                action: Action::Catalogue { discount, items: Filter::default() },
            };
            Arc::new(CataloguePromotion::new(rule, "Sale".to_owned(), String::new()))
        };
        OpenRules::new(discounts.into_iter().map(promotion).collect(), Vec::new()).unwrap()
    }

    fn pricer(rules: &OpenRules) -> Pricer<'_> {
        Pricer::new(rules, Currency::USD, Timestamp::from_micros(0), &[])
    }

    fn priced(base: i64) -> Priced {
        let (variant, product) = (ProductVariantId::generate(), ProductId::generate());
        Priced { variant, product, base: Amount::new(base) }
    }

    fn list_prices(prices: &[(i64, i64)]) -> Vec<ListPrice> {
        let list = PriceListId::generate();
        let price = |(from_quantity, minor): &(i64, i64)| ListPrice {
            list,
            from_quantity: *from_quantity,
            price: Amount::new(*minor),
        };
        prices.iter().map(price).collect()
    }

    fn discount() -> impl Strategy<Value = ItemDiscount> {
        let amounts = |minor| Amounts::one(Currency::USD, Amount::new(minor));
        prop_oneof![
            (0_i64..=1_000_000).prop_filter_map("a rate", |ppm| {
                Rate::parse_percentage(&format!("{}.{:04}", ppm / 10_000, ppm % 10_000)).map(ItemDiscount::Percentage)
            }),
            (0_i64..5_000).prop_map(move |minor| ItemDiscount::AmountEach(amounts(minor))),
            (0_i64..5_000).prop_map(move |minor| ItemDiscount::PriceEach(amounts(minor))),
        ]
    }

    proptest! {
        /// What is told of a span without reading the variants is what the variants would have said.
        #[test]
        fn the_span_is_that_of_the_variants(
            discounts in prop::collection::vec(discount(), 1..4),
            bases in prop::collection::vec(0_i64..10_000, 1..6),
        ) {
            let rules = rules(discounts);
            let pricer = pricer(&rules);
            let price = |base: &i64| pricer.offer(&priced(*base), Traits::default(), &[]).unwrap().price;
            let paid: Vec<Amount> = bases.iter().map(price).collect();
            let ends = (bases.iter().min().copied().unwrap(), bases.iter().max().copied().unwrap());
            let span = pricer.span(
                ProductId::generate(),
                Traits::default(),
                (Amount::new(ends.0), Amount::new(ends.1)),
            );

            prop_assert_eq!(span.unwrap(), (*paid.iter().min().unwrap(), *paid.iter().max().unwrap()));
        }
    }

    #[test]
    fn tiers_are_told_where_the_price_changes_and_at_most_twenty() {
        let rules = rules(vec![ItemDiscount::PriceEach(Amounts::one(Currency::USD, Amount::new(700)))]);
        let pricer = pricer(&rules);
        let tiers = |prices: &[(i64, i64)]| -> Vec<(i64, i64)> {
            let offer = pricer.offer(&priced(1_000), Traits::default(), &list_prices(prices)).unwrap();
            offer.tiers.iter().map(|tier| (tier.from_quantity, tier.price.minor())).collect()
        };

        assert_eq!(tiers(&[(1, 900), (5, 800), (10, 600), (20, 650), (30, 500)]), [(10, 600), (30, 500)]);
        let many: Vec<_> = (1..40).map(|n| (n, 600 - n)).collect();
        assert_eq!(tiers(&many).len(), MAX_TIERS);
    }
}
