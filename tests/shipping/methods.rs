//! Ways of delivery.

use super::*;
use crate::support::{fixture, on_both};

const ALL: &str = "name description kind position isActive version externalId
    zone { name } pickupLocation { name } estimate { minDays maxDays } weight { fromGrams toGrams }
    isLimitedToGroups customerGroups { name } excludedProducts { name } rates { currency flat { amount } }
    metadata { key } privateMetadata { key }";

async fn group(staff: &Client, name: &str) -> String {
    let operation = "mutation($name: String!) { customerGroupCreate(input: { name: $name }) {
        customerGroup { id } userErrors { message } } }";
    staff.run(operation, json!({ "name": name })).await.text("/customerGroupCreate/customerGroup/id")
}

#[tokio::test]
async fn a_method_is_created_with_everything_that_it_can_have() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let zone = zone(&staff, json!({})).await;
        let (group, product) = (group(&staff, "Trade").await, fixture::product(&staff, json!({})).await);
        let location = location(&staff, json!({})).await;
        let entry = json!([{ "key": "carrier", "value": "van" }]);

        let id = method(
            &staff,
            &zone,
            json!({
                "name": " Collect ", "description": "Bring a bag.", "kind": "PICKUP", "pickupLocation": location,
                "position": 7, "isActive": false, "externalId": "m1", "metadata": entry, "privateMetadata": entry,
                "estimate": { "minDays": 0, "maxDays": 2 }, "weight": { "fromGrams": 1, "toGrams": 30000 },
                "customerGroups": [group, group], "excludedProducts": [product],
            }),
        )
        .await;

        let expected = json!({
            "name": "Collect", "description": "Bring a bag.", "kind": "PICKUP", "position": 7, "isActive": false,
            "version": 1, "externalId": "m1", "zone": { "name": "Germany" }, "pickupLocation": { "name": "Mitte" },
            "estimate": { "minDays": 0, "maxDays": 2 }, "weight": { "fromGrams": 1, "toGrams": 30000 },
            "isLimitedToGroups": true, "customerGroups": [{ "name": "Trade" }],
            "excludedProducts": [{ "name": "Linen Shirt" }],
            "rates": [{ "currency": "USD", "flat": { "amount": "4.90" } }],
            "metadata": [{ "key": "carrier" }], "privateMetadata": [{ "key": "carrier" }],
        });
        assert_eq!(read(&staff, &id, ALL).await, expected);
    })
    .await;
}

