//! The way from a basket to its quote, step by step.

use crate::id::{GiftCardId, PromotionId};
use crate::pricing::candidate::Candidate;
use crate::pricing::carriage::Carriage;
use crate::pricing::catalogue::Catalogue;
use crate::pricing::outcome::{Outcome, Outcomes};
use crate::pricing::standing::{Gift, Standing};
use crate::pricing::tax::{Taxation, summary};
use crate::pricing::unit_price::UnitPrice;
use crate::pricing::{
    Amount, Basket, Discount, Line, Offer, PromotionEffect, Quote, QuotedLine, QuotedShipping, ShippingOption, Taxed,
    TooLarge,
};

impl Basket<'_> {
    /// What everything costs, and why.
    ///
    /// Unit prices come first: price lists, then the promotions of the catalogue. The other promotions act on the lines,
    /// the order and delivery in that order, as far as they stack. What they leave is taxed, and gift cards pay of it.
    pub fn quote(&self) -> Result<Quote, TooLarge> {
        let catalogue = Catalogue::new(self.promotions.iter().copied(), self.standpoint());
        let prices = UnitPrice::all(&self.lines, &catalogue)?;
        let subtotals = self.lines.iter().zip(&prices).map(|(line, unit)| unit.price.times(line.quantity));
        let subtotals = subtotals.collect::<Result<Vec<_>, _>>()?;

        let candidates = Candidate::all(self)?;
        let outcomes = Outcomes::new(self, Standing::new(&self.lines, subtotals.clone()), &candidates)?;
        let chosen = self.delivery.methods.iter().position(|method| Some(method.id) == self.delivery.chosen);
        let outcome = outcomes.best(chosen);

        let (taxed, shipping) = self.taxed(outcome, chosen)?;
        let lines = self.quoted_lines(&prices, &subtotals, &outcome.standing, &taxed)?;
        let mut effects = UnitPrice::effects(&prices, &self.lines, &catalogue)?;
        add_effects(&mut effects, outcome, shipping.as_ref())?;

        let rates = lines.iter().filter(|line| line.gift_of.is_none()).map(|line| (line.rate, line.total));
        let rates = rates.chain(shipping.iter().map(|shipping| (shipping.rate, shipping.total))).collect::<Vec<_>>();
        let total = rates.iter().map(|(_, taxed)| *taxed).try_fold(Taxed::default(), Taxed::plus)?;
        let (gift_cards, due) = self.pay(total.gross)?;
        let subtotal = Amount::sum(subtotals)?;
        let discount = subtotal.minus(Amount::sum(outcome.standing.left.iter().copied())?)?;

        let options = self.options(&outcomes)?;
        let taxes = summary(&rates)?;
        let quote =
            Quote { lines, subtotal, discount, options, shipping, total, taxes, promotions: effects, gift_cards, due };
        debug_assert_eq!(quote.check(), Ok(()));
        Ok(quote)
    }

    /// The tax of each line and of the chosen delivery.
    fn taxed(
        &self,
        outcome: &Outcome,
        chosen: Option<usize>,
    ) -> Result<(Vec<Taxed>, Option<QuotedShipping>), TooLarge> {
        let taxation = Taxation::of(self);
        let carriage = outcome.carriage(chosen);
        let lines = self.lines.iter().zip(&outcome.standing.left).map(|(line, left)| (*left, line.tax));
        let amounts = lines.chain(carriage.map(|carriage| (carriage.left, carriage.method.tax)));
        let taxables = amounts.map(|(amount, pair)| taxation.taxable(amount, pair)).collect::<Result<Vec<_>, _>>()?;

        let mut taxed = taxation.together(&taxables)?;
        let of_shipping = if carriage.is_some() { taxed.pop() } else { None };
        let shipping = carriage.zip(of_shipping).map(|(carriage, total)| QuotedShipping {
            method: carriage.method.id,
            price: carriage.price,
            discounts: carriage.discounts.clone(),
            total,
            rate: taxation.rate(carriage.method.tax),
        });
        Ok((taxed, shipping))
    }

    fn quoted_lines(
        &self,
        prices: &[UnitPrice],
        subtotals: &[Amount],
        standing: &Standing,
        taxed: &[Taxed],
    ) -> Result<Vec<QuotedLine>, TooLarge> {
        let taxation = Taxation::of(self);
        let mut lines = Vec::with_capacity(self.lines.len() + standing.gifts.len());
        let amounts = prices.iter().zip(subtotals).zip(taxed);
        for ((line, ((unit, subtotal), total)), discounts) in self.lines.iter().zip(amounts).zip(standing.discounts()) {
            let unit_taxed = taxation.alone(unit.price, line.tax)?;
            let rate = taxation.rate(line.tax);
            lines.push(QuotedLine { unit_taxed, rate, discounts, ..quoted(line, *unit, *subtotal, *total) });
        }
        lines.extend(standing.gifts.iter().map(|gift| given(gift, taxation)));
        Ok(lines)
    }

    /// Every way of delivery, each as if it were chosen: what applies together may depend on it.
    fn options(&self, outcomes: &Outcomes) -> Result<Vec<ShippingOption>, TooLarge> {
        let taxation = Taxation::of(self);
        let offer = |carriage: &Carriage| {
            let discount = carriage.price.minus(carriage.left)?;
            let total = taxation.alone(carriage.left, carriage.method.tax)?;
            Ok(Offer { price: carriage.price, discount, total })
        };
        let options = self.delivery.methods.iter().enumerate().filter_map(|(place, method)| {
            let carriage = outcomes.best(Some(place)).carriages.get(place)?;
            let offer = carriage.as_ref().map_err(|reason| *reason).map(offer);
            Some((method.id, offer))
        });
        let option = |(method, offer)| match offer {
            Ok(offer) => Ok(ShippingOption { method, offer: Ok(offer?) }),
            Err(reason) => Ok(ShippingOption { method, offer: Err(reason) }),
        };
        options.map(option).collect()
    }

    /// What each gift card pays, and what is left.
    fn pay(&self, gross: Amount) -> Result<(Vec<(GiftCardId, Amount)>, Amount), TooLarge> {
        let mut due = gross;
        let mut paid = Vec::with_capacity(self.gift_cards.len());
        for card in &self.gift_cards {
            let amount = card.balance.up_to(due);
            due = due.minus(amount)?;
            paid.push((card.id, amount));
        }
        Ok((paid, due))
    }
}

