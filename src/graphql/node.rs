//! Any object by its global id.

use std::sync::Arc;

use async_graphql::{Context, ID, Interface, Object, Result};
use uuid::Uuid;

use crate::auth::Permission;
use crate::cart::graphql::Cart;
use crate::catalog::attribute::graphql::Attribute;
use crate::catalog::attribute::loader::AttributeKey;
use crate::catalog::collection::graphql::Collection;
use crate::catalog::collection::loader::CollectionKey;
use crate::catalog::product::graphql::Product;
use crate::catalog::product::loader::ProductIn;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::loader::VariantIn;
use crate::channel::Market;
use crate::channel::graphql::Channel;
use crate::channel::loader::ChannelKey;
use crate::customer::graphql::Customer;
use crate::customer::group::graphql::CustomerGroup;
use crate::customer::group::loader::GroupKey;
use crate::customer::loader::CustomerKey;
use crate::error::Error;
use crate::gift_card::graphql::GiftCard;
use crate::gift_card::loader::GiftCardKey;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::id::{
    AddressId, ApiTokenId, AttributeChoiceId, AttributeId, CartKey, CartLineId, ChannelId, CollectionId,
    CustomerGroupId, CustomerId, EventId, GiftCardEntryId, GiftCardId, MediaId, PickupLocationId, PriceListId,
    ProductId, ProductOptionId, ProductOptionValueId, ProductVariantId, PromotionCodeId, PromotionId, RoleId,
    SessionId, ShippingMethodId, ShippingZoneId, StaffUserId, StockLocationId, StockMovementId, TaxClassId, TaxRateId,
    TaxZoneId,
};
use crate::price_list::graphql::PriceList;
use crate::price_list::loader::PriceListKey;
use crate::promotion::graphql::Promotion;
use crate::promotion::loader::PromotionKey;
use crate::shipping::method::graphql::ShippingMethod;
use crate::shipping::method::loader::MethodKey;
use crate::shipping::pickup::graphql::PickupLocation;
use crate::shipping::pickup::loader::PickupKey;
use crate::shipping::zone::graphql::ShippingZone;
use crate::shipping::zone::loader::ZoneKey;
use crate::stock::graphql::StockLocation;
use crate::stock::loader::LocationKey;
use crate::tax::class::graphql::TaxClass;
use crate::tax::class::loader::TaxClassKey;
use crate::tax::zone::graphql::TaxZone;
use crate::tax::zone::loader::TaxZoneKey;

/// The most ids that are looked up at once.
const MAX_IDS: usize = 100;

/// An object with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The id, unique among all objects."))]
pub enum Node {
    Product(Product),
    ProductVariant(ProductVariant),
    Collection(Collection),
    Attribute(Attribute),
    Channel(Channel),
    StockLocation(StockLocation),
    Customer(Customer),
    CustomerGroup(CustomerGroup),
    Cart(Cart),
    PriceList(PriceList),
    TaxClass(TaxClass),
    TaxZone(TaxZone),
    ShippingZone(ShippingZone),
    ShippingMethod(ShippingMethod),
    PickupLocation(PickupLocation),
    GiftCard(GiftCard),
    Promotion(Promotion),
}

/// The type that an id names, and its UUID.
pub enum NodeId {
    Product(ProductId),
    Variant(ProductVariantId),
    Collection(CollectionId),
    Attribute(AttributeId),
    Channel(ChannelId),
    Location(StockLocationId),
    Customer(CustomerId),
    CustomerGroup(CustomerGroupId),
    Cart(CartKey),
    PriceList(PriceListId),
    TaxClass(TaxClassId),
    TaxZone(TaxZoneId),
    ShippingZone(ShippingZoneId),
    ShippingMethod(ShippingMethodId),
    PickupLocation(PickupLocationId),
    GiftCard(GiftCardId),
    Promotion(PromotionId),
    /// Of an object that is only reached through others.
    Inner,
}

/// What the ids of objects begin with that are only reached through others.
const INNER: [&str; 15] = [
    CartLineId::PREFIX,
    AddressId::PREFIX,
    AttributeChoiceId::PREFIX,
    ProductOptionId::PREFIX,
    ProductOptionValueId::PREFIX,
    MediaId::PREFIX,
    StockMovementId::PREFIX,
    PromotionCodeId::PREFIX,
    StaffUserId::PREFIX,
    RoleId::PREFIX,
    ApiTokenId::PREFIX,
    SessionId::PREFIX,
    EventId::PREFIX,
    TaxRateId::PREFIX,
    GiftCardEntryId::PREFIX,
];

