//! Creating collections.

use serde_json::{Value, json};
use tradepost::entity::{collection, collection_product, event};

use crate::support::{Client, fixture, on_both};

async fn create(staff: &Client, input: Value) -> crate::support::Reply {
    staff.run(fixture::COLLECTION_CREATE, json!({ "input": input })).await
}

#[tokio::test]
async fn create_stores_all_that_is_given() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let parent = fixture::collection(&owner, json!({ "name": "Clothes" })).await;
        let input = json!({
            "name": " Shirts ", "slug": "all-shirts", "status": "ACTIVE", "parent": parent, "products": [product],
            "description": "<p>All<script>x</script></p>", "image": { "url": "/shirts.svg", "altText": "Shirts" },
            "seo": { "title": "T", "description": "D" }, "externalId": "e",
            "metadata": [{ "key": "k", "value": "1" }], "privateMetadata": [{ "key": "p", "value": "2" }]
        });

        let id = fixture::collection(&owner, input).await;

        let fields = "name slug status description parent { id } image { url altText } seo { title description }
            externalId metadata { key value } privateMetadata { key value } version products { nodes { id } }";
        let expected = json!({
            "name": "Shirts", "slug": "all-shirts", "status": "ACTIVE", "description": "<p>All</p>",
            "parent": { "id": parent }, "image": { "url": app.app.address("/shirts.svg"), "altText": "Shirts" },
            "seo": { "title": "T", "description": "D" }, "externalId": "e",
            "metadata": [{ "key": "k", "value": "1" }], "privateMetadata": [{ "key": "p", "value": "2" }],
            "version": 1, "products": { "nodes": [{ "id": product }] }
        });
        assert_eq!(fixture::read(&owner, &id, fields).await, expected);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created"]);
    })
    .await;
}

#[tokio::test]
async fn a_name_alone_makes_an_empty_draft() {
    on_both(async |app| {
        let owner = app.owner().await;

        let reply = create(&owner, json!({ "name": "Été" })).await;

        assert_eq!(reply.at("/collectionCreate/collection/slug"), "ete");
        assert_eq!(reply.at("/collectionCreate/collection/status"), "DRAFT");
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::collection(&owner, json!({ "externalId": "e" })).await;
        let product = fixture::product(&owner, json!({})).await;
        let cases = [
            (json!({ "name": " " }), "REQUIRED input.name"),
            (json!({ "name": "a ".repeat(101) }), "TOO_LONG input.name"),
            (json!({ "name": "A", "slug": "A" }), "INVALID input.slug"),
            (json!({ "name": "A", "slug": "a".repeat(201) }), "TOO_LONG input.slug"),
            (json!({ "name": "Shirts" }), "TAKEN input.slug"),
            (json!({ "name": "A", "externalId": "e" }), "TAKEN input.externalId"),
            (json!({ "name": "A", "parent": fixture::unknown("collection") }), "NOT_FOUND input.parent"),
            (json!({ "name": "A", "products": [product, fixture::unknown("product")] }), "NOT_FOUND input.products.1"),
            (json!({ "name": "A", "products": vec![fixture::unknown("product"); 251] }), "TOO_LONG input.products"),
            (json!({ "name": "A", "image": { "url": "nowhere" } }), "INVALID input.image.url"),
            (json!({ "name": "A", "description": "x".repeat(100_001) }), "TOO_LONG input.description"),
            (
                json!({ "name": "A", "metadata": [{ "key": "a", "value": "" }, { "key": "a", "value": "" }] }),
                "TAKEN input.metadata.1.key",
            ),
        ];
        let before = rows(app).await;

        for (input, expected) in cases {
            let reply = create(&owner, input.clone()).await;

            let errors = reply.user_errors();
            assert_eq!(errors, [expected], "{input}");
            assert!(reply.at("/collectionCreate/collection").is_null());
        }
        assert_eq!(rows(app).await, before, "nothing is left of them");
    })
    .await;
}

async fn rows(app: &crate::support::TestApp) -> [u64; 3] {
    [
        fixture::count::<collection::Entity>(app).await,
        fixture::count::<collection_product::Entity>(app).await,
        fixture::count::<event::Entity>(app).await,
    ]
}

#[tokio::test]
async fn all_errors_of_one_input_come_together() {
    on_both(async |app| {
        let owner = app.owner().await;
        let input = json!({ "name": "", "slug": "A", "image": { "url": "" }, "seo": { "title": "x".repeat(201) } });

        let reply = create(&owner, input).await;

        let mut errors = reply.user_errors();
        errors.sort();
        let expected =
            ["INVALID input.slug", "REQUIRED input.image.url", "REQUIRED input.name", "TOO_LONG input.seo.title"];
        assert_eq!(errors, expected);
    })
    .await;
}

#[tokio::test]
async fn of_creations_with_the_same_slug_exactly_one_wins() {
    on_both(async |app| {
        let owner = app.owner().await;
        let creations = (0..4).map(|_| create(&owner, json!({ "name": "Shirts" })));

        let replies = futures::future::join_all(creations).await;

        let lost = replies.iter().filter(|reply| reply.user_errors() == ["TAKEN input.slug"]).count();
        assert_eq!(lost, 3);
    })
    .await;
}