fn quoted(line: &Line, unit: UnitPrice, subtotal: Amount, total: Taxed) -> QuotedLine {
    QuotedLine {
        variant: line.subject.variant,
        quantity: line.quantity,
        base: line.base,
        price_list: unit.list,
        catalogue: unit.catalogue,
        unit: unit.price,
        subtotal,
        discounts: Vec::new(),
        total,
        rate: line.tax.zone,
        unit_taxed: Taxed::default(),
        gift_of: None,
    }
}

fn given(gift: &Gift, taxation: Taxation) -> QuotedLine {
    QuotedLine {
        variant: gift.subject.variant,
        quantity: gift.quantity,
        base: gift.subject.base,
        price_list: None,
        catalogue: None,
        unit: Amount::ZERO,
        subtotal: Amount::ZERO,
        discounts: Vec::new(),
        total: Taxed::default(),
        rate: taxation.rate(gift.subject.tax),
        unit_taxed: Taxed::default(),
        gift_of: Some(gift.promotion),
    }
}

impl Standing<'_> {
    /// What was taken off each line, in order.
    fn discounts(&self) -> impl Iterator<Item = Vec<Discount>> {
        let mut counts = vec![0; self.lines.len()];
        for (place, _) in &self.taken {
            counts[*place] += 1;
        }
        let mut discounts = counts.into_iter().map(Vec::with_capacity).collect::<Vec<_>>();
        for (place, discount) in &self.taken {
            discounts[*place].push(*discount);
        }
        discounts.into_iter()
    }
}

/// Adds what each promotion gave; each was evaluated in one go.
fn add_effects(
    effects: &mut Vec<PromotionEffect>,
    outcome: &Outcome,
    shipping: Option<&QuotedShipping>,
) -> Result<(), TooLarge> {
    for (_, discount) in &outcome.standing.taken {
        let effect = effect_of(effects, discount.promotion);
        let sum = if discount.is_of_order { &mut effect.order } else { &mut effect.items };
        *sum = sum.plus(discount.amount)?;
    }
    for gift in &outcome.standing.gifts {
        effect_of(effects, gift.promotion).gifts = gift.quantity;
    }
    for discount in shipping.iter().flat_map(|shipping| &shipping.discounts) {
        effect_of(effects, discount.promotion).shipping = discount.amount;
    }
    Ok(())
}

fn effect_of(effects: &mut Vec<PromotionEffect>, promotion: PromotionId) -> &mut PromotionEffect {
    if effects.last().is_none_or(|effect| effect.promotion != promotion) {
        effects.push(PromotionEffect::none(promotion));
    }
    let last = effects.len() - 1;
    &mut effects[last]
}
