//! What is bought: one combination of a product's option values.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, IntoCondition};
use sea_orm::{JoinType, QuerySelect, SelectTwo};

use crate::auth::Scope;
use crate::clock::Timestamp;
use crate::entity::measure_unit::MeasureUnit;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::weight_unit::WeightUnit;
use crate::id::{ChannelId, MediaId, ProductId, ProductVariantId, TaxClassId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_variant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductVariantId,
    pub product_id: ProductId,
    pub position: i64,
    pub status: PublicationStatus,
    /// The folded option values in the order of the options; unique within the product.
    pub option_key: String,
    pub sku: Option<String>,
    pub sku_key: Option<String>,
    pub barcode: Option<String>,
    pub weight_grams: Option<i64>,
    pub weight_unit: WeightUnit,
    pub requires_shipping: bool,
    pub is_taxable: bool,
    /// `None` means that the default rate of a zone holds.
    pub tax_class_id: Option<TaxClassId>,
    pub tracks_stock: bool,
    /// Units that may be sold beyond what is there; `None` means any number.
    pub backorder_limit: Option<i64>,
    /// The first of its pictures.
    pub media_id: Option<MediaId>,
    /// What it holds, in millionths of `content_unit`.
    pub content_micro: Option<i64>,
    pub content_unit: Option<MeasureUnit>,
    /// Per how much the unit price is told, in millionths of `reference_unit`.
    pub reference_micro: Option<i64>,
    pub reference_unit: Option<MeasureUnit>,
    pub external_id: Option<String>,
    pub metadata: Json,
    pub private_metadata: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// What a variant costs in a channel.
    pub fn to_price(channel: ChannelId) -> RelationDef {
        let mut relation: RelationDef = Self::belongs_to(super::variant_price::Entity)
            .from(Column::Id)
            .to(super::variant_price::Column::VariantId)
            .into();
        relation.on_condition = Some(std::sync::Arc::new(move |_, price| {
            Expr::col((price, super::variant_price::Column::ChannelId)).eq(channel).into_condition()
        }));
        relation
    }

    /// Its product's place in the listings of every channel.
    pub fn to_listing() -> RelationDef {
        Self::belongs_to(super::product_listing::Entity)
            .from(Column::ProductId)
            .to(super::product_listing::Column::ProductId)
            .into()
    }

    /// What is there for a reader, with the price in the channel: for shoppers what can be bought, for staff who may see
    /// drafts everything.
    pub fn visible_in(scope: Scope) -> SelectTwo<Self, super::variant_price::Entity> {
        let mut found = Self::joined_for(scope);
        if !scope.sees_drafts || scope.only_assigned {
            found = found
                .join(JoinType::InnerJoin, Self::to_listing())
                .filter(super::product_listing::COLUMN.channel_id.eq(scope.channel))
                .filter(super::product_listing::is_there_for(scope));
        }
        found.select_also(super::variant_price::Entity)
    }

    /// The given ids of what is there for a reader of products that are there for it, for use inside another statement.
    pub fn ids_visible_in(scope: Scope, id: Column) -> Select<Self> {
        Self::joined_for(scope).select_only().column(id)
    }

    fn joined_for(scope: Scope) -> Select<Self> {
        let all = Self::find();
        if scope.sees_drafts {
            let all = all.join(JoinType::LeftJoin, Self::to_price(scope.channel));
            return if scope.sees_archived { all } else { all.filter(COLUMN.status.ne(PublicationStatus::Archived)) };
        }
        all.join(JoinType::InnerJoin, Self::to_price(scope.channel)).filter(COLUMN.status.eq(PublicationStatus::Active))
    }
}
