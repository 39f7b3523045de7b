//! How many units lie where, and the ledger that proves it.

mod bulk;

use futures::future::join_all;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tradepost::auth::{ActorKind, Permission};
use tradepost::entity::stock_movement::{self, StockMovementKind};
use tradepost::entity::{stock_level, stock_location};
use tradepost::id::StockLocationId;

use crate::support::{Client, Reply, TestApp, fixture, on_both};

const SET: &str = "stockLevelSet";
const ADJUST: &str = "stockLevelAdjust";

/// A variant of which there are some units, if a number is given.
async fn variant(owner: &Client, stock: Option<i32>) -> String {
    let product = fixture::product(owner, json!({ "variants": [{ "price": "1", "stock": stock }] })).await;
    fixture::variant(owner, &product).await
}

async fn set(staff: &Client, variant: &str, on_hand: i32) -> Reply {
    fixture::stock(staff, SET, json!({ "variant": variant, "onHand": on_hand })).await
}

async fn adjust(staff: &Client, variant: &str, change: i32) -> Reply {
    fixture::stock(staff, ADJUST, json!({ "variant": variant, "change": change })).await
}

async fn on_hand(staff: &Client, variant: &str) -> Value {
    fixture::read(staff, variant, "stockLevels { onHand }").await["stockLevels"][0]["onHand"].clone()
}

async fn movements(app: &TestApp) -> Vec<stock_movement::Model> {
    stock_movement::Entity::find().all(app.app.db().reader()).await.unwrap()
}

#[tokio::test]
async fn set_writes_what_was_counted_and_one_movement() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, None).await;

        let input = json!({ "variant": id, "onHand": 12, "reason": " Inventory " });
        let reply = fixture::stock(&owner, SET, input).await;

        assert!(reply.user_errors().is_empty());
        let level = reply.at("/stockLevelSet/variant/stockLevels/0");
        assert_eq!((&level["onHand"], &level["allocated"], &level["available"]), (&json!(12), &json!(0), &json!(12)));
        assert_eq!(level["location"]["isDefault"], true);
        let rows = movements(app).await;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].kind, rows[0].on_hand_change), (StockMovementKind::Count, 12));
        assert_eq!(rows[0].reason.as_deref(), Some("Inventory"));
        assert_eq!((rows[0].actor_type, rows[0].actor_id.is_some()), (ActorKind::Staff, true));
        assert_eq!(fixture::history(app, &id).await, ["1 stock.changed"]);
    })
    .await;
}

#[tokio::test]
async fn adjust_adds_and_takes_away() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, Some(5)).await;

        adjust(&owner, &id, 3).await.data();
        let reply = adjust(&owner, &id, -8).await;

        assert!(reply.user_errors().is_empty());
        assert_eq!(on_hand(&owner, &id).await, 0);
        let changes: Vec<i64> = movements(app).await.iter().map(|row| row.on_hand_change).collect();
        assert_eq!(changes, [5, 3, -8]);
        assert_eq!(fixture::history(app, &id).await, ["1 stock.changed", "2 stock.changed", "3 stock.changed"]);
    })
    .await;
}

#[tokio::test]
async fn no_more_can_go_than_is_there() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, Some(5)).await;

        let reply = adjust(&owner, &id, -6).await;

        assert_eq!(reply.user_errors(), ["INVALID input.change"]);
        assert_eq!(reply.at("/stockLevelAdjust/userErrors/0/limit"), 5);
        assert_eq!(on_hand(&owner, &id).await, 5);
        assert_eq!(movements(app).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_level_never_outgrows_what_can_be_told() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, None).await;
        assert!(set(&owner, &id, i32::MAX).await.user_errors().is_empty());

        let reply = adjust(&owner, &id, 1).await;

        assert_eq!(reply.user_errors(), ["INVALID input.change"]);
        assert_eq!(on_hand(&owner, &id).await, i32::MAX);
    })
    .await;
}

