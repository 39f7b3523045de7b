//! What stands in the way of an order, or has changed without the shopper's doing.

use crate::cart::content::{self, Content};
use crate::cart::context::{Rates, address};
use crate::cart::growth;
use crate::cart::priced::PricedCart;
use crate::entity::cart_line;
use crate::entity::shipping_method_kind::ShippingMethodKind;
use crate::error::Result;
use crate::gift_card::{self as gift_cards, Standing};
use crate::id::{CartLineId, GiftCardId};
use crate::pricing::{Ineligible, QuotedLine};
use crate::promotion::CodeState;

/// One thing that a shopper should know, or has to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Empty,
    /// Shoppers cannot buy the variant any more.
    VariantUnavailable(CartLineId),
    /// There are only so many units of it.
    InsufficientStock(CartLineId, i64),
    /// The price of a unit has changed since the shopper has seen it.
    PriceChanged(CartLineId, i64, i64),
    /// There are more of something than a cart may have.
    LimitExceeded(Option<CartLineId>, i64),
    /// A code brings no promotion any more.
    CodeInvalid(String, CodeState),
    /// A code's promotion gives nothing for what is in the cart.
    CodeGivesNothing(String),
    GiftCardUnusable(GiftCardId, Standing),
    EmailMissing,
    ShippingAddressMissing,
    CountryNotServed,
    ShippingMethodMissing,
    /// The chosen way of delivery is not to be had.
    ShippingMethodUnavailable(Option<Ineligible>),
    /// The taxes are not known at the moment: totals are told without them.
    TaxUnavailable,
}

impl Problem {
    /// Whether it stands in the way of an order.
    pub const fn is_blocking(&self) -> bool {
        match self {
            Self::PriceChanged(_, from, to) => *to > *from,
            Self::CodeInvalid(..) | Self::CodeGivesNothing(_) | Self::GiftCardUnusable(..) => false,
            _ => true,
        }
    }
}

/// Everything that is wrong with a cart as it stands.
pub fn find(cart: &PricedCart) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    if cart.content.lines.is_empty() {
        problems.push(Problem::Empty);
    }
    of_lines(cart, &mut problems);
    of_size(cart, &mut problems);
    of_codes(cart, &mut problems);
    of_gift_cards(cart, &mut problems)?;
    of_details(cart, &mut problems)?;
    if matches!(cart.context.rates, Rates::Unknown) {
        problems.push(Problem::TaxUnavailable);
    }
    Ok(problems)
}

fn of_lines(cart: &PricedCart, problems: &mut Vec<Problem>) {
    for (line, cost) in cart.lines() {
        let Some(cost) = cost else {
            problems.push(Problem::VariantUnavailable(line.id));
            continue;
        };
        if let Some(available) = lacking(&cart.content, line) {
            problems.push(Problem::InsufficientStock(line.id, available));
        }
        if let Some((from, to)) = changed(line, cost) {
            problems.push(Problem::PriceChanged(line.id, from, to));
        }
    }
}

/// How many units there are, if they are fewer than all lines of the variant ask for.
fn lacking(content: &Content, line: &cart_line::Model) -> Option<i64> {
    let available = content.items.get(&line.variant_id)?.available()?;
    (content.units(line.variant_id) > available).then_some(available)
}

fn changed(line: &cart_line::Model, cost: &QuotedLine) -> Option<(i64, i64)> {
    let (from, to) = (line.seen_minor, cost.unit.minor());
    (from >= 0 && from != to).then_some((from, to))
}

fn of_size(cart: &PricedCart, problems: &mut Vec<Problem>) {
    let (content, channel) = (&cart.content, &cart.context.market.channel);
    let lines = i64::try_from(content.lines.len()).unwrap_or(i64::MAX);
    if lines > channel.cart_lines {
        problems.push(Problem::LimitExceeded(None, channel.cart_lines));
    }
    if growth::units(content) > channel.cart_units {
        problems.push(Problem::LimitExceeded(None, channel.cart_units));
    }
    for line in &content.lines {
        let of_variant = channel.cart_units_per_variant.filter(|limit| content.units(line.variant_id) > *limit);
        let of_line = Some(channel.cart_units_per_line).filter(|limit| line.quantity > *limit);
        problems.extend(of_variant.or(of_line).map(|limit| Problem::LimitExceeded(Some(line.id), limit)));
    }
}

fn of_codes(cart: &PricedCart, problems: &mut Vec<Problem>) {
    for (code, state) in &cart.context.promotions.codes {
        match state {
            CodeState::Valid(promotion) if cart.quote.promotions.iter().any(|gave| gave.promotion == *promotion) => {}
            CodeState::Valid(_) => problems.push(Problem::CodeGivesNothing(code.clone())),
            state => problems.push(Problem::CodeInvalid(code.clone(), *state)),
        }
    }
}

fn of_gift_cards(cart: &PricedCart, problems: &mut Vec<Problem>) -> Result<()> {
    let market = &cart.context.market;
    for id in content::gift_cards::<GiftCardId>(&cart.content.row)? {
        let card = cart.context.gift_cards.iter().find(|card| card.id == id);
        let standing = card.map(|card| gift_cards::standing(card, market.currency, market.scope.now));
        match standing.unwrap_or(Standing::Unknown) {
            Standing::Usable => {}
            standing => problems.push(Problem::GiftCardUnusable(id, standing)),
        }
    }
    Ok(())
}

fn of_details(cart: &PricedCart, problems: &mut Vec<Problem>) -> Result<()> {
    let row = &cart.content.row;
    if cart.context.buyer.email.is_none() {
        problems.push(Problem::EmailMissing);
    }
    if !cart.context.is_served {
        problems.push(Problem::CountryNotServed);
    }
    let items = cart.content.lines.iter().filter_map(|line| cart.content.items.get(&line.variant_id));
    if !items.into_iter().any(|item| item.base.is_some() && item.requires_shipping) {
        return Ok(());
    }
    let chosen = cart.context.methods.iter().find(|method| Some(method.rule.id) == row.shipping_method_id);
    let is_fetched = chosen.is_some_and(|method| method.row.kind == ShippingMethodKind::Pickup);
    if address(row.shipping_address.as_ref())?.is_none() && !is_fetched {
        problems.push(Problem::ShippingAddressMissing);
    }
    let Some(id) = row.shipping_method_id else {
        problems.push(Problem::ShippingMethodMissing);
        return Ok(());
    };
    let option = cart.quote.options.iter().find(|option| option.method == id);
    match option.map(|option| option.offer) {
        Some(Ok(_)) => {}
        Some(Err(reason)) => problems.push(Problem::ShippingMethodUnavailable(Some(reason))),
        None => problems.push(Problem::ShippingMethodUnavailable(None)),
    }
    Ok(())
}
