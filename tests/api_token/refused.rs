//! API tokens that cannot be, or not by everybody.

use tradepost::auth::Permission;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn every_mistake_of_a_new_token_is_told_at_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let cases = [
            (json!({ "name": "" }), vec!["REQUIRED input.name"]),
            (json!({ "name": "x".repeat(201) }), vec!["TOO_LONG input.name"]),
            (json!({ "expiresAt": "2020-01-01T00:00:00Z" }), vec!["INVALID input.expiresAt"]),
            (json!({ "expiresAt": "2190-01-01T00:00:00Z" }), vec!["INVALID input.expiresAt"]),
            (json!({ "channels": [] }), vec!["REQUIRED input.channels"]),
            (json!({ "channels": ["mars"] }), vec!["NOT_FOUND input.channels.0"]),
            (
                json!({ "channels": ["default"], "permissions": ["PRODUCT_READ", "JOB_READ"] }),
                vec!["INVALID input.permissions.1"],
            ),
        ];

        for (change, expected) in cases {
            let reply = create(&owner, change).await;
            assert_eq!(reply.user_errors(), expected, "{}", reply.json);
            assert_eq!(reply.at("/apiTokenCreate/token"), &Value::Null);
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_or_revokes_a_token_that_may_do_more() {
    on_both(async |app| {
        let owner = app.owner().await;
        let clerk = app.staff(&[Permission::StaffRead, Permission::StaffWrite, Permission::ProductRead]).await;
        let (theirs, _) = made(app, &owner, json!({ "permissions": ["STOCK_WRITE"] })).await;

        let beyond = create(&clerk, json!({ "permissions": ["PRODUCT_READ", "STOCK_WRITE"] })).await;
        let taken = revoke(&clerk, &theirs).await;

        assert_eq!(beyond.user_errors(), ["NOT_ALLOWED input.permissions"]);
        assert!(beyond.text("/apiTokenCreate/userErrors/0/message").contains("STOCK_WRITE"));
        assert_eq!(taken.user_errors(), ["NOT_ALLOWED id"]);
        assert_eq!(taken.at("/apiTokenRevoke/apiToken/status"), "ACTIVE");
        let (mine, _) = made(app, &clerk, json!({})).await;
        assert_eq!(revoke(&clerk, &mine).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_no_owner_whatever_it_may_do() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all: Vec<&str> = Permission::ALL.iter().map(|permission| permission.as_str()).collect();
        let (_, system) = made(app, &owner, json!({ "permissions": all })).await;
        let owners = owner.query("{ roles { id } viewer { staffUser { id } } }").await;
        let (role, boss) = (owners.text("/roles/0/id"), owners.text("/viewer/staffUser/id"));
        let rename = "mutation($id: ID!) { staffUserUpdate(id: $id, input: { name: \"X\" }) {
            userErrors { code message field } } }";
        let invite = "mutation($role: ID!) { staffUserInvite(input: { email: \"eve@example.com\", name: \"Eve\",
            roles: [$role] }) { userErrors { code message field } } }";

        assert_eq!(system.run(rename, json!({ "id": boss })).await.user_errors(), ["NOT_ALLOWED id"]);
        assert_eq!(system.run(invite, json!({ "role": role })).await.user_errors(), ["NOT_ALLOWED input.roles.0"]);
    })
    .await;
}

/// It would outlive the one that made it.
#[tokio::test]
async fn a_token_makes_no_other() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (_, system) = made(app, &owner, json!({ "permissions": ["STAFF_WRITE", "PRODUCT_READ"] })).await;

        assert_eq!(create(&system, json!({})).await.code(), Some("FORBIDDEN"));
    })
    .await;
}
