//! What those see whose role is limited to a channel: what is assigned to it, published or not, and no more.

use super::*;
use crate::support::{fixture, on_both};

/// Drafts of the default channel, of another one, and of none, and somebody whose role is limited to the default one.
struct Shop {
    owner: Client,
    clerk: Client,
    ours: String,
    theirs: String,
}

async fn draft(owner: &Client, name: &str, channels: &[&str]) -> String {
    let sku = name.to_uppercase();
    let entry = json!([{ "key": "cost", "value": "3" }]);
    let input = json!({
        "name": name, "status": "DRAFT", "channels": channels, "vendor": "Weaver", "externalId": name,
        "privateMetadata": entry,
        "variants": [{ "price": "10.00", "stock": 5, "sku": sku, "externalId": sku, "privateMetadata": entry }],
    });
    fixture::product(owner, input).await
}

async fn shop(app: &TestApp) -> Shop {
    let owner = app.owner().await;
    fixture::channel(&owner, json!({})).await;
    let ours = draft(&owner, "Ours", &["default", "japan"]).await;
    let theirs = draft(&owner, "Theirs", &["japan"]).await;
    draft(&owner, "Nobodys", &[]).await;
    let clerk = limited_to(app, &owner, "default", &["PRODUCT_READ"]).await;
    Shop { owner, clerk, ours, theirs }
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_list_holds_what_is_assigned_to_the_channel() {
    on_both(async |app| {
        let Shop { clerk, .. } = shop(app).await;
        let list = "query($query: String, $filter: ProductFilter) { products(query: $query, filter: $filter) {
            totalCount nodes { name status } facets { vendors { value count } } } }";

        let all = clerk.run(list, json!({})).await;
        let found = clerk.run(list, json!({ "query": "Theirs" })).await;
        let by_sku = clerk.run(list, json!({ "query": "NOBODYS" })).await;
        let by_id = clerk.run(list, json!({ "filter": { "externalId": "Ours" } })).await;
        let not_by_id = clerk.run(list, json!({ "filter": { "externalId": "Theirs" } })).await;

        assert_eq!(all.at("/products/nodes"), &json!([{ "name": "Ours", "status": "DRAFT" }]));
        assert_eq!(all.at("/products/totalCount"), 1);
        assert_eq!(all.at("/products/facets/vendors"), &json!([{ "value": "Weaver", "count": 1 }]));
        assert_eq!(names(by_id.at("/products/nodes")), ["Ours"]);
        for none in [found, by_sku, not_by_id] {
            assert_eq!(none.at("/products/nodes"), &json!([]));
            assert_eq!(none.at("/products/totalCount"), 0);
        }
    })
    .await;
}

#[tokio::test]
async fn one_product_is_there_by_id_slug_and_sku_if_it_is_assigned() {
    on_both(async |app| {
        let Shop { clerk, ours, theirs, .. } = shop(app).await;
        let find = "query($id: ID!, $slug: String!, $sku: String!) {
            product(id: $id) { name } productBySlug(slug: $slug) { name } node(id: $id) { id }
            productVariantBySku(sku: $sku) { product { name } } }";

        let there = clerk.run(find, json!({ "id": ours, "slug": "ours", "sku": "OURS" })).await;
        let not_there = clerk.run(find, json!({ "id": theirs, "slug": "theirs", "sku": "THEIRS" })).await;

        let product = json!({ "name": "Ours" });
        let expected = json!({ "product": product, "productBySlug": product, "node": { "id": ours },
            "productVariantBySku": { "product": product } });
        assert_eq!(there.data(), &expected);
        let nothing = json!({ "product": null, "productBySlug": null, "node": null, "productVariantBySku": null });
        assert_eq!(not_there.data(), &nothing);
    })
    .await;
}

