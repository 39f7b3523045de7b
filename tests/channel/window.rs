//! From when until when a product is shown: at its instant, to the microsecond, whichever way one comes.

use std::time::Duration;

use sea_orm::{EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use tradepost::auth::Scope;
use tradepost::clock::Timestamp;
use tradepost::entity::{channel, collection, collection_listing, product, product_variant};

use crate::listing::visibility::ways;
use crate::support::{TestApp, fixture, on_both};

/// Spans of time, and whether now lies in them.
fn spans() -> [(Value, bool); 6] {
    let (past, future) = ("2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z");
    [
        (json!({}), true),
        (json!({ "publishedFrom": past }), true),
        (json!({ "publishedFrom": past, "publishedUntil": future }), true),
        (json!({ "publishedFrom": future }), false),
        (json!({ "publishedUntil": past }), false),
        (json!({ "publishedFrom": "2019-01-01T00:00:00Z", "publishedUntil": past }), false),
    ]
}

fn in_default(span: &Value) -> Value {
    fixture::with(json!({ "channel": "default" }), span.clone())
}

/// The instant of so many microseconds from now, and how the API writes it.
fn instant_in(micros: i64) -> (Timestamp, String) {
    let instant = Timestamp::from_micros(Timestamp::now().as_micros() + micros);
    (instant, instant.to_utc().to_rfc3339())
}

#[tokio::test]
async fn every_way_in_agrees_on_what_is_shown_now() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let input = json!({ "slug": "hidden", "variants": [{ "price": "1", "sku": "hid-1" }] });
        let product = fixture::product(&owner, input).await;
        let variant = fixture::variant(&owner, &product).await;
        let collection = fixture::collection(&owner, json!({ "products": [product] })).await;

        for (span, is_shown) in spans() {
            fixture::show(&owner, &product, in_default(&span)).await.data();

            for (client, expected) in [(&shopper, is_shown), (&owner, true)] {
                for (way, is_seen) in ways(client, &product, &variant, &collection).await {
                    assert_eq!(is_seen, expected, "{way} in {span}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn filters_and_searches_tell_nothing_of_what_is_not_shown_now() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let input = json!({ "slug": "hidden", "vendor": "Acme", "type": "Shirt", "tags": ["linen"],
            "variants": [{ "price": "10", "sku": "hid-1" }] });
        let product = fixture::product(&owner, input).await;
        let collection = fixture::collection(&owner, json!({ "products": [product] })).await;
        let collection = format!("filter: {{ collection: \"{collection}\" }}");
        let arguments = [
            "query: \"hid\"",
            "query: \"linen\"",
            "filter: { tag: \"linen\" }",
            "filter: { vendor: \"Acme\" }",
            "filter: { type: \"Shirt\" }",
            "filter: { price: { from: \"10\", to: \"10\" } }",
            "filter: { status: ACTIVE }",
            "sort: { field: PRICE }",
            "sort: { field: NAME, direction: DESC }",
            collection.as_str(),
        ];

        for (span, is_shown) in spans() {
            fixture::show(&owner, &product, in_default(&span)).await.data();

            for argument in arguments {
                let query = format!("{{ products({argument}) {{ totalCount nodes {{ id options {{ name }} }} }} }}");
                let reply = shopper.query(&query).await;
                let found = reply.at("/products/nodes").as_array().unwrap().len();
                assert_eq!(found, usize::from(is_shown), "{argument} in {span}");
                assert_eq!(reply.at("/products/totalCount"), i32::from(is_shown), "{argument} in {span}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_channel_has_its_own_span() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        fixture::channel(&owner, json!({})).await;
        let product = super::priced_in(&owner, "japan", "1500").await;
        let later = json!({ "channel": "japan", "publishedFrom": "2999-01-01T00:00:00Z" });

        fixture::show(&owner, &product, later).await.data();

        assert!(super::sees(&shopper, &product, "default").await);
        assert!(!super::sees(&shopper, &product, "japan").await);
    })
    .await;
}

#[tokio::test]
async fn a_span_begins_and_ends_at_its_instant_without_anything_done() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let product = fixture::product(&owner, json!({})).await;
        let is_seen = async || super::sees(&shopper, &product, "default").await;
        let ((begin, from), (end, until)) = (instant_in(2_000_000), instant_in(4_000_000));
        let pass = async |instant: Timestamp| {
            while Timestamp::now() < instant {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };

        let span = json!({ "channel": "default", "publishedFrom": from, "publishedUntil": until });
        fixture::show(&owner, &product, span).await.data();

        let (before, is_before) = (is_seen().await, Timestamp::now() < begin);
        assert!(!(is_before && before), "it is not shown before it begins");
        pass(begin).await;
        let (within, is_within) = (is_seen().await, Timestamp::now() < end);
        assert!(within || !is_within, "it is shown while it lasts");
        pass(end).await;
        assert!(!is_seen().await, "it is not shown after its end");
    })
    .await;
}

/// How many products, variants, members and collections there are for a shopper at an instant.
async fn seen_at(app: &TestApp, now: Timestamp) -> [u64; 4] {
    let db = app.app.db().reader();
    let channel = channel::Entity::find_default(db).await.unwrap().unwrap().id;
    let scope = Scope { channel, now, sees_drafts: false, only_assigned: false, sees_archived: false };
    [
        product::Entity::visible_in(scope).count(db).await.unwrap(),
        u64::try_from(product_variant::Entity::visible_in(scope).all(db).await.unwrap().len()).unwrap(),
        collection_listing::Entity::find().filter(collection_listing::is_shown_at(now)).count(db).await.unwrap(),
        collection::Entity::visible_in(scope).count(db).await.unwrap(),
    ]
}

#[tokio::test]
async fn the_first_instant_belongs_to_a_span_and_the_last_does_not() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let collection = fixture::collection(&owner, json!({ "products": [product] })).await;
        let ((begin, from), (end, until)) = (instant_in(3_600_000_000), instant_in(7_200_000_000));
        for id in [&product, &collection] {
            let span = json!({ "channel": "default", "publishedFrom": from, "publishedUntil": until });
            assert_eq!(fixture::show(&owner, id, span).await.user_errors(), [""; 0]);
        }
        let beside = |instant: Timestamp, micros: i64| Timestamp::from_micros(instant.as_micros() + micros);

        for (instant, count) in
            [(beside(begin, -1), 0), (begin, 1), (beside(begin, 1), 1), (beside(end, -1), 1), (end, 0)]
        {
            assert_eq!(seen_at(app, instant).await, [count; 4], "{instant:?} in {begin:?} to {end:?}");
        }
    })
    .await;
}
