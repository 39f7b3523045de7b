//! What fields ask of price lists, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::auth::Permission;
use crate::entity::price_list_price as price;
use crate::entity::{channel, customer_group, price_list, price_list_channel, price_list_group};
use crate::error::{Error, Result as OwnResult, SharedError};
use crate::graphql::loader::{Batches, group, shared};
use crate::graphql::page::{Cursor, CursorKey, Page, PageRequest};
use crate::id::{PriceListId, ProductVariantId};

/// The price list of an id, for those who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PriceListKey(pub PriceListId);

impl Loader<PriceListKey> for Batches {
    type Value = Arc<price_list::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[PriceListKey]) -> Result<HashMap<PriceListKey, Self::Value>, SharedError> {
        if !self.actor.can(Permission::PriceListRead) {
            return Ok(HashMap::new());
        }
        let rows = price_list::Entity::find()
            .filter(price_list::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (PriceListKey(row.id), Arc::new(row))).collect())
    }
}

/// The channels in which a price list holds, in the alphabet of their slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChannelsOfPriceList(pub PriceListId);

impl Loader<ChannelsOfPriceList> for Batches {
    type Value = Arc<Vec<Arc<channel::Model>>>;
    type Error = SharedError;

    async fn load(
        &self,
        keys: &[ChannelsOfPriceList],
    ) -> Result<HashMap<ChannelsOfPriceList, Self::Value>, SharedError> {
        let rows = price_list_channel::Entity::find()
            .join(JoinType::InnerJoin, price_list_channel::Entity::to_channel())
            .select_also(channel::Entity)
            .filter(price_list_channel::COLUMN.price_list_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(channel::Column::Slug)
            .all(self.db.reader())
            .await?;
        let channel = |(row, channel): (price_list_channel::Model, Option<channel::Model>)| {
            Some((ChannelsOfPriceList(row.price_list_id), Arc::new(channel?)))
        };
        Ok(shared(rows.into_iter().filter_map(channel)))
    }
}

/// The groups of customers for which a price list is, in the alphabet of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GroupsOfPriceList(pub PriceListId);

impl Loader<GroupsOfPriceList> for Batches {
    type Value = Arc<Vec<Arc<customer_group::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[GroupsOfPriceList]) -> Result<HashMap<GroupsOfPriceList, Self::Value>, SharedError> {
        let rows = price_list_group::Entity::find()
            .join(JoinType::InnerJoin, price_list_group::Entity::to_group())
            .select_also(customer_group::Entity)
            .filter(price_list_group::COLUMN.price_list_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(customer_group::Column::NameKey)
            .all(self.db.reader())
            .await?;
        let group = |(row, group): (price_list_group::Model, Option<customer_group::Model>)| {
            Some((GroupsOfPriceList(row.price_list_id), Arc::new(group?)))
        };
        Ok(shared(rows.into_iter().filter_map(group)))
    }
}

/// The name of the one order: by the variants' ids, then by quantity.
pub const BY_VARIANT: &str = "variant";

/// One page of the prices of a list, of all variants or of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PricesOf {
    pub list: PriceListId,
    pub variant: Option<ProductVariantId>,
    pub request: PageRequest,
}

/// SQLite takes at most 500 selects in a union.
const MAX_UNION: usize = 250;

impl Loader<PricesOf> for Batches {
    type Value = Arc<Page<price::Model>>;
    type Error = SharedError;

    async fn load(&self, keys: &[PricesOf]) -> Result<HashMap<PricesOf, Self::Value>, SharedError> {
        let mut pages = HashMap::new();
        let alike = group(keys.iter().map(|key| ((key.variant, key.request.clone()), key.list)));
        for ((variant, request), lists) in alike {
            for some in lists.chunks(MAX_UNION) {
                let mut rows = self.list_prices(some, variant, &request).await?;
                for list in some {
                    let rows = rows.remove(list).unwrap_or_default();
                    let key = PricesOf { list: *list, variant, request: request.clone() };
                    pages.insert(key, Arc::new(Page::new(&request, rows)));
                }
            }
        }
        Ok(pages)
    }
}

