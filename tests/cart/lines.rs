//! What lies in a cart: lines that join and stay apart, quantities and their limits.

use serde_json::json;
use tradepost::auth::Permission::{ChannelWrite, ProductWrite};

use super::{add, add_lines, cart_with, create, quantities, read, run, update_lines, variant};
use crate::support::{fixture, on_both};

#[tokio::test]
async fn the_same_variant_with_the_same_attributes_is_one_line() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 50).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let engraved = |text: &str| json!({ "variant": shirt, "attributes": [{ "name": "Engraving", "value": text }] });
        add(&client, &cart, &shirt, 2).await.data();
        add_lines(&client, &cart, json!([engraved("Ada"), engraved("Emmy"), engraved(" Ada ")])).await.data();

        let cart = read(&client, &cart).await;
        assert_eq!(quantities(&cart), [3, 2, 1]);
        assert_eq!(cart["lines"][1]["attributes"], json!([{ "name": "Engraving", "value": "Ada" }]));
        assert_eq!(cart["quantity"], 6);
        assert_eq!(cart["subtotal"]["amount"], "60.00");
    })
    .await;
}

#[tokio::test]
async fn zero_takes_a_line_away_and_less_is_always_possible() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let (shirt, cup) = (variant(&staff, "Shirt", "10.00", 9).await, variant(&staff, "Cup", "5.00", 9).await);
        let client = app.anonymous();
        let lines = json!({ "lines": [{ "variant": shirt, "quantity": 5 }, { "variant": cup, "quantity": 2 }] });
        let created = create(&client, lines).await;
        let (cart, first) = (created.text("/cartCreate/cart/id"), created.text("/cartCreate/cart/lines/0/id"));
        let second = created.text("/cartCreate/cart/lines/1/id");

        let less = update_lines(&client, &cart, json!([{ "id": first, "quantity": 1 }])).await;
        let none = update_lines(&client, &cart, json!([{ "id": first, "quantity": 0 }])).await;
        let gone =
            run(&client, "cartLinesRemove", "id: $id, lines: $lines", json!({ "id": cart, "lines": [second] })).await;

        assert_eq!(quantities(less.at("/cartLinesUpdate/cart")), [1, 2]);
        assert_eq!(quantities(none.at("/cartLinesUpdate/cart")), [2]);
        assert_eq!(quantities(gone.at("/cartLinesRemove/cart")), [0; 0]);
    })
    .await;
}

#[tokio::test]
async fn two_lines_that_come_to_have_the_same_attributes_become_one() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 9).await;
        let client = app.anonymous();
        let wrapped = json!([{ "name": "Wrap", "value": "yes" }]);
        let input = json!({ "lines": [{ "variant": shirt, "quantity": 2 },
            { "variant": shirt, "quantity": 3, "attributes": wrapped }] });
        let created = create(&client, input).await;
        let cart = created.text("/cartCreate/cart/id");
        let (plain, other) = (created.text("/cartCreate/cart/lines/0/id"), created.text("/cartCreate/cart/lines/1/id"));

        let exchanged = json!([{ "id": plain, "attributes": [{ "name": "Wrap", "value": "no" }] },
            { "id": other, "attributes": [] }, { "id": plain, "attributes": wrapped }]);
        let exchanged = update_lines(&client, &cart, exchanged).await;
        let joined = update_lines(&client, &cart, json!([{ "id": plain, "attributes": [] }])).await;

        assert_eq!(quantities(exchanged.at("/cartLinesUpdate/cart")), [2, 3]);
        assert_eq!(exchanged.at("/cartLinesUpdate/cart/lines/0/attributes/0/value"), "yes");
        assert_eq!(quantities(joined.at("/cartLinesUpdate/cart")), [5]);
    })
    .await;
}

