//! Promotions that are refused, with every mistake at its place.

use super::*;
use crate::support::on_both;

async fn refused(staff: &Client, change: Value) -> Vec<String> {
    let reply = create(staff, change).await;
    assert!(reply.at("/promotionCreate/promotion").is_null());
    reply.user_errors()
}

fn money(amount: &str) -> Value {
    json!([{ "amount": amount, "currency": "USD" }])
}

#[tokio::test]
async fn all_mistakes_are_told_at_once() {
    on_both(async |app| {
        let staff = staff(app).await;
        let errors = refused(
            &staff,
            json!({
                "name": " ", "description": "x".repeat(5_001), "channels": [],
                "startsAt": "2026-03-01T00:00:00Z", "endsAt": "2026-03-01T00:00:00Z",
                "usageLimit": 0, "usageLimitPerCustomer": -1, "externalId": "x".repeat(101),
                "conditions": {
                    "quantityFrom": 0, "quantityTo": -1, "subtotalFrom": [], "subtotalTo": money("-1"),
                    "items": { "only": { "products": [fixture::unknown("product")] } },
                },
                "action": { "order": { "discount": { "percentage": "101" } } },
            }),
        )
        .await;

        let expected = [
            "REQUIRED input.name",
            "TOO_LONG input.description",
            "REQUIRED input.channels",
            "INVALID input.conditions.quantityFrom",
            "INVALID input.conditions.quantityTo",
            "INVALID input.conditions.quantityTo",
            "REQUIRED input.conditions.subtotalFrom",
            "INVALID input.conditions.subtotalTo.0.amount",
            "INVALID input.action.order.discount.percentage",
            "INVALID input.usageLimit",
            "INVALID input.usageLimitPerCustomer",
            "TOO_LONG input.externalId",
            "INVALID input.endsAt",
            "NOT_FOUND input.conditions.items.only.products.0",
        ];
        assert_eq!(errors, expected);
        let events = "SELECT COUNT(*) FROM event WHERE type = 'promotion.created'";
        assert_eq!(crate::support::sql::number(app.app.db(), events).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_named_is_there() {
    on_both(async |app| {
        let staff = staff(app).await;
        let unknown = fixture::unknown;
        let lists = json!({
            "products": [unknown("product")], "variants": [unknown("variant")],
            "collections": [unknown("collection")], "attributeChoices": [unknown("choice")],
        });
        let items = json!({ "only": lists, "except": lists });
        let errors = refused(
            &staff,
            json!({
                "channels": [channel(&staff).await, unknown("channel")],
                "conditions": { "customerGroups": [unknown("group")] },
                "action": { "items": { "discount": { "percentage": "10" }, "items": items } },
            }),
        )
        .await;

        let of = |list: &str, kind: &str| format!("NOT_FOUND input.action.items.items.{list}.{kind}.0");
        let mut expected = vec!["NOT_FOUND input.channels.1".to_owned()];
        for kind in ["products", "variants", "collections", "attributeChoices"] {
            expected.extend([of("only", kind), of("except", kind)]);
        }
        expected.push("NOT_FOUND input.conditions.customerGroups.0".to_owned());
        assert_eq!(errors, expected);
        let gift = json!({ "action": { "gift": { "variant": unknown("variant"), "quantity": 0 } } });
        let expected = ["INVALID input.action.gift.quantity", "NOT_FOUND input.action.gift.variant"];
        assert_eq!(refused(&staff, gift).await, expected);
        let percentage = json!({ "percentage": "10" });
        let methods = json!({ "discount": percentage, "methods": [unknown("shippingmethod")] });
        let shipping = json!({ "action": { "shipping": methods } });
        assert_eq!(refused(&staff, shipping).await, ["NOT_FOUND input.action.shipping.methods.0"]);
        let many = json!({ "conditions": { "items": { "only": { "products": vec![unknown("product"); 251] } } } });
        assert_eq!(refused(&staff, many).await, ["TOO_LONG input.conditions.items.only.products"]);
        let many = json!({ "conditions": { "currencies": vec!["USD"; 251] } });
        assert_eq!(refused(&staff, many).await, ["TOO_LONG input.conditions.currencies"]);
    })
    .await;
}

#[tokio::test]
async fn discounts_take_something_and_no_more_than_all() {
    on_both(async |app| {
        let staff = staff(app).await;
        let item = |discount: Value| json!({ "action": { "items": { "discount": discount } } });
        let order = |discount: Value| json!({ "action": { "order": { "discount": discount } } });
        let shipping = |discount: Value| json!({ "action": { "shipping": { "discount": discount } } });
        let cases = [
            (item(json!({ "percentage": "0" })), "INVALID input.action.items.discount.percentage"),
            (item(json!({ "percentage": "100.0001" })), "INVALID input.action.items.discount.percentage"),
            (item(json!({ "percentage": "1.00001" })), "INVALID input.action.items.discount.percentage"),
            (item(json!({ "percentage": "-1" })), "INVALID input.action.items.discount.percentage"),
            (item(json!({ "amountEach": money("0.00") })), "INVALID input.action.items.discount.amountEach.0.amount"),
            (item(json!({ "amountEach": money("1.234") })), "INVALID input.action.items.discount.amountEach.0.amount"),
            (item(json!({ "amountEach": [] })), "REQUIRED input.action.items.discount.amountEach"),
            (
                item(json!({ "amountTogether": money("-5") })),
                "INVALID input.action.items.discount.amountTogether.0.amount",
            ),
            (item(json!({ "priceEach": money("-5") })), "INVALID input.action.items.discount.priceEach.0.amount"),
            (order(json!({ "amount": money("0") })), "INVALID input.action.order.discount.amount.0.amount"),
            (shipping(json!({ "amount": money("0") })), "INVALID input.action.shipping.discount.amount.0.amount"),
            (shipping(json!({ "price": money("-1") })), "INVALID input.action.shipping.discount.price.0.amount"),
            (
                order(json!({ "amount": [money("1")[0], money("2")[0]] })),
                "TAKEN input.action.order.discount.amount.1.currency",
            ),
        ];
        for (change, expected) in cases {
            assert_eq!(refused(&staff, change).await, [expected]);
        }
        promotion(&staff, item(json!({ "priceEach": money("0") }))).await;
        promotion(&staff, shipping(json!({ "price": money("0") }))).await;
        promotion(&staff, shipping(json!({ "percentage": "100" }))).await;
    })
    .await;
}

#[tokio::test]
async fn numbers_of_units_are_at_least_one() {
    on_both(async |app| {
        let staff = staff(app).await;
        let percentage = json!({ "percentage": "10" });
        let units = json!({ "action": { "units": { "discount": percentage, "units": 0 } } });
        assert_eq!(refused(&staff, units).await, ["INVALID input.action.units.units"]);
        let batch = json!({ "buyUnits": 0, "rewardUnits": -1, "mostBatches": 0, "discount": percentage });
        let expected =
            ["buyUnits", "rewardUnits", "mostBatches"].map(|part| format!("INVALID input.action.buyGet.{part}"));
        assert_eq!(refused(&staff, json!({ "action": { "buyGet": batch } })).await, expected);
        let span = json!({ "conditions": { "quantityFrom": 3, "quantityTo": 2 } });
        assert_eq!(refused(&staff, span).await, ["INVALID input.conditions.quantityTo"]);
        let span = json!({ "conditions": { "subtotalFrom": money("3"), "subtotalTo": money("2.99") } });
        assert_eq!(refused(&staff, span).await, ["INVALID input.conditions.subtotalTo"]);
        promotion(&staff, json!({ "conditions": { "quantityFrom": 3, "quantityTo": 3 } })).await;
    })
    .await;
}

#[tokio::test]
async fn promotions_of_the_catalogue_ask_nothing_of_carts() {
    on_both(async |app| {
        let staff = staff(app).await;
        let errors = refused(
            &staff,
            json!({
                "needsCode": true, "usageLimit": 1, "usageLimitPerCustomer": 1,
                "conditions": {
                    "items": { "only": { "products": [fixture::unknown("product")] } },
                    "quantityFrom": 1, "quantityTo": 2, "subtotalFrom": money("1"), "subtotalTo": money("2"),
                    "isFirstOrder": true, "currencies": ["USD"],
                },
                "action": { "catalogue": { "discount": { "amountTogether": money("1") } } },
            }),
        )
        .await;

        let mut expected = vec!["INVALID input.action.catalogue.discount.amountTogether".to_owned()];
        let conditions = ["items", "quantityFrom", "quantityTo", "subtotalFrom", "subtotalTo", "isFirstOrder"];
        expected.extend(conditions.map(|part| format!("INVALID input.conditions.{part}")));
        let others = ["needsCode", "usageLimit", "usageLimitPerCustomer"];
        expected.extend(others.map(|part| format!("INVALID input.{part}")));
        expected.push("NOT_FOUND input.conditions.items.only.products.0".to_owned());
        assert_eq!(errors, expected);
    })
    .await;
}

#[tokio::test]
async fn an_action_is_exactly_one() {
    let app = TestApp::on_sqlite().await;
    let staff = staff(&app).await;
    let percentage = json!({ "discount": { "percentage": "10" } });
    for action in [json!({}), json!({ "order": percentage, "shipping": percentage }), json!({ "order": null })] {
        let input = json!({ "name": "Sale", "channels": [channel(&staff).await], "action": action });
        let reply = staff.run(CREATE, json!({ "input": input })).await;
        assert_eq!(reply.code(), Some("BAD_USER_INPUT"));
        assert!(reply.message().contains("exactly one field"), "{}", reply.message());
    }
}

#[tokio::test]
async fn external_ids_are_unique() {
    on_both(async |app| {
        let staff = staff(app).await;
        promotion(&staff, json!({ "externalId": "p1" })).await;
        assert_eq!(refused(&staff, json!({ "externalId": "p1" })).await, ["TAKEN input.externalId"]);
        let other = promotion(&staff, json!({ "externalId": "p2" })).await;
        assert_eq!(
            update(&staff, &other, json!({ "externalId": "p1" })).await.user_errors(),
            ["TAKEN input.externalId"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_shop_keeps_a_thousand_promotions_of_which_half_have_not_ended() {
    use sea_orm::EntityTrait;
    use tradepost::clock::Timestamp;
    use tradepost::db::all_set;
    use tradepost::entity::promotion as row;
    use tradepost::id::PromotionId;

    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({})).await;
        let db = app.app.db();
        let like = row::Entity::find().one(db.reader()).await.unwrap().unwrap();
        let insert = async |number: usize, ends_at: Option<Timestamp>| {
            let rows: Vec<_> = (0..number)
                .map(|_| row::Model { id: PromotionId::generate(), ends_at, ..like.clone() })
                .map(all_set::<row::Entity, _>)
                .collect();
            let tx = db.begin().await.unwrap();
            row::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
            tx.commit().await.unwrap();
        };
        insert(498, None).await;
        let ended = promotion(&staff, json!({ "endsAt": "2020-01-01T00:00:00Z" })).await;
        promotion(&staff, json!({ "name": "The last" })).await;

        assert_eq!(refused(&staff, json!({})).await, ["TOO_LONG input"]);
        assert_eq!(update(&staff, &ended, json!({ "endsAt": null })).await.user_errors(), ["TOO_LONG input"]);
        assert_eq!(update(&staff, &id, json!({ "name": "Longer" })).await.user_errors(), [""; 0]);
        promotion(&staff, json!({ "endsAt": "2020-01-01T00:00:00Z" })).await;
        insert(498, Some(Timestamp::from_micros(1))).await;
        let reply = create(&staff, json!({ "endsAt": "2020-01-01T00:00:00Z" })).await;
        assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
        assert_eq!(reply.at("/promotionCreate/userErrors/0/limit"), 1_000);
    })
    .await;
}
