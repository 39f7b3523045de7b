//! How customers change what is kept of them, and how staff do.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::{Can, IsCustomer, SignedIn};
use crate::customer::graphql::Customer;
use crate::customer::input::{
    CustomerAddressCreateInput, CustomerAddressUpdateInput, CustomerCreateInput, CustomerProfileUpdateInput,
    CustomerUpdateInput,
};
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{AddressId, CustomerId};

payloads! {
    /// What came of changing one's own profile.
    CustomerProfileUpdatePayload {
        /// The customer as it now stands.
        customer: Customer
    }
    /// What came of keeping an address.
    CustomerAddressCreatePayload {
        /// The customer as it now stands.
        customer: Customer
    }
    /// What came of changing an address.
    CustomerAddressUpdatePayload {
        /// The customer as it now stands.
        customer: Customer
    }
    /// What came of deleting an address.
    CustomerAddressDeletePayload {
        /// The customer as it now stands.
        customer: Customer
    }
    /// What came of entering a customer.
    CustomerCreatePayload {
        /// The new customer; null for who may not see customers.
        customer: Customer
    }
    /// What came of changing a customer.
    CustomerUpdatePayload {
        /// The customer as it now stands; null for who may not see customers.
        customer: Customer
    }
    /// What came of erasing a customer.
    CustomerErasePayload {
        /// What is left of the customer; null for who may not see customers.
        customer: Customer
    }
}

/// The customer as it stands after a mutation, as far as the actor may see it.
async fn reload(ctx: &Context<'_>, id: Option<CustomerId>) -> error::Result<Option<Customer>> {
    let Some(id) = id else { return Ok(None) };
    Ok(ctx.app().customers.find(ctx.actor(), id).await?.map(|row| Customer(Arc::new(row))))
}

#[derive(Default)]
pub struct CustomerMutation;

#[Object]
impl CustomerMutation {
    /// Changes one's own profile. The e-mail address has a mutation of its own, `emailChangeRequest`. Requires a customer.
    #[graphql(guard = "IsCustomer")]
    async fn customer_profile_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: CustomerProfileUpdateInput,
    ) -> Result<Option<CustomerProfileUpdatePayload>> {
        let (id, user_errors) = split(ctx.app().customers.update_profile(ctx.actor(), input).await)?;
        Ok(Some(CustomerProfileUpdatePayload { customer: reload(ctx, id).await?, user_errors }))
    }

    /// Keeps an address of one's own or, with `CUSTOMER_WRITE`, of another customer. Requires a session.
    #[graphql(guard = "SignedIn")]
    async fn customer_address_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the customer, for staff; oneself if absent.")] customer: Option<CustomerId>,
        #[graphql(desc = "The address.")] input: CustomerAddressCreateInput,
    ) -> Result<Option<CustomerAddressCreatePayload>> {
        let (id, user_errors) = split(ctx.app().addresses.create(ctx.actor(), customer, input).await)?;
        let owner = customer.or(ctx.actor().customer().map(|customer| customer.id));
        Ok(Some(CustomerAddressCreatePayload { customer: reload(ctx, id.and(owner)).await?, user_errors }))
    }

    /// Changes an address of one's own or, with `CUSTOMER_WRITE`, of another customer. Requires a session.
    #[graphql(guard = "SignedIn")]
    async fn customer_address_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the address.")] id: AddressId,
        #[graphql(desc = "The changes.")] input: CustomerAddressUpdateInput,
    ) -> Result<Option<CustomerAddressUpdatePayload>> {
        let (customer, user_errors) = split(ctx.app().addresses.update(ctx.actor(), id, input).await)?;
        Ok(Some(CustomerAddressUpdatePayload { customer: reload(ctx, customer).await?, user_errors }))
    }

    /// Deletes an address of one's own or, with `CUSTOMER_WRITE`, of another customer. If it was a default one, the oldest
    /// of the others takes its place. Requires a session.
    #[graphql(guard = "SignedIn")]
    async fn customer_address_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the address.")] id: AddressId,
    ) -> Result<Option<CustomerAddressDeletePayload>> {
        let (customer, user_errors) = split(ctx.app().addresses.delete(ctx.actor(), id).await)?;
        Ok(Some(CustomerAddressDeletePayload { customer: reload(ctx, customer).await?, user_errors }))
    }

    /// Enters a customer, who has no password so far. No mail is sent. Requires `CUSTOMER_WRITE`.
    #[graphql(guard = "Can(Permission::CustomerWrite)")]
    async fn customer_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new customer.")] input: CustomerCreateInput,
    ) -> Result<Option<CustomerCreatePayload>> {
        let (id, user_errors) = split(ctx.app().customers.create(ctx.actor(), input).await)?;
        Ok(Some(CustomerCreatePayload { customer: reload(ctx, id).await?, user_errors }))
    }

    /// Changes a customer. Another e-mail address is in force once the link that is sent there was followed. Requires
    /// `CUSTOMER_WRITE`.
    #[graphql(guard = "Can(Permission::CustomerWrite)")]
    async fn customer_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the customer.")] id: CustomerId,
        #[graphql(desc = "The changes.")] input: CustomerUpdateInput,
    ) -> Result<Option<CustomerUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().customers.update(ctx.actor(), id, input).await)?;
        Ok(Some(CustomerUpdatePayload { customer: reload(ctx, Some(id)).await?, user_errors }))
    }

    /// Erases the personal data of a customer for good: names, addresses, sessions, groups, notes. What was sold stays,
    /// without them. Requires `CUSTOMER_WRITE`.
    #[graphql(guard = "Can(Permission::CustomerWrite)")]
    async fn customer_erase(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the customer.")] id: CustomerId,
    ) -> Result<Option<CustomerErasePayload>> {
        let (_, user_errors) = split(ctx.app().erasures.erase(ctx.actor(), id).await)?;
        Ok(Some(CustomerErasePayload { customer: reload(ctx, Some(id)).await?, user_errors }))
    }
}
