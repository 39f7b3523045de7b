//! The outbox: every change that others care about is recorded in the transaction that makes it.
//!
//! What is rolled back leaves no event, and what is committed leaves exactly one. Events of one object are numbered
//! without gaps; the object's row is locked by its change first, so numbers are never fought over. Payloads hold ids
//! and facts, never personal data.

mod audit;

use std::collections::HashMap;

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::auth::Actor;
use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::event;
use crate::error::Result;
use crate::id::{
    ApiTokenId, AttributeId, CartId, ChannelId, CollectionId, CustomerGroupId, CustomerId, EventId, GiftCardId, JobId,
    PickupLocationId, PriceListId, ProductId, ProductVariantId, PromotionId, RoleId, SessionId, ShippingMethodId,
    ShippingZoneId, StaffUserId, TaxClassId, TaxZoneId,
};

pub use audit::{Details, changes};

macro_rules! event_types {
    ($($name:ident = $text:literal;)+) => {
        /// The kinds of change, as the payloads of webhooks will name them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum EventType {
            $($name,)+
        }

        impl EventType {
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

event_types! {
    ChannelCreated = "channel.created";
    ChannelUpdated = "channel.updated";
    ChannelDeleted = "channel.deleted";
    ChannelDefaultChanged = "channel.default_changed";
    ProductCreated = "product.created";
    ProductUpdated = "product.updated";
    ProductDeleted = "product.deleted";
    ProductStatusChanged = "product.status_changed";
    ProductChannelsChanged = "product.channels_changed";
    VariantCreated = "variant.created";
    VariantUpdated = "variant.updated";
    VariantDeleted = "variant.deleted";
    VariantStatusChanged = "variant.status_changed";
    VariantPriceChanged = "variant.price_changed";
    StockChanged = "stock.changed";
    CollectionCreated = "collection.created";
    CollectionUpdated = "collection.updated";
    CollectionDeleted = "collection.deleted";
    CollectionStatusChanged = "collection.status_changed";
    CollectionProductsChanged = "collection.products_changed";
    CollectionChannelsChanged = "collection.channels_changed";
    ProductAttributesChanged = "product.attributes_changed";
    VariantAttributesChanged = "variant.attributes_changed";
    AttributeCreated = "attribute.created";
    AttributeUpdated = "attribute.updated";
    AttributeDeleted = "attribute.deleted";
    StaffUserCreated = "staff_user.created";
    CustomerRegistered = "customer.registered";
    CustomerVerificationRequested = "customer.verification_requested";
    CustomerVerified = "customer.verified";
    CustomerCreated = "customer.created";
    CustomerUpdated = "customer.updated";
    CustomerAddressesChanged = "customer.addresses_changed";
    CustomerGroupsChanged = "customer.groups_changed";
    CustomerDataExported = "customer.data_exported";
    CustomerErasureRequested = "customer.erasure_requested";
    CustomerErased = "customer.erased";
    CustomerExpired = "customer.expired";
    CustomerGroupCreated = "customer_group.created";
    CustomerGroupUpdated = "customer_group.updated";
    CustomerGroupDeleted = "customer_group.deleted";
    AccountPasswordResetRequested = "account.password_reset_requested";
    AccountPasswordChanged = "account.password_changed";
    AccountEmailWanted = "account.email_wanted";
    AccountEmailChangeRequested = "account.email_change_requested";
    AccountEmailChanged = "account.email_changed";
    StaffUserInvited = "staff_user.invited";
    StaffUserJoined = "staff_user.joined";
    StaffUserUpdated = "staff_user.updated";
    RoleCreated = "role.created";
    RoleUpdated = "role.updated";
    RoleDeleted = "role.deleted";
    ApiTokenCreated = "api_token.created";
    ApiTokenRevoked = "api_token.revoked";
    SessionStarted = "session.started";
    SessionRevoked = "session.revoked";
    JobRetried = "job.retried";
    TaxClassCreated = "tax_class.created";
    TaxClassUpdated = "tax_class.updated";
    TaxClassDeleted = "tax_class.deleted";
    TaxZoneCreated = "tax_zone.created";
    TaxZoneUpdated = "tax_zone.updated";
    TaxZoneDeleted = "tax_zone.deleted";
    ShippingZoneCreated = "shipping_zone.created";
    ShippingZoneUpdated = "shipping_zone.updated";
    ShippingZoneDeleted = "shipping_zone.deleted";
    ShippingMethodCreated = "shipping_method.created";
    ShippingMethodUpdated = "shipping_method.updated";
    ShippingMethodDeleted = "shipping_method.deleted";
    PickupLocationCreated = "pickup_location.created";
    PickupLocationUpdated = "pickup_location.updated";
    PickupLocationDeleted = "pickup_location.deleted";
    PromotionCreated = "promotion.created";
    PromotionUpdated = "promotion.updated";
    PromotionDeleted = "promotion.deleted";
    PriceListCreated = "price_list.created";
    PriceListUpdated = "price_list.updated";
    PriceListDeleted = "price_list.deleted";
    PromotionCodesChanged = "promotion.codes_changed";
    PriceListPricesChanged = "price_list.prices_changed";
    GiftCardIssued = "gift_card.issued";
    GiftCardUpdated = "gift_card.updated";
    GiftCardBalanceChanged = "gift_card.balance_changed";
    CartMerged = "cart.merged";
}

/// The object whose history an event belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    Channel(ChannelId),
    Product(ProductId),
    Variant(ProductVariantId),
    Collection(CollectionId),
    Attribute(AttributeId),
    StaffUser(StaffUserId),
    Role(RoleId),
    ApiToken(ApiTokenId),
    Customer(CustomerId),
    CustomerGroup(CustomerGroupId),
    Session(SessionId),
    Job(JobId),
    TaxClass(TaxClassId),
    TaxZone(TaxZoneId),
    ShippingZone(ShippingZoneId),
    ShippingMethod(ShippingMethodId),
    PickupLocation(PickupLocationId),
    Promotion(PromotionId),
    PriceList(PriceListId),
    GiftCard(GiftCardId),
    Cart(CartId),
}

impl Aggregate {
    const fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::Channel(id) => (ChannelId::PREFIX, id.uuid()),
            Self::Product(id) => (ProductId::PREFIX, id.uuid()),
            Self::Variant(id) => (ProductVariantId::PREFIX, id.uuid()),
            Self::Collection(id) => (CollectionId::PREFIX, id.uuid()),
            Self::Attribute(id) => (AttributeId::PREFIX, id.uuid()),
            Self::StaffUser(id) => (StaffUserId::PREFIX, id.uuid()),
            Self::Role(id) => (RoleId::PREFIX, id.uuid()),
            Self::ApiToken(id) => (ApiTokenId::PREFIX, id.uuid()),
            Self::Customer(id) => (CustomerId::PREFIX, id.uuid()),
            Self::CustomerGroup(id) => (CustomerGroupId::PREFIX, id.uuid()),
            Self::Session(id) => (SessionId::PREFIX, id.uuid()),
            Self::Job(id) => (JobId::PREFIX, id.uuid()),
            Self::TaxClass(id) => (TaxClassId::PREFIX, id.uuid()),
            Self::TaxZone(id) => (TaxZoneId::PREFIX, id.uuid()),
            Self::ShippingZone(id) => (ShippingZoneId::PREFIX, id.uuid()),
            Self::ShippingMethod(id) => (ShippingMethodId::PREFIX, id.uuid()),
            Self::PickupLocation(id) => (PickupLocationId::PREFIX, id.uuid()),
            Self::Promotion(id) => (PromotionId::PREFIX, id.uuid()),
            Self::PriceList(id) => (PriceListId::PREFIX, id.uuid()),
            Self::GiftCard(id) => (GiftCardId::PREFIX, id.uuid()),
            Self::Cart(id) => (CartId::PREFIX, id.uuid()),
        }
    }
}

