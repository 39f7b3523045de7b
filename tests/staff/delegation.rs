//! Nobody gives, or takes, what he lacks.

use super::*;
use crate::support::{fixture, on_both};

/// Somebody who may change staff, and has these rights beside.
async fn clerk(app: &TestApp, owner: &Client, permissions: &[&str]) -> Client {
    let name = format!("Clerk {}", StaffUserId::generate());
    role(owner, &name, &[&["STAFF_READ", "STAFF_WRITE"], permissions].concat()).await;
    app.staff_of(&name).await
}

#[tokio::test]
async fn nobody_makes_a_role_of_what_he_lacks() {
    on_both(async |app| {
        let owner = app.owner().await;
        let clerk = clerk(app, &owner, &["PRODUCT_READ"]).await;

        let within = create_role(&clerk, json!({ "name": "A", "permissions": ["PRODUCT_READ", "STAFF_WRITE"] })).await;
        let beyond =
            create_role(&clerk, json!({ "name": "B", "permissions": ["STOCK_READ", "PRODUCT_READ", "JOB_READ"] }))
                .await;

        assert_eq!(within.user_errors(), [""; 0]);
        assert_eq!(beyond.user_errors(), ["NOT_ALLOWED input.permissions"]);
        let message = beyond.text("/roleCreate/userErrors/0/message");
        assert!(message.ends_with(": JOB_READ, STOCK_READ."), "{message}");
    })
    .await;
}

#[tokio::test]
async fn what_is_held_in_a_channel_is_given_there_alone() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let clerk = clerk(app, &owner, &[]).await;
        let input = json!({ "name": "Japan", "permissions": ["PRODUCT_READ"], "channels": ["japan"] });
        let japan = create_role(&owner, input).await.text("/roleCreate/role/id");
        let own = own_id(&clerk).await;
        let held = owner.run("query($id: ID!) { staffUser(id: $id) { roles { id } } }", json!({ "id": own })).await;
        let roles = [held.text("/staffUser/roles/0/id"), japan];
        assert_eq!(update(&owner, &own, json!({ "roles": roles })).await.user_errors(), [""; 0]);
        let wanted = |name: &str, channels: Value| {
            json!({ "name": name, "permissions": ["PRODUCT_READ"], "channels": channels })
        };

        let there = create_role(&clerk, wanted("A", json!(["japan"]))).await;
        let elsewhere = create_role(&clerk, wanted("B", json!(["default", "japan"]))).await;
        let everywhere = create_role(&clerk, wanted("C", Value::Null)).await;

        assert_eq!(there.user_errors(), [""; 0]);
        assert_eq!(elsewhere.user_errors(), ["NOT_ALLOWED input.permissions"]);
        assert_eq!(everywhere.user_errors(), ["NOT_ALLOWED input.permissions"]);
        let id = there.text("/roleCreate/role/id");
        let wider = update_role(&clerk, &id, json!({ "channels": null })).await;
        assert_eq!(wider.user_errors(), ["NOT_ALLOWED input.channels"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_a_role_that_gives_or_would_give_what_he_lacks() {
    on_both(async |app| {
        let owner = app.owner().await;
        let clerk = clerk(app, &owner, &["PRODUCT_READ"]).await;
        let mine = role(&owner, "Mine", &["PRODUCT_READ"]).await;
        let theirs = role(&owner, "Theirs", &["PRODUCT_READ", "STOCK_WRITE"]).await;

        let more = update_role(&clerk, &mine, json!({ "permissions": ["PRODUCT_READ", "STOCK_WRITE"] })).await;
        let less = update_role(&clerk, &theirs, json!({ "permissions": ["PRODUCT_READ"] })).await;
        let renamed = update_role(&clerk, &theirs, json!({ "name": "Mine too" })).await;
        let deleted = delete_role(&clerk, &theirs).await;

        assert_eq!(more.user_errors(), ["NOT_ALLOWED input.permissions"]);
        assert_eq!(less.user_errors(), ["NOT_ALLOWED id"]);
        assert_eq!(renamed.user_errors(), ["NOT_ALLOWED id"]);
        assert_eq!(deleted.user_errors(), ["NOT_ALLOWED id"]);
        assert_eq!(update_role(&clerk, &mine, json!({ "name": "Ours" })).await.user_errors(), [""; 0]);
        assert_eq!(delete_role(&clerk, &mine).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn nobody_invites_or_touches_somebody_who_may_do_more() {
    on_both(async |app| {
        let owner = app.owner().await;
        let clerk = clerk(app, &owner, &["PRODUCT_READ"]).await;
        let reader = role(&owner, "Reader", &["PRODUCT_READ"]).await;
        let keeper = role(&owner, "Keeper", &["STOCK_WRITE"]).await;

        let invitation = invite(&clerk, "Eve", &[&reader, &keeper]).await;

        assert_eq!(invitation.user_errors(), ["NOT_ALLOWED input.roles.1"]);
        assert!(invitation.text("/staffUserInvite/userErrors/0/message").contains("STOCK_WRITE"));
        let (ada, bob) = (invited(&owner, "Ada", &[&keeper]).await, invited(&clerk, "Bob", &[&reader]).await);
        let given = update(&clerk, &bob, json!({ "roles": [keeper, reader] })).await;
        assert_eq!(given.user_errors(), ["NOT_ALLOWED input.roles.0"]);
        for input in [json!({ "roles": [] }), json!({ "isActive": false }), json!({ "name": "Eve" })] {
            assert_eq!(update(&clerk, &ada, input).await.user_errors(), ["NOT_ALLOWED id"]);
        }
        assert_eq!(resend(&clerk, &ada).await.user_errors(), ["NOT_ALLOWED id"]);
        assert_eq!(update(&clerk, &bob, json!({ "roles": [] })).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn whoever_holds_every_permission_by_other_roles_is_no_owner() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all: Vec<&str> = tradepost::auth::Permission::ALL.iter().map(|permission| permission.as_str()).collect();
        role(&owner, "Everything", &all).await;
        let deputy = app.staff_of("Everything").await;
        let (owners, boss) = (owner_role(&owner).await, own_id(&owner).await);

        let invitation = invite(&deputy, "Eve", &[&owners]).await;
        let raised = update(&deputy, &own_id(&deputy).await, json!({ "roles": [owners] })).await;
        let named = update(&deputy, &boss, json!({ "name": "Nobody" })).await;

        assert_eq!(invitation.user_errors(), ["NOT_ALLOWED input.roles.0"]);
        assert_eq!(raised.user_errors(), ["NOT_ALLOWED input.roles.0"]);
        assert_eq!(named.user_errors(), ["NOT_ALLOWED id"]);
        assert!(named.text("/staffUserUpdate/userErrors/0/message").contains("Owner"));
        assert_eq!(invite(&owner, "Ada", &[&owners]).await.user_errors(), [""; 0]);
    })
    .await;
}
