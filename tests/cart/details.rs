//! What is said of a cart: buyer, addresses, note, values; and what is wrong with what was sent.

use serde_json::json;
use tradepost::auth::Permission::{CartWrite, ProductWrite};

use super::{address_in, cart_with, problems, read, run, ship_to, variant};
use crate::customer::customer;
use crate::support::on_both;

#[tokio::test]
async fn details_are_set_and_cleared() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let email = |email: serde_json::Value| json!({ "id": cart, "input": { "email": email } });
        run(&client, "cartBuyerSet", "id: $id, input: $input", email(json!("grace@example.com"))).await.data();
        ship_to(&client, &cart, address_in("US")).await.data();
        let billing = json!({ "id": cart, "address": address_in("DE") });
        run(&client, "cartBillingAddressSet", "id: $id, address: $address", billing).await.data();
        let metadata = json!({ "id": cart, "metadata": [{ "key": "source", "value": "app" }] });
        run(&client, "cartMetadataSet", "id: $id, metadata: $metadata", metadata).await.data();
        let query = format!(
            "{{ cart(id: \"{cart}\") {{ email shippingAddress {{ city country }} billingAddress {{ city }}
                metadata {{ key value }} channel {{ slug }} customer {{ id }} }} }}"
        );
        let set = client.query(&query).await;
        run(&client, "cartBuyerSet", "id: $id, input: $input", email(json!(null))).await.data();
        let cleared = ship_to(&client, &cart, json!(null)).await;

        assert_eq!(
            set.at("/cart"),
            &json!({
                "email": "grace@example.com", "shippingAddress": { "city": "Springfield", "country": "US" },
                "billingAddress": { "city": "Erlangen" }, "metadata": [{ "key": "source", "value": "app" }],
                "channel": { "slug": "default" }, "customer": null,
            })
        );
        let found = problems(cleared.at("/cartShippingAddressSet/cart"));
        assert_eq!(found, ["EMAIL_MISSING", "SHIPPING_ADDRESS_MISSING", "SHIPPING_METHOD_MISSING"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_details_is_named_and_nothing_is_kept() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let email = json!({ "id": cart, "input": { "email": "nobody" } });
        let email = run(&client, "cartBuyerSet", "id: $id, input: $input", email).await;
        let address = ship_to(&client, &cart, json!({ "country": "US", "lastName": "Hopper" })).await;
        let note = json!({ "id": cart, "note": "x".repeat(2001) });
        let note = run(&client, "cartNoteSet", "id: $id, note: $note", note).await;

        assert_eq!(email.user_errors(), ["INVALID input.email"]);
        assert!(address.user_errors().contains(&"REQUIRED address.line1".to_owned()), "{:?}", address.user_errors());
        assert_eq!(note.user_errors(), ["TOO_LONG note"]);
        assert_eq!(note.at("/cartNoteSet/userErrors/0/limit"), 2000);
        assert_eq!(read(&client, &cart).await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn the_same_said_again_changes_nothing() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        ship_to(&client, &cart, address_in("US")).await.data();
        let again = ship_to(&client, &cart, address_in("US")).await;

        assert_eq!(again.at("/cartShippingAddressSet/cart/version"), 2);
    })
    .await;
}

#[tokio::test]
async fn a_registered_address_that_a_guest_gives_opens_nothing() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        customer(app, "ada@example.com").await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let variables = json!({ "id": cart, "input": { "email": "Ada@example.com" } });
        let reply = run(&client, "cartBuyerSet", "id: $id, input: $input", variables).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        let query = format!("{{ cart(id: \"{cart}\") {{ email customer {{ id }} }} }}");
        assert_eq!(client.query(&query).await.at("/cart"), &json!({ "email": "Ada@example.com", "customer": null }));
    })
    .await;
}

#[tokio::test]
async fn staff_free_a_cart_from_tax_and_nobody_else_does() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let cart = cart_with(&app.anonymous(), &shirt, 1).await;
        let variables = json!({ "id": cart, "isTaxExempt": true });
        let arguments = "id: $id, isTaxExempt: $isTaxExempt";

        let open = run(&app.anonymous(), "cartTaxExemptionSet", arguments, variables.clone()).await;
        let other = run(&staff, "cartTaxExemptionSet", arguments, variables.clone()).await;
        let done = run(&app.staff(&[CartWrite]).await, "cartTaxExemptionSet", arguments, variables).await;

        assert_eq!((open.code(), other.code()), (Some("UNAUTHENTICATED"), Some("FORBIDDEN")));
        assert_eq!(done.user_errors(), [""; 0]);
        let query = format!("{{ cart(id: \"{cart}\") {{ isTaxExempt }} }}");
        assert_eq!(app.anonymous().query(&query).await.at("/cart/isTaxExempt"), true);
    })
    .await;
}

#[tokio::test]
async fn a_cart_tells_how_it_can_be_paid() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let cart = cart_with(&app.anonymous(), &shirt, 1).await;

        let query = format!("{{ cart(id: \"{cart}\") {{ paymentMethods {{ provider name settings {{ key }} }} }} }}");
        let reply = app.anonymous().query(&query).await;

        let providers: Vec<_> = reply.at("/cart/paymentMethods").as_array().unwrap().iter().collect();
        assert_eq!(providers.iter().map(|method| &method["provider"]).collect::<Vec<_>>(), ["TEST", "MANUAL"]);
    })
    .await;
}
