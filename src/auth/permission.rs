//! The closed set of rights that a role can give.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Serialize, Serializer};

/// A right of a staff user, given by a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Permission {
    /// See products, variants and collections that are not published, and what only staff may know of them.
    #[sea_orm(string_value = "PRODUCT_READ")]
    ProductRead,
    /// Create, change, publish, archive and delete products and variants, and set their prices.
    #[sea_orm(string_value = "PRODUCT_WRITE")]
    ProductWrite,
    /// Create, change, publish, archive and delete collections, and choose their members.
    #[sea_orm(string_value = "COLLECTION_WRITE")]
    CollectionWrite,
    /// See how many units lie where, also of what is not published.
    #[sea_orm(string_value = "STOCK_READ")]
    StockRead,
    /// Set and adjust how many units lie where, also of what is not published.
    #[sea_orm(string_value = "STOCK_WRITE")]
    StockWrite,
    /// Create, change and delete channels, and choose the default one.
    #[sea_orm(string_value = "CHANNEL_WRITE")]
    ChannelWrite,
    /// See customers, their addresses and the groups that they belong to.
    #[sea_orm(string_value = "CUSTOMER_READ")]
    CustomerRead,
    /// Create, change and erase customers, put them into groups, and free them from tax.
    #[sea_orm(string_value = "CUSTOMER_WRITE")]
    CustomerWrite,
    /// See classes, zones and rates of tax.
    #[sea_orm(string_value = "TAX_READ")]
    TaxRead,
    /// Create, change and delete classes, zones and rates of tax.
    #[sea_orm(string_value = "TAX_WRITE")]
    TaxWrite,
    /// See zones and methods of shipping with all their conditions, and places of pick-up.
    #[sea_orm(string_value = "SHIPPING_READ")]
    ShippingRead,
    /// Create, change and delete zones and methods of shipping, and places of pick-up.
    #[sea_orm(string_value = "SHIPPING_WRITE")]
    ShippingWrite,
    /// See promotions, their codes, and how often they were used.
    #[sea_orm(string_value = "PROMOTION_READ")]
    PromotionRead,
    /// Create, change and delete promotions and their codes.
    #[sea_orm(string_value = "PROMOTION_WRITE")]
    PromotionWrite,
    /// See price lists and their prices.
    #[sea_orm(string_value = "PRICE_LIST_READ")]
    PriceListRead,
    /// Create, change and delete price lists and their prices.
    #[sea_orm(string_value = "PRICE_LIST_WRITE")]
    PriceListWrite,
    /// See gift cards, what is on them, and what they paid.
    #[sea_orm(string_value = "GIFT_CARD_READ")]
    GiftCardRead,
    /// Issue, change, disable and enable gift cards.
    #[sea_orm(string_value = "GIFT_CARD_WRITE")]
    GiftCardWrite,
    /// See the carts of others.
    #[sea_orm(string_value = "CART_READ")]
    CartRead,
    /// Change the carts of others.
    #[sea_orm(string_value = "CART_WRITE")]
    CartWrite,
    /// See who runs the shop, their roles, and the API tokens of other systems.
    #[sea_orm(string_value = "STAFF_READ")]
    StaffRead,
    /// Invite people to run the shop, change their roles, and make and revoke API tokens, all within one's own rights.
    #[sea_orm(string_value = "STAFF_WRITE")]
    StaffWrite,
    /// See who changed what, when, and from where.
    #[sea_orm(string_value = "AUDIT_READ")]
    AuditRead,
    /// See what the server does beside requests, and what of it has failed.
    #[sea_orm(string_value = "JOB_READ")]
    JobRead,
    /// Have jobs that failed tried again.
    #[sea_orm(string_value = "JOB_WRITE")]
    JobWrite,
}

impl Serialize for Permission {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Permission {
    pub const ALL: [Self; 25] = [
        Self::ProductRead,
        Self::ProductWrite,
        Self::CollectionWrite,
        Self::StockRead,
        Self::StockWrite,
        Self::ChannelWrite,
        Self::CustomerRead,
        Self::CustomerWrite,
        Self::TaxRead,
        Self::TaxWrite,
        Self::ShippingRead,
        Self::ShippingWrite,
        Self::PromotionRead,
        Self::PromotionWrite,
        Self::PriceListRead,
        Self::PriceListWrite,
        Self::GiftCardRead,
        Self::GiftCardWrite,
        Self::CartRead,
        Self::CartWrite,
        Self::StaffRead,
        Self::StaffWrite,
        Self::AuditRead,
        Self::JobRead,
        Self::JobWrite,
    ];

    /// As the API, the database and descriptions write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProductRead => "PRODUCT_READ",
            Self::ProductWrite => "PRODUCT_WRITE",
            Self::CollectionWrite => "COLLECTION_WRITE",
            Self::StockRead => "STOCK_READ",
            Self::StockWrite => "STOCK_WRITE",
            Self::ChannelWrite => "CHANNEL_WRITE",
            Self::CustomerRead => "CUSTOMER_READ",
            Self::CustomerWrite => "CUSTOMER_WRITE",
            Self::TaxRead => "TAX_READ",
            Self::TaxWrite => "TAX_WRITE",
            Self::ShippingRead => "SHIPPING_READ",
            Self::ShippingWrite => "SHIPPING_WRITE",
            Self::PromotionRead => "PROMOTION_READ",
            Self::PromotionWrite => "PROMOTION_WRITE",
            Self::PriceListRead => "PRICE_LIST_READ",
            Self::PriceListWrite => "PRICE_LIST_WRITE",
            Self::GiftCardRead => "GIFT_CARD_READ",
            Self::GiftCardWrite => "GIFT_CARD_WRITE",
            Self::CartRead => "CART_READ",
            Self::CartWrite => "CART_WRITE",
            Self::StaffRead => "STAFF_READ",
            Self::StaffWrite => "STAFF_WRITE",
            Self::AuditRead => "AUDIT_READ",
            Self::JobRead => "JOB_READ",
            Self::JobWrite => "JOB_WRITE",
        }
    }

    /// Whether a role or token that is limited to channels can have it: what is done in a channel, and not to what all
    /// channels share.
    pub const fn is_of_channel(self) -> bool {
        matches!(self, Self::ProductRead | Self::ProductWrite | Self::CollectionWrite)
    }

    /// Reads a permission as the command line writes it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.as_str() == text)
    }
}