#[tokio::test]
async fn methods_stand_in_order_and_a_new_one_comes_last() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        for (name, position) in [("A", None), ("B", None), ("First", Some(-1)), ("Also A", Some(0)), ("C", None)] {
            let change = position.map_or(json!({ "name": name }), |at| json!({ "name": name, "position": at }));
            method(&staff, &zone, change).await;
        }

        let read = read(&staff, &zone, "methods { name position }").await;

        let names: Vec<_> = read["methods"].as_array().unwrap().iter().map(|method| &method["name"]).collect();
        assert_eq!(names, ["First", "A", "Also A", "B", "C"]);
        assert_eq!(read["methods"][4]["position"], 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_method_is_told_at_once() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;

        let reply = create_method(
            &staff,
            &zone,
            json!({
                "name": "", "description": "x".repeat(1_001), "kind": "PICKUP", "rates": [],
                "estimate": { "minDays": 3, "maxDays": 2 }, "weight": { "fromGrams": -1, "toGrams": -2 },
                "customerGroups": [fixture::unknown("group")], "excludedProducts": [fixture::unknown("product")],
            }),
        )
        .await;

        let mut errors = reply.user_errors();
        errors.sort();
        let expected = [
            "INVALID input.estimate.maxDays",
            "INVALID input.weight.fromGrams",
            "INVALID input.weight.toGrams",
            "INVALID input.weight.toGrams",
            "NOT_FOUND input.customerGroups.0",
            "NOT_FOUND input.excludedProducts.0",
            "REQUIRED input.name",
            "REQUIRED input.pickupLocation",
            "REQUIRED input.rates",
            "TOO_LONG input.description",
        ];
        assert_eq!(errors, expected);
        assert_eq!(
            create_method(&staff, &fixture::unknown("shippingzone"), json!({})).await.user_errors(),
            ["NOT_FOUND zone"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_pick_up_leads_to_a_location_and_nothing_else_does() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (zone, location) = (zone(&staff, json!({})).await, location(&staff, json!({})).await);
        let unknown = fixture::unknown("pickup");

        for (change, error) in [
            (json!({ "pickupLocation": location }), "INVALID input.pickupLocation"),
            (json!({ "kind": "PICKUP" }), "REQUIRED input.pickupLocation"),
            (json!({ "kind": "PICKUP", "pickupLocation": unknown }), "NOT_FOUND input.pickupLocation"),
        ] {
            assert_eq!(create_method(&staff, &zone, change.clone()).await.user_errors(), [error], "{change}");
        }
        let id = method(&staff, &zone, json!({ "kind": "PICKUP", "pickupLocation": location })).await;
        for (change, error) in [
            (json!({ "kind": "SHIPPING" }), "INVALID input.pickupLocation"),
            (json!({ "pickupLocation": null }), "REQUIRED input.pickupLocation"),
            (json!({ "kind": null }), "REQUIRED input.kind"),
            (json!({ "pickupLocation": unknown }), "NOT_FOUND input.pickupLocation"),
        ] {
            assert_eq!(update(&staff, &id, change.clone()).await.user_errors(), [error], "{change}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_clears_what_is_null() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let zone = zone(&staff, json!({})).await;
        let (group, product) = (group(&staff, "Trade").await, fixture::product(&staff, json!({})).await);
        let id = method(
            &staff,
            &zone,
            json!({ "description": "By post.", "externalId": "m1", "estimate": { "minDays": 1, "maxDays": 2 },
                "weight": { "toGrams": 100 } }),
        )
        .await;
        let class = fixture::tax_class(&staff, "Delivery").await;

        let change = json!({ "expectedVersion": 1, "name": "Express", "isActive": false, "position": 4,
            "rates": [{ "currency": "EUR", "flat": "9" }], "customerGroups": [group], "excludedProducts": [product],
            "taxClass": class });
        assert_eq!(update(&staff, &id, change).await.user_errors(), [""; 0]);
        let after = read(&staff, &id, ALL).await;
        assert_eq!((&after["name"], &after["description"]), (&json!("Express"), &json!("By post.")));
        assert_eq!(after["rates"], json!([{ "currency": "EUR", "flat": { "amount": "9.00" } }]));
        assert_eq!((&after["position"], &after["isActive"], &after["version"]), (&json!(4), &json!(false), &json!(2)));
        assert_eq!(after["excludedProducts"], json!([{ "name": "Linen Shirt" }]));
        let of_class = read(&staff, &id, "taxClass { name }").await;
        assert_eq!(of_class["taxClass"]["name"], "Delivery");
        let nowhere = update(&staff, &id, json!({ "taxClass": fixture::unknown("taxclass") })).await;
        assert_eq!(nowhere.user_errors(), ["NOT_FOUND input.taxClass"]);

        let clear = json!({ "description": null, "externalId": null, "estimate": null, "weight": null,
            "customerGroups": [], "excludedProducts": null, "taxClass": null });
        assert_eq!(update(&staff, &id, clear).await.user_errors(), [""; 0]);
        let after = read(&staff, &id, ALL).await;
        for field in ["description", "externalId", "estimate", "weight"] {
            assert_eq!(after[field], Value::Null, "{field}");
        }
        assert_eq!((&after["isLimitedToGroups"], &after["customerGroups"]), (&json!(false), &json!([])));
        assert_eq!(after["excludedProducts"], json!([]));
        assert_eq!(read(&staff, &id, "taxClass { name }").await["taxClass"], Value::Null);
        let stale = update(&staff, &id, json!({ "name": "X", "expectedVersion": 2 })).await;
        assert_eq!(stale.user_errors(), ["CONFLICT input.expectedVersion"]);
        update(&staff, &id, json!({ "name": "Express" })).await.data();
        assert_eq!(read(&staff, &id, "version").await["version"], 3, "what changed nothing is no change");
    })
    .await;
}

#[tokio::test]
async fn a_method_for_a_group_is_for_nobody_once_the_group_is_gone() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let zone = zone(&staff, json!({})).await;
        let group = group(&staff, "Trade").await;
        let id = method(&staff, &zone, json!({ "customerGroups": [group] })).await;

        let operation = "mutation($id: ID!) { customerGroupDelete(id: $id) { userErrors { message } } }";
        staff.run(operation, json!({ "id": group })).await.data();

        let after = read(&staff, &id, "isLimitedToGroups customerGroups { name }").await;
        assert_eq!(after, json!({ "isLimitedToGroups": true, "customerGroups": [] }));
    })
    .await;
}

