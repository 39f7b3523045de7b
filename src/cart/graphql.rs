//! Carts as clients read them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::address::graphql::Address;
use crate::address::{Place, country};
use crate::auth::Permission;
use crate::cart::content;
use crate::cart::context;
use crate::cart::cost::graphql::{AppliedDiscount, PromotionSummary, Reckoning, TaxTotal};
use crate::cart::line::graphql::{CartLine, CartProblem};
use crate::cart::priced::PricedCart;
use crate::channel::graphql::Channel;
use crate::customer::graphql::Customer;
use crate::customer::loader::CustomerKey;
use crate::graphql::context::{ContextExt, Guarded, guarded};
use crate::graphql::page;
use crate::graphql::prompt::Prompted;
use crate::graphql::scalar::{CountryCode, DateTime, Decimal, MetadataEntry, Money, TaxedMoney, date_time, metadata};
use crate::payment;
use crate::payment::graphql::PaymentMethod;
use crate::shipping::method::graphql::ShippingMethod;

#[derive(Clone)]
pub struct Cart(pub Arc<PricedCart>);

impl Cart {
    pub fn new(cart: PricedCart) -> Self {
        Self(Arc::new(cart))
    }

    fn reckoning(&self) -> Reckoning {
        Reckoning(Arc::clone(&self.0))
    }

    fn row(&self) -> &crate::entity::cart::Model {
        &self.0.content.row
    }

    fn options(&self) -> Vec<CartShippingOption> {
        let reckoning = self.reckoning();
        let option = |option: &crate::pricing::ShippingOption| {
            let offer = option.offer.ok()?;
            let method = self.0.context.methods.iter().find(|method| method.rule.id == option.method)?;
            Some(CartShippingOption {
                method: ShippingMethod(Arc::clone(&method.row)),
                price: reckoning.money(offer.price),
                discount: reckoning.money(offer.discount),
                total: reckoning.taxed(offer.total),
                is_chosen: self.row().shipping_method_id == Some(option.method),
            })
        };
        self.0.quote.options.iter().filter_map(option).collect()
    }
}

/// A way of delivery that a cart can have, and what it would cost.
#[derive(SimpleObject)]
pub struct CartShippingOption {
    /// The way of delivery.
    method: ShippingMethod,
    /// What it costs before promotions, with tax where the channel's prices include it.
    price: Prompted<Money>,
    /// What promotions take off, with tax where the channel's prices include it.
    discount: Prompted<Money>,
    /// What is left to pay; its tax is rounded by itself.
    total: Prompted<TaxedMoney>,
    /// Whether it is chosen.
    is_chosen: bool,
}

/// The way of delivery that was chosen, and what it costs.
#[derive(SimpleObject)]
pub struct CartShipping {
    /// The way of delivery.
    method: ShippingMethod,
    /// What it costs before promotions, with tax where the channel's prices include it.
    price: Prompted<Money>,
    /// What promotions take off, in the order in which they do.
    discounts: Vec<Prompted<AppliedDiscount>>,
    /// What is left to pay.
    total: Prompted<TaxedMoney>,
    /// The rate of its tax in percent.
    tax_percentage: Decimal,
}

/// A gift card of a cart.
#[derive(SimpleObject)]
pub struct CartGiftCard {
    /// The id, by which it is taken off the cart.
    id: ID,
    /// How its code ends, for people to know it by.
    ending: String,
    /// What is on it.
    balance: Money,
    /// What it pays of this cart.
    pays: Prompted<Money>,
}

/// A code of a cart.
#[derive(SimpleObject)]
pub struct CartCode {
    /// The code as it was typed.
    code: String,
    /// Whether its promotion gives something for what is in the cart; `problems` tells why not.
    is_applied: bool,
}

/// What is about to be bought in a channel, and what it costs now: all amounts are computed anew at every read, and add
/// up exactly. The id of a guest's cart is the key to it: whoever knows it can read and change the cart.
#[Object]
impl Cart {
    /// The id: a secret where the cart is a guest's.
    pub async fn id(&self) -> ID {
        self.row().key.into()
    }