impl Batches {
    async fn list_prices(
        &self,
        lists: &[PriceListId],
        variant: Option<ProductVariantId>,
        request: &PageRequest,
    ) -> OwnResult<HashMap<PriceListId, Vec<(Cursor, price::Model)>>> {
        let mut statement: Option<SelectStatement> = None;
        for list in lists {
            // SQLite takes a limit inside a union only in a sub-select.
            let page = select(*list, variant, request)?;
            let page = Query::select().expr(Expr::cust("*")).from_subquery(page, "page").take();
            statement = Some(match statement {
                Some(mut all) => all.union(UnionType::All, page).take(),
                None => page,
            });
        }
        let Some(statement) = statement else { return Ok(HashMap::new()) };
        let mut rows = Vec::new();
        for row in self.db.reader().query_all(&statement).await? {
            rows.push(price::Model::from_query_result(&row, "")?);
        }
        // A union promises no order.
        rows.sort_by_key(|row| (row.variant_id, row.from_quantity));
        if request.is_backward {
            rows.reverse();
        }
        Ok(group(rows.into_iter().map(|row| (row.price_list_id, (cursor(&row), row)))))
    }
}

fn cursor(row: &price::Model) -> Cursor {
    Cursor { sort: BY_VARIANT.to_owned(), key: CursorKey::Number(row.from_quantity), id: row.variant_id.uuid() }
}

fn select(list: PriceListId, variant: Option<ProductVariantId>, request: &PageRequest) -> OwnResult<SelectStatement> {
    let mut query = price::Entity::find().filter(of_variant(variant)).limit(request.rows());
    query = query.filter(price::COLUMN.price_list_id.eq(list));
    if let Some(edge) = &request.edge {
        let CursorKey::Number(from_quantity) = edge.key else {
            return Err(Error::BadInput("This is not a cursor that this list gave.".into()));
        };
        let place = Expr::tuple([Expr::col(price::Column::VariantId), Expr::col(price::Column::FromQuantity)]);
        let edge = Expr::tuple([Expr::value(edge.id), Expr::value(from_quantity)]);
        query = query.filter(if request.is_backward { place.lt(edge) } else { place.gt(edge) });
    }
    let order = if request.is_backward { Order::Desc } else { Order::Asc };
    let query = query.order_by(price::Column::VariantId, order.clone()).order_by(price::Column::FromQuantity, order);
    Ok(query.into_query())
}

fn of_variant(variant: Option<ProductVariantId>) -> Condition {
    Condition::all().add_option(variant.map(|variant| price::COLUMN.variant_id.eq(variant)))
}

/// How many prices a list has, of all variants or of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PriceCountOf {
    pub list: PriceListId,
    pub variant: Option<ProductVariantId>,
}

impl Loader<PriceCountOf> for Batches {
    type Value = u64;
    type Error = SharedError;

    async fn load(&self, keys: &[PriceCountOf]) -> Result<HashMap<PriceCountOf, u64>, SharedError> {
        let mut found = HashMap::new();
        for (variant, lists) in group(keys.iter().map(|key| (key.variant, key.list))) {
            let counts: Vec<(PriceListId, i64)> = price::Entity::find()
                .select_only()
                .column(price::Column::PriceListId)
                .column_as(price::Column::FromQuantity.count(), "count")
                .filter(price::COLUMN.price_list_id.is_in(lists))
                .filter(of_variant(variant))
                .group_by(price::Column::PriceListId)
                .into_tuple()
                .all(self.db.reader())
                .await?;
            let counted = |(list, count)| (PriceCountOf { list, variant }, u64::try_from(count).unwrap_or(0));
            found.extend(counts.into_iter().map(counted));
        }
        Ok(found)
    }
}
