//! What an update changes and what it leaves alone.

use serde_json::{Value, json};

use crate::support::{Client, fixture, on_both};

const FIELDS: &str = "name slug description status vendor type tags version externalId seo { title description }
    images { id url altText } metadata { key value } privateMetadata { key value }
    variants { id image { url } }";

/// A product with a value in every field that an update can change.
async fn full(owner: &Client) -> String {
    let input = json!({
        "name": "Linen Shirt", "description": "<p>Cool</p>", "vendor": "Weaver", "type": "Shirt", "tags": ["a", "b"],
        "seo": { "title": "T", "description": "D" }, "externalId": "e",
        "images": [{ "url": "/a", "altText": "A" }, { "url": "/b" }],
        "metadata": [{ "key": "k", "value": "1" }], "privateMetadata": [{ "key": "p", "value": "2" }],
        "variants": [{ "price": "10", "imageUrl": "/b" }]
    });
    fixture::product(owner, input).await
}

async fn updated(owner: &Client, id: &str, input: Value) -> Value {
    let reply = fixture::update(owner, "productUpdate", id, input).await;
    assert!(reply.user_errors().is_empty(), "{}", reply.json);
    fixture::read(owner, id, FIELDS).await
}

#[tokio::test]
async fn what_is_absent_stays() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let mut expected = fixture::read(&owner, &id, FIELDS).await;

        let after = updated(&owner, &id, json!({ "name": "Cotton Shirt" })).await;

        expected["name"] = json!("Cotton Shirt");
        expected["version"] = json!(2);
        assert_eq!(after, expected, "even the slug, which others link to");
        assert_eq!(fixture::history(app, &id).await, ["1 product.created", "2 product.updated"]);
    })
    .await;
}

#[tokio::test]
async fn null_and_empty_lists_clear() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let input = json!({
            "vendor": null, "type": null, "externalId": null, "seo": null, "description": "",
            "tags": [], "images": [], "metadata": [], "privateMetadata": []
        });

        let after = updated(&owner, &id, input).await;

        for field in ["vendor", "type", "externalId"] {
            assert!(after[field].is_null(), "{field}");
        }
        for field in ["tags", "images", "metadata", "privateMetadata"] {
            assert_eq!(after[field], json!([]), "{field}");
        }
        assert_eq!(after["seo"], json!({ "title": null, "description": null }));
        assert_eq!(after["description"], "");
        assert!(after["variants"][0]["image"].is_null(), "the picture is gone for the variant, too");
    })
    .await;
}

#[tokio::test]
async fn pictures_keep_their_ids_by_address() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let before = fixture::read(&owner, &id, FIELDS).await;
        let images = json!([{ "url": "/c" }, { "url": "/b", "altText": "Back" }, { "url": "/a" }]);

        let after = updated(&owner, &id, json!({ "images": images })).await;

        let (old, new) = (&before["images"], &after["images"]);
        assert_eq!(new[0]["url"], app.app.address("/c"));
        assert_eq!((&new[1]["id"], &new[1]["altText"]), (&old[1]["id"], &json!("Back")));
        assert_eq!((&new[2]["id"], &new[2]["altText"]), (&old[0]["id"], &Value::Null));
        assert_eq!(after["variants"], before["variants"], "the variant still shows its picture");
    })
    .await;
}

#[tokio::test]
async fn tags_are_replaced_as_a_whole() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;

        let after = updated(&owner, &id, json!({ "tags": ["c", "B"] })).await;

        assert_eq!(after["tags"], json!(["B", "c"]));
    })
    .await;
}

#[tokio::test]
async fn both_texts_for_search_engines_are_replaced() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;

        let after = updated(&owner, &id, json!({ "seo": { "title": "New" } })).await;

        assert_eq!(after["seo"], json!({ "title": "New", "description": null }));
    })
    .await;
}

#[tokio::test]
async fn an_updated_description_is_made_safe() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;

        let after = updated(&owner, &id, json!({ "description": "<b>Warm</b><script>x</script>" })).await;

        assert_eq!(after["description"], "<b>Warm</b>");
    })
    .await;
}

#[tokio::test]
async fn an_update_that_changes_nothing_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let before = fixture::read(&owner, &id, "version updatedAt").await;
        let same = json!({
            "name": " Linen Shirt ", "slug": "linen-shirt", "tags": ["b", "a"], "vendor": "Weaver",
            "images": [{ "url": "/a", "altText": "A" }, { "url": "/b" }], "metadata": [{ "key": "k", "value": "1" }]
        });

        for input in [json!({}), same] {
            updated(&owner, &id, input).await;
        }

        assert_eq!(fixture::read(&owner, &id, "version updatedAt").await, before);
        assert_eq!(fixture::history(app, &id).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn the_expected_version_lets_through_who_read_the_latest() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;

        updated(&owner, &id, json!({ "expectedVersion": 1, "name": "Two" })).await;
        let after = updated(&owner, &id, json!({ "expectedVersion": 2, "name": "Three" })).await;

        assert_eq!((&after["name"], &after["version"]), (&json!("Three"), &json!(3)));
    })
    .await;
}

#[tokio::test]
async fn a_new_name_moves_the_product_in_the_listing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        fixture::product(&owner, json!({ "name": "Moccasins" })).await;

        updated(&owner, &id, json!({ "name": "Zip Shirt", "slug": "zip" })).await;

        let list = "{ products(sort: { field: NAME }) { nodes { name slug } } }";
        let expected = json!([{ "name": "Moccasins", "slug": "moccasins" }, { "name": "Zip Shirt", "slug": "zip" }]);
        assert_eq!(app.anonymous().query(list).await.at("/products/nodes"), &expected);
    })
    .await;
}

#[tokio::test]
async fn null_empties_lists_and_texts_and_is_refused_by_what_cannot_be_empty() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;

        let nulls = json!({ "name": null, "slug": null, "tags": null });
        let refused = fixture::update(&owner, "productUpdate", &id, nulls).await;
        let nulls = json!({ "tags": null, "images": null, "description": null, "metadata": null });
        let after = updated(&owner, &id, nulls).await;

        assert_eq!(refused.user_errors(), ["REQUIRED input.name", "REQUIRED input.slug"]);
        assert_eq!(after["name"], "Linen Shirt");
        assert_eq!(after["description"], "");
        for list in ["tags", "images", "metadata"] {
            assert_eq!(after[list], json!([]), "{list}");
        }
    })
    .await;
}
