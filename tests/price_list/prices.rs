//! Prices are set, replaced, taken away and read.

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn prices_are_set_replaced_and_taken_away() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let (_, variants) = product(&owner, "Shirt", &["10", "12"]).await;
        let id = list(&staff, json!({})).await;
        let first = json!([
            { "variant": variants[0], "fromQuantity": 10, "price": "7" },
            { "variant": variants[0], "price": "8.5" },
            { "variant": variants[1], "price": "0" },
        ]);

        assert_eq!(set(&staff, &id, first.clone()).await.at("/priceListPricesSet/priceList/version"), 2);
        assert_eq!(prices(&staff, &id).await, ["1 8.50", "10 7.00", "1 0.00"]);
        assert_eq!(set(&staff, &id, first).await.at("/priceListPricesSet/priceList/version"), 2);
        price(&staff, &id, &variants[0], 10, "6").await;
        assert_eq!(prices(&staff, &id).await, ["1 8.50", "10 6.00", "1 0.00"]);

        let gone = json!([{ "variant": variants[0] }, { "variant": variants[1], "fromQuantity": 2 }]);
        assert_eq!(remove(&staff, &id, gone.clone()).await.at("/priceListPricesRemove/priceList/version"), 4);
        assert_eq!(prices(&staff, &id).await, ["10 6.00", "1 0.00"]);
        assert_eq!(remove(&staff, &id, gone).await.at("/priceListPricesRemove/priceList/version"), 4);

        let expected = ["2 price_list.prices_changed", "3 price_list.prices_changed", "4 price_list.prices_changed"];
        assert_eq!(fixture::history(app, &id).await[1..], expected);
    })
    .await;
}

#[tokio::test]
async fn every_mistake_of_prices_is_told_at_once_and_nothing_is_set() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let variant = product(&owner, "Shirt", &["10"]).await.1.remove(0);
        let id = list(&staff, json!({})).await;
        let wrong = json!([
            { "variant": fixture::unknown("variant"), "price": "1" },
            { "variant": variant, "fromQuantity": 0, "price": "1" },
            { "variant": variant, "fromQuantity": 1, "price": "-1" },
            { "variant": variant, "fromQuantity": 2, "price": "1.001" },
            { "variant": variant, "fromQuantity": 3, "price": "1" },
            { "variant": variant, "fromQuantity": 3, "price": "2" },
        ]);

        let expected = [
            "NOT_FOUND prices.0.variant",
            "INVALID prices.1.fromQuantity",
            "INVALID prices.2.price",
            "INVALID prices.3.price",
            "TAKEN prices.5",
        ];
        assert_eq!(set(&staff, &id, wrong).await.user_errors(), expected);
        let many = |price: Value| Value::Array(vec![price; 101]);
        let reply = set(&staff, &id, many(json!({ "variant": variant, "price": "1" }))).await;
        assert_eq!(reply.user_errors(), ["TOO_LONG prices"]);
        let reply = remove(&staff, &id, many(json!({ "variant": variant }))).await;
        assert_eq!(reply.user_errors(), ["TOO_LONG prices"]);
        assert_eq!(prices(&staff, &id).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_variant_has_at_most_twenty_prices_in_a_list() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let variant = product(&owner, "Shirt", &["10"]).await.1.remove(0);
        let id = list(&staff, json!({})).await;
        let tier = |from: i32| json!({ "variant": variant, "fromQuantity": from, "price": "5" });
        set(&staff, &id, (1..=20).map(tier).collect()).await.data();

        let reply = set(&staff, &id, json!([tier(20), tier(21)])).await;
        assert_eq!(reply.user_errors(), ["LIMIT_EXCEEDED prices.1"]);
        assert_eq!(reply.at("/priceListPricesSet/userErrors/0/limit"), 20);
        assert_eq!(set(&staff, &id, json!([tier(20)])).await.user_errors(), [""; 0]);
        assert_eq!(prices(&staff, &id).await.len(), 20);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_variant_takes_its_prices_with_it() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let (product, variants) = product(&owner, "Shirt", &["10", "12"]).await;
        let id = list(&staff, json!({})).await;
        price(&staff, &id, &variants[0], 1, "8").await;
        price(&staff, &id, &variants[1], 1, "9").await;

        let operation = "mutation($id: ID!) { productVariantDelete(id: $id) { userErrors { code message field } } }";
        let reply = owner.run(operation, json!({ "id": variants[0] })).await;
        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(prices(&staff, &id).await, ["1 9.00"]);
        fixture::change(&owner, "productDelete", &product).await.data();
        assert_eq!(prices(&staff, &id).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn prices_are_paged_both_ways_and_filtered_by_variant() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let (_, variants) = product(&owner, "Shirt", &["10", "12"]).await;
        let id = list(&staff, json!({})).await;
        for (n, variant) in variants.iter().enumerate() {
            for from in [1, 5, 10] {
                price(&staff, &id, variant, from, &format!("{}.{:02}", n, from)).await;
            }
        }
        let query = "query($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $variant: ID) {
            priceList(id: $id) { prices(first: $first, after: $after, last: $last, before: $before, variant: $variant) {
                totalCount nodes { price { amount } variant { id } } pageInfo { startCursor endCursor } } } }";
        let page = async |args: Value| {
            let reply = staff.run(query, crate::support::fixture::with(json!({ "id": id }), args)).await;
            let prices = reply.at("/priceList/prices").clone();
            let nodes = prices["nodes"].as_array().unwrap().clone();
            let amounts: Vec<_> =
                nodes.iter().map(|node| node["price"]["amount"].as_str().unwrap().to_owned()).collect();
            (amounts, prices)
        };

        let (amounts, prices) = page(json!({ "first": 4 })).await;
        assert_eq!(amounts, ["0.01", "0.05", "0.10", "1.01"]);
        assert_eq!(prices["totalCount"], 6);
        let (amounts, prices) = page(json!({ "first": 4, "after": prices["pageInfo"]["endCursor"] })).await;
        assert_eq!(amounts, ["1.05", "1.10"]);
        let (amounts, _) = page(json!({ "last": 3, "before": prices["pageInfo"]["startCursor"] })).await;
        assert_eq!(amounts, ["0.05", "0.10", "1.01"]);
        let (amounts, prices) = page(json!({ "first": 9, "variant": variants[1] })).await;
        assert_eq!(amounts, ["1.01", "1.05", "1.10"]);
        assert_eq!(prices["totalCount"], 3);
    })
    .await;
}

#[tokio::test]
async fn two_who_set_the_same_price_at_once_leave_one() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let variant = product(&owner, "Shirt", &["10"]).await.1.remove(0);
        let id = list(&staff, json!({})).await;

        let one = set(&staff, &id, json!([{ "variant": variant, "price": "8" }]));
        let other = set(&staff, &id, json!([{ "variant": variant, "price": "9" }]));
        let (one, other) = futures::future::join(one, other).await;

        assert_eq!([one.user_errors(), other.user_errors()], [Vec::<String>::new(), Vec::new()]);
        assert_eq!(prices(&staff, &id).await.len(), 1);
    })
    .await;
}
