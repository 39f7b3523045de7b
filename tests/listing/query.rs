//! The text that a name or a SKU begins with.

use serde_json::json;

use crate::support::{Client, fixture, on_both};

async fn found(client: &Client, text: &str) -> Vec<String> {
    let query = "query($text: String) { products(query: $text, sort: { field: NAME }) { totalCount nodes { name } } }";
    let reply = client.run(query, json!({ "text": text })).await;
    let names = super::texts(reply.at("/products/nodes"), "name");
    assert_eq!(reply.at("/products/totalCount"), names.len(), "{text}");
    names
}

#[tokio::test]
async fn names_and_skus_are_found_by_their_beginning() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = async |name: &str, sku: &str| {
            fixture::product(&owner, json!({ "name": name, "variants": [{ "price": "1", "sku": sku }] })).await
        };
        product("Crème fraîche", "DAIRY-1").await;
        product("Cream  100%", "dairy-2").await;
        product("Zucchini", "CR-9").await;
        let cases: [(&str, &[&str]); 11] = [
            ("cre", &["Cream 100%", "Crème fraîche"]),
            ("CRÈME", &["Crème fraîche"]),
            ("cream 1", &["Cream 100%"]),
            ("dairy", &["Cream 100%", "Crème fraîche"]),
            ("Dairy-2", &["Cream 100%"]),
            ("cr", &["Cream 100%", "Crème fraîche", "Zucchini"]),
            ("fraîche", &[]),
            ("%", &[]),
            ("c_e", &[]),
            ("z'; --", &[]),
            ("  ", &["Cream 100%", "Crème fraîche", "Zucchini"]),
        ];

        for (text, expected) in cases {
            let names: Vec<String> =
                found(&app.anonymous(), text).await.iter().map(|name| name.replace("  ", " ")).collect();
            assert_eq!(names, expected, "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_variant_that_is_not_published_leads_nobody_to_its_product() {
    on_both(async |app| {
        let owner = app.owner().await;
        let sized =
            |size: &str| json!({ "price": "1", "sku": size, "optionValues": [{ "option": "Size", "value": size }] });
        let free = fixture::with(sized("huge"), json!({ "price": null }));
        let input = json!({ "options": [{ "name": "Size" }], "variants": [sized("small"), sized("large"), free] });
        let product = fixture::product(&owner, input).await;
        let small = fixture::variants(&owner, &product).await.remove(0);

        fixture::change(&owner, "productVariantUnpublish", &small).await.data();

        for text in ["small", "huge"] {
            assert!(found(&app.anonymous(), text).await.is_empty(), "{text}");
            assert_eq!(found(&owner, text).await, ["Linen Shirt"], "staff look for what is not for sale, too");
        }
        assert_eq!(found(&app.anonymous(), "large").await, ["Linen Shirt"]);
    })
    .await;
}

#[tokio::test]
async fn texts_that_no_database_holds_are_refused_alike() {
    on_both(async |app| {
        let owner = app.owner().await;
        let list = "query($text: String) { products(query: $text) { nodes { id } } }";

        let replies = [
            app.anonymous().run(list, json!({ "text": "a\u{0}b" })).await,
            app.anonymous()
                .run("query($text: String!) { productBySlug(slug: $text) { id } }", json!({ "text": "\u{0}" }))
                .await,
            fixture::create_product(&owner, json!({ "name": "a\u{0}b" })).await,
            fixture::create_product(&owner, json!({ "metadata": [{ "key": "a", "value": "\u{0}" }] })).await,
        ];

        for reply in replies {
            assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{}", reply.json);
        }
    })
    .await;
}
