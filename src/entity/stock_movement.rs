//! The stock ledger: every change of a level, from which levels can be proved.

use sea_orm::entity::prelude::*;
use sea_orm::prelude::Uuid;

use crate::auth::ActorKind;
use crate::clock::Timestamp;
use crate::id::{ProductVariantId, StockLocationId, StockMovementId};

/// Why a level changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StockMovementKind {
    /// Somebody added or took away a number of units.
    #[sea_orm(string_value = "ADJUSTMENT")]
    Adjustment,
    /// Somebody counted what is there.
    #[sea_orm(string_value = "COUNT")]
    Count,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_movement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StockMovementId,
    pub variant_id: ProductVariantId,
    pub location_id: StockLocationId,
    pub kind: StockMovementKind,
    pub on_hand_change: i64,
    pub allocated_change: i64,
    pub reason: Option<String>,
    pub actor_type: ActorKind,
    pub actor_id: Option<Uuid>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
