//! How carts are made, and how what is said of them is changed.

use async_graphql::{Context, Object, Result};

use crate::address::input::AddressInput;
use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::cart::edit::Edit;
use crate::cart::graphql::Cart;
use crate::cart::input::{CartBuyerInput, CartCreateInput};
use crate::cart::service::Changed;
use crate::cart::spec;
use crate::error::{self, UserError};
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::graphql::scalar::MetadataEntryInput;
use crate::id::{CartKey, ShippingMethodId};

payloads! {
    /// What came of making a cart.
    CartCreatePayload {
        /// The cart.
        cart: Cart
    }
    /// What came of saying who buys.
    CartBuyerSetPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of saying where the goods go.
    CartShippingAddressSetPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of saying where the invoice goes.
    CartBillingAddressSetPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of choosing a way of delivery.
    CartDeliverySetPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of writing a note.
    CartNoteSetPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of keeping values.
    CartMetadataSetPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of acknowledging prices.
    CartPricesAcknowledgePayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of keeping values for staff.
    CartPrivateMetadataSetPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of freeing a cart from tax.
    CartTaxExemptionSetPayload {
        /// The cart as it now stands.
        cart: Cart
    }
}

/// Makes edits to a cart, and gives it as it then stands: unchanged where a person has something to mend.
pub async fn edited(
    ctx: &Context<'_>,
    id: CartKey,
    edits: error::Result<Vec<Edit>>,
) -> error::Result<(Option<Cart>, Vec<String>, Vec<UserError>)> {
    let carts = &ctx.app().carts;
    let changed = match edits {
        Ok(edits) => carts.edit(ctx.actor(), id, &edits).await,
        Err(error) => Err(error),
    };
    let (changed, user_errors) = split(changed)?;
    let (cart, replaced_codes) = match changed {
        Some(Changed { cart, replaced_codes }) => (Some(cart), replaced_codes),
        None => (carts.find(ctx.actor(), id).await?, Vec::new()),
    };
    Ok((cart.map(Cart::new), replaced_codes, user_errors))
}

#[derive(Default)]
pub struct CartMutation;

#[Object]
impl CartMutation {
    /// Makes a cart with as much as is known of it: a guest's, whose id is the key to it, or that of the customer who has
    /// signed in. A customer has one cart in a channel: if it is there already, what is given is added to it. Public.
    async fn cart_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of it; may be nothing.")] input: CartCreateInput,
        #[graphql(desc = "The slug of the channel in which is bought; the default channel if absent.")] channel: Option<
            String,
        >,
    ) -> Result<Option<CartCreatePayload>> {
        let market = ctx.market(channel.as_deref()).await?;
        let created = match spec::create(input) {
            Ok(edits) => ctx.app().carts.create(ctx.actor(), market.channel.clone(), &edits).await,
            Err(error) => Err(error),
        };
        let (changed, user_errors) = split(created)?;
        Ok(Some(CartCreatePayload { cart: changed.map(|changed| Cart::new(changed.cart)), user_errors }))
    }

    /// Says who buys. Public.
    async fn cart_buyer_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "Who buys.")] input: CartBuyerInput,
    ) -> Result<Option<CartBuyerSetPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::buyer(input)).await?;
        Ok(Some(CartBuyerSetPayload { cart, user_errors }))
    }

    /// Says where the goods go, by which taxes and ways of delivery are found. Public.
    async fn cart_shipping_address_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The address; null for none.")] address: Option<AddressInput>,
    ) -> Result<Option<CartShippingAddressSetPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::shipping_address(address)).await?;
        Ok(Some(CartShippingAddressSetPayload { cart, user_errors }))
    }

    /// Says where the invoice goes. Public.
    async fn cart_billing_address_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The address; null for where the goods go.")] address: Option<AddressInput>,
    ) -> Result<Option<CartBillingAddressSetPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::billing_address(address)).await?;
        Ok(Some(CartBillingAddressSetPayload { cart, user_errors }))
    }

    /// Chooses a way of delivery of those that the cart can have, which `shippingOptions` lists. Public.
    async fn cart_delivery_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The id of the way of delivery; null for none.")] method: Option<ShippingMethodId>,
    ) -> Result<Option<CartDeliverySetPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, Ok(spec::shipping_method(method))).await?;
        Ok(Some(CartDeliverySetPayload { cart, user_errors }))
    }

    /// Keeps what the shopper wants to tell the shop. Public.
    async fn cart_note_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The note, at most 2,000 characters; empty for none.")] note: String,
    ) -> Result<Option<CartNoteSetPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::note(note)).await?;
        Ok(Some(CartNoteSetPayload { cart, user_errors }))
    }

    /// Keeps values of the storefront on the cart, in the place of all that are there. Public.
    async fn cart_metadata_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "All values, at most 50.")] metadata: Vec<MetadataEntryInput>,
    ) -> Result<Option<CartMetadataSetPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::metadata(metadata)).await?;
        Ok(Some(CartMetadataSetPayload { cart, user_errors }))
    }

    /// Says that the shopper has seen what everything costs now: changes of prices are no problem any more. Public.
    async fn cart_prices_acknowledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
    ) -> Result<Option<CartPricesAcknowledgePayload>> {
        let (cart, _, user_errors) = edited(ctx, id, Ok(vec![Edit::AcknowledgePrices])).await?;
        Ok(Some(CartPricesAcknowledgePayload { cart, user_errors }))
    }

    /// Keeps values for staff and other systems of the shop on the cart, in the place of all that are there. Requires `CART_WRITE`.
    #[graphql(guard = "Can(Permission::CartWrite)")]
    async fn cart_private_metadata_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "All values, at most 50.")] private_metadata: Vec<MetadataEntryInput>,
    ) -> Result<Option<CartPrivateMetadataSetPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::private_metadata(private_metadata)).await?;
        Ok(Some(CartPrivateMetadataSetPayload { cart, user_errors }))
    }

    /// Says whether no tax is to be paid for the cart, as for a business abroad. Requires `CART_WRITE`.
    #[graphql(guard = "Can(Permission::CartWrite)")]
    async fn cart_tax_exemption_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "Whether it is free of tax; a customer who is stays so.")] is_tax_exempt: bool,
    ) -> Result<Option<CartTaxExemptionSetPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, Ok(vec![Edit::TaxExempt(is_tax_exempt)])).await?;
        Ok(Some(CartTaxExemptionSetPayload { cart, user_errors }))
    }
}
