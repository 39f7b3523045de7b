//! Which channels show a product.

use futures::future::join_all;
use serde_json::{Value, json};
use tradepost::auth::Permission;
use tradepost::entity::product_channel;

use super::{count, priced_in, sees};
use crate::support::statements::counted;
use crate::support::{Client, fixture, on_both};

const FROM: &str = "2026-03-01T12:30:00Z";
const UNTIL: &str = "2026-04-01T12:30:00.000001Z";

async fn publications(staff: &Client, id: &str) -> Value {
    let fields = "publications { channel { slug } publishedFrom publishedUntil isCurrent }";
    fixture::read(staff, id, fields).await["publications"].clone()
}

fn open(channel: &str) -> Value {
    json!({ "channel": { "slug": channel }, "publishedFrom": null, "publishedUntil": null, "isCurrent": true })
}

#[tokio::test]
async fn a_product_is_shown_where_it_is_assigned_and_has_a_price() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        fixture::channel(&owner, json!({})).await;
        let product = fixture::product(&owner, json!({})).await;
        assert!(sees(&shopper, &product, "default").await);

        fixture::show(&owner, &product, json!({ "channel": "japan" })).await.data();
        assert!(!sees(&shopper, &product, "japan").await, "it has no price there");

        fixture::price(&owner, &product, "japan", "1500").await.data();
        assert!(sees(&shopper, &product, "japan").await);
        assert_eq!(count(&shopper, "japan").await, 1);

        assert_eq!(fixture::hide(&owner, &product, "japan").await.user_errors(), [""; 0]);
        assert!(!sees(&shopper, &product, "japan").await);
        assert_eq!(count(&shopper, "japan").await, 0);
        assert!(sees(&shopper, &product, "default").await, "the other channel is as it was");

        fixture::show(&owner, &product, json!({ "channel": "japan" })).await.data();
        assert!(sees(&shopper, &product, "japan").await, "the price has stayed");
    })
    .await;
}

#[tokio::test]
async fn a_price_alone_shows_nothing() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        fixture::channel(&owner, json!({})).await;

        let product = priced_in(&owner, "japan", "1500").await;

        assert!(!sees(&shopper, &product, "japan").await);
        assert!(sees(&owner, &product, "japan").await);
    })
    .await;
}

