//! A node of the tree that shoppers browse.

use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

use crate::auth::Actor;
use crate::clock::Timestamp;
use crate::entity::publication_status::PublicationStatus;
use crate::id::CollectionId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CollectionId,
    pub parent_id: Option<CollectionId>,
    pub slug: String,
    pub name: String,
    pub name_key: String,
    pub description: String,
    pub status: PublicationStatus,
    pub position: i64,
    pub image_url: Option<String>,
    pub image_alt_text: Option<String>,
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
    /// The members of a collection.
    pub fn to_member() -> RelationDef {
        Self::belongs_to(super::collection_product::Entity)
            .from(Column::Id)
            .to(super::collection_product::Column::CollectionId)
            .into()
    }

    /// What the actor may see: for shoppers what is published, for staff who may see drafts everything.
    pub fn visible_to(actor: &Actor) -> Select<Self> {
        if actor.sees_drafts() {
            Self::find()
        } else {
            Self::find().filter(COLUMN.status.eq(PublicationStatus::Active))
        }
    }

    /// The id of a collection, if the actor may see it, for use inside another statement.
    pub fn id_visible_to(actor: &Actor, id: CollectionId) -> sea_orm::sea_query::SelectStatement {
        Self::visible_to(actor).filter(COLUMN.id.eq(id)).select_only().column(Column::Id).into_query()
    }
}
