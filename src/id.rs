//! Typed ids: a value of one type cannot be passed where another is meant.
//!
//! An id is a UUIDv7, so rows lie in the order of their making, and reads `product_0192…` on the wire.
//! It names a row and is no secret.

use std::fmt;
use std::str::FromStr;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Why a text is no id of the wanted type.
#[derive(Debug, thiserror::Error)]
#[error("\"{text}\" is not an id of this kind: expected \"{prefix}_\" and a UUID.")]
pub struct ParseIdError {
    text: String,
    prefix: &'static str,
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes UUIDs")]
fn new_uuid() -> Uuid {
    Uuid::now_v7()
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes UUIDs")]
fn new_random_uuid() -> Uuid {
    Uuid::new_v4()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
        pub struct $name(Uuid);

        impl $name {
            /// What an id of this type begins with on the wire.
            pub const PREFIX: &'static str = $prefix;

            /// A new id, greater than those made before it.
            pub fn generate() -> Self {
                Self(new_uuid())
            }

            /// The bare UUID, for records that hold ids of several types.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(|uuid| Uuid::try_parse(uuid).ok())
                    .map(Self)
                    .ok_or_else(|| ParseIdError { text: text.chars().take(64).collect(), prefix: $prefix })
            }
        }

        #[Scalar(name = "ID")]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => text.parse().map_err(InputValueError::custom),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.to_string())
            }
        }
    )+};
}

ids! {
    /// A market.
    ChannelId = "channel";
    /// A product.
    ProductId = "product";
    /// An option of a product, such as its size.
    ProductOptionId = "option";
    /// A value of an option, such as "XL".
    ProductOptionValueId = "value";
    /// What is bought.
    ProductVariantId = "variant";
    /// A picture of a product.
    MediaId = "media";
    /// A collection of products.
    CollectionId = "collection";
    /// A property by which things are described and found.
    AttributeId = "attribute";
    /// A value that an attribute of choices can have.
    AttributeChoiceId = "choice";
    /// A place where units lie.
    StockLocationId = "location";
    /// A row of the stock ledger.
    StockMovementId = "movement";
    /// A person who runs the shop.
    StaffUserId = "staff";
    /// A set of permissions.
    RoleId = "role";
    /// What another system of the shop calls with.
    ApiTokenId = "token";
    /// A person who buys.
    CustomerId = "customer";
    /// Customers whom something concerns together.
    CustomerGroupId = "group";
    /// A postal address of a customer.
    AddressId = "address";
    /// What a link in a mail is good for.
    AccountTokenId = "link";
    /// A kind of goods that are taxed alike.
    TaxClassId = "taxclass";
    /// Where rates of tax hold.
    TaxZoneId = "taxzone";
    /// A rate of tax.
    TaxRateId = "taxrate";
    /// Where ways of delivery lead.
    ShippingZoneId = "shippingzone";
    /// A way of delivery.
    ShippingMethodId = "shippingmethod";
    /// A place where customers fetch what they bought.
    PickupLocationId = "pickup";
    /// What makes something cheaper.
    PromotionId = "promotion";
    /// What a customer types to get a promotion.
    PromotionCodeId = "promotioncode";
    /// A use of a promotion that counts.
    PromotionUseId = "promotionuse";
    /// Prices for some customers or quantities.
    PriceListId = "pricelist";
    /// What was paid before and pays now.
    GiftCardId = "giftcard";
    /// A change of what is on a gift card.
    GiftCardEntryId = "giftcardentry";
    /// A cart, as rows and records name it.
    CartId = "cartrow";
    /// What opens a cart: the id by which the API knows it, which is a secret.
    CartKey = "cart";
    /// A line of a cart.
    CartLineId = "cartline";
    /// Something to be done.
    JobId = "job";
    /// A sign-in.
    SessionId = "session";
    /// A recorded change.
    EventId = "event";
}

impl CartKey {
    /// A new key: 122 random bits, which nobody guesses.
    pub fn random() -> Self {
        Self(new_random_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = ProductId::generate();

        assert_eq!(id.to_string().parse::<ProductId>().unwrap(), id);
    }

    #[test]
    fn an_id_of_another_type_is_refused() {
        let id = CollectionId::generate().to_string();

        assert!(id.parse::<ProductId>().is_err());
        assert!("product_".parse::<ProductId>().is_err());
        assert!("".parse::<ProductId>().is_err());
    }

    #[test]
    fn later_ids_are_greater() {
        assert!(ProductId::generate() < ProductId::generate());
    }
}
