//! What is to be priced: everything that a price depends on.

use iso_currency::Currency;

use crate::clock::Timestamp;
use crate::id::{
    AttributeChoiceId, CollectionId, CustomerGroupId, GiftCardId, PriceListId, ProductId, ProductVariantId,
};
use crate::pricing::{Amount, Delivery, Promotion, Rate};

/// A cart, draft or order edit as the engine sees it.
#[derive(Clone, Debug)]
pub struct Basket<'a> {
    pub currency: Currency,
    pub terms: Terms,
    pub at: Timestamp,
    pub buyer: Buyer,
    pub lines: Vec<Line>,
    /// Those that may take part: automatic ones and those whose code was given. Whether each applies is found out here.
    pub promotions: Vec<&'a Promotion>,
    /// What the promotions can give: a variant that is not here is not given.
    pub gifts: Vec<GiftSubject>,
    pub delivery: Delivery<'a>,
    /// In the order in which they pay.
    pub gift_cards: Vec<GiftCard>,
}

/// How a channel reckons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Whether prices, amounts of promotions and shipping rates are gross.
    pub prices_include_tax: bool,
    pub tax_rounding: TaxRounding,
    pub cross_border: CrossBorderPricing,
}

/// Where tax is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxRounding {
    /// Once on each line.
    Line,
    /// Once for each rate over the whole, and spread over the lines.
    RateGroup,
}

/// What stays as it is where an inclusive price meets another country's rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrossBorderPricing {
    /// What the shopper pays.
    KeepGross,
    /// What the shop keeps.
    KeepNet,
}

/// Who buys, as far as prices depend on it.
#[derive(Clone, Debug, Default)]
pub struct Buyer {
    pub groups: Vec<CustomerGroupId>,
    /// Whether nothing was ordered before.
    pub is_first_order: bool,
    /// Pays no tax: the home rate is taken out of inclusive prices, and none is put onto others.
    pub is_tax_exempt: bool,
}

/// One line of what is bought.
#[derive(Clone, Debug)]
pub struct Line {
    pub subject: Subject,
    /// At least one.
    pub quantity: i64,
    /// What one unit costs in the channel before price lists; not negative.
    pub base: Amount,
    /// The prices of price lists that are open to the buyer; of those whose quantity is reached the lowest holds.
    pub list_prices: Vec<ListPrice>,
    pub tax: TaxPair,
    /// Of one unit.
    pub weight_grams: i64,
    pub requires_shipping: bool,
}

/// What conditions look at of a line.
#[derive(Clone, Debug)]
pub struct Subject {
    pub variant: ProductVariantId,
    pub product: ProductId,
    /// Sorted.
    pub collections: Vec<CollectionId>,
    /// The values of its attributes and its product's, sorted.
    pub choices: Vec<AttributeChoiceId>,
}

/// A variant that promotions can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GiftSubject {
    pub variant: ProductVariantId,
    pub product: ProductId,
    /// What one unit would cost in the channel.
    pub base: Amount,
    pub tax: TaxPair,
    /// Of one unit.
    pub weight_grams: i64,
    pub requires_shipping: bool,
}

/// From where prices are looked at: what promotions of the catalogue depend on besides the unit.
#[derive(Clone, Copy, Debug)]
pub struct Standpoint<'a> {
    pub groups: &'a [CustomerGroupId],
    pub currency: Currency,
    pub at: Timestamp,
}

impl Basket<'_> {
    pub fn standpoint(&self) -> Standpoint<'_> {
        Standpoint { groups: &self.buyer.groups, currency: self.currency, at: self.at }
    }
}

/// What a unit costs by a price list from a number of units of the variant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPrice {
    pub list: PriceListId,
    pub from_quantity: i64,
    pub price: Amount,
}

/// The rates of a tax class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaxPair {
    /// In the channel's home country, which inclusive prices hold.
    pub home: Rate,
    /// Where the goods go.
    pub zone: Rate,
}

/// A way to pay with what was paid before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GiftCard {
    pub id: GiftCardId,
    pub balance: Amount,
}
