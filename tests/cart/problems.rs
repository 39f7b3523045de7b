//! What a cart tells at every read of what has changed around it.

use serde_json::json;
use tradepost::auth::Permission::{ChannelWrite, ProductWrite, StockRead, StockWrite};

use super::{add, cart_with, problems, quantities, read, run, update_lines, variant};
use crate::support::{Client, TestApp, fixture, on_both};

/// Problems that are about what lies in the cart.
fn of_content(cart: &serde_json::Value) -> Vec<&str> {
    problems(cart).into_iter().filter(|code| !code.ends_with("MISSING")).collect()
}

async fn merchant(app: &TestApp) -> Client {
    app.staff(&[ProductWrite, ChannelWrite, StockRead, StockWrite]).await
}

async fn priced(staff: &Client, variant: &str, price: &str) {
    let input = json!({ "channel": "default", "price": price });
    let reply = fixture::update(staff, "productVariantPriceSet", variant, input).await;
    assert_eq!(reply.user_errors(), [""; 0]);
}

#[tokio::test]
async fn a_price_that_rises_blocks_until_it_is_acknowledged() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 2).await;

        priced(&staff, &shirt, "12.50").await;
        let risen = read(&client, &cart).await;
        let again = read(&client, &cart).await;
        let seen = run(&client, "cartPricesAcknowledge", "id: $id", json!({ "id": cart })).await;

        let problem = &risen["problems"][0];
        assert_eq!(problem["code"], "PRICE_INCREASED");
        assert_eq!((&problem["from"]["amount"], &problem["to"]["amount"]), (&json!("10.00"), &json!("12.50")));
        assert_eq!(problem["isBlocking"], true);
        assert_eq!(problem["line"]["id"], risen["lines"][0]["id"]);
        assert_eq!(risen["total"]["gross"]["amount"], "25.00");
        assert_eq!(of_content(&again), ["PRICE_INCREASED"]);
        assert_eq!(of_content(seen.at("/cartPricesAcknowledge/cart")), [""; 0]);
        assert_eq!(of_content(&read(&client, &cart).await), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_price_that_falls_is_told_and_blocks_nothing() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        priced(&staff, &shirt, "8.00").await;

        let cart = read(&client, &cart).await;
        assert_eq!(of_content(&cart), ["PRICE_DECREASED"]);
        assert_eq!(cart["problems"][0]["isBlocking"], false);
    })
    .await;
}

#[tokio::test]
async fn another_quantity_does_not_acknowledge_a_price() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        priced(&staff, &shirt, "12.00").await;
        let added = add(&client, &cart, &shirt, 1).await;

        assert_eq!(of_content(added.at("/cartLinesAdd/cart")), ["PRICE_INCREASED"]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_bought_any_more_stays_as_a_problem_and_can_be_taken_away() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let client = app.anonymous();
        let make = async |name: &str| {
            let change = json!({ "name": name, "variants": [{ "price": "10.00", "tracksStock": false }] });
            let product = fixture::product(&staff, change).await;
            let variant = fixture::variant(&staff, &product).await;
            (product, variant)
        };
        let (hidden, gone, kept) = (make("Hidden").await, make("Gone").await, make("Kept").await);
        let cart = cart_with(&client, &kept.1, 1).await;
        add(&client, &cart, &hidden.1, 1).await.data();
        add(&client, &cart, &gone.1, 1).await.data();

        fixture::change(&staff, "productUnpublish", &hidden.0).await.data();
        let deleted = fixture::change(&staff, "productDelete", &gone.0).await;
        let read_back = read(&client, &cart).await;

        assert_eq!(deleted.user_errors(), [""; 0]);
        assert_eq!(of_content(&read_back), ["VARIANT_UNAVAILABLE", "VARIANT_UNAVAILABLE"]);
        let lines = read_back["lines"].as_array().unwrap();
        assert_eq!(lines.iter().map(|line| &line["name"]).collect::<Vec<_>>(), ["Kept", "Hidden", "Gone"]);
        assert_eq!((&lines[1]["variant"], &lines[2]["cost"]), (&json!(null), &json!(null)));
        assert_eq!(read_back["total"]["gross"]["amount"], "10.00");
        let changes = json!([{ "id": lines[1]["id"], "quantity": 0 }, { "id": lines[2]["id"], "quantity": 0 }]);
        let mended = update_lines(&client, &cart, changes).await;
        assert_eq!(of_content(mended.at("/cartLinesUpdate/cart")), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_is_sold_out_meanwhile_is_a_problem_with_what_is_left() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 4).await;

        fixture::stock(&staff, "stockLevelSet", json!({ "variant": shirt, "onHand": 3 })).await.data();
        let found = read(&client, &cart).await;
        let line = found["lines"][0]["id"].clone();
        let less = update_lines(&client, &cart, json!([{ "id": line, "quantity": 3 }])).await;

        assert_eq!(of_content(&found), ["INSUFFICIENT_STOCK"]);
        assert_eq!(found["problems"][0]["available"], 3);
        assert_eq!(of_content(less.at("/cartLinesUpdate/cart")), [""; 0]);
        assert_eq!(quantities(less.at("/cartLinesUpdate/cart")), [3]);
    })
    .await;
}

#[tokio::test]
async fn a_country_that_is_not_served_is_a_problem() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let reply = super::ship_to(&client, &cart, super::address_in("DE")).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(of_content(reply.at("/cartShippingAddressSet/cart")), ["COUNTRY_NOT_SERVED"]);
    })
    .await;
}
