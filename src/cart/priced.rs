//! A cart with everything that it costs.

use std::sync::Arc;

use crate::address::Place;
use crate::cart::content::Content;
use crate::cart::context::{Context, Sources};
use crate::cart::item::Item;
use crate::cart::problem::{self, Problem};
use crate::clock::Timestamp;
use crate::entity::{cart_line, channel};
use crate::error::{Error, Result, UserError};
use crate::gift_card::{self as gift_cards, Standing};
use crate::id::ShippingMethodId;
use crate::pricing::{
    Amount, Basket, Buyer, Delivery, GiftCard, GiftSubject, Line, Quote, QuotedLine, ShippingMethod, Terms, TooLarge,
};

/// A cart as it stands at an instant. It is what a shopper sees and what an order would be made of.
pub struct PricedCart {
    pub content: Content,
    pub context: Context,
    pub quote: Quote,
    /// Where each line stands in the quote; nowhere where it cannot be bought.
    quoted: Vec<Option<usize>>,
    pub problems: Vec<Problem>,
}

impl PricedCart {
    /// Prices a cart with what is read for it now.
    pub async fn load(
        sources: &Sources,
        mut content: Content,
        channel: Arc<channel::Model>,
        now: Timestamp,
    ) -> Result<Self> {
        let context = Context::load(sources, &mut content, channel, now).await?;
        Self::new(content, context)
    }

    pub fn new(content: Content, context: Context) -> Result<Self> {
        let (quote, quoted) = quote(&content, &context, content.row.shipping_method_id)?;
        let mut priced = Self { content, context, quote, quoted, problems: Vec::new() };
        priced.problems = problem::find(&priced)?;
        Ok(priced)
    }

    /// A line with what it costs; nothing where it cannot be bought.
    pub fn lines(&self) -> impl Iterator<Item = (&cart_line::Model, Option<&QuotedLine>)> {
        let costs = self.quoted.iter().map(|index| self.quote.lines.get((*index)?));
        self.content.lines.iter().zip(costs)
    }

    /// What a line costs.
    pub fn cost_of(&self, line: usize) -> Option<&QuotedLine> {
        self.quote.lines.get((*self.quoted.get(line)?)?)
    }

    /// What each way of delivery to a place would cost, whatever the cart says of it.
    pub async fn delivered_to(&self, sources: &Sources, place: Place) -> Result<Self> {
        let context = self.context.moved_to(sources, &self.content, place).await?;
        Self::new(self.content.clone(), context)
    }

    /// Notes for lines that nobody has seen yet what a unit costs, and for those whose price the shopper's own change of
    /// the quantity moved.
    pub fn note_prices(&mut self, before: &Content, acknowledges: bool) -> Result<()> {
        let mut seen = Vec::new();
        for (line, cost) in self.lines() {
            let Some(cost) = cost else { continue };
            let unit = cost.unit.minor();
            let is_own_change = || -> Result<bool> {
                let units = before.units(line.variant_id);
                let is_changed = units != self.content.units(line.variant_id);
                Ok(is_changed && self.unit_of(line, units)? == Some(line.seen_minor))
            };
            if acknowledges || line.seen_minor < 0 || (line.seen_minor != unit && is_own_change()?) {
                seen.push((line.id, unit));
            }
        }
        for line in &mut self.content.lines {
            if let Some((_, unit)) = seen.iter().find(|(id, _)| *id == line.id) {
                line.seen_minor = *unit;
            }
        }
        self.problems = problem::find(self)?;
        Ok(())
    }

    /// What a unit of a line would cost if the cart had so many of its variant.
    fn unit_of(&self, line: &cart_line::Model, units: i64) -> Result<Option<i64>> {
        let Some(item) = self.content.items.get(&line.variant_id) else { return Ok(None) };
        let Some(line) = to_line(&self.context, item, units.max(1)) else { return Ok(None) };
        let basket = Basket { lines: vec![line], ..basket(&self.context, Vec::new(), None, &[])? };
        let quote = basket.quote().map_err(too_large)?;
        Ok(quote.lines.first().map(|line| line.unit.minor()))
    }
}

/// The total is beyond what can be told.
fn too_large(_: TooLarge) -> Error {
    UserError::limit_exceeded("input", "The cart would cost more than can be told.", i64::from(i32::MAX)).into()
}

fn quote(
    content: &Content,
    context: &Context,
    chosen: Option<ShippingMethodId>,
) -> Result<(Quote, Vec<Option<usize>>)> {
    let (mut lines, mut quoted) = (Vec::with_capacity(content.lines.len()), Vec::with_capacity(content.lines.len()));
    for line in &content.lines {
        let item = content.items.get(&line.variant_id);
        let line = item.and_then(|item| to_line(context, item, line.quantity));
        quoted.push(line.is_some().then_some(lines.len()));
        lines.extend(line);
    }
    let methods = methods(context);
    let mut basket = basket(context, lines, chosen, &methods)?;
    basket.gifts = content.items.values().filter_map(|item| gift(context, item)).collect();
    let quote = basket.quote().map_err(too_large)?;
    Ok((quote, quoted))
}

fn to_line(context: &Context, item: &Item, quantity: i64) -> Option<Line> {
    Some(Line {
        subject: context.subjects.of(item),
        quantity,
        base: Amount::new(item.base?),
        list_prices: context.list_prices.get(&item.variant).cloned().unwrap_or_default(),
        tax: context.rates.of_item(item),
        weight_grams: item.weight_grams,
        requires_shipping: item.requires_shipping,
    })
}

/// What a promotion may give: what is for sale and there.
fn gift(context: &Context, item: &Item) -> Option<GiftSubject> {
    let is_there = item.available().is_none_or(|units| units > 0);
    Some(GiftSubject {
        variant: item.variant,
        product: item.product,
        base: Amount::new(item.base.filter(|_| is_there)?),
        tax: context.rates.of_item(item),
        weight_grams: item.weight_grams,
        requires_shipping: item.requires_shipping,
    })
}

/// The methods with their rates of tax.
fn methods(context: &Context) -> Vec<ShippingMethod> {
    let with_tax = |method: &crate::shipping::OfferedMethod| ShippingMethod {
        tax: context.rates.of(method.tax_class),
        ..method.rule.clone()
    };
    context.methods.iter().map(with_tax).collect()
}

fn basket<'a>(
    context: &'a Context,
    lines: Vec<Line>,
    chosen: Option<ShippingMethodId>,
    methods: &'a [ShippingMethod],
) -> Result<Basket<'a>> {
    let (market, channel) = (&context.market, &context.market.channel);
    let usable = context
        .gift_cards
        .iter()
        .filter(|card| gift_cards::standing(card, market.currency, market.scope.now) == Standing::Usable);
    Ok(Basket {
        currency: market.currency,
        terms: Terms {
            prices_include_tax: channel.prices_include_tax,
            tax_rounding: channel.tax_rounding,
            cross_border: channel.cross_border_pricing,
        },
        at: market.scope.now,
        buyer: Buyer {
            groups: context.buyer.groups.clone(),
            is_first_order: !context.buyer.has_ordered,
            is_tax_exempt: context.buyer.is_tax_exempt,
        },
        lines,
        gifts: Vec::new(),
        promotions: context.promotions.promotions.iter().map(|candidate| &candidate.rule).collect(),
        delivery: Delivery { methods: methods.iter().collect(), chosen },
        gift_cards: usable.map(|card| GiftCard { id: card.id, balance: Amount::new(card.balance_minor) }).collect(),
    })
}
