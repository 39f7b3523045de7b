//! Zones: parts of the world with rates of their own.

use super::*;
use crate::support::on_both;

const READ: &str = "query($id: ID!) { taxZone(id: $id) { name version areas { country region postalCodes { from to } }
    rates { name percentage taxClass { name } startsAt endsAt } } }";

#[tokio::test]
async fn a_zone_is_created_changed_and_deleted() {
    on_both(async |app| {
        let staff = staff(app).await;
        let areas = json!([
            { "country": "US", "region": "California" },
            { "country": "DE", "postalCodes": { "from": "27-498", "to": "27498" } },
            { "country": "US", "region": "CA" },
        ]);
        let id = fixture::tax_zone(&staff, "Odd places", areas).await;

        let read = staff.run(READ, json!({ "id": id })).await.at("/taxZone").clone();
        let kept = json!([
            { "country": "US", "region": "CA", "postalCodes": null },
            { "country": "DE", "region": null, "postalCodes": { "from": "27498", "to": "27498" } },
        ]);
        assert_eq!(read["areas"], kept, "what is there twice counts once");

        let change = json!({ "name": "Austria", "areas": [{ "country": "AT" }], "expectedVersion": 1 });
        assert_eq!(errors(&staff, "taxZoneUpdate", &id, change.clone()).await, [""; 0]);
        let again = fixture::with(change, json!({ "expectedVersion": 2 }));
        assert_eq!(errors(&staff, "taxZoneUpdate", &id, again).await, [""; 0]);
        let read = staff.run(READ, json!({ "id": id })).await.at("/taxZone").clone();
        assert_eq!((&read["name"], &read["version"]), (&json!("Austria"), &json!(2)));
        assert_eq!(read["areas"], json!([{ "country": "AT", "region": null, "postalCodes": null }]));
        let told = changes(app, &id).await;
        assert_eq!(told, ["areas: [\"US-CA\",\"DE 27498-27498\"] -> [\"AT\"]", "name: Odd places -> Austria"]);

        fixture::tax_rate(&staff, &id, "20", json!({})).await;
        assert_eq!(delete(&staff, "taxZoneDelete", &id).await, [""; 0]);
        assert_eq!(delete(&staff, "taxZoneDelete", &id).await, ["NOT_FOUND id"]);
        let expected = ["1 tax_zone.created", "2 tax_zone.updated", "3 tax_zone.updated", "4 tax_zone.deleted"];
        assert_eq!(fixture::history(app, &id).await, expected);
        assert_eq!(staff.run(READ, json!({ "id": id })).await.at("/taxZone"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_zone_is_told() {
    on_both(async |app| {
        let staff = staff(app).await;
        let germany = fixture::tax_zone(&staff, "Germany", json!([{ "country": "DE" }])).await;
        let austria = fixture::tax_zone(&staff, "Austria", json!([{ "country": "AT" }])).await;
        let create = async |input| fixture::create_tax_zone(&staff, input).await.user_errors();

        assert_eq!(create(json!({ "name": "germany", "areas": [] })).await, ["TAKEN input.name"]);
        let wrong = json!({ "name": "", "areas": [
            { "country": "DE" }, { "country": "US", "region": "Bavaria" },
            { "country": "DE", "postalCodes": { "from": "2", "to": "1" } },
        ] });
        let expected = ["REQUIRED input.name", "INVALID input.areas.1.region", "INVALID input.areas.2.postalCodes.to"];
        assert_eq!(create(wrong).await, expected);
        let many: Vec<_> = (0..501).map(|_| json!({ "country": "DE" })).collect();
        assert_eq!(create(json!({ "name": "X", "areas": many })).await, ["TOO_LONG input.areas"]);
        let taken = json!({ "name": "AUSTRIA" });
        assert_eq!(errors(&staff, "taxZoneUpdate", &germany, taken).await, ["TAKEN input.name"]);
        let cleared = errors(&staff, "taxZoneUpdate", &austria, json!({ "areas": null })).await;
        assert_eq!(cleared, ["REQUIRED input.areas"]);
        let late = json!({ "expectedVersion": 4 });
        assert_eq!(errors(&staff, "taxZoneUpdate", &austria, late).await, ["CONFLICT input.expectedVersion"]);
        let unknown = fixture::unknown("taxzone");
        assert_eq!(errors(&staff, "taxZoneUpdate", &unknown, json!({})).await, ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn a_zone_holds_500_areas() {
    on_both(async |app| {
        let staff = staff(app).await;
        let code = |number: usize| json!({ "from": format!("{number:05}"), "to": format!("{number:05}") });
        let areas: Vec<_> = (0..500).map(|number| json!({ "country": "US", "postalCodes": code(number) })).collect();

        let id = fixture::tax_zone(&staff, "Many", json!(areas)).await;

        let read = staff.run(READ, json!({ "id": id })).await;
        assert_eq!(read.at("/taxZone/areas").as_array().unwrap().len(), 500);
        assert_eq!(read.at("/taxZone/areas/499/postalCodes/from"), "00499");
    })
    .await;
}

#[tokio::test]
async fn zones_are_listed_in_pages_in_the_alphabet() {
    on_both(async |app| {
        let staff = staff(app).await;
        for name in ["zone", "Östlich", "Alpen", "Mitte"] {
            fixture::tax_zone(&staff, name, json!([])).await;
        }
        const LIST: &str = "query($first: Int, $after: String) { taxZones(first: $first, after: $after) {
            totalCount nodes { name areas { country } rates { name } } pageInfo { hasNextPage endCursor } } }";
        let names = |reply: &crate::support::Reply| {
            let nodes = reply.at("/taxZones/nodes").as_array().unwrap().clone();
            nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };

        let first = staff.run(LIST, json!({ "first": 3 })).await;
        assert_eq!(names(&first), ["Alpen", "Mitte", "Östlich"]);
        assert_eq!(
            (first.at("/taxZones/totalCount"), first.at("/taxZones/pageInfo/hasNextPage")),
            (&json!(4), &json!(true))
        );
        let after = first.text("/taxZones/pageInfo/endCursor");
        assert_eq!(names(&staff.run(LIST, json!({ "after": after })).await), ["zone"]);
    })
    .await;
}
