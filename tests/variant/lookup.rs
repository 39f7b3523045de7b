//! Finding a variant by its id, by what is printed on it, and by what was picked.

use serde_json::{Value, json};

use super::shirt;
use crate::support::statements::counted;
use crate::support::{Client, Reply, fixture, on_both};

const BY_ID: &str = "query($id: ID!, $channel: String) { productVariant(id: $id, channel: $channel) { id } }";
const BY_SKU: &str = "query($sku: String!, $channel: String) {
    productVariantBySku(sku: $sku, channel: $channel) { id } }";
const BY_BARCODE: &str = "query($barcode: String!, $channel: String) {
    productVariantByBarcode(barcode: $barcode, channel: $channel) { id } }";
const BY_OPTIONS: &str = "query($id: ID!, $options: [OptionValueInput!]!) {
    product(id: $id) { variantByOptions(options: $options) { id price { amount } } } }";

/// A product with one variant.
async fn single(owner: &Client, slug: &str, variant: Value) -> String {
    let variant = fixture::with(json!({ "price": "10" }), variant);
    let product = fixture::product(owner, json!({ "slug": slug, "variants": [variant] })).await;
    fixture::variant(owner, &product).await
}

async fn by_sku(client: &Client, sku: &str) -> Value {
    client.run(BY_SKU, json!({ "sku": sku })).await.at("/productVariantBySku").clone()
}

async fn by_barcode(client: &Client, barcode: &str) -> Value {
    client.run(BY_BARCODE, json!({ "barcode": barcode })).await.at("/productVariantByBarcode").clone()
}

async fn by_options(client: &Client, product: &str, options: &[(&str, &str)]) -> Reply {
    let option = |(option, value): &(&str, &str)| json!({ "option": option, "value": value });
    let options: Vec<Value> = options.iter().map(option).collect();
    client.run(BY_OPTIONS, json!({ "id": product, "options": options })).await
}

/// The id of the variant that was picked, or null.
async fn picked(client: &Client, product: &str, options: &[(&str, &str)]) -> Value {
    let reply = by_options(client, product, options).await;
    let variant = reply.at("/product/variantByOptions");
    variant.get("id").cloned().unwrap_or(Value::Null)
}

#[tokio::test]
async fn a_variant_is_found_by_its_id_sku_and_barcode() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let id = single(&owner, "a", json!({ "sku": "Hose-Ä 1", "barcode": "4006381333931" })).await;
        single(&owner, "b", json!({ "sku": "HOSE-A 12", "barcode": "40063813339310" })).await;

        let expected = json!({ "id": id });
        assert_eq!(shopper.run(BY_ID, json!({ "id": id })).await.at("/productVariant"), &expected);
        assert_eq!(by_sku(&shopper, "hose-a  1").await, expected, "without regard to case, accents and spaces");
        assert_eq!(by_barcode(&shopper, "4006381333931").await, expected);
    })
    .await;
}

#[tokio::test]
async fn what_nothing_has_finds_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        single(&owner, "a", json!({})).await;

        let unknown = json!({ "id": fixture::unknown("variant") });
        assert!(owner.run(BY_ID, unknown).await.at("/productVariant").is_null());
        for text in ["", "nothing", "%"] {
            assert!(by_sku(&owner, text).await.is_null());
            assert!(by_barcode(&owner, text).await.is_null());
        }
    })
    .await;
}

#[tokio::test]
async fn of_several_with_one_barcode_the_oldest_that_the_reader_may_see_is_found() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let first = single(&owner, "a", json!({ "barcode": "12345678" })).await;
        let second = single(&owner, "b", json!({ "barcode": "12345678" })).await;
        assert_eq!(by_barcode(&shopper, "12345678").await["id"], first);

        fixture::change(&owner, "productVariantUnpublish", &first).await.data();

        assert_eq!(by_barcode(&shopper, "12345678").await["id"], second);
        assert_eq!(by_barcode(&owner, "12345678").await["id"], first);
    })
    .await;
}

#[tokio::test]
async fn shoppers_find_only_what_is_for_sale() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let id = single(&owner, "a", json!({ "sku": "S", "barcode": "12345678" })).await;
        let product = fixture::read(&owner, &id, "product { id }").await["product"]["id"].clone();
        let product = product.as_str().unwrap();
        let is_found = async |client: &Client| {
            let by_id = client.run(BY_ID, json!({ "id": id })).await.at("/productVariant").clone();
            let found = [by_id, by_sku(client, "S").await, by_barcode(client, "12345678").await];
            let found: Vec<bool> = found.iter().map(|variant| !variant.is_null()).collect();
            assert!(found.iter().all(|is_found| *is_found == found[0]), "{found:?}");
            found[0]
        };
        assert!(is_found(&shopper).await);

        for (mutation, back, of) in [
            ("productUnpublish", "productPublish", product),
            ("productVariantUnpublish", "productVariantPublish", id.as_str()),
        ] {
            fixture::change(&owner, mutation, of).await.data();
            assert!(!is_found(&shopper).await, "{mutation}");
            assert!(is_found(&owner).await, "{mutation}");
            fixture::change(&owner, back, of).await.data();
            assert!(is_found(&shopper).await, "{back}");
        }

        fixture::update(&owner, "productVariantPriceSet", &id, json!({ "price": null })).await.data();
        assert!(!is_found(&shopper).await, "without a price");
    })
    .await;
}

