//! What shoppers see of price lists.

use super::*;
use crate::support::{on_both, sql};

#[tokio::test]
async fn the_prices_of_a_group_are_for_its_members_alone() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10", "12"]).await;
        let (trade, club) = (group(&owner, "Trade").await, group(&owner, "Club").await);
        let id = list(&owner, json!({ "groups": [trade] })).await;
        price(&owner, &id, &variants[1], 1, "7").await;
        let member = member(app, &owner, "ada@example.com", &[&trade, &club]).await;
        let stranger = super::member(app, &owner, "bob@example.com", &[&club]).await;
        let plain = ["10.00-12.00", "10.00 10.00 -", "12.00 12.00 -"];

        assert_eq!(seen(&member, &shirt).await, ["7.00-10.00", "10.00 10.00 -", "7.00 12.00 12.00"]);
        for client in [&stranger, &app.anonymous(), &owner] {
            assert_eq!(seen(client, &shirt).await, plain);
        }

        update(&owner, &id, json!({ "groups": null })).await.data();
        assert_eq!(seen(&app.anonymous(), &shirt).await[0], "7.00-10.00");
        update(&owner, &id, json!({ "isActive": false })).await.data();
        assert_eq!(seen(&member, &shirt).await, plain);
    })
    .await;
}

#[tokio::test]
async fn of_several_lists_the_lowest_price_holds_even_above_the_base_price() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10"]).await;
        let dear = list(&owner, json!({ "name": "Dear" })).await;
        let dearer = list(&owner, json!({ "name": "Dearer" })).await;
        price(&owner, &dear, &variants[0], 1, "11").await;
        price(&owner, &dearer, &variants[0], 1, "12").await;

        assert_eq!(seen(&app.anonymous(), &shirt).await, ["11.00-11.00", "11.00 10.00 -"]);
        let reason =
            fixture::read(&app.anonymous(), &variants[0], "priceReason { kind id name description endsAt }").await;
        let expected = json!({ "kind": "PRICE_LIST", "id": dear, "name": "Dear", "description": null, "endsAt": null });
        assert_eq!(reason["priceReason"], expected);
    })
    .await;
}

#[tokio::test]
async fn a_list_holds_in_its_channels_and_currency_and_within_its_time() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10"]).await;
        let id = list(&owner, json!({ "endsAt": "2021-03-01T12:30:00Z" })).await;
        price(&owner, &id, &variants[0], 1, "7").await;
        let shown = async || seen(&app.anonymous(), &shirt).await.remove(1);

        assert_eq!(shown().await, "10.00 10.00 -");
        update(&owner, &id, json!({ "endsAt": null, "startsAt": "2100-03-01T12:30:00Z" })).await.data();
        assert_eq!(shown().await, "10.00 10.00 -");
        update(&owner, &id, json!({ "startsAt": null })).await.data();
        assert_eq!(shown().await, "7.00 10.00 10.00");
        update(&owner, &id, json!({ "channels": [] })).await.data();
        assert_eq!(shown().await, "10.00 10.00 -");
    })
    .await;
}

#[tokio::test]
async fn quantities_show_where_a_unit_costs_something_else() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (_, variants) = product(&owner, "Shirt", &["10"]).await;
        let (one, other) = (list(&owner, json!({})).await, list(&owner, json!({ "name": "Club" })).await);
        for (list, from, amount) in [(&one, 5, "9"), (&one, 10, "8"), (&other, 10, "7"), (&one, 20, "7.50")] {
            price(&owner, list, &variants[0], from, amount).await;
        }
        let fields = "price { amount } priceReason { kind } quantityPrices { fromQuantity price { amount } }";
        let tiers = async || {
            let read = fixture::read(&app.anonymous(), &variants[0], fields).await;
            let tiers = read["quantityPrices"].as_array().unwrap().clone();
            let told = |tier: &Value| format!("{} {}", tier["fromQuantity"], tier["price"]["amount"].as_str().unwrap());
            (read["price"]["amount"].clone(), tiers.iter().map(told).collect::<Vec<_>>())
        };

        assert_eq!(tiers().await, (json!("10.00"), vec!["5 9.00".to_owned(), "10 7.00".to_owned()]));
        let half = json!({ "percentage": "50" });
        promotion(&owner, half, Value::Null, json!({})).await;
        assert_eq!(tiers().await, (json!("5.00"), vec!["5 4.50".to_owned(), "10 3.50".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn what_it_is_compared_with_is_the_greatest_that_is_more_than_is_paid() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10"]).await;
        let id = list(&owner, json!({})).await;
        let cases = [
            (Some("15"), "8", "8.00 10.00 15.00"),
            (Some("11"), "12", "12.00 10.00 -"),
            (None, "8", "8.00 10.00 10.00"),
            (None, "10", "10.00 10.00 -"),
        ];

        for (own, listed, expected) in cases {
            let input = json!({ "price": "10", "compareAtPrice": own });
            fixture::update(&owner, "productVariantPriceSet", &variants[0], input).await.data();
            price(&owner, &id, &variants[0], 1, listed).await;
            assert_eq!(seen(&app.anonymous(), &shirt).await[1], expected);
        }
    })
    .await;
}

