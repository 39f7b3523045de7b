//! The prices of many variants at once.

use futures::future::join;
use serde_json::{Value, json};

use crate::support::{Client, Reply, fixture, on_both};

const SET: &str =
    "mutation($input: [ProductVariantBulkPriceSetInput!]!) { bulk: productVariantBulkPriceSet(input: $input) {
    results { variant { id price { amount currency } compareAtPrice { amount } } userErrors { code message field } }
    userErrors { code message field limit } } }";

async fn set(owner: &Client, input: Value) -> Reply {
    owner.run(SET, json!({ "input": input })).await
}

/// Variants of products of their own, which cost 10.00 and have SKUs.
async fn variants(owner: &Client, skus: &[&str]) -> Vec<String> {
    let mut ids = Vec::new();
    for (n, sku) in skus.iter().enumerate() {
        let input = json!({ "slug": format!("p{n}"), "variants": [{ "price": "10", "sku": sku }] });
        let product = fixture::product(owner, input).await;
        ids.push(fixture::variant(owner, &product).await);
    }
    ids
}

/// The errors of each item, as `CODE at.the.path`.
fn errors(reply: &Reply) -> Vec<Vec<String>> {
    let describe = |error: &Value| {
        let field: Vec<&str> = error["field"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        format!("{} {}", error["code"].as_str().unwrap(), field.join("."))
    };
    let results = reply.at("/bulk/results").as_array().unwrap().iter();
    results.map(|result| result["userErrors"].as_array().unwrap().iter().map(describe).collect()).collect()
}

#[tokio::test]
async fn prices_are_set_by_id_or_sku_like_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = variants(&owner, &["A", "B", "C"]).await;

        let reply = set(
            &owner,
            json!([
                { "variant": ids[0], "price": "8", "compareAtPrice": "10" },
                { "sku": " b ", "price": "7.5", "channel": "default" },
                { "sku": "C", "price": null },
            ]),
        )
        .await;

        assert!(reply.user_errors().is_empty());
        let priced = |amount: &str| json!({ "amount": amount, "currency": "USD" });
        let expected = json!([
            { "variant": { "id": ids[0], "price": priced("8.00"), "compareAtPrice": { "amount": "10.00" } },
              "userErrors": [] },
            { "variant": { "id": ids[1], "price": priced("7.50"), "compareAtPrice": null }, "userErrors": [] },
            { "variant": { "id": ids[2], "price": null, "compareAtPrice": null }, "userErrors": [] },
        ]);
        assert_eq!(reply.at("/bulk/results"), &expected);
        for id in &ids {
            let product = fixture::read(&owner, id, "product { id version }").await["product"].clone();
            assert_eq!(product["version"], 2);
            let history = fixture::history(app, product["id"].as_str().unwrap()).await;
            assert_eq!(history, ["1 product.created", "2 variant.price_changed"]);
        }
        let query = "{ products(sort: { field: PRICE }) { nodes { priceRange { lowest { amount } } } } }";
        let listed = app.anonymous().query(query).await;
        let listed = listed.at("/products/nodes").as_array().unwrap();
        let lowest: Vec<&Value> = listed.iter().map(|node| &node["priceRange"]["lowest"]["amount"]).collect();
        assert_eq!(lowest, ["7.50", "8.00"]);
    })
    .await;
}

#[tokio::test]
async fn the_channel_of_each_item_counts() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = variants(&owner, &["A"]).await;
        let channel = json!({ "slug": "jp", "name": "Japan", "currency": "JPY", "homeCountry": "JP" });
        fixture::create_channel(&owner, channel).await.data();

        let reply = set(
            &owner,
            json!([
                { "sku": "A", "price": "1200", "channel": "jp" },
                { "sku": "A", "price": "1200.5", "channel": "jp" },
                { "sku": "A", "price": "9.5" },
            ]),
        )
        .await;

        assert_eq!(errors(&reply), [vec![], vec!["INVALID input.1.price".to_owned()], vec![]]);
        let price = |index: usize| reply.at(&format!("/bulk/results/{index}/variant/price")).clone();
        assert_eq!(price(0), json!({ "amount": "1200", "currency": "JPY" }));
        assert_eq!(price(2), json!({ "amount": "9.50", "currency": "USD" }));
        assert_eq!(fixture::read(&owner, &ids[0], "product { version }").await["product"]["version"], 3);
    })
    .await;
}

#[tokio::test]
async fn an_item_that_is_refused_leaves_the_others_and_its_errors_name_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = variants(&owner, &["A", "B"]).await;
        let input = json!([
            { "variant": ids[0], "price": "1" },
            { "price": "1" },
            { "variant": ids[0], "sku": "A", "price": "1" },
            { "sku": "nothing", "price": "1" },
            { "variant": fixture::unknown("variant"), "price": "1" },
            { "sku": "A", "price": "-1", "compareAtPrice": "1.001" },
            { "sku": "A" },
            { "sku": "A", "price": "1", "channel": "nowhere" },
            { "sku": "B", "price": "2" },
        ]);

        let reply = set(&owner, input).await;

        let expected: [&[&str]; 9] = [
            &[],
            &["REQUIRED input.1.variant"],
            &["INVALID input.2.sku"],
            &["NOT_FOUND input.3.sku"],
            &["NOT_FOUND input.4.variant"],
            &["INVALID input.5.price", "INVALID input.5.compareAtPrice"],
            &["REQUIRED input.6.price"],
            &["NOT_FOUND input.7.channel"],
            &[],
        ];
        assert_eq!(errors(&reply), expected);
        assert_eq!(reply.at("/bulk/results/5/variant/price/amount"), "1.00", "it is shown as it stands");
        assert!(reply.at("/bulk/results/3/variant").is_null());
        assert_eq!(fixture::read(&owner, &ids[1], "price { amount }").await["price"]["amount"], "2.00");
    })
    .await;
}

#[tokio::test]
async fn more_than_100_items_are_refused_as_a_whole() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = variants(&owner, &["A"]).await;

        let reply = set(&owner, json!(vec![json!({ "sku": "A", "price": "1" }); 101])).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
        assert!(reply.at("/bulk/results").is_null());
        assert_eq!(fixture::read(&owner, &ids[0], "price { amount }").await["price"]["amount"], "10.00");
    })
    .await;
}

#[tokio::test]
async fn two_at_once_in_opposite_orders_are_both_done() {
    on_both(async |app| {
        let owner = app.owner().await;
        let skus = ["A", "B", "C", "D", "E", "F"];
        let ids = variants(&owner, &skus).await;
        let item = |sku: &str, price: &str| json!({ "sku": sku, "price": price });
        let there: Vec<Value> = skus.iter().map(|sku| item(sku, "1")).collect();
        let back: Vec<Value> = skus.iter().rev().map(|sku| item(sku, "2")).collect();

        let (one, other) = join(set(&owner, json!(there)), set(&owner, json!(back))).await;

        for reply in [one, other] {
            assert!(errors(&reply).iter().all(Vec::is_empty));
        }
        for id in &ids {
            let read = fixture::read(&owner, id, "price { amount } product { version }").await;
            assert!(["1.00", "2.00"].contains(&read["price"]["amount"].as_str().unwrap()));
            assert_eq!(read["product"]["version"], 3, "each was written by both");
        }
    })
    .await;
}
