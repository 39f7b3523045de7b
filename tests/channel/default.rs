//! Choosing the default channel.

use futures::future::join_all;
use serde_json::json;

use super::slugs;
use crate::support::{fixture, on_both, sql};

const SET: &str = "channelDefaultSet";

#[tokio::test]
async fn another_channel_becomes_the_default_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let former = owner.query("{ shop { channel { id } } }").await.text("/shop/channel/id");
        let id = fixture::channel(&owner, json!({})).await;

        let reply = fixture::change(&owner, SET, &id).await;

        assert_eq!(reply.at("/channelDefaultSet/channel/isDefault"), true);
        assert_eq!(owner.query("{ shop { channel { slug } } }").await.at("/shop/channel/slug"), "japan");
        assert_eq!(slugs(&owner).await, ["japan", "default"]);
        for (channel, is_default) in [(&former, false), (&id, true)] {
            let read = fixture::read(&owner, channel, "isDefault version").await;
            assert_eq!(read, json!({ "isDefault": is_default, "version": 2 }));
            let history = fixture::history(app, channel).await;
            assert_eq!(history.last().unwrap().split_once(' ').unwrap().1, "channel.default_changed");
        }
    })
    .await;
}

#[tokio::test]
async fn what_names_no_channel_means_the_new_default_one() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let id = fixture::channel(&owner, json!({})).await;
        fixture::change(&owner, SET, &id).await.data();

        let product = fixture::product(&owner, json!({ "variants": [{ "price": "1500" }] })).await;
        let collection = fixture::collection(&owner, json!({})).await;

        let range = fixture::read(&shopper, &product, "priceRange { lowest { amount currency } }").await;
        assert_eq!(range["priceRange"]["lowest"], json!({ "amount": "1500", "currency": "JPY" }));
        assert!(!fixture::read(&shopper, &collection, "id").await.is_null());
        let refused = fixture::create_product(&owner, json!({ "variants": [{ "price": "1.50" }] })).await;
        assert_eq!(refused.user_errors(), ["INVALID input.variants.0.price"]);
    })
    .await;
}

/// A price in a rule is an amount of the default channel, and would mean another one in another currency.
#[tokio::test]
async fn rules_that_name_prices_keep_the_currency_of_the_default_channel() {
    on_both(async |app| {
        let owner = app.owner().await;
        let japan = fixture::channel(&owner, json!({})).await;
        let same = fixture::channel(&owner, json!({ "slug": "same", "currency": "USD" })).await;
        let rules = json!({ "conditions": [{ "price": { "to": "5.00" } }] });
        let cheap = fixture::collection(&owner, json!({ "name": "Cheap", "rules": rules })).await;

        let refused = fixture::change(&owner, SET, &japan).await;
        assert_eq!(refused.user_errors(), ["IN_USE id"]);
        let default = owner.query("{ shop { channel { id } } }").await.text("/shop/channel/id");
        let refused = fixture::update(&owner, "channelUpdate", &default, json!({ "currency": "JPY" })).await;
        assert_eq!(refused.user_errors(), ["IN_USE input.currency"]);

        assert_eq!(fixture::change(&owner, SET, &same).await.user_errors(), [""; 0]);
        fixture::update(&owner, "collectionUpdate", &cheap, json!({ "rules": null })).await.data();
        assert_eq!(fixture::change(&owner, SET, &japan).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn an_empty_slug_is_no_channel_whatever_was_asked_before() {
    on_both(async |app| {
        let shopper = app.anonymous();
        for _ in 0..2 {
            shopper.query("{ products { nodes { id } } }").await.data();

            let reply = shopper.query("{ products(channel: \"\") { nodes { id } } }").await;

            assert_eq!(reply.code(), Some("BAD_USER_INPUT"));
        }
    })
    .await;
}

#[tokio::test]
async fn the_default_channel_stays_it_without_a_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let default = owner.query("{ shop { channel { id } } }").await.text("/shop/channel/id");

        let reply = fixture::change(&owner, SET, &default).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(fixture::history(app, &default).await, [""; 0]);
        let unknown = fixture::change(&owner, SET, &fixture::unknown("channel")).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_end_with_one_default_channel() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut ids = Vec::new();
        for slug in ["a", "b", "c", "d"] {
            ids.push(fixture::channel(&owner, json!({ "slug": slug })).await);
        }

        let turns = (0..24).map(|n| fixture::change(&owner, SET, &ids[n % 4]));
        let writes = (0..8).map(|n| fixture::create_product(&owner, json!({ "slug": format!("p-{n}") })));
        let (turns, writes) = futures::future::join(join_all(turns), join_all(writes)).await;

        for reply in turns.iter().chain(&writes) {
            assert_eq!(reply.user_errors(), [""; 0]);
        }
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM channel WHERE is_default").await, 1);
    })
    .await;
}
