//! Channels that come, change and go while the catalogue is written, also on other nodes.

use std::time::Duration;

use futures::future::join_all;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use tradepost::app::App;
use tradepost::catalog::listing;
use tradepost::entity::{channel, product, product_listing};
use tradepost::id::ProductId;

use super::missing_listings;
use crate::support::{Client, TestApp, fixture, on_both, sql};

/// A client of another node with the same rights.
async fn at_sibling(app: &TestApp, client: &Client) -> Client {
    let (_, router) = app.sibling(&[]).await;
    Client::new(router, Some(client.token().to_owned()))
}

/// Copies a product under another slug, as part of a transaction that has yet to list it.
async fn begin_copy(app: &App, slug: &str) -> (sea_orm::DatabaseTransaction, ProductId) {
    let tx = app.db().begin().await.unwrap();
    listing::share_channels(&tx).await.unwrap();
    let row = product::Entity::find().one(&tx).await.unwrap().unwrap();
    let copy = product::Model { id: ProductId::generate(), slug: slug.to_owned(), ..row };
    let id = copy.id;
    let copy = tradepost::db::all_set::<product::Entity, _>(copy);
    product::Entity::insert(copy).exec_without_returning(&tx).await.unwrap();
    (tx, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_product_that_another_node_is_writing_is_listed_in_a_new_channel() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, json!({})).await;
        let other = at_sibling(app, &owner).await;

        let (unfinished, copy) = begin_copy(&app.app, "copy").await;
        let creation = tokio::spawn(async move { fixture::create_channel(&other, json!({})).await.user_errors() });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!creation.is_finished(), "it waits for the product");
        listing::create(&unfinished, copy).await.unwrap();
        unfinished.commit().await.unwrap();

        assert_eq!(creation.await.unwrap(), [""; 0]);
        assert_eq!(fixture::count::<product_listing::Entity>(app).await, 4);
        assert_eq!(missing_listings(app).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_product_is_listed_in_a_channel_that_another_node_is_creating() {
    on_both(async |app| {
        let owner = app.owner().await;
        let other = at_sibling(app, &owner).await;

        // What the creation of a channel does, up to the point where it would commit.
        let tx = app.app.db().begin().await.unwrap();
        if !sql::is_sqlite(app.app.db()) {
            tx.execute_unprepared("SELECT id FROM channel ORDER BY id FOR UPDATE").await.unwrap();
        }
        let default = channel::Entity::find_default(&tx).await.unwrap().unwrap();
        let id = tradepost::id::ChannelId::generate();
        let row = channel::Model { id, slug: "new".to_owned(), is_default: false, ..default };
        let row = tradepost::db::all_set::<channel::Entity, _>(row);
        channel::Entity::insert(row).exec_without_returning(&tx).await.unwrap();
        listing::create_channel(&tx, id).await.unwrap();
        // It refers to no channel, so nothing but the list of channels makes it wait.
        let bare = json!({ "channels": [], "variants": [] });
        let creation = tokio::spawn(async move { fixture::create_product(&other, bare).await.user_errors() });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!creation.is_finished(), "it waits for the channel");
        tx.commit().await.unwrap();

        assert_eq!(creation.await.unwrap(), [""; 0]);
        assert_eq!(missing_listings(app).await, 0);
    })
    .await;
}

