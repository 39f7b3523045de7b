//! Shipping zones.

use super::*;
use crate::support::statements::counted;
use crate::support::{fixture, on_both};

const LIST: &str = "query($first: Int, $after: String, $filter: ShippingZoneFilter) {
    shippingZones(first: $first, after: $after, filter: $filter) {
        totalCount nodes { name areas { country } channels { slug } methods { name pickupLocation { name } } }
        pageInfo { hasNextPage endCursor } } }";

fn names(reply: &Reply) -> Vec<String> {
    let nodes = reply.at("/shippingZones/nodes").as_array().unwrap().iter();
    nodes.map(|zone| zone["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_zone_is_created_with_its_areas_and_channels() {
    on_both(async |app| {
        let staff = staff(app).await;
        fixture::channel(&staff, json!({ "slug": "japan" })).await;
        let areas = json!([
            { "country": "US", "region": "California" },
            { "country": "DE", "postalCodes": { "from": "10 1", "to": "12" } },
            { "country": "AT" },
        ]);

        let entry = json!([{ "key": "carrier", "value": "van" }]);
        let id = zone(
            &staff,
            json!({ "areas": areas, "channels": ["japan", "default"], "externalId": "z1",
                "metadata": entry, "privateMetadata": entry }),
        )
        .await;

        let fields = "name areas { country region postalCodes { from to } } channels { slug } methods { id }
            externalId metadata { key value } privateMetadata { key value } version";
        let zone = read(&staff, &id, fields).await;
        assert_eq!(
            zone["areas"],
            json!([
                { "country": "US", "region": "CA", "postalCodes": null },
                { "country": "DE", "region": null, "postalCodes": { "from": "101", "to": "12" } },
                { "country": "AT", "region": null, "postalCodes": null },
            ])
        );
        assert_eq!(zone["channels"], json!([{ "slug": "default" }, { "slug": "japan" }]));
        assert_eq!((&zone["externalId"], &zone["version"]), (&json!("z1"), &json!(1)));
        assert_eq!((&zone["metadata"], &zone["privateMetadata"]), (&entry, &entry));
        let node = "query($id: ID!) { node(id: $id) { id } }";
        assert_eq!(staff.run(node, json!({ "id": id })).await.text("/node/id"), id);
        assert_eq!(app.anonymous().run(node, json!({ "id": id })).await.at("/node"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_zone_serves_the_default_channel_unless_channels_are_named() {
    on_both(async |app| {
        let staff = staff(app).await;

        let reply = create_zone(&staff, json!({ "name": "A" })).await;
        assert_eq!(reply.at("/shippingZoneCreate/shippingZone/channels"), &json!([{ "slug": "default" }]));
        let reply = create_zone(&staff, json!({ "name": "B", "channels": [] })).await;
        assert_eq!(reply.at("/shippingZoneCreate/shippingZone/channels"), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_zone_is_told_at_once() {
    on_both(async |app| {
        let staff = staff(app).await;
        let areas = json!([
            { "country": "US", "region": "Atlantis" },
            { "country": "DE", "postalCodes": { "from": "20", "to": "10" } },
        ]);

        let reply = create_zone(&staff, json!({ "name": " ", "areas": areas, "channels": ["default", "mars"] })).await;

        let expected = [
            "REQUIRED input.name",
            "INVALID input.areas.0.region",
            "INVALID input.areas.1.postalCodes.to",
            "NOT_FOUND input.channels.1",
        ];
        assert_eq!(reply.user_errors(), expected);
        let many = vec![json!({ "country": "DE" }); 501];
        let reply = create_zone(&staff, json!({ "areas": many })).await;
        assert_eq!(reply.user_errors(), ["TOO_LONG input.areas"]);
        assert_eq!(reply.at("/shippingZoneCreate/userErrors/0/limit"), 500);
        zone(&staff, json!({ "areas": many[..500], "externalId": "z" })).await;
        assert_eq!(create_zone(&staff, json!({ "name": "GERMANY" })).await.user_errors(), ["TAKEN input.name"]);
        let reply = create_zone(&staff, json!({ "name": "B", "externalId": "z" })).await;
        assert_eq!(reply.user_errors(), ["TAKEN input.externalId"]);
    })
    .await;
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    on_both(async |app| {
        let staff = staff(app).await;
        fixture::channel(&staff, json!({ "slug": "japan" })).await;
        let id = zone(&staff, json!({})).await;

        let change = json!({ "areas": [{ "country": "FR" }], "channels": ["japan"], "expectedVersion": 1 });
        assert_eq!(update(&staff, &id, change).await.user_errors(), [""; 0]);
        let stale = update(&staff, &id, json!({ "name": "X", "expectedVersion": 1 })).await;
        assert_eq!(stale.user_errors(), ["CONFLICT input.expectedVersion"]);
        update(&staff, &id, json!({ "name": "Germany" })).await.data();
        let wrong = update(&staff, &id, json!({ "name": null, "areas": null, "channels": ["mars"] })).await;
        let expected = ["REQUIRED input.name", "REQUIRED input.areas", "NOT_FOUND input.channels.0"];
        let mut errors = wrong.user_errors();
        errors.sort_by_key(|error| expected.iter().position(|it| it == error));
        assert_eq!(errors, expected);
        let unknown = fixture::unknown("shippingzone");
        assert_eq!(update(&staff, &unknown, json!({})).await.user_errors(), ["NOT_FOUND id"]);

        let zone = read(&staff, &id, "name areas { country } channels { slug } version").await;
        let expected = json!({ "name": "Germany", "areas": [{ "country": "FR" }],
            "channels": [{ "slug": "japan" }], "version": 2 });
        assert_eq!(zone, expected, "what changed nothing is no change");
    })
    .await;
}

#[tokio::test]
async fn a_zone_goes_with_its_methods() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = zone(&staff, json!({})).await;
        let method = method(&staff, &id, json!({})).await;

        assert_eq!(delete(&staff, &id).await.at("/shippingZoneDelete/shippingZone"), &Value::Null);

        assert_eq!(read(&staff, &id, "id").await, Value::Null);
        assert_eq!(read(&staff, &method, "id").await, Value::Null);
        assert_eq!(delete(&staff, &id).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(fixture::history(app, &id).await, ["1 shipping_zone.created", "2 shipping_zone.deleted"]);
        assert_eq!(fixture::history(app, &method).await, ["1 shipping_method.created", "2 shipping_method.deleted"]);
        zone(&staff, json!({})).await;
    })
    .await;
}

#[tokio::test]
async fn zones_are_paged_by_name_and_filtered() {
    on_both(async |app| {
        let staff = staff(app).await;
        fixture::channel(&staff, json!({ "slug": "japan" })).await;
        zone(&staff, json!({ "name": "Charlie", "areas": [{ "country": "JP" }], "channels": ["japan"] })).await;
        zone(&staff, json!({ "name": "alfa", "areas": [{ "country": "JP" }, { "country": "DE" }] })).await;
        zone(&staff, json!({ "name": "Bravo", "externalId": "b" })).await;

        let first = staff.run(LIST, json!({ "first": 2 })).await;
        assert_eq!(names(&first), ["alfa", "Bravo"]);
        assert_eq!(first.at("/shippingZones/totalCount"), 3);
        let after = first.text("/shippingZones/pageInfo/endCursor");
        assert_eq!(names(&staff.run(LIST, json!({ "first": 2, "after": after })).await), ["Charlie"]);
        for (filter, expected) in [
            (json!({ "channel": "japan" }), vec!["Charlie"]),
            (json!({ "country": "JP" }), vec!["alfa", "Charlie"]),
            (json!({ "country": "JP", "channel": "default" }), vec!["alfa"]),
            (json!({ "externalId": "b" }), vec!["Bravo"]),
            (json!({ "channel": "mars" }), vec![]),
        ] {
            assert_eq!(names(&staff.run(LIST, json!({ "filter": filter })).await), expected, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_of_zones_takes_as_many_statements_as_one_zone() {
    on_both(async |app| {
        let staff = staff(app).await;
        let location = location(&staff, json!({})).await;
        let mut numbers = Vec::new();
        for count in 0..3 {
            let id = zone(&staff, json!({ "name": format!("Zone {count}") })).await;
            let fetched = json!({ "kind": "PICKUP", "pickupLocation": location });
            method(&staff, &id, fetched).await;
            method(&staff, &id, json!({})).await;
            numbers.push(counted(&staff, LIST, json!({})).await.1);
        }

        assert_eq!(numbers[0], numbers[2], "{numbers:?}");
    })
    .await;
}

#[tokio::test]
async fn a_channel_takes_its_place_in_zones_with_it() {
    on_both(async |app| {
        let staff = staff(app).await;
        let channel = fixture::channel(&staff, json!({ "slug": "japan" })).await;
        let id = zone(&staff, json!({ "channels": ["japan"] })).await;

        let operation = "mutation($id: ID!) { channelDelete(id: $id) { userErrors { code message field } } }";
        assert_eq!(staff.run(operation, json!({ "id": channel })).await.user_errors(), [""; 0]);

        assert_eq!(read(&staff, &id, "channels { slug }").await, json!({ "channels": [] }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_updates_of_one_version_one_is_done() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = zone(&staff, json!({})).await;
        let change = |name: &str| json!({ "name": name, "channels": ["default"], "expectedVersion": 1 });

        let (a, b) = tokio::join!(update(&staff, &id, change("A")), update(&staff, &id, change("B")));

        let mut errors = [a.user_errors(), b.user_errors()].concat();
        errors.sort();
        assert_eq!(errors, ["CONFLICT input.expectedVersion"]);
    })
    .await;
}

#[tokio::test]
async fn zones_are_for_those_who_may() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = zone(&staff, json!({})).await;
        let reader = app.staff(&[Permission::ShippingRead]).await;

        assert_eq!(read(&reader, &id, "name").await, json!({ "name": "Germany" }));
        assert_eq!(create_zone(&reader, json!({})).await.code(), Some("FORBIDDEN"));
        assert_eq!(app.anonymous().query(LIST).await.code(), Some("UNAUTHENTICATED"));
        assert_eq!(app.staff(&[]).await.query(LIST).await.code(), Some("FORBIDDEN"));
    })
    .await;
}
