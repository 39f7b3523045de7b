//! A page is a range of one index, whatever it is sorted by: no table is walked and nothing is sorted.

use sea_orm::sea_query::{Condition, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use serde_json::json;
use tradepost::auth::Scope;
use tradepost::catalog::product::input::{ProductSort, ProductSortField};
use tradepost::catalog::product::list::{self, Among};
use tradepost::catalog::product::order::ListOrder;
use tradepost::catalog::product::row::ProductFields;
use tradepost::channel;
use tradepost::clock::Timestamp;
use tradepost::entity::product;
use tradepost::graphql::page::{Cursor, CursorKey, PageArgs};
use tradepost::graphql::scalar::SortDirection;

use crate::support::{TestApp, bulk, fixture, on_both};

const FIELDS: ProductFields =
    ProductFields::SLUG.union(ProductFields::NAME).union(ProductFields::LOWEST_PRICE).union(ProductFields::IMAGE);

/// The plan of a statement as text. PostgreSQL may not walk, sort or hash while it can do without: what is left in the
/// plan is what it cannot do without.
async fn plan(app: &TestApp, statement: &SelectStatement) -> String {
    let db = app.app.db().reader();
    let backend = db.get_database_backend();
    let Statement { sql, values, .. } = tradepost::db::first(db, statement, 25);
    let explain = if backend == DbBackend::Sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
    let tx = db.begin().await.unwrap();
    if backend == DbBackend::Postgres {
        for node in ["seqscan", "sort", "incremental_sort", "bitmapscan", "hashjoin", "mergejoin", "material"] {
            tx.execute_unprepared(&format!("SET LOCAL enable_{node} = off")).await.unwrap();
        }
    }
    let explain = Statement { sql: format!("{explain} {sql}"), values, db_backend: backend };
    let rows = tx.query_all_raw(explain).await.unwrap();
    let column = if backend == DbBackend::Sqlite { 3 } else { 0 };
    let lines: Vec<String> = rows.iter().map(|row| row.try_get_by_index(column).unwrap()).collect();
    lines.join("\n")
}

/// The page after some row.
fn page(scope: Scope, among: Among, field: ProductSortField, direction: SortDirection) -> SelectStatement {
    let order = ListOrder::new(Some(ProductSort { field, direction }), among).unwrap();
    let key = match field {
        ProductSortField::Name => CursorKey::Text("product 05000".to_owned()),
        ProductSortField::Price => CursorKey::Number(50_000),
        ProductSortField::CreatedAt => CursorKey::Number(1_500_000_000),
        ProductSortField::Manual => CursorKey::Number(1_500),
    };
    let after = Cursor { sort: order.name.to_owned(), key, id: uuid::Uuid::nil() }.encode();
    let request = PageArgs { first: Some(24), after: Some(after), ..PageArgs::default() }.check(order.name).unwrap();
    let mut page = list::select(scope, among, FIELDS, Condition::all());
    order.apply(&mut page, &request).unwrap();
    page
}

fn is_range(plan: &str, index: &str) -> bool {
    let walks = ["SCAN ", "Seq Scan", "TEMP B-TREE", "Sort"];
    plan.contains(index) && !walks.iter().any(|walk| plan.contains(walk))
}

#[tokio::test]
async fn a_page_is_a_range_of_the_index_of_its_order() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut collection = String::new();
        for n in 0..40 {
            collection = fixture::collection(&owner, json!({ "name": format!("Collection {n}") })).await;
        }
        let collection = collection.parse().unwrap();
        let market = channel::find(app.app.db().reader(), None).await.unwrap().unwrap();
        let channel = market.channel.id;
        bulk::fill(app, channel, &[collection], 3_000).await;
        let shopper =
            Scope { channel, now: Timestamp::now(), sees_drafts: false, only_assigned: false, sees_archived: false };
        let staff = Scope { sees_drafts: true, ..shopper };
        use ProductSortField::{CreatedAt, Manual, Name, Price};
        let cases = [
            (shopper, Among::All, Name, "product_listing_name_idx"),
            (shopper, Among::All, Price, "product_listing_price_idx"),
            (shopper, Among::All, CreatedAt, "product_listing_newest_idx"),
            (staff, Among::All, Name, "product_listing_any_name_idx"),
            (staff, Among::All, Price, "product_listing_any_price_idx"),
            (staff, Among::All, CreatedAt, "product_listing_any_newest_idx"),
            (shopper, Among::Members(collection), Name, "collection_listing_name_idx"),
            (shopper, Among::Members(collection), Price, "collection_listing_price_idx"),
            (shopper, Among::Members(collection), CreatedAt, "collection_listing_newest_idx"),
            (shopper, Among::Members(collection), Manual, "collection_listing_position_idx"),
        ];

        for (scope, among, field, index) in cases {
            for direction in [SortDirection::Asc, SortDirection::Desc] {
                let plan = plan(app, &page(scope, among, field, direction)).await;

                assert!(is_range(&plan, index), "{among:?} {field:?} {direction:?} lacks {index}:\n{plan}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_product_is_found_by_its_slug_through_indexes() {
    on_both(async |app| {
        let market = channel::find(app.app.db().reader(), None).await.unwrap().unwrap();
        bulk::fill(app, market.channel.id, &[], 3_000).await;
        let shopper = Scope {
            channel: market.channel.id,
            now: Timestamp::now(),
            sees_drafts: false,
            only_assigned: false,
            sees_archived: false,
        };

        let which = Condition::all().add(product::COLUMN.slug.eq("bulk-7"));
        let plan = plan(app, &list::select(shopper, Among::All, ProductFields::all(), which)).await;

        assert!(is_range(&plan, "product_slug_key"), "{plan}");
    })
    .await;
}
