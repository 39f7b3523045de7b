//! Several at one cart at the same instant: nothing is lost, nothing is there twice.

use futures::future::join_all;
use serde_json::{Value, json};
use tradepost::auth::Permission::ProductWrite;
use tradepost::entity::cart;

use super::{add, address_in, cart_with, create, quantities, read, run, ship_to, variant};
use crate::customer::customer;
use crate::support::{Client, fixture, on_both};

#[tokio::test]
async fn ten_times_one_more_are_ten_more() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 50).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let replies = join_all((0..10).map(|_| add(&client, &cart, &shirt, 1))).await;

        assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
        let cart = read(&client, &cart).await;
        assert_eq!(quantities(&cart), [11]);
        assert_eq!(cart["version"], 11);
        assert_eq!(cart["total"]["gross"]["amount"], "110.00");
    })
    .await;
}

#[tokio::test]
async fn ten_at_once_never_get_more_than_there_is() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 4).await;
        let client = app.anonymous();
        let cart = create(&client, json!({})).await.text("/cartCreate/cart/id");

        let replies = join_all((0..10).map(|_| add(&client, &cart, &shirt, 1))).await;

        let refused = replies.iter().filter(|reply| reply.user_errors() == ["INSUFFICIENT_STOCK lines.0.quantity"]);
        assert_eq!(refused.count(), 6);
        assert_eq!(quantities(&read(&client, &cart).await), [4]);
    })
    .await;
}

#[tokio::test]
async fn different_changes_at_once_all_stick() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let (shirt, cup) = (variant(&staff, "Shirt", "10.00", 9).await, variant(&staff, "Cup", "5.00", 9).await);
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let buyer = async |email: &str| {
            let variables = json!({ "id": cart, "input": { "email": email } });
            run(&client, "cartBuyerSet", "id: $id, input: $input", variables).await
        };
        let note =
            async || run(&client, "cartNoteSet", "id: $id, note: $note", json!({ "id": cart, "note": "Hi" })).await;
        let (a, b, c, d) = tokio::join!(
            buyer("grace@example.com"),
            ship_to(&client, &cart, address_in("US")),
            add(&client, &cart, &cup, 2),
            note(),
        );

        assert!([a, b, c, d].iter().all(|reply| reply.user_errors().is_empty()));
        let cart = read(&client, &cart).await;
        assert_eq!(cart["email"], "grace@example.com");
        assert_eq!(cart["note"], "Hi");
        assert_eq!(quantities(&cart), [1, 2]);
        assert_eq!(super::problems(&cart), ["SHIPPING_METHOD_MISSING"]);
    })
    .await;
}

#[tokio::test]
async fn lines_that_several_begin_at_once_are_one_line() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 50).await;
        let client = app.anonymous();
        let cart = create(&client, json!({})).await.text("/cartCreate/cart/id");

        join_all((0..8).map(|_| add(&client, &cart, &shirt, 2))).await;

        assert_eq!(quantities(&read(&client, &cart).await), [16]);
    })
    .await;
}

#[tokio::test]
async fn a_customer_who_has_no_cart_gets_one_from_many_requests() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 50).await;
        let ada = customer(app, "ada@example.com").await;

        let input = json!({ "lines": [{ "variant": shirt, "quantity": 1 }] });
        let replies = join_all((0..10).map(|_| create(&ada, input.clone()))).await;

        assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
        let ids: std::collections::HashSet<_> = replies.iter().map(|reply| reply.text("/cartCreate/cart/id")).collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(fixture::count::<cart::Entity>(app).await, 1);
        assert_eq!(quantities(&read(&ada, ids.iter().next().unwrap()).await), [10]);
    })
    .await;
}

#[tokio::test]
async fn a_cart_that_several_sign_ins_name_is_merged_once() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let (shirt, cup) = (variant(&staff, "Shirt", "10.00", 50).await, variant(&staff, "Cup", "5.00", 9).await);
        let ada = customer(app, "ada@example.com").await;
        let own = cart_with(&ada, &cup, 1).await;
        let guest = cart_with(&app.anonymous(), &shirt, 3).await;

        let sign_in = async || -> Value {
            let reply = super::merge::sign_in(app, &guest).await;
            reply.at("/customerSignIn").clone()
        };
        let replies = tokio::join!(sign_in(), sign_in(), sign_in());

        assert!([&replies.0, &replies.1, &replies.2].iter().all(|payload| payload["session"].is_object()));
        let merged = [&replies.0, &replies.1, &replies.2].into_iter().filter(|payload| payload["cart"].is_object());
        assert_eq!(merged.count(), 1);
        assert_eq!(quantities(&read(&ada, &own).await), [1, 3]);
        assert!(read(&Client::new(app.router.clone(), None), &guest).await.is_null());
    })
    .await;
}
