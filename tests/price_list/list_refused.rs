//! What is refused of price lists.

use super::*;
use crate::support::{on_both, sql};

#[tokio::test]
async fn every_mistake_of_a_list_is_told_at_once() {
    on_both(async |app| {
        let staff = staff(app).await;
        let unknown = fixture::unknown("group");
        let input = json!({
            "name": " ", "channels": ["mars"], "groups": [unknown], "externalId": "x".repeat(101),
            "startsAt": "2026-03-01T12:30:00Z", "endsAt": "2026-03-01T12:30:00Z",
            "metadata": [{ "key": "", "value": "" }],
        });
        let expected = [
            "NOT_FOUND input.channels.0",
            "REQUIRED input.name",
            "NOT_FOUND input.groups.0",
            "TOO_LONG input.externalId",
            "REQUIRED input.metadata.0.key",
            "INVALID input.endsAt",
        ];

        assert_eq!(create(&staff, input.clone()).await.user_errors(), expected);
        let id = list(&staff, json!({})).await;
        let mut found = update(&staff, &id, input).await.user_errors();
        found.sort();
        let mut expected = expected.map(str::to_owned);
        expected.sort();
        assert_eq!(found, expected);
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM price_list").await, 1);
    })
    .await;
}

#[tokio::test]
async fn names_and_external_ids_are_unique() {
    on_both(async |app| {
        let staff = staff(app).await;
        list(&staff, json!({ "externalId": "x" })).await;
        let other = list(&staff, json!({ "name": "Club" })).await;

        assert_eq!(create(&staff, json!({ "name": "TRADE" })).await.user_errors(), ["TAKEN input.name"]);
        let taken = create(&staff, json!({ "name": "New", "externalId": "x" })).await;
        assert_eq!(taken.user_errors(), ["TAKEN input.externalId"]);
        assert_eq!(update(&staff, &other, json!({ "name": "trade" })).await.user_errors(), ["TAKEN input.name"]);
        let taken = update(&staff, &other, json!({ "externalId": "x" })).await;
        assert_eq!(taken.user_errors(), ["TAKEN input.externalId"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_stale_unknown_or_cleared_is_refused() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = list(&staff, json!({})).await;
        update(&staff, &id, json!({ "name": "Club" })).await.data();

        let late = update(&staff, &id, json!({ "name": "X", "expectedVersion": 1 })).await;
        assert_eq!(late.user_errors(), ["CONFLICT input.expectedVersion"]);
        assert_eq!(late.at("/priceListUpdate/priceList/name"), "Club");
        let cleared = json!({ "name": null, "currency": null, "channels": null, "isActive": null });
        let expected =
            ["REQUIRED input.name", "REQUIRED input.currency", "REQUIRED input.channels", "REQUIRED input.isActive"];
        assert_eq!(update(&staff, &id, cleared).await.user_errors(), expected);
        let unknown = fixture::unknown("pricelist");
        assert_eq!(update(&staff, &unknown, json!({})).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(delete(&staff, &unknown).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(set(&staff, &unknown, json!([])).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(remove(&staff, &unknown, json!([])).await.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn a_list_and_its_channels_are_of_one_currency_which_stays_while_there_are_prices() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        fixture::channel(&owner, json!({})).await;
        let variant = product(&owner, "Shirt", &["10"]).await.1.remove(0);

        let mixed = create(&staff, json!({ "channels": ["default", "japan"] })).await;
        assert_eq!(mixed.user_errors(), ["INVALID input.channels"]);
        let id = list(&staff, json!({})).await;
        assert_eq!(update(&staff, &id, json!({ "currency": "JPY" })).await.user_errors(), ["INVALID input.channels"]);
        let yen = json!({ "currency": "JPY", "channels": ["japan"] });
        let dollars = json!({ "currency": "USD", "channels": ["default"] });
        assert_eq!(update(&staff, &id, yen.clone()).await.user_errors(), [""; 0]);
        assert_eq!(update(&staff, &id, dollars).await.user_errors(), [""; 0]);

        price(&staff, &id, &variant, 1, "8").await;
        assert_eq!(update(&staff, &id, yen.clone()).await.user_errors(), ["IN_USE input.currency"]);
        remove(&staff, &id, json!([{ "variant": variant }])).await.data();
        assert_eq!(update(&staff, &id, yen).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_a_list_is_for_is_not_deleted() {
    on_both(async |app| {
        let (owner, staff) = (app.owner().await, staff(app).await);
        let trade = group(&owner, "Trade").await;
        let id = list(&staff, json!({ "groups": [trade] })).await;
        let operation = "mutation($id: ID!) { customerGroupDelete(id: $id) {
            customerGroup { name } userErrors { code message field } } }";

        let reply = owner.run(operation, json!({ "id": trade })).await;
        assert_eq!(reply.user_errors(), ["IN_USE id"]);
        assert_eq!(reply.at("/customerGroupDelete/customerGroup/name"), "Trade");
        update(&staff, &id, json!({ "groups": null })).await.data();
        assert_eq!(owner.run(operation, json!({ "id": trade })).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_shop_has_at_most_five_hundred_lists_and_a_list_a_hundred_groups() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = list(&staff, json!({})).await;
        let groups = vec![fixture::unknown("group"); 101];
        assert_eq!(update(&staff, &id, json!({ "groups": groups })).await.user_errors(), ["TOO_LONG input.groups"]);
        use sea_orm::EntityTrait;
        use tradepost::entity::price_list;
        let db = app.app.db();
        let like = price_list::Entity::find().one(db.reader()).await.unwrap().unwrap();
        let rows = (1..500).map(|n| {
            let id = tradepost::id::PriceListId::generate();
            let row = price_list::Model { id, name_key: format!("list {n}"), ..like.clone() };
            tradepost::db::all_set::<price_list::Entity, _>(row)
        });
        let tx = db.begin().await.unwrap();
        price_list::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
        tx.commit().await.unwrap();

        let reply = create(&staff, json!({ "name": "One more" })).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
        assert_eq!(reply.at("/priceListCreate/userErrors/0/limit"), 500);
    })
    .await;
}