#[tokio::test]
async fn more_than_there_is_is_refused_over_all_lines_of_the_variant_and_nothing_changes() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let shirt = variant(&staff, "Shirt", "10.00", 5).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 3).await;

        let wrapped = json!([{ "variant": shirt, "quantity": 3, "attributes": [{ "name": "Wrap", "value": "yes" }] }]);
        let refused = add_lines(&client, &cart, wrapped).await;

        assert_eq!(refused.user_errors(), ["INSUFFICIENT_STOCK lines.0.quantity"]);
        assert_eq!(refused.at("/cartLinesAdd/userErrors/0/available"), 5);
        assert_eq!(quantities(refused.at("/cartLinesAdd/cart")), [3]);
        assert_eq!(refused.at("/cartLinesAdd/cart/version"), 1);
        assert_eq!(add(&client, &cart, &shirt, 2).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_need_not_be_there_can_be_bought_without_end() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let of = async |name: &str, variant: serde_json::Value| {
            let variants = json!([fixture::with(json!({ "price": "1.00" }), variant)]);
            let product = fixture::product(&staff, json!({ "name": name, "variants": variants })).await;
            fixture::variant(&staff, &product).await
        };
        let untracked = of("Download", json!({ "tracksStock": false })).await;
        let backorder = of("Print", json!({ "stock": 2, "backorderLimit": 3 })).await;
        let client = app.anonymous();

        let reply = create(&client, json!({ "lines": [{ "variant": untracked, "quantity": 900 }] })).await;
        let within = create(&client, json!({ "lines": [{ "variant": backorder, "quantity": 5 }] })).await;
        let beyond = create(&client, json!({ "lines": [{ "variant": backorder, "quantity": 6 }] })).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(within.user_errors(), [""; 0]);
        assert_eq!(beyond.user_errors(), ["INSUFFICIENT_STOCK input.lines.0.quantity"]);
        assert_eq!(beyond.at("/cartCreate/userErrors/0/available"), 5);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_bought_is_not_found_and_wrong_numbers_are_named() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let draft = fixture::product(&staff, json!({ "status": "DRAFT" })).await;
        let draft = fixture::variant(&staff, &draft).await;
        let shirt = variant(&staff, "Shirt", "10.00", 5).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let unknown =
            add_lines(&client, &cart, json!([{ "variant": fixture::unknown("variant") }, { "variant": draft }])).await;
        let negative = add(&client, &cart, &shirt, -1).await;
        let strange =
            update_lines(&client, &cart, json!([{ "id": fixture::unknown("cartline"), "quantity": 1 }])).await;
        let nameless = json!([{ "variant": shirt, "attributes": [{ "name": " ", "value": "x" }] }]);
        let nameless = add_lines(&client, &cart, nameless).await;

        assert_eq!(unknown.user_errors(), ["NOT_FOUND lines.0.variant", "NOT_FOUND lines.1.variant"]);
        assert_eq!(negative.user_errors(), ["INVALID lines.0.quantity"]);
        assert_eq!(strange.user_errors(), ["NOT_FOUND lines.0.id"]);
        assert_eq!(nameless.user_errors(), ["REQUIRED lines.0.attributes.0.name"]);
        assert_eq!(read(&client, &cart).await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn each_limit_of_the_channel_is_told_with_its_number() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite, ChannelWrite]).await;
        let mut variants = Vec::new();
        for name in ["A", "B", "C", "D"] {
            variants.push(variant(&staff, name, "1.00", 1000).await);
        }
        let channel = app.anonymous().query("{ channels { id } }").await.text("/channels/0/id");
        let limits = json!({ "lines": 3, "unitsPerLine": 10, "units": 15, "unitsPerVariant": 8 });
        fixture::update(&staff, "channelUpdate", &channel, json!({ "cartLimits": limits })).await.data();
        let client = app.anonymous();
        let lines = |list: &[(usize, i32)]| {
            let line = |(index, quantity): &(usize, i32)| json!({ "variant": variants[*index], "quantity": quantity });
            json!({ "lines": list.iter().map(line).collect::<Vec<_>>() })
        };

        let many = create(&client, lines(&[(0, 1), (1, 1), (2, 1), (3, 1)])).await;
        let long = create(&client, lines(&[(0, 11)])).await;
        let whole = create(&client, lines(&[(0, 8), (1, 8)])).await;
        let one = create(&client, lines(&[(0, 9)])).await;
        let fits = create(&client, lines(&[(0, 8), (1, 6), (2, 1)])).await;

        let limit = |reply: &crate::support::Reply| reply.at("/cartCreate/userErrors/0/limit").clone();
        assert_eq!((many.user_errors(), limit(&many)), (vec!["LIMIT_EXCEEDED input.lines.3".to_owned()], json!(3)));
        assert_eq!(long.user_errors(), ["LIMIT_EXCEEDED input.lines.0.quantity"]);
        assert_eq!(limit(&long), 10);
        assert_eq!((whole.user_errors(), limit(&whole)), (vec!["LIMIT_EXCEEDED input.lines.1".to_owned()], json!(15)));
        assert_eq!(
            (one.user_errors(), limit(&one)),
            (vec!["LIMIT_EXCEEDED input.lines.0.quantity".to_owned()], json!(8))
        );
        assert_eq!(fits.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_total_beyond_what_can_be_told_is_refused() {
    on_both(async |app| {
        let staff = app.staff(&[ProductWrite]).await;
        let dear = variant(&staff, "Dear", "90000000000000000.00", 9000).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &dear, 1).await;

        let refused = add(&client, &cart, &dear, 1).await;

        assert_eq!(refused.user_errors(), ["LIMIT_EXCEEDED input"]);
        assert_eq!(quantities(&read(&client, &cart).await), [1]);
    })
    .await;
}
