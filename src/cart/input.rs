//! What is sent to make and change carts.

use async_graphql::InputObject;

use crate::address::input::AddressInput;
use crate::graphql::scalar::MetadataEntryInput;
use crate::id::{CartLineId, ProductVariantId, ShippingMethodId};

/// Something that a shopper wants to be done with the units of a line, such as an engraving.
#[derive(Clone, Debug, InputObject)]
pub struct CartLineAttributeInput {
    /// What it is, such as "Engraving"; at most 60 characters.
    pub name: String,
    /// The text, at most 500 characters.
    pub value: String,
}

/// Units to be put into a cart. They join the line that has the same variant and the same attributes.
#[derive(Clone, Debug, InputObject)]
pub struct CartLineInput {
    /// The id of the variant.
    pub variant: ProductVariantId,
    /// How many units.
    #[graphql(default = 1)]
    pub quantity: i32,
    /// What is to be done with them, at most 20; lines with other attributes stay apart.
    #[graphql(default)]
    pub attributes: Vec<CartLineAttributeInput>,
}

/// How a line shall stand; what is absent stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct CartLineUpdateInput {
    /// The id of the line.
    pub id: CartLineId,
    /// How many units; zero takes the line away.
    pub quantity: Option<i32>,
    /// All that is to be done with them. If there is another line with these attributes they become one.
    pub attributes: Option<Vec<CartLineAttributeInput>>,
}

/// Who buys.
#[derive(Clone, Debug, InputObject)]
pub struct CartBuyerInput {
    /// Where the confirmation goes; null for the address of the account, where the cart is a customer's. It may be that
    /// of a registered customer and opens nothing of the account.
    pub email: Option<String>,
}

/// A new cart, with as much as is known of it.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CartCreateInput {
    /// What is put into it, at most 250 lines.
    #[graphql(default)]
    pub lines: Vec<CartLineInput>,
    /// Who buys.
    pub buyer: Option<CartBuyerInput>,
    /// Where the goods go.
    pub shipping_address: Option<AddressInput>,
    /// Where the invoice goes; where the goods go if absent.
    pub billing_address: Option<AddressInput>,
    /// The id of the way of delivery.
    pub shipping_method: Option<ShippingMethodId>,
    /// Codes of promotions, at most 20.
    #[graphql(default)]
    pub codes: Vec<String>,
    /// What the shopper wants to tell the shop, at most 2,000 characters.
    pub note: Option<String>,
    /// Values that the storefront keeps on the cart.
    pub metadata: Option<Vec<MetadataEntryInput>>,
}