    /// The channel in which is bought.
    async fn channel(&self) -> Channel {
        Channel(Arc::clone(&self.0.context.market.channel))
    }

    /// Whose cart it is; null for a guest's, and for those who may not see the customer.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<Customer>> {
        let Some(id) = self.row().customer_id else { return Ok(None) };
        Ok(ctx.loader().load_one(CustomerKey(id)).await?.map(Customer))
    }

    /// Where the confirmation goes: the address that was given, or that of the customer's account; null while neither
    /// is known.
    async fn email(&self) -> Option<&str> {
        self.0.context.buyer.email.as_deref()
    }

    /// The lines in the order in which they were added, then those that promotions give: at most as many as the limits
    /// of the channel say, but for what came together when carts were merged.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<Prompted<CartLine>>> {
        let lines = CartLine::all(&self.0);
        ctx.admit(lines.len())?;
        Ok(lines)
    }

    /// How many units are in it, gifts included.
    async fn quantity(&self) -> i32 {
        let gifts = self.0.quote.lines.iter().filter(|line| line.gift_of.is_some()).map(|line| line.quantity);
        let units = self.0.content.lines.iter().map(|line| line.quantity).chain(gifts);
        i32::try_from(units.fold(0_i64, i64::saturating_add)).unwrap_or(i32::MAX)
    }

    /// What the lines cost before discounts, with tax where the channel's prices include it.
    async fn subtotal(&self) -> Prompted<Money> {
        self.reckoning().money(self.0.quote.subtotal)
    }

    /// What promotions take off the lines, with tax where the channel's prices include it.
    async fn discount(&self) -> Prompted<Money> {
        self.reckoning().money(self.0.quote.discount)
    }

    /// The chosen way of delivery; null while none is chosen, or where the chosen one is not to be had.
    async fn shipping(&self) -> Option<CartShipping> {
        let (shipping, reckoning) = (self.0.quote.shipping.as_ref()?, self.reckoning());
        let method = self.0.context.methods.iter().find(|method| method.rule.id == shipping.method)?;
        Some(CartShipping {
            method: ShippingMethod(Arc::clone(&method.row)),
            price: reckoning.money(shipping.price),
            discounts: reckoning.discounts(&shipping.discounts),
            total: reckoning.taxed(shipping.total),
            tax_percentage: shipping.rate.into(),
        })
    }

    /// What all lines and the delivery cost.
    async fn total(&self) -> Prompted<TaxedMoney> {
        self.reckoning().taxed(self.0.quote.total)
    }

    /// The taxes in the total by their rates, the highest rate first: their sums are those of the total. At most one for
    /// each rate that occurs.
    async fn taxes(&self) -> Vec<Prompted<TaxTotal>> {
        self.reckoning().taxes()
    }

    /// The promotions that gave something, in the order in which they were applied; at most 500.
    async fn promotions(&self) -> Vec<Prompted<PromotionSummary>> {
        self.reckoning().effects()
    }

    /// The codes in the order in which they were added, at most 20.
    async fn codes(&self) -> Vec<CartCode> {
        let applied = self.0.quote.promotions.iter().map(|effect| effect.promotion).collect::<Vec<_>>();
        let code = |(code, state): &(String, crate::promotion::CodeState)| {
            let is_applied = matches!(state, crate::promotion::CodeState::Valid(id) if applied.contains(id));
            CartCode { code: code.clone(), is_applied }
        };
        self.0.context.promotions.codes.iter().map(code).collect()
    }

    /// The gift cards in the order in which they pay, at most 20. They pay, and make nothing cheaper.
    async fn gift_cards(&self) -> Vec<CartGiftCard> {
        let reckoning = self.reckoning();
        let order = content::gift_cards::<crate::id::GiftCardId>(self.row()).unwrap_or_default();
        let card = |id| {
            let card = self.0.context.gift_cards.iter().find(|card| card.id == id)?;
            let paid = self.0.quote.gift_cards.iter().find(|(paying, _)| *paying == id).map(|(_, paid)| *paid);
            Some(CartGiftCard {
                id: card.id.into(),
                ending: card.ending.clone(),
                balance: gift_card_balance(card)?,
                pays: reckoning.money(paid.unwrap_or_default()),
            })
        };
        order.into_iter().filter_map(card).collect()
    }

    /// What is left to be paid after gift cards.
    async fn amount_due(&self) -> Prompted<Money> {
        self.reckoning().money(self.0.quote.due)
    }

    /// Where the goods go; null while nobody knows.
    async fn shipping_address(&self) -> Result<Option<Address>> {
        Ok(context::address(self.row().shipping_address.as_ref())?.map(Address::new))
    }

    /// Where the invoice goes; null where it goes with the goods.
    async fn billing_address(&self) -> Result<Option<Address>> {
        Ok(context::address(self.row().billing_address.as_ref())?.map(Address::new))
    }

    /// The ways of delivery that the cart can have, to its shipping address, or to the channel's home country while none
    /// is known; at most 100 for each zone of delivery.
    async fn shipping_options(&self) -> Vec<CartShippingOption> {
        self.options()
    }

    /// The ways of delivery that the cart could have to a place, before an address is known, with what each would cost;
    /// at most 100 for each zone of delivery.
    async fn shipping_estimates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The country.")] country: CountryCode,
        #[graphql(desc = "The code or the name of a region of it.")] region: Option<String>,
        #[graphql(desc = "The postal code.")] postal_code: Option<String>,
    ) -> Result<Vec<CartShippingOption>> {
        let region = region.map(|text| {
            country::find(&country.0)
                .and_then(|rules| rules.find_region(&text))
                .map_or(text, |region| region.code.clone())
        });
        let place = Place { country: country.0, region, postal_code };
        let cart = Box::pin(self.0.delivered_to(ctx.app().carts.sources(), place)).await?;
        Ok(Self::new(cart).options())
    }

    /// How it can be paid, at most 20 ways.
    async fn payment_methods(&self, ctx: &Context<'_>) -> Vec<PaymentMethod> {
        payment::offered(ctx.app().config()).into_iter().map(PaymentMethod::from).collect()
    }

    /// What the shopper should know or has to mend, found at this read; at most a few for each line.
    async fn problems(&self, ctx: &Context<'_>) -> Result<Vec<CartProblem>> {
        ctx.admit(self.0.problems.len())?;
        let problem = |problem: &crate::cart::problem::Problem| CartProblem {
            cart: Arc::clone(&self.0),
            problem: problem.clone(),
        };
        Ok(self.0.problems.iter().map(problem).collect())
    }

    /// What the shopper wants to tell the shop; may be empty.
    async fn note(&self) -> &str {
        &self.row().note
    }

    /// Whether no tax is to be paid, as staff have found for the cart or its customer.
    async fn is_tax_exempt(&self) -> bool {
        self.0.context.buyer.is_tax_exempt
    }

    /// Values that the storefront keeps on the cart.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.row().metadata)
    }

    /// Values that the shop keeps on the cart for staff and its other systems. Requires `CART_READ`.
    async fn private_metadata(&self, ctx: &Context<'_>) -> Guarded<Vec<MetadataEntry>> {
        guarded(ctx, Permission::CartRead, || metadata(&self.row().private_metadata))
    }

    /// When it ends unless it is changed before.
    async fn expires_at(&self) -> DateTime {
        date_time(self.row().expires_at)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        date_time(self.row().created_at)
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime {
        date_time(self.row().updated_at)
    }

    /// Counts the changes.
    async fn version(&self) -> i32 {
        i32::try_from(self.row().version).unwrap_or(i32::MAX)
    }
}

/// What is on a card, in its own currency.
fn gift_card_balance(card: &crate::entity::gift_card::Model) -> Option<Money> {
    let currency = crate::gift_card::currency(card).ok()?;
    Some(crate::money::Money::from_minor(card.balance_minor, currency).into())
}
