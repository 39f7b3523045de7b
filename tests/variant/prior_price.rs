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

/// Says on which day before the present price the product was first shown.
async fn shown_since(app: &TestApp, id: &str, day: Option<i64>) {
    let id: ProductVariantId = id.parse().unwrap();
    let present = variant_price::Entity::find().all(app.app.db().reader()).await.unwrap();
    let present = present.into_iter().find(|row| row.variant_id == id).unwrap().since;
    let instant = day.map_or_else(|| "NULL".to_owned(), |day| (present.as_micros() + day * DAY).to_string());
    sql::execute(app.app.db(), &format!("UPDATE product_listing SET first_shown = {instant}")).await.unwrap();
}

/// What came before, since when the product was shown, periods in days with their prices, and the lowest.
type Case = (&'static str, Option<i64>, &'static [(i64, i64, i64)], Option<&'static str>);

const CASES: [Case; 17] = [
    ("nothing came before", Some(-400), &[], None),
    ("one price all the time", Some(-400), &[(-300, 0, 1000)], Some("10.00")),
    ("falling in steps", Some(-400), &[(-25, -15, 1000), (-15, -5, 900), (-5, 0, 800)], Some("8.00")),
    ("risen, then fallen", Some(-400), &[(-40, -20, 700), (-20, 0, 1500)], Some("7.00")),
    ("raised shortly before a sale", Some(-400), &[(-100, -1, 500), (-1, 0, 2000)], Some("5.00")),
    ("ended before the window", Some(-400), &[(-60, -31, 300), (-31, 0, 1000)], Some("10.00")),
    ("ended as the window begins", Some(-400), &[(-60, -30, 300), (-30, 0, 1000)], Some("10.00")),
    ("reached into the window", Some(-400), &[(-60, -29, 300), (-29, 0, 1000)], Some("3.00")),
    ("a gap up to the present", Some(-400), &[(-20, -10, 400)], Some("4.00")),
    ("a gap as long as the window", Some(-400), &[(-90, -30, 400)], None),
    ("lasted for nothing", Some(-400), &[(-90, -10, 900), (-10, -10, 1), (-9, 0, 950)], Some("9.00")),
    ("free for a while", Some(-400), &[(-9, -8, 0), (-8, 0, 900)], Some("0.00")),
    ("after the present one began", Some(-400), &[(-1, 0, 900), (0, 1, 100)], Some("9.00")),
    ("first shown at the last of three", Some(-5), &[(-20, -12, 100), (-12, -5, 200), (-5, 0, 900)], Some("9.00")),
    ("first shown amid a price", Some(-7), &[(-20, -12, 100), (-12, -5, 200), (-5, 0, 900)], Some("2.00")),
    ("first shown at the present price", Some(0), &[(-20, 0, 100)], None),
    ("never shown", None, &[(-20, 0, 100)], None),
];

#[tokio::test]
async fn the_lowest_price_of_the_thirty_days_before() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &CASES.map(|(name, ..)| name)).await;
        let ids = fixture::variants(&owner, &product).await;
        for (id, (name, shown, before, expected)) in ids.iter().zip(CASES) {
            periods(app, id, before).await;
            shown_since(app, id, shown).await;

            let found = lowest(&owner, id).await;

            assert_eq!(found.get("amount").and_then(Value::as_str), expected, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_lowest_price_of_each_variant_is_told_to_anybody() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M", "L"]).await;
        let ids = fixture::variants(&owner, &product).await;
        shown_since(app, &ids[0], Some(-400)).await;
        periods(app, &ids[0], &[(-60, -31, 100), (-31, -12, 1500), (-12, -5, 800), (-4, 0, 2000)]).await;
        periods(app, &ids[1], &[(-60, -29, 300), (-29, 0, 900)]).await;

        const QUERY: &str = "query($id: ID!) { product(id: $id) { variants {
            lowestPriorPrice { amount currency } } } }";
        let reply = app.anonymous().run(QUERY, json!({ "id": product })).await;

        let price = |amount: &str| json!({ "lowestPriorPrice": { "amount": amount, "currency": "USD" } });
        let none = json!({ "lowestPriorPrice": null });
        assert_eq!(reply.at("/product/variants"), &json!([price("8.00"), price("3.00"), none]));
    })
    .await;
}

#[tokio::test]
async fn what_a_product_cost_before_it_was_published_stays_unknown() {
    on_both(async |app| {
        let owner = app.owner().await;
        let variants = json!([{ "price": "5" }]);
        let product = fixture::product(&owner, json!({ "status": "DRAFT", "variants": variants })).await;
        let id = fixture::variant(&owner, &product).await;
        set(&owner, &id, json!({ "price": "7" })).await;
        set(&owner, &id, json!({ "price": "12" })).await;

        fixture::change(&owner, "productPublish", &product).await.data();
        assert!(lowest(&app.anonymous(), &id).await.is_null());

        set(&owner, &id, json!({ "price": "14" })).await;
        assert_eq!(lowest(&app.anonymous(), &id).await["amount"], "12.00", "which was offered");
    })
    .await;
}

#[tokio::test]
async fn what_was_offered_counts_though_the_product_is_hidden_since() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;

        for (hide, show) in [("productUnpublish", "productPublish"), ("productArchive", "productUnpublish")] {
            fixture::change(&owner, hide, &product).await.data();
            set(&owner, &id, json!({ "price": "14" })).await;
            fixture::change(&owner, show, &product).await.data();
            fixture::hide(&owner, &product, "default").await.data();

            assert_eq!(lowest(&owner, &id).await["amount"], "10.00");
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_channel_did_not_show_yet_counts_nowhere() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;
        let in_japan = async || {
            const QUERY: &str = "query($id: ID!) { productVariant(id: $id, channel: \"japan\") {
                lowestPriorPrice { amount currency } } }";
            owner.run(QUERY, json!({ "id": id })).await.at("/productVariant/lowestPriorPrice").clone()
        };
        let cost = async |price: &str| set(&owner, &id, json!({ "channel": "japan", "price": price })).await;
        cost("500").await;
        cost("700").await;
        assert!(in_japan().await.is_null(), "it is not in the channel");

        let to_come = json!({ "channel": "japan", "publishedFrom": "2999-01-01T00:00:00Z" });
        assert!(fixture::show(&owner, &product, to_come).await.user_errors().is_empty());
        cost("800").await;
        assert!(in_japan().await.is_null(), "its time there has not come");

        assert!(fixture::show(&owner, &product, json!({ "channel": "japan" })).await.user_errors().is_empty());
        cost("900").await;
        assert_eq!(in_japan().await, json!({ "amount": "800", "currency": "JPY" }));
        assert!(lowest(&owner, &id).await.is_null(), "nothing has changed in the other channel");
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
