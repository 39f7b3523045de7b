//! Customers as they see themselves, and as staff see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::address::graphql::Address;
use crate::auth::Permission;
use crate::channel::graphql::Channel;
use crate::channel::loader::ChannelKey;
use crate::customer::address_book;
use crate::customer::group::graphql::CustomerGroup;
use crate::customer::group::loader::GroupsOf;
use crate::customer::input::CustomerStatus;
use crate::customer::loader::AddressesOf;
use crate::customer::row;
use crate::customer::service::CustomerSelection;
use crate::entity::{address, customer};
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, Guarded, guarded};
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, LanguageCode, MetadataEntry, date_time, metadata};

#[derive(Clone)]
pub struct Customer(pub Arc<customer::Model>);

/// A person who buys. Customers see themselves; staff see them with `CUSTOMER_READ`.
#[Object]
impl Customer {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The e-mail address to sign in with; null once the customer is erased.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// The given name; empty if it is not known.
    async fn first_name(&self) -> &str {
        &self.0.first_name
    }

    /// The family name; empty if it is not known.
    async fn last_name(&self) -> &str {
        &self.0.last_name
    }

    /// The telephone number, if there is one.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// In which language mails are written; null for that of the channel.
    async fn language(&self) -> Option<LanguageCode> {
        self.0.language.clone().map(LanguageCode)
    }

    /// How the customer stands.
    async fn status(&self) -> CustomerStatus {
        row::status(&self.0)
    }

    /// When it was proved that the e-mail address is the customer's; null before.
    async fn verified_at(&self) -> Option<DateTime> {
        self.0.verified_at.map(date_time)
    }

    /// The channel in which the customer registered; null for one whom staff entered.
    async fn channel(&self, ctx: &Context<'_>) -> Result<Option<Channel>> {
        match self.0.channel_id {
            Some(id) => Ok(ctx.loader().load_one(ChannelKey(id)).await?.map(Channel)),
            None => Ok(None),
        }
    }

    /// Whether the customer has said to want to hear of offers.
    async fn accepts_marketing(&self) -> bool {
        self.0.accepts_marketing
    }

    /// When that was said or taken back last; null if it never was.
    async fn marketing_changed_at(&self) -> Option<DateTime> {
        self.0.marketing_changed_at.map(date_time)
    }

    /// Whether the customer pays no tax, which staff alone say.
    async fn is_tax_exempt(&self) -> bool {
        self.0.is_tax_exempt
    }

    /// The addresses that the customer keeps, the oldest first, at most 50.
    async fn addresses(&self, ctx: &Context<'_>) -> Result<Vec<CustomerAddress>> {
        let rows = ctx.loader().load_one(AddressesOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(CustomerAddress).collect())
    }

    /// Where goods go unless another address is chosen; null if no address is kept.
    async fn default_shipping_address(&self, ctx: &Context<'_>) -> Result<Option<CustomerAddress>> {
        let rows = ctx.loader().load_one(AddressesOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.iter().find(|row| row.is_default_shipping).cloned().map(CustomerAddress))
    }

    /// Where invoices go unless another address is chosen; null if no address is kept.
    async fn default_billing_address(&self, ctx: &Context<'_>) -> Result<Option<CustomerAddress>> {
        let rows = ctx.loader().load_one(AddressesOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.iter().find(|row| row.is_default_billing).cloned().map(CustomerAddress))
    }

    /// The groups that the customer belongs to, in the alphabet of their names, at most 500. Requires
    /// `CUSTOMER_READ`.
    async fn groups(&self, ctx: &Context<'_>) -> Result<Guarded<Vec<CustomerGroup>>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::CustomerRead, || ()) {
            return Ok(Some(Err(refusal)));
        }
        let rows = ctx.loader().load_one(GroupsOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(Some(Ok(rows.iter().cloned().map(CustomerGroup).collect())))
    }

    /// What staff should know; the customer is told of it in an export of their data alone. Requires `CUSTOMER_READ`.
    async fn note(&self, ctx: &Context<'_>) -> Guarded<&str> {
        guarded(ctx, Permission::CustomerRead, || self.0.note.as_str())
    }

    /// The id in another system of the shop, if there is one. Requires `CUSTOMER_READ`.
    async fn external_id(&self, ctx: &Context<'_>) -> Guarded<Option<&str>> {
        guarded(ctx, Permission::CustomerRead, || self.0.external_id.as_deref())
    }

    /// Values that the shop keeps on the customer for storefronts.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.metadata)
    }

    /// Values that the shop keeps on the customer for staff and its other systems. Requires `CUSTOMER_READ`.
    async fn private_metadata(&self, ctx: &Context<'_>) -> Guarded<Vec<MetadataEntry>> {
        guarded(ctx, Permission::CustomerRead, || metadata(&self.0.private_metadata))
    }

    /// When the customer was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When the customer or an address of it was last changed.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; staff give it as `expectedVersion` to change only what they have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}

impl Prompt for Customer {}

#[derive(Clone)]
pub struct CustomerAddress(pub Arc<address::Model>);

/// An address that a customer keeps.
#[Object]
impl CustomerAddress {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The address.
    async fn address(&self) -> Result<Address> {
        Ok(Address::new(address_book::content(&self.0)?))
    }

    /// Whether goods go there unless another is chosen.
    async fn is_default_shipping(&self) -> bool {
        self.0.is_default_shipping
    }

    /// Whether invoices go there unless another is chosen.
    async fn is_default_billing(&self) -> bool {
        self.0.is_default_billing
    }
}

connection!(
    /// A page of customers.
    CustomerConnection,
    CustomerEdge,
    Customer,
    CustomerCount
);

/// Counts the customers of a list.
pub struct CustomerCount(pub CustomerSelection);

impl CustomerCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().customers.count(&self.0).await?)
    }
}
