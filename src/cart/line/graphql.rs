//! Lines of carts and problems as clients read them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};

use crate::cart::attributes;
use crate::cart::cost::graphql::{CartLineCost, Reckoning};
use crate::cart::priced::PricedCart;
use crate::cart::problem::Problem;
use crate::cart::verdict;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::loader::VariantIn;
use crate::entity::cart_line;
use crate::gift_card::Standing;
use crate::graphql::context::ContextExt;
use crate::graphql::prompt::{Prompt, Prompted};
use crate::graphql::scalar::Money;
use crate::id::{CartLineId, ProductVariantId};
use crate::pricing::QuotedLine;
use crate::promotion::CodeState;

/// A line of a cart: one that the shopper made, or one that a promotion gives.
#[derive(Clone)]
pub struct CartLine {
    cart: Arc<PricedCart>,
    which: Which,
    id: CartLineId,
    variant: ProductVariantId,
}

#[derive(Clone, Copy)]
enum Which {
    /// A line of the content.
    Own(usize),
    /// A line of the quote.
    Gift(usize),
}

/// Something that a shopper wants to be done with the units of a line, such as an engraving.
#[derive(SimpleObject)]
pub struct CartLineAttribute {
    /// What it is.
    name: String,
    /// The text.
    value: String,
}

impl CartLine {
    /// The lines of a cart in the order in which they were added, then those that promotions give.
    pub fn all(cart: &Arc<PricedCart>) -> Vec<Prompted<Self>> {
        let own =
            cart.content.lines.iter().enumerate().map(|(index, line)| (Which::Own(index), line.id, line.variant_id));
        let given = cart.quote.lines.iter().enumerate().filter_map(|(index, line)| {
            // A promotion gives one line.
            Some((Which::Gift(index), line.gift_of?.uuid().into(), line.variant))
        });
        let line = |(which, id, variant)| Prompted(Self { cart: Arc::clone(cart), which, id, variant });
        own.chain(given).map(line).collect()
    }

    fn of(cart: &Arc<PricedCart>, id: CartLineId) -> Option<Prompted<Self>> {
        Self::all(cart).into_iter().find(|line| line.0.id == id)
    }

    fn own(&self) -> Option<&cart_line::Model> {
        let Which::Own(index) = self.which else { return None };
        self.cart.content.lines.get(index)
    }

    fn quoted(&self) -> Option<&QuotedLine> {
        match self.which {
            Which::Own(index) => self.cart.cost_of(index),
            Which::Gift(index) => self.cart.quote.lines.get(index),
        }
    }
}

/// Units of one variant in a cart. A variant has more lines than one where something else is to be done with its units.
#[Object]
impl CartLine {
    /// The id, by which the line is changed.
    async fn id(&self) -> ID {
        self.id.into()
    }

    /// The variant; null where shoppers do not see it any more.
    async fn variant(&self, ctx: &Context<'_>) -> Result<Option<ProductVariant>> {
        let market = &self.cart.context.market;
        let row = ctx.loader().load_one(VariantIn(market.scope, self.variant)).await?;
        Ok(row.map(|row| ProductVariant::new(row, Arc::clone(market))))
    }

    /// What the product is called, or was when the line was added.
    async fn name(&self) -> &str {
        let known = self.cart.content.items.get(&self.variant).map(|item| item.name.as_str());
        known.or_else(|| self.own().map(|line| line.name.as_str())).unwrap_or_default()
    }

    /// How many units.
    async fn quantity(&self) -> i32 {
        let quantity = self.own().map(|line| line.quantity).or_else(|| self.quoted().map(|line| line.quantity));
        i32::try_from(quantity.unwrap_or_default()).unwrap_or(i32::MAX)
    }

    /// What the shopper wants to be done with the units, in the alphabet of the names; at most 20.
    async fn attributes(&self) -> Vec<Prompted<CartLineAttribute>> {
        let entries = self.own().into_iter().flat_map(|line| attributes::entries(&line.attributes));
        let attribute = |(name, value): (&str, &str)| CartLineAttribute { name: name.into(), value: value.into() };
        entries.map(|entry| Prompted(attribute(entry))).collect()
    }

