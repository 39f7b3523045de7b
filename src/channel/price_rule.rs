//! What makes prices in a channel other than those that the shop has set: promotions of the catalogue, and price lists.
//!
//! Those that begin later are known beforehand, and those that end are known with their end, so that both take effect
//! at their instant whenever they were read.

mod memory;
mod open;

use std::sync::Arc;

use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::clock::Timestamp;
use crate::entity::promotion_class::PromotionClass;
use crate::entity::{price_list, price_list_channel, price_list_group, promotion};
use crate::error::Result;
use crate::id::{ChannelId, CustomerGroupId, PriceListId};
use crate::pricing;

pub use memory::PriceRuleMemory;
pub use open::{Needs, OpenRules};

/// The rules of a channel that hold now or will hold.
#[derive(Debug, Default)]
pub struct PriceRules {
    promotions: Vec<Arc<CataloguePromotion>>,
    lists: Vec<Arc<PriceListRule>>,
}

/// A promotion that changes the price of every unit it means.
#[derive(Debug)]
pub struct CataloguePromotion {
    pub rule: pricing::Promotion,
    pub name: String,
    pub description: String,
    needs: Needs,
}

/// For whom and when a price list holds; its prices are read when they are asked for.
#[derive(Debug)]
pub struct PriceListRule {
    pub id: PriceListId,
    pub name: String,
    pub currency: String,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    /// Everybody if there are none.
    pub groups: Vec<CustomerGroupId>,
}

impl PriceRules {
    /// Reads them, by two statements, or three where there are price lists.
    pub async fn read(db: &impl ConnectionTrait, channel: ChannelId, now: Timestamp) -> Result<Self> {
        let promotions = promotion::Entity::active_in(channel)
            .filter(promotion::COLUMN.class.eq(PromotionClass::Catalogue))
            .filter(promotion::Column::EndsAt.is_null().or(promotion::Column::EndsAt.gt(now)))
            .all(db)
            .await?;
        let lists = price_list::Entity::find()
            .filter(price_list::COLUMN.is_active.eq(true))
            .filter(price_list::Column::EndsAt.is_null().or(price_list::Column::EndsAt.gt(now)))
            .filter(price_list::Column::Id.in_subquery(price_list_channel::Entity::lists_of(channel)))
            .order_by_asc(price_list::Column::Id)
            .all(db)
            .await?;
        let groups = match lists.is_empty() {
            true => Vec::new(),
            false => groups(db, &lists).await?,
        };
        let list = |row: price_list::Model| {
            let groups = groups.iter().filter(|group| group.price_list_id == row.id);
            let groups = groups.map(|group| group.customer_group_id).collect();
            Arc::new(PriceListRule::new(row, groups))
        };
        Ok(Self {
            promotions: promotions.into_iter().filter_map(CataloguePromotion::read).map(Arc::new).collect(),
            lists: lists.into_iter().map(list).collect(),
        })
    }

    /// Those that can concern a reader at an instant, in a currency; only customers are in groups. `None` if there are
    /// none, and every price is the one that the shop has set.
    pub fn open_at(&self, at: Timestamp, currency: &str, is_customer: bool) -> Option<OpenRules> {
        if self.promotions.is_empty() && self.lists.is_empty() {
            return None;
        }
        let promotions = self.promotions.iter().filter(|promotion| promotion.is_open_at(at, currency));
        let promotions = promotions.filter(|promotion| is_customer || promotion.rule.conditions.groups.is_empty());
        let lists = self.lists.iter().filter(|list| list.is_open_at(at, currency));
        let lists = lists.filter(|list| is_customer || list.groups.is_empty());
        OpenRules::new(promotions.cloned().collect(), lists.cloned().collect())
    }
}

async fn groups(db: &impl ConnectionTrait, lists: &[price_list::Model]) -> Result<Vec<price_list_group::Model>> {
    let of_lists = price_list_group::COLUMN.price_list_id.is_in(lists.iter().map(|list| list.id));
    Ok(price_list_group::Entity::find().filter(of_lists).all(db).await?)
}

impl CataloguePromotion {
    pub fn new(rule: pricing::Promotion, name: String, description: String) -> Self {
        let needs = Needs::of(&rule);
        Self { rule, name, description, needs }
    }

    fn read(row: promotion::Model) -> Option<Self> {
        match row.rule() {
            Ok(rule) => Some(Self::new(rule, row.name, row.description)),
            Err(error) => {
                // One that cannot be read must not take every page with it.
                tracing::error!(promotion.id = %row.id, %error, "a promotion cannot be read and is left out");
                None
            }
        }
    }

    fn is_open_at(&self, at: Timestamp, currency: &str) -> bool {
        let currencies = &self.rule.conditions.currencies;
        is_within(at, self.rule.starts_at, self.rule.ends_at)
            && (currencies.is_empty() || currencies.iter().any(|known| known.code() == currency))
    }
}

impl PriceListRule {
    fn new(row: price_list::Model, groups: Vec<CustomerGroupId>) -> Self {
        Self {
            id: row.id,
            name: row.name,
            currency: row.currency,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            groups,
        }
    }

    fn is_open_at(&self, at: Timestamp, currency: &str) -> bool {
        is_within(at, self.starts_at, self.ends_at) && self.currency == currency
    }
}

fn is_within(at: Timestamp, starts: Option<Timestamp>, ends: Option<Timestamp>) -> bool {
    starts.is_none_or(|starts| starts <= at) && ends.is_none_or(|ends| at < ends)
}