#[tokio::test]
async fn a_channel_that_is_not_there_is_a_mistake() {
    on_both(async |app| {
        let id = fixture::unknown("variant");
        for (query, key, value) in [(BY_ID, "id", id.as_str()), (BY_SKU, "sku", "S"), (BY_BARCODE, "barcode", "1")] {
            let reply = app.anonymous().run(query, json!({ key: value, "channel": "nowhere" })).await;

            assert_eq!(reply.code(), Some("BAD_USER_INPUT"));
        }
    })
    .await;
}

/// A shirt in two sizes and two colours, of which one combination is not made.
async fn colourful(owner: &Client) -> (String, Vec<String>) {
    let variant = |size: &str, colour: &str, price: &str| {
        json!({ "price": price, "optionValues": [
            { "option": "Size", "value": size }, { "option": "Colour", "value": colour }
        ] })
    };
    let variants = [variant("S", "Röd", "1"), variant("M", "Röd", "2"), variant("M", "Blue", "3")];
    let options = json!([{ "name": "Size" }, { "name": "Colour" }]);
    let product = fixture::product(owner, json!({ "options": options, "variants": variants })).await;
    let ids = fixture::variants(owner, &product).await;
    (product, ids)
}

#[tokio::test]
async fn what_was_picked_is_one_variant_or_none() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shopper = app.anonymous();
        let (product, ids) = colourful(&owner).await;
        let cases = [
            (vec![("Size", "S"), ("Colour", "Röd")], json!(ids[0])),
            (vec![("colour", "BLUE"), ("SIZE", "m")], json!(ids[2])),
            (vec![("Colour", "rod"), ("Size", "m")], json!(ids[1])),
            (vec![("Size", "S"), ("Colour", "Blue")], Value::Null),
            (vec![("Size", "XXL"), ("Colour", "Blue")], Value::Null),
            (vec![("Size", "S")], Value::Null),
            (vec![], Value::Null),
        ];

        for (options, expected) in cases {
            assert_eq!(picked(&shopper, &product, &options).await, expected, "{options:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_option_that_the_product_lacks_is_a_mistake() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (product, _) = colourful(&owner).await;

        for options in [&[("Fit", "Slim")][..], &[("Size", "S"), ("size", "M"), ("Colour", "Blue")]] {
            let reply = by_options(&app.anonymous(), &product, options).await;

            assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{options:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_product_without_options_has_one_variant_to_pick() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;

        assert_eq!(picked(&app.anonymous(), &product, &[]).await, json!(fixture::variant(&owner, &product).await));
    })
    .await;
}

#[tokio::test]
async fn shoppers_pick_only_what_is_for_sale() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let product = shirt(&owner, &["S", "M"]).await;
        let small = fixture::variants(&owner, &product).await.remove(0);

        fixture::change(&owner, "productVariantArchive", &small).await.data();

        assert!(picked(&shopper, &product, &[("Size", "S")]).await.is_null());
        assert_eq!(picked(&owner, &product, &[("Size", "S")]).await, json!(small), "staff see archived ones, too");
    })
    .await;
}

#[tokio::test]
async fn picking_costs_the_same_statements_however_many_ask() {
    on_both(async |app| {
        let owner = app.owner().await;
        for n in 0..6 {
            let variants = json!([{ "price": "1", "optionValues": [{ "option": "Size", "value": "S" }] }]);
            let input = json!({ "slug": format!("p{n}"), "options": [{ "name": "Size" }], "variants": variants });
            fixture::product(&owner, input).await;
        }
        let query = "query($first: Int) { products(first: $first) { nodes {
            variantByOptions(options: [{ option: \"Size\", value: \"S\" }]) { id lowestPriorPrice { amount } } } } }";

        let (_, one) = counted(&app.anonymous(), query, json!({ "first": 1 })).await;
        let (reply, all) = counted(&app.anonymous(), query, json!({ "first": 6 })).await;

        assert!(reply.at("/products/nodes/5/variantByOptions/id").is_string());
        assert_eq!(one, all);
    })
    .await;
}
