//! The lowest prior prices of variants, a batch at a time.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};

use crate::catalog::variant::prior_price::{self, Period};
use crate::entity::{variant_price, variant_price_period};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, group};
use crate::id::{ChannelId, ProductVariantId};

/// The lowest price of a variant in a channel during the thirty days before its present price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LowestPriorPriceOf(pub ChannelId, pub ProductVariantId);

impl Loader<LowestPriorPriceOf> for Batches {
    type Value = i64;
    type Error = SharedError;

    async fn load(&self, keys: &[LowestPriorPriceOf]) -> Result<HashMap<LowestPriorPriceOf, i64>, SharedError> {
        let mut found = HashMap::new();
        for (channel, variants) in group(keys.iter().map(|LowestPriorPriceOf(channel, id)| (*channel, *id))) {
            let since = Expr::col((variant_price::Entity, variant_price::Column::Since));
            let rows = variant_price_period::Entity::find()
                .join(JoinType::InnerJoin, variant_price_period::Entity::to_present())
                .select_also(variant_price::Entity)
                .filter(variant_price_period::COLUMN.channel_id.eq(channel))
                .filter(variant_price_period::COLUMN.variant_id.is_in(variants))
                .filter(variant_price_period::Column::Until.into_expr().gt(since.sub(prior_price::span_in_micros())))
                .all(self.db.reader())
                .await?;
            let periods = rows.into_iter().filter_map(|(row, present)| {
                let period = Period { since: row.since, until: row.until, price_minor: row.price_minor };
                Some(((row.variant_id, present?.since), period))
            });
            for ((variant, since), periods) in group(periods) {
                let lowest = prior_price::lowest(since, periods);
                found.extend(lowest.map(|minor| (LowestPriorPriceOf(channel, variant), minor)));
            }
        }
        Ok(found)
    }
}
