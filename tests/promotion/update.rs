//! Promotions that are changed and deleted.

use tradepost::entity::{promotion_channel, promotion_code, promotion_use};

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn what_is_absent_stays_and_null_clears() {
    on_both(async |app| {
        let owner = app.owner().await;
        let japan = fixture::channel(&owner, json!({})).await;
        let id = promotion(
            &owner,
            json!({ "description": "A", "startsAt": "2026-03-01T00:00:00Z", "endsAt": "2026-04-01T00:00:00Z",
                "usageLimit": 5, "externalId": "p1", "conditions": { "quantityFrom": 2 } }),
        )
        .await;

        let reply = update(&owner, &id, json!({ "name": "Summer", "channels": [japan], "expectedVersion": 1 })).await;
        assert_eq!(reply.user_errors(), [""; 0]);
        let expected = json!({ "id": id, "name": "Summer", "class": "ORDER", "needsCode": false, "version": 2,
            "channels": [{ "slug": "japan" }] });
        assert_eq!(reply.at("/promotionUpdate/promotion"), &expected);
        let fields = "description startsAt endsAt usageLimit externalId conditions { quantityFrom }";
        let kept = json!({ "description": "A", "startsAt": "2026-03-01T00:00:00Z", "endsAt": "2026-04-01T00:00:00Z",
            "usageLimit": 5, "externalId": "p1", "conditions": { "quantityFrom": 2 } });
        assert_eq!(read(&owner, &id, fields).await, kept);

        let clear = json!({ "description": null, "startsAt": null, "endsAt": null, "usageLimit": null,
            "externalId": null, "conditions": null });
        assert_eq!(update(&owner, &id, clear).await.user_errors(), [""; 0]);
        let cleared = json!({ "description": "", "startsAt": null, "endsAt": null, "usageLimit": null,
            "externalId": null, "conditions": { "quantityFrom": null } });
        assert_eq!(read(&owner, &id, fields).await, cleared);
        let expected = ["1 promotion.created", "2 promotion.updated", "3 promotion.updated"];
        assert_eq!(fixture::history(app, &id).await, expected);
    })
    .await;
}

#[tokio::test]
async fn the_class_follows_the_action() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "usageLimit": 3 })).await;
        let shipping = json!({ "action": { "shipping": { "discount": { "percentage": "100" } } } });
        assert_eq!(update(&staff, &id, shipping).await.at("/promotionUpdate/promotion/class"), "SHIPPING");

        let catalogue = json!({ "action": { "catalogue": { "discount": { "percentage": "10" } } } });
        let reply = update(&staff, &id, catalogue.clone()).await;
        assert_eq!(reply.user_errors(), ["INVALID input.usageLimit"]);
        assert_eq!(reply.at("/promotionUpdate/promotion/class"), "SHIPPING");
        let both = fixture::with(catalogue, json!({ "usageLimit": null }));
        assert_eq!(update(&staff, &id, both).await.at("/promotionUpdate/promotion/class"), "CATALOGUE");
    })
    .await;
}

#[tokio::test]
async fn an_update_is_refused_where_it_is_wrong() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "endsAt": "2026-04-01T00:00:00Z" })).await;
        assert_eq!(update(&staff, &id, json!({ "name": "B" })).await.at("/promotionUpdate/promotion/version"), 2);

        let late = update(&staff, &id, json!({ "name": "C", "expectedVersion": 1 })).await;
        assert_eq!(late.user_errors(), ["CONFLICT input.expectedVersion"]);
        let unknown = update(&staff, &fixture::unknown("promotion"), json!({})).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
        let null = json!({ "name": null, "channels": null, "isActive": null, "priority": null, "stacking": null,
            "needsCode": null, "action": null });
        let mut errors = update(&staff, &id, null).await.user_errors();
        errors.sort();
        let fields = ["action", "channels", "isActive", "name", "needsCode", "priority", "stacking"];
        assert_eq!(errors, fields.map(|field| format!("REQUIRED input.{field}")));
        let start = update(&staff, &id, json!({ "startsAt": "2026-04-01T00:00:00Z" })).await;
        assert_eq!(start.user_errors(), ["INVALID input.endsAt"]);
        let nowhere = update(&staff, &id, json!({ "channels": [fixture::unknown("channel")] })).await;
        assert_eq!(nowhere.user_errors(), ["NOT_FOUND input.channels.0"]);
        let same = update(&staff, &id, json!({ "name": "B", "isActive": true })).await;
        assert_eq!(same.at("/promotionUpdate/promotion/version"), 2, "what changes nothing is no change");
    })
    .await;
}

#[tokio::test]
async fn a_promotion_with_codes_needs_one() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = coded(&staff, "SPRING", json!({})).await;
        let off = json!({ "needsCode": false });
        assert_eq!(update(&staff, &id, off.clone()).await.user_errors(), ["INVALID input.needsCode"]);

        let code = read(&staff, &id, "codes { nodes { id } }").await["codes"]["nodes"][0]["id"].clone();
        let remove = "mutation($id: ID!, $codes: [ID!]!) { promotionCodesRemove(id: $id, codes: $codes) {
            promotion { codes { totalCount } } userErrors { code message field } } }";
        let reply = staff.run(remove, json!({ "id": id, "codes": [code] })).await;
        assert_eq!(reply.at("/promotionCodesRemove/promotion/codes/totalCount"), 0);
        assert_eq!(update(&staff, &id, off).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_promotion_is_deleted_with_its_codes_and_its_uses() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = coded(&staff, "SPRING", json!({})).await;
        super::limits::used(app, &id, 2, json!({})).await;

        let reply = staff.run(DELETE, json!({ "id": id })).await;
        assert_eq!(reply.at("/promotionDelete"), &json!({ "promotion": null, "userErrors": [] }));
        assert_eq!(fixture::count::<promotion_code::Entity>(app).await, 0);
        assert_eq!(fixture::count::<promotion_channel::Entity>(app).await, 0);
        assert_eq!(fixture::count::<promotion_use::Entity>(app).await, 0);
        assert_eq!(staff.run(DELETE, json!({ "id": id })).await.user_errors(), ["NOT_FOUND id"]);
        coded(&staff, "spring", json!({})).await;
    })
    .await;
}

#[tokio::test]
async fn a_deleted_channel_leaves_its_promotions_elsewhere() {
    on_both(async |app| {
        let owner = app.owner().await;
        let japan = fixture::channel(&owner, json!({})).await;
        let id = promotion(&owner, json!({ "channels": [channel(&owner).await, japan] })).await;

        let delete = format!("mutation {{ channelDelete(id: \"{japan}\") {{ userErrors {{ message }} }} }}");
        owner.query(&delete).await.data();

        assert_eq!(read(&owner, &id, "channels { slug }").await["channels"], json!([{ "slug": "default" }]));
    })
    .await;
}

#[tokio::test]
async fn what_changed_is_in_the_audit_log() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = promotion(&owner, json!({})).await;
        update(&owner, &id, json!({ "priority": 7 })).await.data();

        let sql = "SELECT CAST(changes AS text) FROM audit_entry WHERE action = 'promotion.updated'";
        let changes = crate::support::sql::texts(app.app.db(), sql).await;
        let changes: Value = serde_json::from_str(&changes[0]).unwrap();
        assert_eq!(changes, json!({ "priority": { "before": 0, "after": 7 } }));
    })
    .await;
}
