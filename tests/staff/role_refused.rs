//! Roles that cannot be.

use sea_orm::EntityTrait;
use tradepost::clock::Timestamp;
use tradepost::db::all_set;
use tradepost::entity::role;
use tradepost::id::RoleId;

use super::*;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn every_mistake_of_a_new_role_is_told_at_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        super::role(&owner, "Clerk", &[]).await;
        let cases = [
            (json!({ "name": " " }), vec!["REQUIRED input.name"]),
            (json!({ "name": "x".repeat(201) }), vec!["TOO_LONG input.name"]),
            (json!({ "name": "CLERK" }), vec!["TAKEN input.name"]),
            (json!({ "name": "owner" }), vec!["TAKEN input.name"]),
            (json!({ "channels": [] }), vec!["REQUIRED input.channels"]),
            (json!({ "channels": ["japan", "mars"] }), vec!["NOT_FOUND input.channels.1"]),
            (json!({ "channels": vec!["japan"; 101] }), vec!["TOO_LONG input.channels"]),
            (
                json!({ "name": "", "channels": ["japan"], "permissions": ["PRODUCT_READ", "STOCK_READ", "STAFF_READ"] }),
                vec!["INVALID input.permissions.1", "INVALID input.permissions.2", "REQUIRED input.name"],
            ),
        ];

        for (change, expected) in cases {
            let input = fixture::with(json!({ "name": "Other", "permissions": ["PRODUCT_READ"] }), change);
            let reply = create_role(&owner, input).await;
            assert_eq!(reply.user_errors(), expected, "{}", reply.json);
            assert_eq!(reply.at("/roleCreate/role"), &Value::Null);
        }
    })
    .await;
}

#[tokio::test]
async fn a_refusal_names_what_cannot_be_limited() {
    on_both(async |app| {
        let owner = app.owner().await;
        let input = json!({ "name": "Clerk", "permissions": ["STOCK_READ"], "channels": ["default"] });

        let reply = create_role(&owner, input).await;

        assert!(reply.text("/roleCreate/userErrors/0/message").contains("STOCK_READ"), "{}", reply.json);
    })
    .await;
}

#[tokio::test]
async fn every_mistake_of_a_change_is_told_at_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        super::role(&owner, "Other", &[]).await;
        let id = super::role(&owner, "Clerk", &["PRODUCT_READ", "STOCK_READ"]).await;
        let cases = [
            (json!({ "name": null, "permissions": null }), vec!["REQUIRED input.permissions", "REQUIRED input.name"]),
            (json!({ "name": "other" }), vec!["TAKEN input.name"]),
            (json!({ "channels": ["default"] }), vec!["INVALID input.channels"]),
            (json!({ "channels": ["default"], "permissions": ["JOB_READ"] }), vec!["INVALID input.permissions.0"]),
            (json!({ "channels": [] , "permissions": [] }), vec!["REQUIRED input.channels"]),
            (json!({ "channels": ["mars"], "permissions": [] }), vec!["NOT_FOUND input.channels.0"]),
            (json!({ "expectedVersion": 7, "name": "New" }), vec!["CONFLICT input.expectedVersion"]),
        ];

        for (input, expected) in cases {
            let reply = update_role(&owner, &id, input).await;
            assert_eq!(reply.user_errors(), expected, "{}", reply.json);
            assert_eq!(reply.at("/roleUpdate/role/version"), 1);
        }
        let unknown = fixture::unknown("role");
        assert_eq!(update_role(&owner, &unknown, json!({ "name": "New" })).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(delete_role(&owner, &unknown).await.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn the_role_of_owners_stays_as_it_is() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = owner_role(&owner).await;

        for input in [json!({ "name": "Boss" }), json!({ "permissions": [] }), json!({ "channels": ["default"] })] {
            assert_eq!(update_role(&owner, &id, input).await.user_errors(), ["INVALID id"]);
        }
        assert_eq!(delete_role(&owner, &id).await.user_errors(), ["INVALID id"]);
    })
    .await;
}

#[tokio::test]
async fn a_role_that_somebody_has_is_in_use() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = super::role(&owner, "Clerk", &["PRODUCT_READ"]).await;
        invited(&owner, "Ada", &[&id]).await;

        let reply = delete_role(&owner, &id).await;

        assert_eq!(reply.user_errors(), ["IN_USE id"]);
        assert_eq!(reply.at("/roleDelete/role/id"), id.as_str());
    })
    .await;
}

#[tokio::test]
async fn a_shop_has_at_most_200_roles() {
    on_both(async |app| {
        let owner = app.owner().await;
        let now = Timestamp::now();
        let rows = (1..200).map(|number| role::Model {
            id: RoleId::generate(),
            name: format!("Role {number}"),
            name_key: format!("role {number}"),
            is_owner: false,
            is_limited: false,
            created_at: now,
            updated_at: now,
            version: 1,
        });
        let tx = app.app.db().begin().await.unwrap();
        let rows = rows.map(all_set::<role::Entity, _>);
        role::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
        tx.commit().await.unwrap();

        let reply = create_role(&owner, json!({ "name": "One more", "permissions": [] })).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
        assert_eq!(reply.at("/roleCreate/userErrors/0/limit"), 200);
    })
    .await;
}
