//! A market: one currency, one home country, one way to show prices.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::ChannelId;

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
