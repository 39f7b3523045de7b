//! A market: one currency, one home country, one way to show prices.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::ChannelId;
use crate::pricing::{CrossBorderPricing, TaxRounding};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChannelId,
    pub slug: String,
    pub name: String,
    pub currency: String,
    /// As BCP 47 writes it, such as `en`.
    pub default_language: String,
    pub home_country: String,
    pub prices_include_tax: bool,
    pub is_default: bool,
    /// Where links in mails lead; the address of the configuration if there is none.
    pub storefront_url: Option<String>,
    pub tax_rounding: TaxRounding,
    pub cross_border_pricing: CrossBorderPricing,
    /// The most lines of a cart.
    pub cart_lines: i64,
    pub cart_units_per_line: i64,
    /// The most units of a cart.
    pub cart_units: i64,
    /// The most units of one variant in a cart; `None` where only the others count.
    pub cart_units_per_variant: Option<i64>,
    /// For how long a cart that nobody changes is kept.
    pub cart_lifetime_days: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    pub async fn find_default(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
        Self::find().filter(COLUMN.is_default.eq(true)).one(db).await
    }

    pub async fn find_by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Model>, DbErr> {
        Self::find().filter(COLUMN.slug.eq(slug)).one(db).await
    }
}
