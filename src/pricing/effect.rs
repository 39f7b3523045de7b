//! What a promotion would do to a basket, resolved as far as it does not depend on other promotions.

use crate::id::ShippingMethodId;
use crate::pricing::batch::Batches;
use crate::pricing::cut::Cut;
use crate::pricing::selector::Selector;
use crate::pricing::{Action, Basket, GiftSubject, Pick};

#[derive(Clone, Debug)]
pub(super) enum Effect<'a> {
    Items { cut: Cut, lines: Vec<usize> },
    Units { cut: Cut, lines: Vec<usize>, pick: Pick, units: i64 },
    BuyGet { cut: Cut, batches: Batches, pick: Pick },
    Order(Cut),
    Gift { subject: &'a GiftSubject, quantity: i64 },
    Shipping { cut: Cut, methods: &'a [ShippingMethodId] },
}

/// What promotions act on. Those that exclude each other by class do so within one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Items,
    Order,
    Shipping,
}

/// The steps in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Items,
    Order,
    Gift,
    Shipping,
}

impl<'a> Effect<'a> {
    /// `None` where it would do nothing whatever is left of the lines: an amount lacks the currency, the gift is not to
    /// be had, no batch is complete. Promotions of the catalogue are not asked here.
    pub fn new(action: &'a Action, basket: &'a Basket) -> Option<Self> {
        let (lines, currency) = (&*basket.lines, basket.currency);
        match action {
            Action::Catalogue { .. } => None,
            Action::Items { discount, items } => {
                Some(Self::Items { cut: Cut::of_items(discount, currency)?, lines: Selector::new(items).lines(lines) })
            }
            Action::Units { discount, items, pick, units } => {
                let cut = Cut::of_items(discount, currency)?;
                Some(Self::Units { cut, lines: Selector::new(items).lines(lines), pick: *pick, units: *units })
            }
            Action::BuyGet { buy, buy_units, get, get_units, discount, pick, most_batches } => {
                let [buy, get] = [buy, get].map(|filter| Selector::new(filter).lines(lines));
                let batches = Batches::new(lines, (buy, *buy_units), (get, *get_units), *most_batches)?;
                Some(Self::BuyGet { cut: Cut::of_items(discount, currency)?, batches, pick: *pick })
            }
            Action::Order { discount } => Cut::of_order(discount, currency).map(Self::Order),
            Action::Gift { variant, quantity } => {
                let subject = basket.gifts.iter().find(|gift| gift.variant == *variant)?;
                (*quantity > 0 && !lines.is_empty()).then_some(Self::Gift { subject, quantity: *quantity })
            }
            Action::Shipping { discount, methods } => {
                Some(Self::Shipping { cut: Cut::of_shipping(discount, currency)?, methods })
            }
        }
    }

    pub fn step(&self) -> Step {
        match self {
            Self::Items { .. } | Self::Units { .. } | Self::BuyGet { .. } => Step::Items,
            Self::Order(_) => Step::Order,
            Self::Gift { .. } => Step::Gift,
            Self::Shipping { .. } => Step::Shipping,
        }
    }

    pub fn class(&self) -> Class {
        match self.step() {
            Step::Items => Class::Items,
            Step::Order | Step::Gift => Class::Order,
            Step::Shipping => Class::Shipping,
        }
    }
}