#[tokio::test]
async fn a_zone_has_at_most_a_hundred_methods_and_a_list_a_hundred_ids() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let many: Vec<_> = (0..101).map(|_| fixture::unknown("product")).collect();
        let reply = create_method(&staff, &zone, json!({ "excludedProducts": many })).await;
        assert_eq!(reply.user_errors(), ["TOO_LONG input.excludedProducts"]);
        for _ in 0..100 {
            method(&staff, &zone, json!({})).await;
        }

        let reply = create_method(&staff, &zone, json!({})).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
        assert_eq!(reply.at("/shippingMethodCreate/userErrors/0/limit"), 100);
    })
    .await;
}

#[tokio::test]
async fn an_external_id_is_given_once() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        method(&staff, &zone, json!({ "externalId": "m" })).await;
        let other = method(&staff, &zone, json!({})).await;

        let reply = create_method(&staff, &zone, json!({ "externalId": "m" })).await;
        assert_eq!(reply.user_errors(), ["TAKEN input.externalId"]);
        let reply = update(&staff, &other, json!({ "externalId": "m" })).await;
        assert_eq!(reply.user_errors(), ["TAKEN input.externalId"]);
    })
    .await;
}

#[tokio::test]
async fn a_method_is_deleted_and_its_history_stays() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let id = method(&staff, &zone, json!({})).await;
        update(&staff, &id, json!({ "name": "Slow" })).await.data();

        assert_eq!(delete(&staff, &id).await.at("/shippingMethodDelete/shippingMethod"), &Value::Null);

        assert_eq!(delete(&staff, &id).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(update(&staff, &id, json!({})).await.user_errors(), ["NOT_FOUND id"]);
        let expected = ["1 shipping_method.created", "2 shipping_method.updated", "3 shipping_method.deleted"];
        assert_eq!(fixture::history(app, &id).await, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_updates_of_one_version_one_is_done() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let id = method(&staff, &zone, json!({})).await;
        let change = |name: &str| json!({ "name": name, "expectedVersion": 1 });

        let (a, b) = tokio::join!(update(&staff, &id, change("A")), update(&staff, &id, change("B")));

        assert_eq!([a.user_errors(), b.user_errors()].concat(), ["CONFLICT input.expectedVersion"]);
    })
    .await;
}

#[tokio::test]
async fn what_staff_alone_may_know_is_kept_from_others_who_see_a_method() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (zone, location) = (zone(&staff, json!({})).await, location(&staff, json!({})).await);
        let id = method(&staff, &zone, json!({ "kind": "PICKUP", "pickupLocation": location })).await;
        // Who may write and not read sees of it what everybody does.
        let writer = app.staff(&[Permission::ShippingWrite]).await;
        let asked = async |fields: &str| {
            let operation = format!(
                "mutation($id: ID!) {{ shippingMethodUpdate(id: $id, input: {{}}) {{
                    shippingMethod {{ {fields} }} userErrors {{ code message }} }} }}"
            );
            writer.run(&operation, json!({ "id": id })).await
        };

        let open = "id name description kind estimate { minDays } metadata { key }
            pickupLocation { id name instructions address { line1 } metadata { key } }";
        let seen = asked(open).await;
        assert_eq!(seen.at("/shippingMethodUpdate/shippingMethod/pickupLocation/name"), "Mitte");
        let of_both = ["isActive", "externalId", "privateMetadata { key }", "createdAt", "updatedAt", "version"];
        let of_method = [
            "zone { id }",
            "position",
            "rates { currency }",
            "weight { toGrams }",
            "isLimitedToGroups",
            "customerGroups { id }",
            "excludedProducts { id }",
        ];
        for field in of_both.iter().chain(&of_method) {
            assert_eq!(asked(field).await.code(), Some("FORBIDDEN"), "{field}");
        }
        for field in of_both {
            let reply = asked(&format!("pickupLocation {{ {field} }}")).await;
            assert_eq!(reply.code(), Some("FORBIDDEN"), "{field}");
        }
    })
    .await;
}

#[tokio::test]
async fn methods_are_changed_by_those_who_may() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let id = method(&staff, &zone, json!({})).await;
        let reader = app.staff(&[Permission::ShippingRead]).await;

        assert_eq!(read(&reader, &id, "name").await, json!({ "name": "Standard" }));
        for client in [reader, app.anonymous()] {
            let code = if client.query("{ shippingZones { totalCount } }").await.code().is_none() {
                "FORBIDDEN"
            } else {
                "UNAUTHENTICATED"
            };
            assert_eq!(create_method(&client, &zone, json!({})).await.code(), Some(code));
            assert_eq!(update(&client, &id, json!({})).await.code(), Some(code));
            assert_eq!(delete(&client, &id).await.code(), Some(code));
        }
        let node = "query($id: ID!) { node(id: $id) { id } }";
        assert_eq!(app.anonymous().run(node, json!({ "id": id })).await.at("/node"), &Value::Null);
    })
    .await;
}
