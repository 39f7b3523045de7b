//! The pictures of a product, one at a time.

use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp, fixture, on_both};

const FIELDS: &str =
    "image { id url altText } product { id version images { url } } userErrors { code message field limit }";

/// A product with these pictures.
async fn pictured(owner: &Client, urls: &[&str]) -> String {
    let images: Vec<Value> = urls.iter().map(|url| json!({ "url": url })).collect();
    fixture::product(owner, json!({ "images": images })).await
}

async fn add(owner: &Client, product: &str, input: Value) -> Reply {
    let operation = format!(
        "mutation($product: ID!, $input: ProductImageAddInput!) {{
            productImageAdd(product: $product, input: $input) {{ {FIELDS} }} }}"
    );
    owner.run(&operation, json!({ "product": product, "input": input })).await
}

async fn update(owner: &Client, id: &str, input: Value) -> Reply {
    let operation = format!(
        "mutation($id: ID!, $input: ProductImageUpdateInput!) {{
            productImageUpdate(id: $id, input: $input) {{ {FIELDS} }} }}"
    );
    owner.run(&operation, json!({ "id": id, "input": input })).await
}

async fn remove(owner: &Client, id: &str) -> Reply {
    const REMOVE: &str = "mutation($id: ID!) { productImageRemove(id: $id) {
        product { version images { url } } userErrors { code message field } } }";
    owner.run(REMOVE, json!({ "id": id })).await
}

async fn reorder(owner: &Client, product: &str, images: &[String]) -> Reply {
    const REORDER: &str = "mutation($product: ID!, $images: [ID!]!) {
        productImagesReorder(product: $product, images: $images) {
            product { image { id } images { id } } userErrors { code message field } } }";
    owner.run(REORDER, json!({ "product": product, "images": images })).await
}

