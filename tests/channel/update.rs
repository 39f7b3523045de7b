//! Changing channels.

use serde_json::{Value, json};

use super::{priced_in, read};
use crate::support::{Client, Reply, fixture, on_both};

async fn update(staff: &Client, id: &str, input: Value) -> Reply {
    fixture::update(staff, "channelUpdate", id, input).await
}

#[tokio::test]
async fn what_is_named_changes_and_the_rest_stays() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({ "countries": ["KR"] })).await;

        let changes = [
            json!({ "name": "Nippon", "slug": "nippon", "pricesIncludeTax": false }),
            json!({ "currency": "EUR", "homeCountry": "DE", "defaultLanguage": "de-DE" }),
        ];
        for change in changes {
            assert_eq!(update(&owner, &id, change).await.user_errors(), [""; 0]);
        }

        let expected = json!({
            "slug": "nippon", "name": "Nippon", "currency": "EUR", "homeCountry": "DE",
            "countries": ["DE", "JP", "KR"], "pricesIncludeTax": false, "defaultLanguage": "de-DE", "isDefault": false,
            "version": 3,
        });
        assert_eq!(read(&app.anonymous(), "nippon").await, expected);
        let history = ["1 channel.created", "2 channel.updated", "3 channel.updated"];
        assert_eq!(fixture::history(app, &id).await, history);
    })
    .await;
}

#[tokio::test]
async fn countries_are_replaced_and_the_home_country_stays_one_of_them() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({ "countries": ["KR"] })).await;
        let cases = [
            (json!({ "countries": ["AU", "NZ"] }), json!(["JP", "AU", "NZ"])),
            (json!({ "homeCountry": "NZ", "countries": ["AU"] }), json!(["NZ", "AU"])),
            (json!({ "countries": null }), json!(["NZ"])),
        ];

        for (change, expected) in cases {
            assert_eq!(update(&owner, &id, change).await.user_errors(), [""; 0]);
            assert_eq!(read(&owner, "japan").await["countries"], expected);
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_that_changes_nothing_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({})).await;

        for same in [json!({}), json!({ "name": "Japan", "countries": ["JP"], "currency": "JPY" })] {
            assert_eq!(update(&owner, &id, same).await.user_errors(), [""; 0]);
        }

        assert_eq!(read(&owner, "japan").await["version"], 1);
        assert_eq!(fixture::history(app, &id).await, ["1 channel.created"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({})).await;
        let cases = [
            (json!({ "expectedVersion": 2, "name": "Nippon" }), vec!["CONFLICT input.expectedVersion"]),
            (json!({ "slug": "default" }), vec!["TAKEN input.slug"]),
            (json!({ "slug": "No" }), vec!["INVALID input.slug"]),
            (json!({ "name": "" }), vec!["REQUIRED input.name"]),
            (
                json!({ "name": null, "slug": null, "currency": null, "homeCountry": null, "pricesIncludeTax": null,
                    "defaultLanguage": null }),
                vec![
                    "REQUIRED input.homeCountry",
                    "REQUIRED input.slug",
                    "REQUIRED input.name",
                    "REQUIRED input.currency",
                    "REQUIRED input.pricesIncludeTax",
                    "REQUIRED input.defaultLanguage",
                ],
            ),
        ];

        for (change, expected) in cases {
            assert_eq!(update(&owner, &id, change).await.user_errors(), expected);
        }

        let unknown = update(&owner, &fixture::unknown("channel"), json!({ "name": "X" })).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(read(&owner, "japan").await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn the_version_that_was_read_may_be_named() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({})).await;

        let reply = update(&owner, &id, json!({ "expectedVersion": 1, "name": "Nippon" })).await;

        assert_eq!(reply.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_currency_stays_once_anything_has_had_a_price_in_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({})).await;
        let in_dollars = json!({ "currency": "USD" });
        assert_eq!(update(&owner, &id, in_dollars.clone()).await.user_errors(), [""; 0]);
        let product = priced_in(&owner, "japan", "10.50").await;

        assert_eq!(update(&owner, &id, json!({ "currency": "JPY" })).await.user_errors(), ["IN_USE input.currency"]);
        assert_eq!(update(&owner, &id, json!({ "currency": "USD", "name": "J" })).await.user_errors(), [""; 0]);

        let variant = fixture::variant(&owner, &product).await;
        let none = json!({ "channel": "japan", "price": null });
        fixture::update(&owner, "productVariantPriceSet", &variant, none).await.data();
        let reply = update(&owner, &id, json!({ "currency": "JPY" })).await;
        assert_eq!(reply.user_errors(), ["IN_USE input.currency"], "what it cost is told in the old currency");
    })
    .await;
}

#[tokio::test]
async fn a_changed_channel_is_known_at_once_by_its_new_slug_alone() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({})).await;
        let shop = async |slug: &str| {
            let query = "query($channel: String) { shop(channel: $channel) { channel { name } } }";
            app.anonymous().run(query, json!({ "channel": slug })).await
        };
        assert_eq!(shop("japan").await.at("/shop/channel/name"), "Japan");

        update(&owner, &id, json!({ "slug": "nippon", "name": "Nippon" })).await.data();

        assert_eq!(shop("japan").await.code(), Some("BAD_USER_INPUT"));
        assert_eq!(shop("nippon").await.at("/shop/channel/name"), "Nippon");
    })
    .await;
}
