//! The lowest prior prices of variants, a batch at a time.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};

use crate::catalog::variant::prior_price;
use crate::entity::variant_price_period::Column as Period;
use crate::entity::{product_listing, product_variant, variant_price, variant_price_period};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, group};
use crate::id::{ChannelId, ProductVariantId};

/// The lowest price at which a variant was offered in a channel during the thirty days before its present price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LowestPriorPriceOf(pub ChannelId, pub ProductVariantId);

impl Loader<LowestPriorPriceOf> for Batches {
    type Value = i64;
    type Error = SharedError;

    async fn load(&self, keys: &[LowestPriorPriceOf]) -> Result<HashMap<LowestPriorPriceOf, i64>, SharedError> {
        let mut found = HashMap::new();
        for (channel, variants) in group(keys.iter().map(|LowestPriorPriceOf(channel, id)| (*channel, *id))) {
            let lowest: Vec<(ProductVariantId, i64)> = variant_price_period::Entity::find()
                .select_only()
                .column(Period::VariantId)
                .column_as(Period::PriceMinor.min(), "lowest")
                .join(JoinType::InnerJoin, variant_price_period::Entity::to_present())
                .join(JoinType::InnerJoin, variant_price_period::Entity::to_variant())
                .join(JoinType::InnerJoin, product_variant::Entity::to_listing())
                .filter(variant_price_period::COLUMN.channel_id.eq(channel))
                .filter(variant_price_period::COLUMN.variant_id.is_in(variants))
                .filter(product_listing::COLUMN.channel_id.eq(channel))
                .filter(counts())
                .group_by(Period::VariantId)
                .into_tuple()
                .all(self.db.reader())
                .await?;
            found.extend(lowest.into_iter().map(|(id, minor)| (LowestPriorPriceOf(channel, id), minor)));
        }
        Ok(found)
    }
}

/// That a period has an instant within the thirty days before the present price began and since the product was first
/// shown: each of its two beginnings and that of the thirty days lies before each end.
fn counts() -> Condition {
    let present = || Expr::col((variant_price::Entity, variant_price::Column::Since));
    let (since, until) = (|| Period::Since.into_expr(), || Period::Until.into_expr());
    let shown = || Expr::col((product_listing::Entity, product_listing::Column::FirstShown));
    Condition::all()
        .add(since().lt(until()))
        .add(since().lt(present()))
        .add(shown().lt(until()))
        .add(shown().lt(present()))
        .add(until().gt(present().sub(prior_price::span_in_micros())))
}
