//! One permission of an API token.

use sea_orm::entity::prelude::*;

use crate::auth::Permission;
use crate::id::ApiTokenId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token_permission")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_token_id: ApiTokenId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission: Permission,
}

impl ActiveModelBehavior for ActiveModel {}
