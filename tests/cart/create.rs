//! Making a cart: empty, with all that is known, by a guest and by a customer.

use serde_json::json;
use tradepost::auth::Permission::{ChannelWrite, ProductWrite};

use super::{CART, address_in, cart_with, create, problems, quantities, read, run, variant};
use crate::customer::customer;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_cart_can_begin_empty() {
    on_both(async |app| {
        let client = app.anonymous();

        let reply = client
            .query(&format!("mutation {{ cartCreate(input: {{}}) {{ cart {{ {CART} }} userErrors {{ code }} }} }}"))
            .await;

        let cart = reply.at("/cartCreate/cart");
        assert_eq!(cart["total"]["gross"]["amount"], "0.00");
        assert_eq!(problems(cart), ["EMPTY", "EMAIL_MISSING"]);
        assert_eq!(cart["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn all_that_is_known_can_be_said_at_once() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;

        let input = json!({
            "lines": [{ "variant": shirt, "quantity": 2 }], "buyer": { "email": "grace@example.com" },
            "shippingAddress": address_in("US"), "note": " Ring twice. ",
            "metadata": [{ "key": "source", "value": "app" }],
        });
        let reply = create(&app.anonymous(), input).await;

        let cart = reply.at("/cartCreate/cart");
        assert_eq!(quantities(cart), [2]);
        assert_eq!(cart["email"], "grace@example.com");
        assert_eq!(cart["note"], "Ring twice.");
        assert_eq!(problems(cart), ["SHIPPING_METHOD_MISSING"]);
        assert_eq!(read(&app.anonymous(), cart["id"].as_str().unwrap()).await, *cart);
    })
    .await;
}

#[tokio::test]
async fn every_mistake_of_an_input_is_told_at_once_and_no_cart_is_made() {
    on_both(async |app| {
        let input = json!({
            "lines": [{ "variant": fixture::unknown("variant"), "quantity": -2 }], "buyer": { "email": "nobody" },
            "shippingAddress": { "country": "US" }, "codes": [" "],
        });
        let reply = create(&app.anonymous(), input).await;

        let errors = reply.user_errors();
        for expected in [
            "INVALID input.lines.0.quantity",
            "INVALID input.buyer.email",
            "REQUIRED input.shippingAddress.line1",
            "REQUIRED input.codes.0",
        ] {
            assert!(errors.iter().any(|error| error == expected), "{expected} is not in {errors:?}");
        }
        assert_eq!(reply.at("/cartCreate/cart"), &json!(null));
        assert_eq!(fixture::count::<tradepost::entity::cart::Entity>(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_customer_has_one_cart_in_a_channel() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite, ChannelWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        fixture::channel(&staff, json!({})).await;
        let ada = customer(app, "ada@example.com").await;

        let first = cart_with(&ada, &shirt, 1).await;
        let again = create(&ada, json!({ "lines": [{ "variant": shirt, "quantity": 2 }] })).await;
        let elsewhere =
            run(&ada, "cartCreate", "input: $input, channel: $channel", json!({ "input": {}, "channel": "japan" }))
                .await;

        assert_eq!(again.text("/cartCreate/cart/id"), first);
        assert_eq!(quantities(again.at("/cartCreate/cart")), [3]);
        assert_ne!(elsewhere.text("/cartCreate/cart/id"), first);
        let query = "{ viewer { cart { id email customer { id } } other: cart(channel: \"japan\") { id } } }";
        let viewer = ada.query(query).await;
        assert_eq!(viewer.text("/viewer/cart/id"), first);
        assert_eq!(viewer.text("/viewer/cart/email"), "ada@example.com");
        assert_ne!(viewer.text("/viewer/other/id"), first);
        assert!(viewer.at("/viewer/cart/customer").is_object());
        assert_eq!(app.anonymous().query(query).await.at("/viewer/cart"), &json!(null));
    })
    .await;
}

#[tokio::test]
async fn a_cart_id_is_random() {
    on_both(async |app| {
        let client = app.anonymous();
        let mut ids = Vec::new();
        for _ in 0..8 {
            ids.push(create(&client, json!({})).await.text("/cartCreate/cart/id"));
        }

        let prefixes: std::collections::HashSet<_> = ids.iter().map(|id| id[..13].to_owned()).collect();
        assert_eq!(prefixes.len(), ids.len(), "ids that begin alike: {ids:?}");
        assert!(ids.iter().all(|id| id.starts_with("cart_") && id.as_bytes()[19] == b'4'), "{ids:?}");
    })
    .await;
}