#[tokio::test]
async fn collections_and_their_members_are_there_if_they_are_assigned() {
    on_both(async |app| {
        let Shop { owner, clerk, ours, theirs } = shop(app).await;
        let members = json!([theirs, ours]);
        let shown = json!({ "name": "Shown", "status": "DRAFT", "products": members, "channels": ["default"] });
        let shown = fixture::collection(&owner, shown).await;
        let hidden = json!({ "name": "Hidden", "status": "DRAFT", "products": members, "channels": ["japan"] });
        let hidden = fixture::collection(&owner, hidden).await;
        let fields = "products { totalCount nodes { name } facets { vendors { count } } }";

        let list = clerk.query("{ collections { totalCount nodes { name } } }").await;
        let found = fixture::read(&clerk, &shown, fields).await;

        assert_eq!(list.at("/collections"), &json!({ "totalCount": 1, "nodes": [{ "name": "Shown" }] }));
        let expected =
            json!({ "totalCount": 1, "nodes": [{ "name": "Ours" }], "facets": { "vendors": [{ "count": 1 }] } });
        assert_eq!(found["products"], expected);
        assert_eq!(fixture::read(&clerk, &hidden, fields).await, Value::Null);
        let by_slug = clerk.query("{ collectionBySlug(slug: \"hidden\") { name } }").await;
        assert_eq!(by_slug.at("/collectionBySlug"), &Value::Null);
        let of_product = fixture::read(&clerk, &ours, "collections { name }").await;
        assert_eq!(names(&of_product["collections"]), ["Shown"]);
    })
    .await;
}

#[tokio::test]
async fn related_products_are_there_if_they_are_assigned() {
    on_both(async |app| {
        let Shop { owner, clerk, ours, theirs } = shop(app).await;
        let mine = draft(&owner, "Mine", &["default"]).await;
        let set = "mutation($id: ID!, $products: [ID!]!) { productRelatedSet(id: $id, products: $products) {
            userErrors { code message field } } }";
        owner.run(set, json!({ "id": ours, "products": [theirs, mine] })).await.data();

        let found = fixture::read(&clerk, &ours, "relatedProducts { name }").await;

        assert_eq!(names(&found["relatedProducts"]), ["Mine"]);
    })
    .await;
}

#[tokio::test]
async fn what_only_staff_may_read_is_there_in_the_channel() {
    on_both(async |app| {
        let Shop { clerk, ours, .. } = shop(app).await;
        let fields = "externalId privateMetadata { value } publications { channel { slug } } history { totalCount }
            variants { externalId privateMetadata { value } }";

        let found = fixture::read(&clerk, &ours, fields).await;

        let entry = json!([{ "value": "3" }]);
        let variant = json!({ "externalId": "OURS", "privateMetadata": entry });
        // That another channel shows it, too, is not for them to know.
        let expected = json!({ "externalId": "Ours", "privateMetadata": entry,
            "publications": [{ "channel": { "slug": "default" } }], "history": { "totalCount": 1 },
            "variants": [variant] });
        assert_eq!(found, expected);
    })
    .await;
}

#[tokio::test]
async fn in_another_channel_they_see_what_shoppers_see() {
    on_both(async |app| {
        let Shop { owner, clerk, ours, theirs } = shop(app).await;
        let list = "{ products(channel: \"japan\") { nodes { name } } }";
        let before = clerk.query(list).await;
        assert_eq!(before.at("/products/nodes"), &json!([]));
        fixture::price(&owner, &theirs, "japan", "900").await;
        fixture::change(&owner, "productPublish", &theirs).await;
        let read = "query($id: ID!) { product(id: $id, channel: \"japan\") { name externalId } }";

        let after = clerk.query(list).await;
        let published = clerk.run(read, json!({ "id": theirs })).await;
        let draft = clerk.run(read, json!({ "id": ours })).await;

        assert_eq!(names(after.at("/products/nodes")), ["Theirs"]);
        assert_eq!(published.code(), Some("FORBIDDEN"));
        assert_eq!(published.json["data"]["product"], json!({ "name": "Theirs", "externalId": null }));
        assert_eq!(draft.at("/product"), &Value::Null);
    })
    .await;
}
