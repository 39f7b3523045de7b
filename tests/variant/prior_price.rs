//! The lowest price of the thirty days before, as it is told beside a reduced price.

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tradepost::clock::Timestamp;
use tradepost::entity::{variant_price, variant_price_period};
use tradepost::id::ProductVariantId;

use super::shirt;
use crate::support::{Client, TestApp, fixture, on_both, sql};

const DAY: i64 = 24 * 60 * 60 * 1_000_000;

async fn set(owner: &Client, id: &str, input: Value) {
    let reply = fixture::update(owner, "productVariantPriceSet", id, input).await;
    assert!(reply.user_errors().is_empty(), "{}", reply.json);
}

async fn lowest(client: &Client, id: &str) -> Value {
    fixture::read(client, id, "lowestPriorPrice { amount currency }").await["lowestPriorPrice"].clone()
}

/// Writes what a variant cost on days before its present price.
async fn periods(app: &TestApp, id: &str, periods: &[(i64, i64, i64)]) {
    let id: ProductVariantId = id.parse().unwrap();
    let db = app.app.db();
    let present = variant_price::Entity::find().all(db.reader()).await.unwrap();
    let present = present.into_iter().find(|row| row.variant_id == id).unwrap();
    let day = |day: i64| Timestamp::from_micros(present.since.as_micros() + day * DAY);
    let rows = periods.iter().map(|(since, until, price_minor)| variant_price_period::Model {
        variant_id: id,
        channel_id: present.channel_id,
        since: day(*since),
        until: day(*until),
        price_minor: *price_minor,
        compare_at_minor: None,
    });
    let tx = db.begin().await.unwrap();
    let rows = rows.map(tradepost::db::all_set::<variant_price_period::Entity, _>);
    variant_price_period::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_lowest_price_of_the_thirty_days_before_is_told_to_anybody() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M", "L"]).await;
        let ids = fixture::variants(&owner, &product).await;
        periods(app, &ids[0], &[(-60, -31, 100), (-31, -12, 1500), (-12, -5, 800), (-4, 0, 2000)]).await;
        periods(app, &ids[1], &[(-60, -29, 300), (-29, 0, 900)]).await;
        periods(app, &ids[2], &[(-60, -30, 300)]).await;

        let shopper = app.anonymous();
        assert_eq!(lowest(&shopper, &ids[0]).await, json!({ "amount": "8.00", "currency": "USD" }));
        assert_eq!(lowest(&shopper, &ids[1]).await["amount"], "3.00", "a period that reaches into the window");
        assert!(lowest(&shopper, &ids[2]).await.is_null(), "nothing was for sale in the window");
    })
    .await;
}

#[tokio::test]
async fn what_never_had_another_price_has_no_prior_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::variant(&owner, &shirt(&owner, &["S"]).await).await;

        assert!(lowest(&owner, &id).await.is_null());
    })
    .await;
}

#[tokio::test]
async fn each_change_leaves_the_price_before_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::variant(&owner, &shirt(&owner, &["S"]).await).await;

        for (input, expected) in [
            (json!({ "price": "7", "compareAtPrice": "10" }), "10.00"),
            (json!({ "price": "12" }), "7.00"),
            (json!({ "price": "9" }), "7.00"),
        ] {
            set(&owner, &id, input.clone()).await;

            assert_eq!(lowest(&owner, &id).await["amount"], expected, "{input}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_compare_at_price_announces_a_reduction_anew() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::variant(&owner, &shirt(&owner, &["S"]).await).await;
        set(&owner, &id, json!({ "price": "7" })).await;

        set(&owner, &id, json!({ "price": "7", "compareAtPrice": "10" })).await;

        assert_eq!(lowest(&owner, &id).await["amount"], "7.00", "it cost no more before");
    })
    .await;
}

#[tokio::test]
async fn a_price_that_stays_goes_on_and_one_that_was_away_is_still_known() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::variant(&owner, &shirt(&owner, &["S"]).await).await;

        set(&owner, &id, json!({ "price": "10" })).await;
        assert!(lowest(&owner, &id).await.is_null(), "nothing has changed");

        set(&owner, &id, json!({ "price": null })).await;
        assert!(lowest(&owner, &id).await.is_null(), "there is no present price");

        set(&owner, &id, json!({ "price": "5" })).await;
        assert_eq!(lowest(&owner, &id).await["amount"], "10.00");
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM variant_price_period").await, 1);
    })
    .await;
}
