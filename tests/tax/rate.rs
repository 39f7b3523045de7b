//! Rates of zones.

use super::*;
use crate::support::on_both;

async fn germany(staff: &Client) -> String {
    fixture::tax_zone(staff, "Germany", json!([{ "country": "DE" }])).await
}

#[tokio::test]
async fn a_rate_is_added_changed_and_taken_off_its_zone() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (zone, class) = (germany(&staff).await, fixture::tax_class(&staff, "Books").await);

        let reply =
            fixture::create_tax_rate(&staff, &zone, json!({ "percentage": "8.6250", "expectedVersion": 1 })).await;
        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(reply.text("/taxRateCreate/taxRate/percentage"), "8.625");
        assert_eq!(reply.at("/taxRateCreate/taxZone/version"), 2);
        let id = reply.text("/taxRateCreate/taxRate/id");

        let change = json!({ "name": "MwSt.", "percentage": "7", "taxClass": class,
            "startsAt": "2026-01-01T00:00:00+01:00", "endsAt": "2027-01-01T00:00:00Z", "expectedVersion": 2 });
        assert_eq!(errors(&staff, "taxRateUpdate", &id, change).await, [""; 0]);
        let read = "query($id: ID!) { taxZone(id: $id) { version
            rates { id name percentage taxClass { name } startsAt endsAt } } }";
        let reply = staff.run(read, json!({ "id": zone })).await;
        assert_eq!(reply.at("/taxZone/version"), 3);
        let expected = json!([{ "id": id, "name": "MwSt.", "percentage": "7", "taxClass": { "name": "Books" },
            "startsAt": "2025-12-31T23:00:00Z", "endsAt": "2027-01-01T00:00:00Z" }]);
        assert_eq!(reply.at("/taxZone/rates"), &expected);
        let told = changes(app, &zone).await;
        assert!(told.contains(&"percentage: 8.625 -> 7".to_owned()), "{told:?}");

        let cleared = json!({ "taxClass": null, "startsAt": null, "endsAt": null });
        assert_eq!(errors(&staff, "taxRateUpdate", &id, cleared).await, [""; 0]);
        assert_eq!(delete(&staff, "taxRateDelete", &id).await, [""; 0]);
        assert_eq!(delete(&staff, "taxRateDelete", &id).await, ["NOT_FOUND id"]);
        assert_eq!(staff.run(read, json!({ "id": zone })).await.at("/taxZone/rates"), &json!([]));
        assert_eq!(fixture::history(app, &zone).await.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_rate_is_told() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = germany(&staff).await;
        let create = async |input| fixture::create_tax_rate(&staff, &zone, input).await.user_errors();

        for percentage in ["-1", "100.0001", "7.00001"] {
            assert_eq!(create(json!({ "percentage": percentage })).await, ["INVALID input.percentage"], "{percentage}");
        }
        assert_eq!(create(json!({ "name": " " })).await, ["REQUIRED input.name"]);
        let instant = "2026-01-01T00:00:00Z";
        assert_eq!(create(json!({ "startsAt": instant, "endsAt": instant })).await, ["INVALID input.endsAt"]);
        let class = fixture::unknown("taxclass");
        assert_eq!(create(json!({ "taxClass": class })).await, ["NOT_FOUND input.taxClass"]);
        assert_eq!(create(json!({ "expectedVersion": 9 })).await, ["CONFLICT input.expectedVersion"]);
        let unknown = fixture::create_tax_rate(&staff, &fixture::unknown("taxzone"), json!({})).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND taxZone"]);

        let id = fixture::tax_rate(&staff, &zone, "0", json!({})).await;
        let cleared = errors(&staff, "taxRateUpdate", &id, json!({ "name": null, "percentage": null })).await;
        assert_eq!(cleared, ["REQUIRED input.percentage", "REQUIRED input.name"]);
        let late = json!({ "expectedVersion": 1 });
        assert_eq!(errors(&staff, "taxRateUpdate", &id, late).await, ["CONFLICT input.expectedVersion"]);
        let unknown = fixture::unknown("taxrate");
        assert_eq!(errors(&staff, "taxRateUpdate", &unknown, json!({})).await, ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn rates_of_one_class_follow_each_other() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (zone, class) = (germany(&staff).await, fixture::tax_class(&staff, "Books").await);
        let create = async |input| fixture::create_tax_rate(&staff, &zone, input).await.user_errors();
        let change = "2027-01-01T00:00:00Z";

        let first = fixture::tax_rate(&staff, &zone, "19", json!({})).await;
        assert_eq!(create(json!({ "startsAt": change })).await, ["TAKEN input.startsAt"]);
        assert_eq!(create(json!({ "taxClass": class })).await, [""; 0], "of another class");
        assert_eq!(errors(&staff, "taxRateUpdate", &first, json!({ "endsAt": change })).await, [""; 0]);
        assert_eq!(create(json!({ "startsAt": change })).await, [""; 0]);
        assert_eq!(errors(&staff, "taxRateUpdate", &first, json!({ "endsAt": null })).await, ["TAKEN input.startsAt"]);
        let other = fixture::tax_zone(&staff, "Austria", json!([{ "country": "AT" }])).await;
        fixture::tax_rate(&staff, &other, "20", json!({})).await;
    })
    .await;
}

#[tokio::test]
async fn of_two_rates_for_one_time_one_is_refused() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = germany(&staff).await;

        let create = || fixture::create_tax_rate(&staff, &zone, json!({}));
        let (one, other) = tokio::join!(create(), create());

        let mut errors = [one.user_errors(), other.user_errors()];
        errors.sort();
        assert_eq!(errors, [vec![], vec!["TAKEN input.startsAt".to_owned()]]);
    })
    .await;
}

#[tokio::test]
async fn a_zone_has_at_most_500_rates() {
    let app = TestApp::on_sqlite().await;
    let staff = staff(&app).await;
    let zone = germany(&staff).await;
    let hex = zone.split_once('_').unwrap().1.replace('-', "");
    let row = format!(
        "INSERT INTO tax_rate SELECT randomblob(16), x'{hex}', NULL, 'VAT', 0, value, value + 1, 0, 0
         FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 500) SELECT * FROM n)"
    );
    crate::support::sql::execute(app.app.db(), &row).await.unwrap();

    let reply = fixture::create_tax_rate(&staff, &zone, json!({ "startsAt": "2026-01-01T00:00:00Z" })).await;

    assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
    assert_eq!(reply.at("/taxRateCreate/userErrors/0/limit"), 500);
}
