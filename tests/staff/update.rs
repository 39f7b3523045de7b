//! What is changed of those who run the shop.

use http::StatusCode;

use super::*;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_change_keeps_what_is_absent_and_replaces_all_roles() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (clerk, keeper) =
            (role(&owner, "Clerk", &["PRODUCT_READ"]).await, role(&owner, "Keeper", &["STOCK_READ"]).await);
        let (id, ada) = joined(app, &owner, "Ada", &[&clerk]).await;

        let reply = update(&owner, &id, json!({ "roles": [keeper], "language": "fr", "expectedVersion": 2 })).await;

        let staff = reply.at("/staffUserUpdate/staffUser");
        assert_eq!((&staff["name"], &staff["language"], &staff["version"]), (&json!("Ada"), &json!("fr"), &json!(3)));
        assert_eq!(staff["roles"], json!([{ "name": "Keeper" }]));
        assert_eq!(permissions(&ada).await, json!(["STOCK_READ"]));
        let cleared = update(&owner, &id, json!({ "name": "Ada L.", "language": null })).await;
        let staff = cleared.at("/staffUserUpdate/staffUser");
        assert_eq!((&staff["name"], &staff["language"]), (&json!("Ada L."), &Value::Null));
        let same = update(&owner, &id, json!({ "name": "Ada L.", "roles": [keeper] })).await;
        assert_eq!(same.at("/staffUserUpdate/staffUser/version"), 4);
        let history = fixture::history(app, &id).await;
        assert_eq!(history[3..], ["4 staff_user.updated", "5 staff_user.updated"]);
    })
    .await;
}

#[tokio::test]
async fn every_mistake_of_a_change_is_told_at_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = invited(&owner, "Ada", &[]).await;
        let cases = [
            (json!({ "name": null }), vec!["REQUIRED input.name"]),
            (
                json!({ "name": "", "isActive": null, "roles": null }),
                vec!["REQUIRED input.name", "REQUIRED input.isActive", "REQUIRED input.roles"],
            ),
            (json!({ "name": "x".repeat(201) }), vec!["TOO_LONG input.name"]),
            (json!({ "roles": [fixture::unknown("role")] }), vec!["NOT_FOUND input.roles.0"]),
            (json!({ "name": "New", "expectedVersion": 9 }), vec!["CONFLICT input.expectedVersion"]),
        ];

        for (input, expected) in cases {
            let reply = update(&owner, &id, input).await;
            assert_eq!(reply.user_errors(), expected, "{}", reply.json);
            assert_eq!(reply.at("/staffUserUpdate/staffUser/name"), "Ada");
        }
        let nobody = update(&owner, &fixture::unknown("staff"), json!({ "name": "New" })).await;
        assert_eq!(nobody.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn who_is_shut_out_is_out_on_every_node_at_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, ada) = joined(app, &owner, "Ada", &[]).await;
        let (_, router) = app.sibling(&[]).await;
        let elsewhere = Client::new(router, Some(ada.token().to_owned()));
        assert_eq!(elsewhere.query("{ viewer { permissions } }").await.status, StatusCode::OK);

        let reply = update(&owner, &id, json!({ "isActive": false })).await;

        assert_eq!(reply.at("/staffUserUpdate/staffUser/status"), "DEACTIVATED");
        for client in [&ada, &elsewhere] {
            assert_eq!(client.query("{ viewer { permissions } }").await.status, StatusCode::UNAUTHORIZED);
        }
        let refused = app.anonymous().sign_in("ada@example.com", PASSWORD).await;
        assert_eq!(refused.user_errors(), ["INVALID_CREDENTIALS input"]);
        let back = update(&owner, &id, json!({ "isActive": true })).await;
        assert_eq!(back.at("/staffUserUpdate/staffUser/status"), "ACTIVE");
        let old = ada.query("{ viewer { permissions } }").await;
        assert_eq!(old.status, StatusCode::UNAUTHORIZED, "an ended session has come back");
        assert_eq!(app.anonymous().sign_in("ada@example.com", PASSWORD).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn nobody_shuts_himself_out() {
    on_both(async |app| {
        let owner = app.owner().await;
        app.owner().await;
        let own = own_id(&owner).await;

        let reply = update(&owner, &own, json!({ "isActive": false })).await;

        assert_eq!(reply.user_errors(), ["INVALID input.isActive"]);
        assert_eq!(update(&owner, &own, json!({ "name": "Me" })).await.user_errors(), [""; 0]);
    })
    .await;
}