    /// Whether a promotion gives it: it costs nothing and cannot be changed.
    async fn is_gift(&self) -> bool {
        matches!(self.which, Which::Gift(_))
    }

    /// What it costs, and why; null where the variant cannot be bought any more.
    async fn cost(&self) -> Option<Prompted<CartLineCost>> {
        let reckoning = Reckoning(Arc::clone(&self.cart));
        self.quoted().map(|cost| reckoning.line(cost))
    }
}

impl Prompt for CartLine {
    fn is_prompt(&self, field: &str) -> bool {
        field != "variant"
    }
}

impl Prompt for CartLineAttribute {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

/// What a problem of a cart is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CartProblemCode {
    /// Nothing is in the cart.
    Empty,
    /// The variant of `line` cannot be bought any more.
    VariantUnavailable,
    /// There are only `available` units of what `line` and others like it ask for.
    InsufficientStock,
    /// A unit of `line` costs more than the shopper has seen: `to` instead of `from`. `cartPricesAcknowledge` says that
    /// it was seen.
    PriceIncreased,
    /// A unit of `line` costs less than the shopper has seen.
    PriceDecreased,
    /// There are more than `limit` units of `line`, or more than `limit` units or lines in the cart.
    LimitExceeded,
    /// `code` is not known any more.
    CodeUnknown,
    /// `code` is not valid yet or any more.
    CodeExpired,
    /// `code` was used as often as it can be.
    CodeUsedUp,
    /// `code` gives nothing for what is in the cart, or less than others do.
    CodeNotApplicable,
    /// A gift card pays nothing: it is empty, disabled, over, or of another currency.
    GiftCardUnusable,
    /// Nobody knows yet where the confirmation goes.
    EmailMissing,
    /// Nobody knows yet where the goods go.
    ShippingAddressMissing,
    /// The channel does not sell to the country of the shipping address.
    CountryNotServed,
    /// No way of delivery is chosen.
    ShippingMethodMissing,
    /// The chosen way of delivery is not to be had; the message says why.
    ShippingMethodUnavailable,
    /// The taxes are not known at the moment, and the totals are told without them. Read the cart again.
    TaxUnavailable,
}

/// Something that a shopper should know of a cart, or has to mend before it can become an order.
pub struct CartProblem {
    pub cart: Arc<PricedCart>,
    pub problem: Problem,
}

/// Something that a shopper should know of a cart, or has to mend before it can become an order.
#[Object]
impl CartProblem {
    /// What it is about, for programs.
    async fn code(&self) -> CartProblemCode {
        match &self.problem {
            Problem::Empty => CartProblemCode::Empty,
            Problem::VariantUnavailable(_) => CartProblemCode::VariantUnavailable,
            Problem::InsufficientStock(..) => CartProblemCode::InsufficientStock,
            Problem::PriceChanged(_, from, to) if to > from => CartProblemCode::PriceIncreased,
            Problem::PriceChanged(..) => CartProblemCode::PriceDecreased,
            Problem::LimitExceeded(..) => CartProblemCode::LimitExceeded,
            Problem::CodeInvalid(_, CodeState::NotYet | CodeState::Expired) => CartProblemCode::CodeExpired,
            Problem::CodeInvalid(_, CodeState::UsedUp | CodeState::UsedUpByCustomer) => CartProblemCode::CodeUsedUp,
            Problem::CodeInvalid(..) => CartProblemCode::CodeUnknown,
            Problem::CodeGivesNothing(_) => CartProblemCode::CodeNotApplicable,
            Problem::GiftCardUnusable(..) => CartProblemCode::GiftCardUnusable,
            Problem::EmailMissing => CartProblemCode::EmailMissing,
            Problem::ShippingAddressMissing => CartProblemCode::ShippingAddressMissing,
            Problem::CountryNotServed => CartProblemCode::CountryNotServed,
            Problem::ShippingMethodMissing => CartProblemCode::ShippingMethodMissing,
            Problem::ShippingMethodUnavailable(_) => CartProblemCode::ShippingMethodUnavailable,
            Problem::TaxUnavailable => CartProblemCode::TaxUnavailable,
        }
    }

    /// What is wrong, as a sentence for people.
    async fn message(&self) -> String {
        message(&self.problem)
    }