impl NodeId {
    pub fn parse(id: &str) -> Result<Self, Error> {
        let unknown =
            || Error::BadInput(format!("\"{}\" is not the id of an object.", id.chars().take(64).collect::<String>()));
        let (prefix, uuid) = id.split_once('_').ok_or_else(unknown)?;
        let uuid = Uuid::try_parse(uuid).map_err(|_| unknown())?;
        match prefix {
            ProductId::PREFIX => Ok(Self::Product(uuid.into())),
            ProductVariantId::PREFIX => Ok(Self::Variant(uuid.into())),
            CollectionId::PREFIX => Ok(Self::Collection(uuid.into())),
            AttributeId::PREFIX => Ok(Self::Attribute(uuid.into())),
            ChannelId::PREFIX => Ok(Self::Channel(uuid.into())),
            StockLocationId::PREFIX => Ok(Self::Location(uuid.into())),
            CustomerId::PREFIX => Ok(Self::Customer(uuid.into())),
            CustomerGroupId::PREFIX => Ok(Self::CustomerGroup(uuid.into())),
            CartKey::PREFIX => Ok(Self::Cart(uuid.into())),
            PriceListId::PREFIX => Ok(Self::PriceList(uuid.into())),
            TaxClassId::PREFIX => Ok(Self::TaxClass(uuid.into())),
            TaxZoneId::PREFIX => Ok(Self::TaxZone(uuid.into())),
            ShippingZoneId::PREFIX => Ok(Self::ShippingZone(uuid.into())),
            ShippingMethodId::PREFIX => Ok(Self::ShippingMethod(uuid.into())),
            PickupLocationId::PREFIX => Ok(Self::PickupLocation(uuid.into())),
            GiftCardId::PREFIX => Ok(Self::GiftCard(uuid.into())),
            PromotionId::PREFIX => Ok(Self::Promotion(uuid.into())),
            _ if INNER.contains(&prefix) => Ok(Self::Inner),
            _ => Err(unknown()),
        }
    }

    pub async fn load(self, ctx: &Context<'_>, market: &Arc<Market>) -> Result<Option<Node>> {
        let (loader, scope, market) = (ctx.loader(), market.scope, Arc::clone(market));
        Ok(match self {
            Self::Product(id) => {
                let row = loader.load_one(ProductIn(scope, id)).await?;
                row.map(|row| Node::Product(Product::new(row, market)))
            }
            Self::Variant(id) => {
                let row = loader.load_one(VariantIn(scope, id)).await?;
                row.map(|row| Node::ProductVariant(ProductVariant::new(row, market)))
            }
            Self::Collection(id) => {
                let row = loader.load_one(CollectionKey(scope, id)).await?;
                row.map(|row| Node::Collection(Collection::new(row, market)))
            }
            Self::Attribute(id) => {
                loader.load_one(AttributeKey(id)).await?.map(|row| Node::Attribute(Attribute::new(row)))
            }
            Self::Channel(id) => loader.load_one(ChannelKey(id)).await?.map(|row| Node::Channel(Channel(row))),
            Self::Location(id) => {
                let row = loader.load_one(LocationKey(id)).await?;
                row.map(|row| Node::StockLocation(StockLocation(row)))
            }
            Self::Customer(id) => loader.load_one(CustomerKey(id)).await?.map(|row| Node::Customer(Customer(row))),
            Self::CustomerGroup(id) => {
                loader.load_one(GroupKey(id)).await?.map(|row| Node::CustomerGroup(CustomerGroup(row)))
            }
            Self::Cart(key) => {
                Box::pin(ctx.app().carts.find(ctx.actor(), key)).await?.map(|cart| Node::Cart(Cart::new(cart)))
            }
            Self::PriceList(id) => loader.load_one(PriceListKey(id)).await?.map(|row| Node::PriceList(PriceList(row))),
            Self::ShippingZone(id) => {
                loader.load_one(ZoneKey(id)).await?.map(|row| Node::ShippingZone(ShippingZone(row)))
            }
            Self::ShippingMethod(id) => {
                loader.load_one(MethodKey(id)).await?.map(|row| Node::ShippingMethod(ShippingMethod(row)))
            }
            Self::PickupLocation(id) => {
                loader.load_one(PickupKey(id)).await?.map(|row| Node::PickupLocation(PickupLocation(row)))
            }
            Self::GiftCard(id) => loader.load_one(GiftCardKey(id)).await?.map(|row| Node::GiftCard(GiftCard(row))),
            Self::TaxClass(id) if ctx.actor().can(Permission::TaxRead) => {
                loader.load_one(TaxClassKey(id)).await?.map(|row| Node::TaxClass(TaxClass(row)))
            }
            Self::TaxZone(id) => loader.load_one(TaxZoneKey(id)).await?.map(|row| Node::TaxZone(TaxZone(row))),
            Self::Promotion(id) => loader.load_one(PromotionKey(id)).await?.map(|row| Node::Promotion(Promotion(row))),
            Self::TaxClass(_) | Self::Inner => None,
        })
    }
}

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object of an id, in the default channel; null if there is none that you may see. Public.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "The id of the object.")] id: ID) -> Result<Option<Node>> {
        let id = NodeId::parse(&id)?;
        let market = ctx.market(None).await?;
        id.load(ctx, &market).await
    }

    /// The objects of several ids in their order, in the default channel; null where there is none that you may see.
    /// Public.
    #[graphql(complexity = "page::of_list(ids.len(), child_complexity)")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the objects, at most 100.")] ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<Node>>>> {
        if ids.len() > MAX_IDS {
            return Err(Error::BadInput(format!("At most {MAX_IDS} ids can be looked up at once.")).into());
        }
        let ids = ids.iter().map(|id| NodeId::parse(id)).collect::<Result<Vec<_>, _>>()?;
        let market = ctx.market(None).await?;
        futures::future::try_join_all(ids.into_iter().map(|id| id.load(ctx, &market))).await.map(Some)
    }
}