#[tokio::test]
async fn a_count_of_what_is_there_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, Some(5)).await;

        assert!(set(&owner, &id, 5).await.user_errors().is_empty());

        assert_eq!(movements(app).await.len(), 1);
        assert_eq!(fixture::history(app, &id).await, ["1 stock.changed"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, Some(5)).await;
        let long = "x".repeat(201);
        let nowhere = fixture::unknown("location");
        let nothing = fixture::unknown("variant");
        let cases = [
            (SET, json!({ "variant": id, "onHand": -1 }), vec!["INVALID input.onHand"]),
            (SET, json!({ "variant": nothing, "onHand": 1 }), vec!["NOT_FOUND input.variant"]),
            (SET, json!({ "variant": id, "onHand": 1, "location": nowhere }), vec!["NOT_FOUND input.location"]),
            (
                SET,
                json!({ "variant": id, "onHand": -1, "reason": long }),
                vec!["INVALID input.onHand", "TOO_LONG input.reason"],
            ),
            (ADJUST, json!({ "variant": id, "change": 0 }), vec!["INVALID input.change"]),
            (ADJUST, json!({ "variant": nothing, "change": 1 }), vec!["NOT_FOUND input.variant"]),
            (ADJUST, json!({ "variant": id, "change": 1, "location": nowhere }), vec!["NOT_FOUND input.location"]),
            (
                ADJUST,
                json!({ "variant": id, "change": 0, "reason": long }),
                vec!["INVALID input.change", "TOO_LONG input.reason"],
            ),
        ];

        for (mutation, input, expected) in cases {
            let reply = fixture::stock(&owner, mutation, input.clone()).await;

            assert_eq!(reply.user_errors(), expected, "{mutation} {input}");
        }
        assert_eq!(on_hand(&owner, &id).await, 5);
        assert_eq!(movements(app).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn units_lie_at_several_locations() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, Some(5)).await;
        let attic = second_location(app).await;

        let input = json!({ "variant": id, "onHand": 2, "location": attic });
        fixture::stock(&owner, SET, input).await.data();
        adjust(&owner, &id, -5).await.data();

        let fields = "isAvailable stockLevels { onHand location { name isDefault } }";
        let levels = json!([
            { "onHand": 2, "location": { "name": "Attic", "isDefault": false } },
            { "onHand": 0, "location": { "name": "Main", "isDefault": true } }
        ]);
        let expected = json!({ "isAvailable": true, "stockLevels": levels });
        assert_eq!(fixture::read(&owner, &id, fields).await, expected, "in the locations' alphabet");
    })
    .await;
}

async fn second_location(app: &TestApp) -> String {
    use sea_orm::ActiveValue::Set;
    let id = StockLocationId::generate();
    let row = stock_location::ActiveModel {
        id: Set(id),
        name: Set("Attic".to_owned()),
        name_key: Set("attic".to_owned()),
        is_default: Set(false),
        created_at: Set(tradepost::clock::Timestamp::now()),
        updated_at: Set(tradepost::clock::Timestamp::now()),
        version: Set(1),
    };
    let tx = app.app.db().begin().await.unwrap();
    stock_location::Entity::insert(row).exec_without_returning(&tx).await.unwrap();
    tx.commit().await.unwrap();
    id.to_string()
}

#[tokio::test]
async fn stock_changes_without_a_change_of_the_product() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let id = fixture::variant(&owner, &product).await;
        let before = fixture::read(&owner, &product, "version updatedAt").await;

        adjust(&owner, &id, 1).await.data();

        assert_eq!(fixture::read(&owner, &product, "version updatedAt").await, before);
    })
    .await;
}

#[tokio::test]
async fn who_may_change_stock_but_not_read_it_is_told_so() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, Some(5)).await;
        let clerk = app.staff(&[Permission::StockWrite]).await;

        let reply = adjust(&clerk, &id, 1).await;

        assert_eq!(reply.code(), Some("FORBIDDEN"));
        assert_eq!(on_hand(&owner, &id).await, 6, "the change itself was allowed");
    })
    .await;
}

#[tokio::test]
async fn adjustments_at_once_all_count() {
    on_both(async |app| {
        let owner = app.owner().await;
        for first in [None, Some(5)] {
            let id = variant_of(&owner, first).await;

            let replies = join_all((0..10).map(|_| adjust(&owner, &id, 1))).await;

            assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
            assert_eq!(on_hand(&owner, &id).await, 10 + first.unwrap_or(0));
        }
    })
    .await;
}

async fn variant_of(owner: &Client, stock: Option<i32>) -> String {
    let slug = format!("stock-{}", stock.unwrap_or(0));
    let input = json!({ "slug": slug, "variants": [{ "price": "1", "stock": stock }] });
    let product = fixture::product(owner, input).await;
    fixture::variant(owner, &product).await
}

#[tokio::test]
async fn the_last_units_go_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, Some(3)).await;

        let replies = join_all((0..8).map(|_| adjust(&owner, &id, -1))).await;

        let gone = replies.iter().filter(|reply| reply.user_errors().is_empty()).count();
        assert_eq!(gone, 3);
        assert_eq!(on_hand(&owner, &id).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_level_is_the_sum_of_its_movements() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = variant(&owner, None).await;
        // Numbers without pattern, the same in each run.
        let mut seed = 0x2545_f491_u32;
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            seed
        };
        let steps: Vec<(bool, i32)> =
            (0..60).map(|_| (next() % 4 == 0, i32::try_from(next() % 40).unwrap() - 15)).collect();

        for batch in steps.chunks(6) {
            let change = async |&(is_count, units): &(bool, i32)| {
                if is_count { set(&owner, &id, units).await } else { adjust(&owner, &id, units).await }
            };
            join_all(batch.iter().map(change)).await;
        }

        let level = stock_level::Entity::find().one(app.app.db().reader()).await.unwrap().unwrap();
        let moved = movements(app).await;
        assert_eq!(level.on_hand, moved.iter().map(|row| row.on_hand_change).sum::<i64>());
        assert!(moved.len() > 20, "some were refused, but not most");
        assert_eq!(fixture::history(app, &id).await.len(), moved.len());
    })
    .await;
}
