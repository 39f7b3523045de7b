//! A node of the tree that shoppers browse.

use sea_orm::entity::prelude::*;
use sea_orm::{JoinType, QuerySelect, QueryTrait};

use crate::auth::Scope;
use crate::clock::Timestamp;
use crate::entity::publication_status::PublicationStatus;
use crate::id::{CollectionId, ProductId};

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
    /// The rules that find the members; `None` where they are picked by hand.
    pub rules: Option<Json>,
    /// Changed rules are being applied to the shop, product by product in the order of their ids.
    pub is_evaluating: bool,
    /// The last product that they were applied to.
    pub evaluated_up_to: Option<ProductId>,
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

impl Model {
    /// What a link shows; everything else is blank and must not be asked for.
    pub fn named(id: CollectionId, slug: String, name: String) -> Self {
        Self {
            id,
            parent_id: None,
            slug,
            name,
            name_key: String::new(),
            description: String::new(),
            status: PublicationStatus::Active,
            position: 0,
            rules: None,
            is_evaluating: false,
            evaluated_up_to: None,
            image_url: None,
            image_alt_text: None,
            seo_title: None,
            seo_description: None,
            external_id: None,
            metadata: Json::Null,
            private_metadata: Json::Null,
            created_at: Timestamp::from_micros(0),
            updated_at: Timestamp::from_micros(0),
            version: 0,
        }
    }
}

impl Entity {
    /// The members of a collection.
    pub fn to_member() -> RelationDef {
        Self::belongs_to(super::collection_product::Entity)
            .from(Column::Id)
            .to(super::collection_product::Column::CollectionId)
            .into()
    }

    /// What is there for a reader: for shoppers what is published in the channel, for staff of the
    /// channel what is assigned to it, for others everything.
    pub fn visible_in(scope: Scope) -> Select<Self> {
        if scope.sees_drafts {
            let assigned = || super::collection_channel::Entity::collections_of(scope.channel);
            return if scope.only_assigned {
                Self::find().filter(Column::Id.in_subquery(assigned()))
            } else {
                Self::find()
            };
        }
        Self::find()
            .join(JoinType::InnerJoin, Self::to_channel())
            .filter(COLUMN.status.eq(PublicationStatus::Active))
            .filter(super::collection_channel::COLUMN.channel_id.eq(scope.channel))
            .filter(super::collection_channel::is_shown_at(scope.now))
    }

    /// The id of a collection, if it is there for a reader, for use inside another statement.
    pub fn id_visible_in(scope: Scope, id: CollectionId) -> sea_orm::sea_query::SelectStatement {
        Self::visible_in(scope).filter(COLUMN.id.eq(id)).select_only().column(Column::Id).into_query()
    }

    fn to_channel() -> RelationDef {
        Self::belongs_to(super::collection_channel::Entity)
            .from(Column::Id)
            .to(super::collection_channel::Column::CollectionId)
            .into()
    }
}
