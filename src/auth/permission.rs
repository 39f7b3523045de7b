//! The closed set of rights that a role can give.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};

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
    /// See what the server does beside requests, and what of it has failed.
    #[sea_orm(string_value = "JOB_READ")]
    JobRead,
    /// Have jobs that failed tried again.
    #[sea_orm(string_value = "JOB_WRITE")]
    JobWrite,
}

impl Permission {
    pub const ALL: [Self; 8] = [
        Self::ProductRead,
        Self::ProductWrite,
        Self::CollectionWrite,
        Self::StockRead,
        Self::StockWrite,
        Self::ChannelWrite,
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
            Self::JobRead => "JOB_READ",
            Self::JobWrite => "JOB_WRITE",
        }
    }

    /// Reads a permission as the command line writes it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.as_str() == text)
    }
}