/// Records one change as part of the transaction that makes it, and gives the id of its event.
pub async fn record(
    tx: &DatabaseTransaction,
    actor: &Actor,
    r#type: EventType,
    aggregate: Aggregate,
    details: impl Into<Details>,
) -> Result<EventId> {
    let Details { payload, changes } = details.into();
    let (aggregate_type, aggregate_id) = aggregate.parts();
    let last: Option<Option<i64>> = event::Entity::find()
        .select_only()
        .column_as(event::Column::Sequence.max(), "last")
        .filter(event::COLUMN.aggregate_type.eq(aggregate_type))
        .filter(event::COLUMN.aggregate_id.eq(aggregate_id))
        .into_tuple()
        .one(tx)
        .await?;
    let row = row(actor, r#type, (aggregate, last.flatten().unwrap_or(0) + 1), payload);
    let id = row.id;
    write(tx, actor, vec![row], changes).await?;
    Ok(id)
}

/// Records the first change of each of several objects, which the transaction itself has made.
pub async fn record_first(
    tx: &DatabaseTransaction,
    actor: &Actor,
    r#type: EventType,
    changes: impl Iterator<Item = (Aggregate, Value)>,
) -> Result<()> {
    let rows = changes.map(|(aggregate, payload)| row(actor, r#type, (aggregate, 1), payload));
    write(tx, actor, rows.collect(), nothing()).await
}

/// A change of an object, with what its event says.
pub type Change = (Aggregate, EventType, Value);

/// Records changes of several objects, those of one object in the order in which they are told.
pub async fn record_all(tx: &DatabaseTransaction, actor: &Actor, changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let parts = || changes.iter().map(|(aggregate, ..)| aggregate.parts());
    let last: Vec<(String, Uuid, i64)> = event::Entity::find()
        .select_only()
        .column(event::Column::AggregateType)
        .column(event::Column::AggregateId)
        .column_as(event::Column::Sequence.max(), "last")
        .filter(event::COLUMN.aggregate_type.is_in(parts().map(|(r#type, _)| r#type)))
        .filter(event::COLUMN.aggregate_id.is_in(parts().map(|(_, id)| id)))
        .group_by(event::Column::AggregateType)
        .group_by(event::Column::AggregateId)
        .into_tuple()
        .all(tx)
        .await?;
    let mut numbers: HashMap<_, _> = last.into_iter().map(|(r#type, id, last)| ((r#type, id), last)).collect();
    let rows = changes.iter().map(|(aggregate, r#type, payload)| {
        let (aggregate_type, id) = aggregate.parts();
        let number = numbers.entry((aggregate_type.to_owned(), id)).or_default();
        *number += 1;
        row(actor, *r#type, (*aggregate, *number), payload.clone())
    });
    write(tx, actor, rows.collect(), nothing()).await
}

/// Writes events with the audit entries of those that somebody who runs the shop has caused.
async fn write(tx: &DatabaseTransaction, actor: &Actor, rows: Vec<event::Model>, changes: Value) -> Result<()> {
    let events = rows.iter().cloned().map(all_set::<event::Entity, _>);
    event::Entity::insert_many(events).exec_without_returning(tx).await?;
    audit::note(tx, actor, &rows, changes).await
}

fn row(actor: &Actor, r#type: EventType, (aggregate, sequence): (Aggregate, i64), payload: Value) -> event::Model {
    let (aggregate_type, aggregate_id) = aggregate.parts();
    event::Model {
        id: EventId::generate(),
        r#type: r#type.as_str().to_owned(),
        aggregate_type: aggregate_type.to_owned(),
        aggregate_id,
        sequence,
        payload,
        actor_type: actor.kind(),
        actor_id: actor.uuid(),
        created_at: Timestamp::now(),
    }
}

/// The payload of a change that says nothing more than that it happened.
pub fn nothing() -> Value {
    json!({})
}