#[tokio::test]
async fn a_new_product_is_shown_in_the_channels_that_it_names() {
    on_both(async |app| {
        let owner = app.owner().await;
        for slug in ["a", "b"] {
            fixture::channel(&owner, json!({ "slug": slug })).await;
        }
        let cases = [
            (json!({}), json!([open("default")])),
            (json!({ "channels": null }), json!([open("default")])),
            (json!({ "channels": [] }), json!([])),
            (json!({ "channels": ["b", "a", "b"] }), json!([open("a"), open("b")])),
        ];

        for (number, (change, expected)) in cases.into_iter().enumerate() {
            let input = fixture::with(json!({ "slug": format!("p-{number}") }), change);
            let product = fixture::product(&owner, input.clone()).await;
            assert_eq!(publications(&owner, &product).await, expected);

            let collection = json!({ "slug": input["slug"], "channels": input["channels"] });
            let collection = fixture::collection(&owner, collection).await;
            assert_eq!(publications(&owner, &collection).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_channel_of_a_new_product_is_named() {
    on_both(async |app| {
        let owner = app.owner().await;
        let many: Vec<String> = (0..101).map(|n| format!("c-{n}")).collect();
        let cases = [
            (json!({ "channels": ["default", "moon"] }), vec!["NOT_FOUND input.channels.1"]),
            (json!({ "channels": ["moon"], "name": "" }), vec!["NOT_FOUND input.channels.0", "REQUIRED input.name"]),
            (json!({ "channels": many }), vec!["TOO_LONG input.channels"]),
        ];

        for (change, expected) in cases {
            let reply = fixture::create_product(&owner, change.clone()).await;
            assert_eq!(reply.user_errors(), expected);
            let input = fixture::with(json!({ "name": "Shirts" }), change);
            let reply = owner.run(fixture::COLLECTION_CREATE, json!({ "input": input })).await;
            assert_eq!(reply.user_errors(), expected);
        }

        assert_eq!(count(&owner, "default").await, 0);
    })
    .await;
}

#[tokio::test]
async fn setting_a_channel_again_replaces_the_span() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let collection = fixture::collection(&owner, json!({})).await;

        for id in [&product, &collection] {
            let span = json!({ "channel": "default", "publishedFrom": FROM, "publishedUntil": UNTIL });
            assert_eq!(fixture::show(&owner, id, span).await.user_errors(), [""; 0]);
            let expected = json!([{
                "channel": { "slug": "default" }, "publishedFrom": FROM, "publishedUntil": UNTIL, "isCurrent": false,
            }]);
            assert_eq!(publications(&owner, id).await, expected);

            let from = json!({ "channel": "default", "publishedFrom": "2026-03-01T14:30:00+02:00" });
            fixture::show(&owner, id, from).await.data();
            let expected = json!([{
                "channel": { "slug": "default" }, "publishedFrom": FROM, "publishedUntil": null, "isCurrent": true,
            }]);
            assert_eq!(publications(&owner, id).await, expected);

            fixture::show(&owner, id, json!({ "channel": "default" })).await.data();
            assert_eq!(publications(&owner, id).await, json!([open("default")]));
        }
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let collection = fixture::collection(&owner, json!({})).await;
        let span = |from: &str, until: &str| json!({ "publishedFrom": from, "publishedUntil": until });
        let in_default = |span: Value| fixture::with(json!({ "channel": "default" }), span);
        let cases = [
            (json!({ "channel": "moon" }), vec!["NOT_FOUND input.channel"]),
            (in_default(span(UNTIL, FROM)), vec!["INVALID input.publishedUntil"]),
            (in_default(span(FROM, FROM)), vec!["INVALID input.publishedUntil"]),
            (
                fixture::with(json!({ "channel": "moon" }), span(UNTIL, FROM)),
                vec!["NOT_FOUND input.channel", "INVALID input.publishedUntil"],
            ),
        ];

        for id in [&product, &collection] {
            for (input, expected) in &cases {
                assert_eq!(fixture::show(&owner, id, input.clone()).await.user_errors(), *expected);
            }
            assert_eq!(fixture::hide(&owner, id, "moon").await.user_errors(), ["NOT_FOUND channel"]);
            assert_eq!(publications(&owner, id).await, json!([open("default")]));
        }
        for kind in ["product", "collection"] {
            let id = fixture::unknown(kind);
            let shown = fixture::show(&owner, &id, json!({ "channel": "default" })).await;
            assert_eq!(shown.user_errors(), ["NOT_FOUND id"]);
            assert_eq!(fixture::hide(&owner, &id, "default").await.user_errors(), ["NOT_FOUND id"]);
        }
    })
    .await;
}

#[tokio::test]
async fn each_change_counts_and_what_is_so_already_does_not() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let product = fixture::product(&owner, json!({})).await;
        let collection = fixture::collection(&owner, json!({})).await;

        for id in [&product, &collection] {
            fixture::show(&owner, id, json!({ "channel": "default" })).await.data();
            fixture::hide(&owner, id, "japan").await.data();
            assert_eq!(fixture::read(&owner, id, "version").await["version"], 1);

            fixture::show(&owner, id, json!({ "channel": "japan", "publishedFrom": FROM })).await.data();
            fixture::show(&owner, id, json!({ "channel": "japan", "publishedFrom": FROM })).await.data();
            fixture::hide(&owner, id, "japan").await.data();

            assert_eq!(fixture::read(&owner, id, "version").await["version"], 3);
            let kind = id.split_once('_').unwrap().0;
            let changed = format!("{kind}.channels_changed");
            let expected = [format!("1 {kind}.created"), format!("2 {changed}"), format!("3 {changed}")];
            assert_eq!(fixture::history(app, id).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_read_the_catalogue_reads_where_it_is_shown() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let reader = app.staff(&[Permission::ProductRead]).await;

        assert_eq!(publications(&reader, &product).await, json!([open("default")]));

        let query = "{ products { nodes { name publications { isCurrent } } } }";
        for (client, code) in
            [(app.anonymous(), "UNAUTHENTICATED"), (app.staff(&[Permission::ProductWrite]).await, "FORBIDDEN")]
        {
            let reply = client.query(query).await;
            assert_eq!(reply.code(), Some(code));
            assert_eq!(reply.json["data"]["products"]["nodes"][0]["name"], "Linen Shirt", "the rest is answered");
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_with_publications_costs_the_same_at_3_and_at_12() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        for n in 0..12 {
            let channels = json!(["default", "japan"]);
            fixture::product(&owner, json!({ "slug": format!("p-{n}"), "channels": channels })).await;
            fixture::collection(&owner, json!({ "slug": format!("c-{n}"), "channels": channels })).await;
        }
        let fields = "nodes { publications { publishedFrom channel { slug countries } } }";

        for list in ["products", "collections"] {
            let query = format!("query($first: Int) {{ {list}(first: $first) {{ {fields} }} }}");
            let (few, cost_of_few) = counted(&owner, &query, json!({ "first": 3 })).await;
            let (many, cost_of_many) = counted(&owner, &query, json!({ "first": 12 })).await;

            few.data();
            let publications = &many.at(&format!("/{list}/nodes"))[11]["publications"];
            assert_eq!(publications[1]["channel"], json!({ "slug": "japan", "countries": ["JP"] }));
            assert_eq!(cost_of_few, cost_of_many);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn spans_that_are_set_at_once_leave_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let product = fixture::product(&owner, json!({})).await;

        let turns = (0..12).map(|n| {
            let from = format!("2026-03-{:02}T00:00:00Z", n + 1);
            fixture::show(&owner, &product, json!({ "channel": "japan", "publishedFrom": from }))
        });
        let replies = join_all(turns).await;

        assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
        assert_eq!(fixture::count::<product_channel::Entity>(app).await, 2);
        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 13);
    })
    .await;
}
