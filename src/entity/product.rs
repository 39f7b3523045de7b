//! What the shop presents: texts, options and pictures; variants are what is bought.

use sea_orm::entity::prelude::*;
use sea_orm::{JoinType, QuerySelect};

use crate::auth::Scope;
use crate::clock::Timestamp;
use crate::entity::publication_status::PublicationStatus;
use crate::id::ProductId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductId,
    pub slug: String,
    pub name: String,
    pub name_key: String,
    pub description: String,
    pub status: PublicationStatus,
    pub vendor: Option<String>,
    pub product_type: Option<String>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub external_id: Option<String>,
    pub metadata: Json,
    pub private_metadata: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// A product's place in the listings of a channel.
    pub fn to_listing() -> RelationDef {
        Self::belongs_to(super::product_listing::Entity)
            .from(Column::Id)
            .to(super::product_listing::Column::ProductId)
            .into()
    }

    /// What is there for a reader, joined with its listing.
    pub fn visible_in(scope: Scope) -> Select<Self> {
        let listed = Self::find()
            .join(JoinType::InnerJoin, Self::to_listing())
            .filter(super::product_listing::COLUMN.channel_id.eq(scope.channel));
        listed.filter(super::product_listing::is_there_for(scope))
    }
}