#[tokio::test]
async fn the_unit_price_is_that_of_what_is_paid() {
    on_both(async |app| {
        let owner = app.owner().await;
        let variant = json!({ "price": "10", "content": { "amount": "500", "unit": "G" } });
        let jam = fixture::product(&owner, json!({ "variants": [variant] })).await;
        let variant = fixture::variant(&owner, &jam).await;
        let id = list(&owner, json!({})).await;
        price(&owner, &id, &variant, 1, "8").await;

        let read = fixture::read(&app.anonymous(), &variant, "unitPrice { price { amount } }").await;

        assert_eq!(read["unitPrice"]["price"]["amount"], "16.00");
    })
    .await;
}

#[tokio::test]
async fn another_node_learns_of_a_list_within_a_second() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10"]).await;
        let id = list(&owner, json!({ "isActive": false })).await;
        price(&owner, &id, &variants[0], 1, "7").await;
        let (_, router) = app.sibling(&[]).await;
        let elsewhere = Client::new(router, None);
        assert_eq!(seen(&elsewhere, &shirt).await[1], "10.00 10.00 -");

        update(&owner, &id, json!({ "isActive": true })).await.data();
        assert_eq!(seen(&app.anonymous(), &shirt).await[1], "7.00 10.00 10.00");
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        assert_eq!(seen(&elsewhere, &shirt).await[1], "7.00 10.00 10.00");
    })
    .await;
}

#[tokio::test]
async fn open_prices_are_those_that_a_buyer_has() {
    on_both(async |app| {
        use tradepost::clock::Timestamp;
        use tradepost::id::{CustomerGroupId, ProductVariantId};
        use tradepost::money::Currency;
        use tradepost::price_list::open_prices;
        let owner = app.owner().await;
        let (_, variants) = product(&owner, "Shirt", &["10", "12"]).await;
        let trade = group(&owner, "Trade").await;
        let (open, closed) = (
            list(&owner, json!({})).await,
            list(&owner, json!({ "name": "Later", "startsAt": "2100-03-01T12:30:00Z" })).await,
        );
        let groups = list(&owner, json!({ "name": "Trade only", "groups": [trade] })).await;
        for (list, from, amount) in [(&open, 1, "9"), (&open, 5, "8"), (&closed, 1, "1"), (&groups, 1, "7")] {
            price(&owner, list, &variants[0], from, amount).await;
        }
        let (db, now) = (app.app.db().reader(), Timestamp::now());
        let channel = owner.query("{ shop { channel { id } } }").await.text("/shop/channel/id").parse().unwrap();
        let ids: Vec<ProductVariantId> = variants.iter().map(|id| id.parse().unwrap()).collect();
        let amounts = async |groups: &[CustomerGroupId], currency: Currency| {
            let found = open_prices(db, channel, currency, groups, now, &ids).await.unwrap();
            assert!(found.keys().all(|id| *id == ids[0]));
            let prices = found.get(&ids[0]).cloned().unwrap_or_default();
            prices.iter().map(|price| (price.from_quantity, price.price.minor())).collect::<Vec<_>>()
        };
        let usd = Currency::USD;

        assert_eq!(amounts(&[], usd).await, [(1, 900), (5, 800)]);
        assert_eq!(amounts(&[trade.parse().unwrap()], usd).await, [(1, 900), (5, 800), (1, 700)]);
        assert_eq!(amounts(&[], Currency::EUR).await, [(0, 0); 0]);
        sql::execute(app.app.db(), "UPDATE price_list SET is_active = (1 = 0)").await.unwrap();
        assert_eq!(amounts(&[trade.parse().unwrap()], usd).await, [(0, 0); 0]);
    })
    .await;
}