/// The addresses of a product's pictures, but for what they begin with.
async fn urls(app: &TestApp, product: &str) -> Vec<String> {
    let read = fixture::read(&app.anonymous(), product, "images { url }").await;
    let images = read["images"].as_array().unwrap();
    images.iter().map(|image| image["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
}

async fn ids(client: &Client, product: &str) -> Vec<String> {
    let read = fixture::read(client, product, "images { id }").await;
    read["images"].as_array().unwrap().iter().map(|image| image["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_picture_is_added_at_its_place_or_at_the_end() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = pictured(&owner, &["/a", "/b"]).await;
        let before = ids(&owner, &product).await;

        let reply = add(&owner, &product, json!({ "url": " /first ", "altText": " A view ", "position": 0 })).await;
        assert_eq!(reply.at("/productImageAdd/image/altText"), "A view");
        let first = reply.text("/productImageAdd/image/id");
        add(&owner, &product, json!({ "url": "/third", "position": 2 })).await.data();
        add(&owner, &product, json!({ "url": "/last" })).await.data();
        let reply = add(&owner, &product, json!({ "url": "/beyond", "position": 50 })).await;

        assert_eq!(reply.at("/productImageAdd/product/version"), 5);
        assert_eq!(urls(app, &product).await, ["first", "a", "third", "b", "last", "beyond"]);
        let after = ids(&owner, &product).await;
        assert_eq!((&after[0], &after[1], &after[3]), (&first, &before[0], &before[1]));
        assert_eq!(fixture::history(app, &product).await.last().unwrap(), "5 product.updated");
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_described_and_moved() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = pictured(&owner, &["/a", "/b", "/c"]).await;
        let [a, b, c] = <[String; 3]>::try_from(ids(&owner, &product).await).unwrap();

        let reply = update(&owner, &a, json!({ "altText": "A", "position": 2 })).await;
        assert_eq!(reply.at("/productImageUpdate/image/altText"), "A");
        assert_eq!(ids(&owner, &product).await, [b.clone(), c.clone(), a.clone()]);

        update(&owner, &c, json!({ "position": 0 })).await.data();
        assert_eq!(ids(&owner, &product).await, [c.clone(), b.clone(), a.clone()]);

        let reply = update(&owner, &a, json!({ "altText": null })).await;
        assert!(reply.at("/productImageUpdate/image/altText").is_null());
        assert_eq!(ids(&owner, &product).await, [c, b, a]);
        assert_eq!(reply.at("/productImageUpdate/product/version"), 4);
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_is_removed_leaves_no_gap() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = pictured(&owner, &["/a", "/b", "/c"]).await;
        let ids = ids(&owner, &product).await;

        let reply = remove(&owner, &ids[0]).await;

        assert!(reply.user_errors().is_empty());
        assert_eq!(reply.at("/productImageRemove/product/version"), 2);
        let read = fixture::read(&app.anonymous(), &product, "image { id } images { id }").await;
        assert_eq!(read["image"]["id"], ids[1]);
        assert_eq!(read["images"], json!([{ "id": ids[1] }, { "id": ids[2] }]));
        assert_eq!(remove(&owner, &ids[0]).await.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn pictures_are_put_in_order() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = pictured(&owner, &["/a", "/b", "/c"]).await;
        let [a, b, c] = <[String; 3]>::try_from(ids(&owner, &product).await).unwrap();

        let reply = reorder(&owner, &product, &[c.clone(), a, b]).await;

        assert!(reply.user_errors().is_empty());
        assert_eq!(reply.at("/productImagesReorder/product/image/id"), &json!(c));
        assert_eq!(urls(app, &product).await, ["c", "a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn an_order_names_each_picture_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = pictured(&owner, &["/a", "/b"]).await;
        let other = fixture::product(&owner, json!({ "slug": "other", "images": [{ "url": "/a" }] })).await;
        let foreign = ids(&owner, &other).await.remove(0);
        let [a, b] = <[String; 2]>::try_from(ids(&owner, &product).await).unwrap();
        let cases = [
            (vec![a.clone()], vec!["REQUIRED images"]),
            (vec![], vec!["REQUIRED images"]),
            (vec![a.clone(), b.clone(), a.clone()], vec!["TAKEN images.2"]),
            (vec![a.clone(), b.clone(), foreign.clone()], vec!["NOT_FOUND images.2"]),
            (vec![foreign, a.clone()], vec!["NOT_FOUND images.0", "REQUIRED images"]),
        ];

        for (images, expected) in cases {
            assert_eq!(reorder(&owner, &product, &images).await.user_errors(), expected);
        }
        assert_eq!(ids(&owner, &product).await, [a, b]);
    })
    .await;
}

#[tokio::test]
async fn what_changes_nothing_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = pictured(&owner, &["/a", "/b"]).await;
        let ids = ids(&owner, &product).await;

        assert!(reorder(&owner, &product, &ids).await.user_errors().is_empty());
        assert!(update(&owner, &ids[1], json!({ "position": 1 })).await.user_errors().is_empty());
        assert!(update(&owner, &ids[1], json!({})).await.user_errors().is_empty());

        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 1);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = pictured(&owner, &["/a"]).await;
        let id = ids(&owner, &product).await.remove(0);
        let cases = [
            (json!({ "url": "" }), vec!["REQUIRED input.url"]),
            (json!({ "url": "javascript:alert(1)" }), vec!["INVALID input.url"]),
            (json!({ "url": "/a" }), vec!["TAKEN input.url"]),
            (
                json!({ "url": "/b", "altText": "x".repeat(501), "position": -1 }),
                vec!["TOO_LONG input.altText", "INVALID input.position"],
            ),
        ];
        for (input, expected) in cases {
            let reply = add(&owner, &product, input).await;
            assert_eq!(reply.user_errors(), expected);
            assert!(reply.at("/productImageAdd/image").is_null());
        }
        for (input, expected) in [
            (
                json!({ "altText": "x".repeat(501), "position": -1 }),
                vec!["TOO_LONG input.altText", "INVALID input.position"],
            ),
            (json!({ "position": null }), vec!["REQUIRED input.position"]),
        ] {
            assert_eq!(update(&owner, &id, input).await.user_errors(), expected);
        }
        let (nowhere, nothing) = (fixture::unknown("product"), fixture::unknown("media"));
        assert_eq!(add(&owner, &nowhere, json!({ "url": "/b" })).await.user_errors(), ["NOT_FOUND product"]);
        assert_eq!(reorder(&owner, &nowhere, &[]).await.user_errors(), ["NOT_FOUND product"]);
        assert_eq!(update(&owner, &nothing, json!({})).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(remove(&owner, &nothing).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_product_has_at_most_100_pictures() {
    on_both(async |app| {
        let owner = app.owner().await;
        let urls: Vec<String> = (0..100).map(|n| format!("/{n}")).collect();
        let product = pictured(&owner, &urls.iter().map(String::as_str).collect::<Vec<_>>()).await;

        let reply = add(&owner, &product, json!({ "url": "/more" })).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG product"]);
        assert_eq!(reply.at("/productImageAdd/userErrors/0/limit"), 100);
    })
    .await;
}

#[tokio::test]
async fn pictures_that_are_added_at_once_are_all_there() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = pictured(&owner, &[]).await;

        let url = |n: usize| json!({ "url": format!("/{n}"), "position": 0 });
        let replies = futures::future::join_all((0..6).map(|n| add(&owner, &product, url(n)))).await;

        assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
        assert_eq!(urls(app, &product).await.len(), 6);
        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 7);
    })
    .await;
}
