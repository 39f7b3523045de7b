//! Who may touch a cart: a guest's is open to who knows its id, a customer's to that customer and staff.

use serde_json::json;
use tradepost::auth::Permission::{CartRead, CartWrite, ProductWrite};

use tradepost::id::JobId;
use tradepost::job::Task;

use super::{add, cart_with, create, quantities, read, run, variant};
use crate::customer::customer;
use crate::support::{fixture, on_both, sql};

#[tokio::test]
async fn a_guests_cart_is_open_to_who_knows_its_id() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let cart = cart_with(&app.anonymous(), &shirt, 1).await;
        let ada = customer(app, "ada@example.com").await;

        let added = add(&ada, &cart, &shirt, 1).await;

        assert_eq!(quantities(added.at("/cartLinesAdd/cart")), [2]);
        assert!(read(&app.anonymous(), &cart).await.is_object());
        let node = app.anonymous().run("query($id: ID!) { node(id: $id) { id } }", json!({ "id": cart })).await;
        assert_eq!(node.text("/node/id"), cart);
    })
    .await;
}

#[tokio::test]
async fn a_customers_cart_is_not_there_for_others() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let (ada, eve) = (customer(app, "ada@example.com").await, customer(app, "eve@example.com").await);
        let cart = cart_with(&ada, &shirt, 1).await;

        for other in [&eve, &app.anonymous(), &staff] {
            assert!(read(other, &cart).await.is_null());
            let refused = add(other, &cart, &shirt, 1).await;
            assert_eq!(refused.user_errors(), ["NOT_FOUND id"]);
            assert!(refused.at("/cartLinesAdd/cart").is_null());
        }

        assert_eq!(quantities(&read(&ada, &cart).await), [1]);
    })
    .await;
}

#[tokio::test]
async fn staff_see_and_change_the_carts_of_others_by_their_permissions() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let cart = cart_with(&customer(app, "ada@example.com").await, &shirt, 1).await;
        let (reader, writer) = (app.staff(&[CartRead]).await, app.staff(&[CartRead, CartWrite]).await);

        let refused = add(&reader, &cart, &shirt, 1).await;
        let added = add(&writer, &cart, &shirt, 1).await;
        let arguments = "id: $id, privateMetadata: $privateMetadata";
        let variables = json!({ "id": cart, "privateMetadata": [{ "key": "risk", "value": "low" }] });
        let kept = run(&writer, "cartPrivateMetadataSet", arguments, variables.clone()).await;
        let open = run(&app.anonymous(), "cartPrivateMetadataSet", arguments, variables).await;

        assert_eq!(refused.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(refused.at("/cartLinesAdd/cart/quantity"), 1);
        assert_eq!(added.at("/cartLinesAdd/cart/quantity"), 2);
        assert_eq!(kept.user_errors(), [""; 0]);
        assert_eq!(open.code(), Some("UNAUTHENTICATED"));
        let query = "query($id: ID!) { cart(id: $id) { privateMetadata { key value } } }";
        let seen = reader.run(query, json!({ "id": cart })).await;
        assert_eq!(seen.at("/cart/privateMetadata/0/value"), "low");
    })
    .await;
}

#[tokio::test]
async fn a_cart_ends_when_its_time_is_over() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let ada = customer(app, "ada@example.com").await;
        let (guest, own) = (cart_with(&app.anonymous(), &shirt, 1).await, cart_with(&ada, &shirt, 1).await);

        sql::execute(app.app.db(), "UPDATE cart SET expires_at = 1").await.unwrap();
        let refused = add(&app.anonymous(), &guest, &shirt, 1).await;
        let new = create(&ada, json!({})).await.text("/cartCreate/cart/id");

        assert!(read(&app.anonymous(), &guest).await.is_null());
        assert_eq!(refused.user_errors(), ["NOT_FOUND id"]);
        assert_ne!(new, own);
        assert!(read(&ada, &own).await.is_null());
    })
    .await;
}

#[tokio::test]
async fn carts_whose_time_is_over_are_removed_and_others_stay() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        cart_with(&client, &shirt, 1).await;
        sql::execute(app.app.db(), "UPDATE cart SET expires_at = 1").await.unwrap();
        let kept = cart_with(&client, &shirt, 1).await;

        let works = app.app.works();
        let work = works.iter().find(|work| work.kind() == "cart.clean_up").unwrap();
        let task = Task { id: JobId::generate(), payload: json!(null), event: None, attempt: 1 };
        work.run(&task).await.unwrap();

        assert_eq!(fixture::count::<tradepost::entity::cart::Entity>(app).await, 1);
        assert_eq!(fixture::count::<tradepost::entity::cart_line::Entity>(app).await, 1);
        assert!(read(&client, &kept).await.is_object());
    })
    .await;
}

#[tokio::test]
async fn erasing_a_customer_removes_their_carts() {
    on_both(async |app| {
        let staff = app.owner().await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let ada = customer(app, "ada@example.com").await;
        cart_with(&ada, &shirt, 1).await;
        let id = crate::customer::id(&ada).await;

        let erase = "mutation($id: ID!) { customerErase(id: $id) { userErrors { code message field } } }";
        let reply = staff.run(erase, json!({ "id": id })).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(fixture::count::<tradepost::entity::cart::Entity>(app).await, 0);
    })
    .await;
}