    /// Whether it has to be mended before the cart can become an order.
    async fn is_blocking(&self) -> bool {
        self.problem.is_blocking()
    }

    /// The line that it is about; null where it is about the whole cart.
    async fn line(&self) -> Option<Prompted<CartLine>> {
        match self.problem {
            Problem::VariantUnavailable(id)
            | Problem::InsufficientStock(id, _)
            | Problem::PriceChanged(id, _, _)
            | Problem::LimitExceeded(Some(id), _) => CartLine::of(&self.cart, id),
            _ => None,
        }
    }

    /// What a unit cost when the shopper has seen it, with tax where the channel's prices include it; null where it is
    /// not about prices.
    async fn from(&self) -> Option<Money> {
        let Problem::PriceChanged(_, from, _) = self.problem else { return None };
        Some(self.cart.context.market.money(from).into())
    }

    /// What a unit costs now, with tax where the channel's prices include it; null where it is not about prices.
    async fn to(&self) -> Option<Money> {
        let Problem::PriceChanged(_, _, to) = self.problem else { return None };
        Some(self.cart.context.market.money(to).into())
    }

    /// How many units there are; null where it is not about that.
    async fn available(&self) -> Option<i32> {
        let Problem::InsufficientStock(_, available) = self.problem else { return None };
        Some(i32::try_from(available).unwrap_or(i32::MAX))
    }

    /// How many there may be; null where it is not about a limit.
    async fn limit(&self) -> Option<i32> {
        let Problem::LimitExceeded(_, limit) = self.problem else { return None };
        Some(i32::try_from(limit).unwrap_or(i32::MAX))
    }

    /// The code as it was typed; null where it is not about a code.
    async fn promotion_code(&self) -> Option<&str> {
        match &self.problem {
            Problem::CodeInvalid(code, _) | Problem::CodeGivesNothing(code) => Some(code),
            _ => None,
        }
    }
}

fn message(problem: &Problem) -> String {
    let text = match problem {
        Problem::Empty => "The cart is empty.",
        Problem::VariantUnavailable(_) => "This cannot be bought any more.",
        Problem::InsufficientStock(_, 0) => "This is sold out.",
        Problem::InsufficientStock(_, available) => return format!("There are only {available} units of this."),
        Problem::PriceChanged(_, from, to) if to > from => "The price has gone up.",
        Problem::PriceChanged(..) => "The price has gone down.",
        Problem::LimitExceeded(_, limit) => return format!("There may be at most {limit} of this."),
        Problem::CodeInvalid(code, state) => return of_code(code, *state),
        Problem::CodeGivesNothing(code) => {
            return format!("The code \"{code}\" gives nothing for what is in the cart, or less than others do.");
        }
        Problem::GiftCardUnusable(_, Standing::Empty) => "The gift card is used up.",
        Problem::GiftCardUnusable(_, Standing::Expired) => "The gift card is not valid any more.",
        Problem::GiftCardUnusable(_, Standing::OtherCurrency) => "The gift card is of another currency.",
        Problem::GiftCardUnusable(..) => "The gift card cannot be used.",
        Problem::EmailMissing => "An e-mail address is needed.",
        Problem::ShippingAddressMissing => "An address is needed to which the goods go.",
        Problem::CountryNotServed => "Nothing is sold to this country.",
        Problem::ShippingMethodMissing => "A way of delivery has to be chosen.",
        Problem::ShippingMethodUnavailable(Some(reason)) => verdict::why_not(*reason),
        Problem::ShippingMethodUnavailable(None) => "There is no such way of delivery to this address.",
        Problem::TaxUnavailable => "The taxes are not known at the moment; try again.",
    };
    text.to_owned()
}

fn of_code(code: &str, state: CodeState) -> String {
    match state {
        CodeState::NotYet => format!("The code \"{code}\" is not valid yet."),
        CodeState::Expired => format!("The code \"{code}\" is not valid any more."),
        CodeState::UsedUp => format!("The code \"{code}\" was used as often as it can be."),
        CodeState::UsedUpByCustomer => format!("You have used the code \"{code}\" as often as one may."),
        CodeState::Valid(_) | CodeState::Unknown => format!("There is no code \"{code}\"."),
    }
}
