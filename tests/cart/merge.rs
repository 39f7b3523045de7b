//! A guest's cart becomes the customer's at the sign-in.

use serde_json::{Value, json};
use tradepost::auth::Permission::{ChannelWrite, ProductWrite, StockRead, StockWrite};

use super::{CART, address_in, cart_with, create, problems, quantities, read, run, variant};
use crate::customer::{PASSWORD, customer};
use crate::support::{Reply, TestApp, fixture, on_both};

/// Signs Ada in, who brings a cart along.
pub async fn sign_in(app: &TestApp, cart: &str) -> Reply {
    let document = format!(
        "mutation($input: CustomerSignInInput!) {{ customerSignIn(input: $input) {{
            session {{ accessToken }} cart {{ {CART} }} userErrors {{ code message field }} }} }}"
    );
    let input = json!({ "email": "ada@example.com", "password": PASSWORD, "cart": cart });
    app.anonymous().run(&document, json!({ "input": input })).await
}

#[tokio::test]
async fn a_customer_without_a_cart_takes_over_the_guests_under_a_new_id() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let ada = customer(app, "ada@example.com").await;
        let guest = cart_with(&app.anonymous(), &shirt, 2).await;

        let reply = sign_in(app, &guest).await;

        let cart = reply.at("/customerSignIn/cart");
        assert_eq!(quantities(cart), [2]);
        assert_ne!(cart["id"], json!(guest));
        assert!(read(&app.anonymous(), &guest).await.is_null());
        assert!(read(&ada, &guest).await.is_null());
        assert_eq!(ada.query("{ viewer { cart { quantity } } }").await.at("/viewer/cart/quantity"), 2);
    })
    .await;
}

#[tokio::test]
async fn both_carts_unite_and_the_guests_quantity_counts() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let (shirt, cup) = (variant(&staff, "Shirt", "10.00", 9).await, variant(&staff, "Cup", "5.00", 9).await);
        let ring = variant(&staff, "Ring", "50.00", 9).await;
        let ada = customer(app, "ada@example.com").await;
        let own = json!({ "lines": [{ "variant": shirt, "quantity": 5 }, { "variant": cup }], "note": "Mine" });
        let own = create(&ada, own).await.text("/cartCreate/cart/id");
        let guest = json!({ "lines": [{ "variant": shirt, "quantity": 2 }, { "variant": ring }], "note": "Theirs",
            "shippingAddress": address_in("US"), "buyer": { "email": "other@example.com" } });
        let guest = create(&app.anonymous(), guest).await.text("/cartCreate/cart/id");

        let reply = sign_in(app, &guest).await;

        let cart = reply.at("/customerSignIn/cart");
        assert_eq!(cart["id"], json!(own));
        assert_eq!(quantities(cart), [2, 1, 1]);
        assert_eq!(cart["note"], "Mine");
        assert_eq!(cart["email"], "other@example.com");
        assert_eq!(problems(cart), ["SHIPPING_METHOD_MISSING"]);
        assert!(read(&app.anonymous(), &guest).await.is_null());
        assert_eq!(fixture::count::<tradepost::entity::cart::Entity>(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_merge_is_bound_by_no_limit_and_the_excess_is_a_problem() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite, ChannelWrite, StockRead, StockWrite]).await;
        let (shirt, cup) = (variant(&staff, "Shirt", "10.00", 9).await, variant(&staff, "Cup", "5.00", 9).await);
        let ada = customer(app, "ada@example.com").await;
        cart_with(&ada, &cup, 1).await;
        let guest = cart_with(&app.anonymous(), &shirt, 6).await;
        let channel = app.anonymous().query("{ channels { id } }").await.text("/channels/0/id");
        let limits = json!({ "lines": 1, "unitsPerLine": 5 });
        fixture::update(&staff, "channelUpdate", &channel, json!({ "cartLimits": limits })).await.data();
        fixture::stock(&staff, "stockLevelSet", json!({ "variant": shirt, "onHand": 3 })).await.data();

        let reply = sign_in(app, &guest).await;

        let cart = reply.at("/customerSignIn/cart");
        assert_eq!(quantities(cart), [1, 6]);
        let found: Vec<&str> = problems(cart).into_iter().filter(|code| !code.contains("MISSING")).collect();
        assert_eq!(found, ["INSUFFICIENT_STOCK", "LIMIT_EXCEEDED", "LIMIT_EXCEEDED"]);
        let line = cart["lines"][1]["id"].clone();
        let less = super::update_lines(
            &customer_of(app, &reply),
            cart["id"].as_str().unwrap(),
            json!([{ "id": line, "quantity": 4 }]),
        )
        .await;
        assert_eq!(less.user_errors(), [""; 0]);
    })
    .await;
}

fn customer_of(app: &TestApp, reply: &Reply) -> crate::support::Client {
    let token = reply.text("/customerSignIn/session/accessToken");
    crate::support::Client::new(app.router.clone(), Some(token))
}

#[tokio::test]
async fn signing_in_never_fails_because_of_a_cart() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let (_, eve) = (customer(app, "ada@example.com").await, customer(app, "eve@example.com").await);
        let of_eve = cart_with(&eve, &shirt, 2).await;

        for cart in [fixture::unknown("cart"), of_eve.clone()] {
            let reply = sign_in(app, &cart).await;
            assert_eq!(reply.user_errors(), [""; 0]);
            assert!(reply.at("/customerSignIn/session/accessToken").is_string());
            assert_eq!(reply.at("/customerSignIn/cart"), &Value::Null);
        }

        assert_eq!(quantities(&read(&eve, &of_eve).await), [2]);
    })
    .await;
}

#[tokio::test]
async fn verifying_an_address_brings_the_cart_along() {
    use tradepost::entity::token_purpose::TokenPurpose;

    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let guest = cart_with(&app.anonymous(), &shirt, 2).await;
        crate::customer::register(app, json!({ "email": "ada@example.com" })).await.data();
        let token = crate::customer::link(app, TokenPurpose::Verification).await;

        let document = "mutation($input: CustomerVerifyInput!) { customerVerify(input: $input) {
            cart { quantity customer { id } } userErrors { code message } } }";
        let input = json!({ "token": token, "password": PASSWORD, "cart": guest });
        let reply = app.anonymous().run(document, json!({ "input": input })).await;

        assert_eq!(reply.at("/customerVerify/cart/quantity"), 2);
        let gone = run(&app.anonymous(), "cartPricesAcknowledge", "id: $id", json!({ "id": guest })).await;
        assert_eq!(gone.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}
