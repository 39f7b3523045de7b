//! Pick-up locations.

use super::*;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_location_is_created_changed_and_deleted() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = location(&staff, json!({ "instructions": " Ring twice. ", "externalId": "p1" })).await;
        let fields = "name instructions isActive externalId version
            address { company line1 postalCode city country } createdAt updatedAt";
        let before = read(&staff, &id, fields).await;
        assert_eq!(before["instructions"], "Ring twice.");
        assert_eq!(before["isActive"], true);
        assert_eq!(before["address"]["company"], "Mitte", "nobody else is named");

        let address = json!({ "country": "AT", "company": "Shop", "line1": "Ring 1", "postalCode": "1010",
            "city": "Wien" });
        let change = json!({ "name": "Wien", "address": address, "instructions": null, "isActive": false,
            "externalId": null, "expectedVersion": 1 });
        assert_eq!(update(&staff, &id, change).await.user_errors(), [""; 0]);

        let after = read(&staff, &id, fields).await;
        assert_eq!(
            after["address"],
            json!({ "company": "Shop", "line1": "Ring 1", "postalCode": "1010",
            "city": "Wien", "country": "AT" })
        );
        assert_eq!(
            (&after["name"], &after["instructions"], &after["isActive"], &after["externalId"], &after["version"]),
            (&json!("Wien"), &Value::Null, &json!(false), &Value::Null, &json!(2))
        );
        let stale = update(&staff, &id, json!({ "expectedVersion": 1 })).await;
        assert_eq!(stale.user_errors(), ["CONFLICT input.expectedVersion"]);
        assert_eq!(delete(&staff, &id).await.user_errors(), [""; 0]);
        assert_eq!(delete(&staff, &id).await.user_errors(), ["NOT_FOUND id"]);
        let expected = ["1 pickup_location.created", "2 pickup_location.updated", "3 pickup_location.deleted"];
        assert_eq!(fixture::history(app, &id).await, expected);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_location_is_told_at_once() {
    on_both(async |app| {
        let staff = staff(app).await;
        let address = json!({ "country": "DE", "postalCode": "1", "city": "Berlin" });

        let reply =
            create_location(&staff, json!({ "name": "", "address": address, "instructions": "x".repeat(2_001) })).await;

        let mut errors = reply.user_errors();
        errors.sort();
        let expected = [
            "INVALID input.address.postalCode",
            "REQUIRED input.address.lastName",
            "REQUIRED input.address.line1",
            "REQUIRED input.name",
            "TOO_LONG input.instructions",
        ];
        assert_eq!(errors, expected);
        location(&staff, json!({ "externalId": "p" })).await;
        assert_eq!(create_location(&staff, json!({ "name": "mitte" })).await.user_errors(), ["TAKEN input.name"]);
        let reply = create_location(&staff, json!({ "name": "B", "externalId": "p" })).await;
        assert_eq!(reply.user_errors(), ["TAKEN input.externalId"]);
        let unknown = fixture::unknown("pickup");
        assert_eq!(update(&staff, &unknown, json!({})).await.user_errors(), ["NOT_FOUND id"]);
        let reply = create_location(&app.staff(&[Permission::ShippingRead]).await, json!({})).await;
        assert_eq!(reply.code(), Some("FORBIDDEN"));
    })
    .await;
}

#[tokio::test]
async fn a_location_that_a_method_leads_to_stays() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let id = location(&staff, json!({})).await;
        let method = method(&staff, &zone, json!({ "kind": "PICKUP", "pickupLocation": id })).await;

        let refused = delete(&staff, &id).await;
        assert_eq!(refused.user_errors(), ["IN_USE id"]);
        assert_eq!(refused.text("/pickupLocationDelete/pickupLocation/id"), id);
        let change = json!({ "kind": "SHIPPING", "pickupLocation": null });
        assert_eq!(update(&staff, &method, change).await.user_errors(), [""; 0]);
        assert_eq!(delete(&staff, &id).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_method_leads_to_a_location_that_is_deleted_meanwhile() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        for n in 0..5 {
            let id = location(&staff, json!({ "name": format!("Location {n}") })).await;

            let input = json!({ "kind": "PICKUP", "pickupLocation": id });
            let (made, gone) = tokio::join!(create_method(&staff, &zone, input), delete(&staff, &id));

            let errors = [made.user_errors(), gone.user_errors()].concat();
            let is_one_refused = errors == ["NOT_FOUND input.pickupLocation"] || errors == ["IN_USE id"];
            assert!(is_one_refused, "{errors:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn locations_are_paged_by_name_and_filtered() {
    on_both(async |app| {
        let staff = staff(app).await;
        for (name, is_active) in [("Charlie", true), ("alfa", true), ("Bravo", false)] {
            location(&staff, json!({ "name": name, "isActive": is_active, "externalId": name })).await;
        }
        let list = "query($first: Int, $filter: PickupLocationFilter) {
            pickupLocations(first: $first, filter: $filter) { totalCount nodes { name } } }";
        let names = async |variables: Value| {
            let reply = staff.run(list, variables).await;
            let nodes = reply.at("/pickupLocations/nodes").as_array().unwrap().iter();
            nodes.map(|node| node["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };

        assert_eq!(names(json!({})).await, ["alfa", "Bravo", "Charlie"]);
        assert_eq!(names(json!({ "first": 1 })).await, ["alfa"]);
        assert_eq!(names(json!({ "filter": { "isActive": false } })).await, ["Bravo"]);
        assert_eq!(names(json!({ "filter": { "externalId": "alfa" } })).await, ["alfa"]);
    })
    .await;
}
