//! How people become customers, come in, and go.

use async_graphql::{Context, Object, Result, SimpleObject};
use secrecy::SecretString;

use crate::account::account::Kind;
use crate::account::graphql::Session;
use crate::account::session::SessionTokens;
use crate::account::sign_in::Credentials;
use crate::auth::guard::IsCustomer;
use crate::cart::graphql::Cart;
use crate::customer::input::{
    CustomerDataExportInput, CustomerErasureConfirmInput, CustomerErasureRequestInput, CustomerRegisterInput,
    CustomerSignInInput, CustomerVerificationRequestInput, CustomerVerifyInput,
};
use crate::error::{self, UserError};
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::CartKey;

payloads! {
    /// What came of verifying an e-mail address.
    CustomerVerifyPayload {
        /// The new session.
        session: Session,
        /// The customer's cart in the channel of the guest's cart that was named; null if none was, or if it is gone.
        cart: Cart
    }
    /// What came of signing in.
    CustomerSignInPayload {
        /// The new session.
        session: Session,
        /// The customer's cart in the channel of the guest's cart that was named; null if none was, or if it is gone.
        cart: Cart
    }
    /// What came of asking for one's own data.
    CustomerDataExportPayload {
        /// All that the shop keeps of the customer, as a JSON document.
        document: String
    }
}

/// The customer's cart, once the guest's cart that was named has become a part of it.
async fn claimed(
    ctx: &Context<'_>,
    tokens: Option<&SessionTokens>,
    guest: Option<CartKey>,
) -> error::Result<Option<Cart>> {
    let (Some(tokens), Some(guest)) = (tokens, guest) else { return Ok(None) };
    Ok(Box::pin(ctx.app().carts.claim(tokens.account, tokens.session, guest)).await.map(Cart::new))
}

/// What came of registering.
#[derive(SimpleObject)]
pub struct CustomerRegisterPayload {
    /// Whether a mail is on its way: with a link that verifies the address or, if there is an account already, saying so.
    is_accepted: bool,
    /// What a person has to mend; empty where all went well. Nothing was done where it is not empty.
    user_errors: Vec<UserError>,
}

/// What came of asking for another mail.
#[derive(SimpleObject)]
pub struct CustomerVerificationRequestPayload {
    /// Whether a mail is on its way if there is such an account and it waits for that.
    is_accepted: bool,
    /// What a person has to mend; empty where all went well. Nothing was done where it is not empty.
    user_errors: Vec<UserError>,
}

/// What came of asking to be erased.
#[derive(SimpleObject)]
pub struct CustomerErasureRequestPayload {
    /// Whether a mail with a link is on its way.
    is_accepted: bool,
    /// What a person has to mend; empty where all went well. Nothing was done where it is not empty.
    user_errors: Vec<UserError>,
}

/// What came of following the link to be erased.
#[derive(SimpleObject)]
pub struct CustomerErasureConfirmPayload {
    /// Whether the personal data are gone.
    is_erased: bool,
    /// What a person has to mend; empty where all went well. Nothing was done where it is not empty.
    user_errors: Vec<UserError>,
}

fn done(result: error::Result<()>) -> error::Result<(bool, Vec<UserError>)> {
    let (done, user_errors) = split(result)?;
    Ok((done.is_some(), user_errors))
}

#[derive(Default)]
pub struct CustomerAccountMutation;

#[Object]
impl CustomerAccountMutation {
    /// Makes an account, which can sign in once the link in the mail was followed. The answer is the same, and takes as
    /// long, if there is an account of the address already. Asking again soon has to wait (`THROTTLED`). Public.
    async fn customer_register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants an account.")] input: CustomerRegisterInput,
    ) -> Result<Option<CustomerRegisterPayload>> {
        let channel = ctx.market(input.channel.as_deref()).await?.channel.id;
        let result = ctx.app().registrations.register(input, channel, ctx.origin()).await;
        let (is_accepted, user_errors) = done(result)?;
        Ok(Some(CustomerRegisterPayload { is_accepted, user_errors }))
    }

    /// Has another mail sent to who registered and has not followed the link. The answer is the same whether or not there
    /// is such an account. Public.
    async fn customer_verification_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants another mail.")] input: CustomerVerificationRequestInput,
    ) -> Result<Option<CustomerVerificationRequestPayload>> {
        let result = ctx.app().registrations.request_verification(&input.email, ctx.origin()).await;
        let (is_accepted, user_errors) = done(result)?;
        Ok(Some(CustomerVerificationRequestPayload { is_accepted, user_errors }))
    }

    /// Verifies the e-mail address of who followed the link of a mail and knows the password that was chosen, and starts
    /// a session. A link whose password is another one was asked for by somebody else. Public.
    async fn customer_verify(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link carries.")] input: CustomerVerifyInput,
    ) -> Result<Option<CustomerVerifyPayload>> {
        let guest = input.cart;
        let (tokens, user_errors) = split(ctx.app().registrations.verify(input, ctx.origin()).await)?;
        let cart = claimed(ctx, tokens.as_ref(), guest).await?;
        Ok(Some(CustomerVerifyPayload { session: tokens.map(Session::from), cart, user_errors }))
    }

    /// Starts a session for a customer. An account whose address is not verified cannot sign in, which only the right
    /// password is told (`NOT_VERIFIED`). From the second failure on the next attempt for the account, and from the same
    /// address, has to wait (`THROTTLED`). Public.
    async fn customer_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who signs in.")] input: CustomerSignInInput,
    ) -> Result<Option<CustomerSignInPayload>> {
        let password = SecretString::from(input.password);
        let credentials = Credentials { kind: Kind::Customer, email: input.email, password };
        let (tokens, user_errors) = split(ctx.app().sign_ins.sign_in(credentials, ctx.origin()).await)?;
        let cart = claimed(ctx, tokens.as_ref(), input.cart).await?;
        Ok(Some(CustomerSignInPayload { session: tokens.map(Session::from), cart, user_errors }))
    }

    /// Gives a customer all that the shop keeps of them, as a JSON document. Requires a customer.
    #[graphql(guard = "IsCustomer")]
    async fn customer_data_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose data, proved by the password.")] input: CustomerDataExportInput,
    ) -> Result<Option<CustomerDataExportPayload>> {
        let password = SecretString::from(input.password);
        let (document, user_errors) = split(ctx.app().erasures.export(ctx.actor(), password, ctx.origin()).await)?;
        Ok(Some(CustomerDataExportPayload { document, user_errors }))
    }

    /// Has a mail with a link sent to a customer who wants their personal data erased. Requires a customer.
    #[graphql(guard = "IsCustomer")]
    async fn customer_erasure_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants to be erased, proved by the password.")] input: CustomerErasureRequestInput,
    ) -> Result<Option<CustomerErasureRequestPayload>> {
        let password = SecretString::from(input.password);
        let (is_accepted, user_errors) = done(ctx.app().erasures.request(ctx.actor(), password, ctx.origin()).await)?;
        Ok(Some(CustomerErasureRequestPayload { is_accepted, user_errors }))
    }

    /// Erases the personal data of who followed the link of a mail, for good: names, addresses, sessions, groups, notes.
    /// What was sold stays, without them. Public.
    async fn customer_erasure_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link carries.")] input: CustomerErasureConfirmInput,
    ) -> Result<Option<CustomerErasureConfirmPayload>> {
        let (is_erased, user_errors) = done(ctx.app().erasures.confirm(&input.token).await)?;
        Ok(Some(CustomerErasureConfirmPayload { is_erased, user_errors }))
    }
}
