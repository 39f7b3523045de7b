//! Changed rules are applied to the whole shop, whatever happens meanwhile.

use std::time::Duration;

use async_graphql::InputType;
use futures::future::{join, join_all};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tradepost::auth::Actor;
use tradepost::catalog::attribute::known::Known;
use tradepost::catalog::listing;
use tradepost::catalog::product::input::ProductCreateInput;
use tradepost::catalog::product::service::insert;
use tradepost::catalog::product::spec::ProductSpec;
use tradepost::channel;
use tradepost::checks::Checks;
use tradepost::clock::Timestamp;
use tradepost::db::all_set;
use tradepost::entity::product;
use tradepost::entity::publication_status::PublicationStatus;
use tradepost::id::ProductId;

use super::rules::{found_by, names, settled};
use crate::support::{Client, TestApp, fixture, on_both, sql};

/// Puts products straight into the database: "Odd 1", "Even 2" and so on.
async fn fill(app: &TestApp, count: usize) -> Vec<ProductId> {
    let now = Timestamp::now();
    let tx = app.app.db().begin().await.unwrap();
    let rows: Vec<product::Model> = (1..=count)
        .map(|n| {
            let name = format!("{} {n}", if n.is_multiple_of(2) { "Even" } else { "Odd" });
            product::Model {
                id: ProductId::generate(),
                slug: format!("product-{n}"),
                name_key: name.to_lowercase(),
                name,
                description: String::new(),
                status: PublicationStatus::Active,
                vendor: None,
                product_type: None,
                seo_title: None,
                seo_description: None,
                external_id: None,
                metadata: json!({}),
                private_metadata: json!({}),
                created_at: now,
                updated_at: now,
                version: 1,
            }
        })
        .collect();
    for some in rows.chunks(500) {
        let some = some.iter().cloned().map(all_set::<product::Entity, _>);
        product::Entity::insert_many(some).exec_without_returning(&tx).await.unwrap();
    }
    listing::rebuild(&tx).await.unwrap();
    tx.commit().await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

fn begins_with(text: &str) -> Value {
    json!({ "conditions": [{ "nameBeginsWith": text }] })
}

async fn change_rules(owner: &Client, id: &str, rules: Value) {
    let reply = fixture::update(owner, "collectionUpdate", id, json!({ "rules": rules })).await;
    assert!(reply.user_errors().is_empty(), "{}", reply.json);
}

async fn count(client: &Client, id: &str) -> Value {
    fixture::read(client, id, "products { totalCount }").await["products"]["totalCount"].clone()
}

/// Members whom the rules do not find, and products that they find and that are no members.
async fn wrong(app: &TestApp, prefix: &str) -> i64 {
    let sql = format!(
        "SELECT COUNT(*) FROM product
         LEFT JOIN collection_product AS member ON member.product_id = product.id
         WHERE (member.product_id IS NULL) = (product.name_key LIKE '{prefix}%')"
    );
    sql::number(app.app.db(), &sql).await
}

/// Members without a place in the listing of the only channel, or with one of a member that has gone.
async fn unlisted(app: &TestApp) -> i64 {
    let sql = "SELECT (SELECT COUNT(*) FROM collection_product) - (SELECT COUNT(*) FROM collection_product AS member
        JOIN collection_listing AS listing ON listing.collection_id = member.collection_id
        AND listing.product_id = member.product_id AND listing.position = member.position)";
    sql::number(app.app.db(), sql).await
}

#[tokio::test]
async fn rules_find_the_products_of_a_whole_shop() {
    on_both(async |app| {
        let owner = app.owner().await;
        fill(app, 2_001).await;

        let id = found_by(&owner, "Odd ones", "ALL", json!([{ "nameBeginsWith": "Odd" }])).await;

        assert_eq!(count(&owner, &id).await, 1_001);
        assert_eq!((wrong(app, "odd").await, unlisted(app).await), (0, 0));
        let version = fixture::read(&owner, &id, "version").await["version"].clone();
        assert_eq!(version, 1, "applying the rules is no change of the collection");
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created", "2 collection.products_changed"]);
    })
    .await;
}