/// One of the writes that meet new channels.
async fn write(owner: &Client, products: &[String], collection: &str, n: usize) -> Vec<String> {
    let product = &products[n / 5 % products.len()];
    let members = std::slice::from_ref(product);
    match n % 5 {
        0 => fixture::create_product(owner, json!({ "slug": format!("new-{n}") })).await,
        1 => fixture::update(owner, "productUpdate", product, json!({ "name": format!("Name {n}") })).await,
        2 => fixture::members(owner, "collectionProductsAdd", collection, members).await,
        3 => fixture::members(owner, "collectionProductsRemove", collection, members).await,
        _ => fixture::collection_of(owner, &format!("c-{n}"), members).await,
    }
    .user_errors()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn listings_are_whole_after_channels_and_products_were_made_at_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let other = at_sibling(app, &owner).await;
        let mut products = Vec::new();
        for n in 0..4 {
            products.push(fixture::product(&owner, json!({ "slug": format!("p-{n}") })).await);
        }
        let collection = fixture::collection(&owner, json!({ "products": products })).await;

        for round in 0..4 {
            let writes = (round * 20..round * 20 + 20).map(|n| write(&owner, &products, &collection, n));
            let channels = (0..3).map(async |n| {
                let slug = format!("channel-{round}-{n}");
                fixture::create_channel(&other, json!({ "slug": slug })).await.user_errors()
            });
            let (writes, channels) = futures::future::join(join_all(writes), join_all(channels)).await;
            assert_eq!([writes.concat(), channels.concat()].concat(), [""; 0]);
        }

        assert_eq!(missing_listings(app).await, 0);
        let stale = "SELECT COUNT(*) FROM product_listing AS listing JOIN product ON product.id = listing.product_id \
            WHERE listing.name_key <> product.name_key";
        assert_eq!(sql::number(app.app.db(), stale).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn products_that_go_while_channels_come_leave_nothing_behind() {
    on_both(async |app| {
        let owner = app.owner().await;
        let other = at_sibling(app, &owner).await;
        for round in 0..4 {
            let mut products = Vec::new();
            for n in 0..6 {
                let input = json!({ "slug": format!("p-{round}-{n}"), "variants": [{ "price": "1" }] });
                products.push(fixture::product(&owner, input).await);
            }
            let slug = format!("c-{round}");
            let collection = fixture::collection(&owner, json!({ "slug": slug, "products": products })).await;

            let deletions = products.iter().map(|id| fixture::change(&owner, "productDelete", id));
            let whole = fixture::change(&owner, "collectionDelete", &collection);
            let channel = fixture::create_channel(&other, json!({ "slug": slug }));
            let (deletions, whole, channel) = futures::future::join3(join_all(deletions), whole, channel).await;

            for reply in deletions.iter().chain([&whole, &channel]) {
                assert_eq!(reply.user_errors(), [""; 0]);
            }
        }

        assert_eq!(fixture::count::<product_listing::Entity>(app).await, 0);
        assert_eq!(missing_listings(app).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_price_that_is_set_while_its_channel_changes_is_right_or_refused() {
    on_both(async |app| {
        let owner = app.owner().await;
        let other = at_sibling(app, &owner).await;
        let product = fixture::product(&owner, json!({})).await;
        let variant = fixture::variant(&owner, &product).await;
        for round in 0..6 {
            let slug = format!("c-{round}");
            let channel = fixture::channel(&owner, json!({ "slug": slug, "currency": "USD" })).await;
            let price = json!({ "channel": slug, "price": "10.50" });
            let rival: Value = if round % 2 == 0 { json!({ "currency": "JPY" }) } else { Value::Null };

            let pricing = fixture::update(&owner, "productVariantPriceSet", &variant, price);
            let change = async {
                match rival.is_null() {
                    true => fixture::change(&other, "channelDelete", &channel).await.user_errors(),
                    false => fixture::update(&other, "channelUpdate", &channel, rival.clone()).await.user_errors(),
                }
            };
            let (pricing, change) = futures::future::join(pricing, change).await;

            let outcome = (pricing.json.pointer("/data/productVariantPriceSet/userErrors/0/code").cloned(), change);
            let expected: [(Option<Value>, &[&str]); 2] = match rival.is_null() {
                true => [(None, &["IN_USE id"]), (Some(json!("NOT_FOUND")), &[])],
                false => [(None, &["IN_USE input.currency"]), (Some(json!("INVALID")), &[])],
            };
            assert!(expected.iter().any(|(code, errors)| outcome.0 == *code && outcome.1 == *errors), "{outcome:?}");
        }
    })
    .await;
}
