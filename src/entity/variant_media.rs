//! A picture of a variant.

use sea_orm::entity::prelude::*;

use crate::id::{MediaId, ProductVariantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_media")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: ProductVariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub media_id: MediaId,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The picture.
    pub fn to_media() -> RelationDef {
        Self::belongs_to(super::media::Entity).from(Column::MediaId).to(super::media::Column::Id).into()
    }
}