#[tokio::test]
async fn rules_that_change_while_they_are_applied_hold_in_the_end() {
    on_both(async |app| {
        let owner = app.owner().await;
        fill(app, 1_200).await;
        let id = fixture::collection(&owner, json!({ "rules": begins_with("Odd") })).await;

        change_rules(&owner, &id, begins_with("Even")).await;
        change_rules(&owner, &id, begins_with("Nothing")).await;
        change_rules(&owner, &id, begins_with("Odd 1")).await;
        settled(&owner, &id).await;

        assert_eq!(wrong(app, "odd 1").await, 0);
        assert_eq!(unlisted(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn rules_that_are_cleared_while_they_are_applied_find_nothing_more() {
    on_both(async |app| {
        let owner = app.owner().await;
        fill(app, 1_200).await;
        let id = fixture::collection(&owner, json!({ "rules": begins_with("Odd") })).await;

        change_rules(&owner, &id, Value::Null).await;

        let read = fixture::read(&owner, &id, "isEvaluating isRuleMade").await;
        assert_eq!(read, json!({ "isEvaluating": false, "isRuleMade": false }));
        let members = count(&owner, &id).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(count(&owner, &id).await, members);
        assert_eq!(unlisted(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_a_node_left_half_done_the_next_one_finishes() {
    on_both(async |app| {
        let owner = app.owner().await;
        let products = fill(app, 1_200).await;
        let id = found_by(&owner, "Odd ones", "ALL", json!([{ "nameBeginsWith": "Odd" }])).await;
        // As if a node had ended after 600 products of other rules.
        let uuid = products[599].uuid();
        let half = if sql::is_sqlite(app.app.db()) { format!("x'{}'", uuid.simple()) } else { format!("'{uuid}'") };
        let undo = format!(
            "DELETE FROM collection_product WHERE product_id > {half};
             UPDATE collection SET is_evaluating = true, evaluated_up_to = {half}"
        );
        sql::execute(app.app.db(), &undo).await.unwrap();
        assert_eq!(count(&owner, &id).await, 300);

        let (sibling, _) = app.sibling(&[]).await;
        sibling.prepare().await.unwrap();
        settled(&owner, &id).await;

        assert_eq!(wrong(app, "odd").await, 0);
        assert_eq!(unlisted(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn several_nodes_that_go_on_at_once_do_no_harm() {
    on_both(async |app| {
        let owner = app.owner().await;
        fill(app, 1_200).await;
        let ((one, _), (two, _)) = join(app.sibling(&[]), app.sibling(&[])).await;
        let id = fixture::collection(&owner, json!({ "rules": begins_with("Odd") })).await;

        for node in [&one, &two, &app.app, &one] {
            node.collections.resume_evaluations().await.unwrap();
        }
        settled(&owner, &id).await;

        assert_eq!((wrong(app, "odd").await, unlisted(app).await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn products_that_change_meanwhile_are_not_lost() {
    on_both(async |app| {
        let owner = app.owner().await;
        let products = fill(app, 1_600).await;
        let id = fixture::collection(&owner, json!({ "rules": begins_with("Odd") })).await;
        let rename = async |index: usize, name: String| {
            let product = products[index * 79 % 1_600].to_string();
            let reply = fixture::update(&owner, "productUpdate", &product, json!({ "name": name })).await;
            assert!(reply.user_errors().is_empty(), "{}", reply.json);
        };
        let create = async |n: usize| {
            fixture::product(&owner, json!({ "name": format!("Odd new {n}"), "slug": format!("new-{n}") })).await;
        };

        for round in 0..5 {
            let renames = (0..4).map(|n| {
                let name = format!("{} again {n}", if n < 2 { "Odd" } else { "Even" });
                rename(round * 4 + n, name)
            });
            join(join_all(renames), create(round)).await;
        }
        settled(&owner, &id).await;

        assert_eq!(wrong(app, "odd").await, 0);
        assert_eq!(unlisted(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn another_default_channel_has_everything_found_anew() {
    on_both(async |app| {
        let owner = app.owner().await;
        let cheap = found_by(&owner, "Cheap", "ALL", json!([{ "price": { "to": "5.00" } }])).await;
        let product = fixture::product(&owner, json!({ "name": "Shirt" })).await;
        let japan = fixture::channel(&owner, json!({ "currency": "USD" })).await;
        fixture::price(&owner, &product, "japan", "5.00").await.data();
        assert!(names(&owner, &cheap).await.is_empty());

        fixture::change(&owner, "channelDefaultSet", &japan).await.data();
        // As the next look of any node would.
        app.app.collections.resume_evaluations().await.unwrap();
        settled(&owner, &cheap).await;

        assert_eq!(names(&owner, &cheap).await, ["Shirt"]);
    })
    .await;
}

/// Whoever makes a product looks for rules before it commits. Rules that come in between wait for it.
#[tokio::test]
async fn a_product_that_was_begun_before_the_rules_is_found() {
    on_both(async |app| {
        let owner = app.owner().await;
        let market = channel::find(app.app.db().reader(), None).await.unwrap().unwrap();
        let input = async_graphql::Value::from_json(fixture::product_input(json!({ "name": "Odd one" }))).unwrap();
        let input = ProductCreateInput::parse(Some(input)).unwrap();
        let spec = ProductSpec::read(&mut Checks::new("input"), input, market.currency, &Known::default());
        let tx = app.app.db().begin().await.unwrap();
        insert(&tx, &Actor::System, &market, &spec, &[market.channel.id]).await.unwrap();

        let is_alone = sql::is_sqlite(app.app.db());
        let creation = async { fixture::collection(&owner, json!({ "rules": begins_with("Odd") })).await };
        let id = if is_alone {
            // There the collection itself has to wait.
            join(creation, async { tx.commit().await.unwrap() }).await.0
        } else {
            let id = creation.await;
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(fixture::read(&owner, &id, "isEvaluating").await["isEvaluating"], true);
            tx.commit().await.unwrap();
            id
        };
        settled(&owner, &id).await;

        assert_eq!(names(&owner, &id).await, ["Odd one"]);
    })
    .await;
}
