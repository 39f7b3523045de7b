//! Creating channels.

use serde_json::json;
use tradepost::entity::channel_country;

use super::{count, missing_listings, read, slugs};
use crate::support::{fixture, on_both, sql};

#[tokio::test]
async fn a_channel_is_as_it_was_asked_for() {
    on_both(async |app| {
        let owner = app.owner().await;

        let id = fixture::channel(&owner, json!({ "countries": ["KR", "JP", "AU", "KR"] })).await;

        let expected = json!({
            "slug": "japan", "name": "Japan", "currency": "JPY", "homeCountry": "JP", "countries": ["JP", "AU", "KR"],
            "pricesIncludeTax": true, "defaultLanguage": "ja", "isDefault": false, "version": 1,
        });
        assert_eq!(read(&app.anonymous(), "japan").await, expected);
        assert_eq!(fixture::history(app, &id).await, ["1 channel.created"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_asked_for_follows_from_the_rest() {
    on_both(async |app| {
        let owner = app.owner().await;
        let create = "mutation { channelCreate(input: { name: \"Côte d'Azur\", currency: \"EUR\", homeCountry: \"FR\",
            pricesIncludeTax: true, defaultLanguage: \"fr-FR\" }) { channel { slug countries } userErrors { code } } }";

        let reply = owner.query(create).await;

        assert_eq!(reply.at("/channelCreate/channel"), &json!({ "slug": "cote-d-azur", "countries": ["FR"] }));
    })
    .await;
}

#[tokio::test]
async fn the_first_channel_of_a_shop_is_whole() {
    on_both(async |app| {
        let expected = json!({
            "slug": "default", "name": "Default", "currency": "USD", "homeCountry": "US", "countries": ["US"],
            "pricesIncludeTax": false, "defaultLanguage": "en", "isDefault": true, "version": 1,
        });

        app.app.prepare().await.unwrap();

        assert_eq!(read(&app.anonymous(), "default").await, expected);
        assert_eq!(fixture::count::<channel_country::Entity>(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn channels_are_listed_with_the_default_one_first() {
    on_both(async |app| {
        let owner = app.owner().await;
        for slug in ["zurich", "aachen"] {
            fixture::channel(&owner, json!({ "slug": slug })).await;
        }

        assert_eq!(slugs(&app.anonymous()).await, ["default", "aachen", "zurich"]);
        assert!(read(&app.anonymous(), "nowhere").await.is_null());
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let cases = [
            (json!({ "slug": "default" }), vec!["TAKEN input.slug"]),
            (json!({ "slug": "Not a slug" }), vec!["INVALID input.slug"]),
            (json!({ "slug": null, "name": "日本" }), vec!["REQUIRED input.slug"]),
            (json!({ "name": " ", "slug": "-" }), vec!["REQUIRED input.name", "INVALID input.slug"]),
            (json!({ "name": "x".repeat(201) }), vec!["TOO_LONG input.name"]),
        ];

        for (change, expected) in cases {
            assert_eq!(fixture::create_channel(&owner, change).await.user_errors(), expected);
        }

        assert_eq!(slugs(&owner).await, ["default"]);
    })
    .await;
}

#[tokio::test]
async fn a_code_of_no_list_is_a_mistake_of_the_request() {
    on_both(async |app| {
        let owner = app.owner().await;
        let cases = [
            json!({ "homeCountry": "XX" }),
            json!({ "countries": ["JP", "UK"] }),
            json!({ "currency": "YEN" }),
            json!({ "defaultLanguage": "japanese" }),
        ];

        for change in cases {
            assert_eq!(fixture::create_channel(&owner, change).await.code(), Some("BAD_USER_INPUT"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_channel_lists_all_products_and_shows_none() {
    on_both(async |app| {
        let owner = app.owner().await;
        let first = fixture::product(&owner, json!({ "name": "First" })).await;
        fixture::product(&owner, json!({ "name": "Second", "status": "DRAFT" })).await;
        fixture::collection(&owner, json!({ "products": [first] })).await;

        fixture::channel(&owner, json!({})).await;

        assert_eq!((count(&owner, "japan").await, count(&app.anonymous(), "japan").await), (2, 0));
        let collections = app.anonymous().query("{ collections(channel: \"japan\") { totalCount } }").await;
        assert_eq!(collections.at("/collections/totalCount"), 0);
        assert_eq!(missing_listings(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_shop_has_at_most_100_channels() {
    on_both(async |app| {
        let owner = app.owner().await;
        for n in 1..99 {
            let copy = format!(
                "INSERT INTO channel (id, slug, name, currency, default_language, home_country, prices_include_tax, \
                 is_default, created_at, updated_at, version) \
                 SELECT {id}, 'c-{n}', name, currency, default_language, home_country, prices_include_tax, false, \
                 created_at, updated_at, version FROM channel WHERE is_default",
                id = match sql::is_sqlite(app.app.db()) {
                    true => format!("X'01939d5c00007000800000000000{n:04}'"),
                    false => format!("'01939d5c-0000-7000-8000-00000000{n:04}'::uuid"),
                }
            );
            sql::execute(app.app.db(), &copy).await.unwrap();
        }

        assert!(fixture::create_channel(&owner, json!({})).await.user_errors().is_empty(), "the hundredth");
        let reply = fixture::create_channel(&owner, json!({ "slug": "one-too-many" })).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
        assert_eq!(reply.at("/channelCreate/userErrors/0/limit"), 100);
        assert_eq!(slugs(&owner).await.len(), 100);
    })
    .await;
}
