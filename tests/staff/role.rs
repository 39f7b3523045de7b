//! What roles give, to whom, and where.

use super::*;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_role_gives_permissions_everywhere_or_in_some_channels() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;

        let everywhere = json!({ "name": "Clerk", "permissions": ["STOCK_READ", "PRODUCT_READ"] });
        let everywhere = create_role(&owner, everywhere).await.at("/roleCreate/role").clone();
        let limited = json!({ "name": "Japan", "permissions": ["PRODUCT_WRITE"], "channels": ["japan", "japan"] });
        let limited = create_role(&owner, limited).await.at("/roleCreate/role").clone();

        assert_eq!(everywhere["permissions"], json!(["PRODUCT_READ", "STOCK_READ"]));
        assert_eq!((&everywhere["isLimited"], &everywhere["channels"]), (&json!(false), &json!([])));
        assert_eq!(limited["permissions"], json!(["PRODUCT_WRITE"]));
        assert_eq!((&limited["isLimited"], &limited["channels"]), (&json!(true), &json!([{ "slug": "japan" }])));
        assert_eq!((&limited["isOwner"], &limited["staffUserCount"]), (&json!(false), &json!(0)));
    })
    .await;
}

#[tokio::test]
async fn roles_are_listed_with_that_of_owners_first() {
    on_both(async |app| {
        let owner = app.owner().await;
        for name in ["zebra", "Ape", "Élan"] {
            role(&owner, name, &["PRODUCT_READ"]).await;
        }

        let reply = owner.query("{ roles { name isOwner permissions staffUserCount } }").await;

        let names: Vec<_> = reply.at("/roles").as_array().unwrap().iter().map(|role| role["name"].clone()).collect();
        assert_eq!(names, ["Owner", "Ape", "Élan", "zebra"]);
        assert_eq!(reply.at("/roles/0/isOwner"), true);
        assert_eq!(reply.at("/roles/0/staffUserCount"), 1);
        assert_eq!(reply.at("/roles/0/permissions").as_array().unwrap().len(), tradepost::auth::Permission::ALL.len());
    })
    .await;
}

#[tokio::test]
async fn a_role_is_found_by_its_id() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = role(&owner, "Clerk", &["PRODUCT_READ"]).await;
        let find = "query($id: ID!) { role(id: $id) { name } }";

        assert_eq!(owner.run(find, json!({ "id": id })).await.at("/role/name"), "Clerk");
        assert_eq!(owner.run(find, json!({ "id": fixture::unknown("role") })).await.at("/role"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_change_keeps_what_is_absent_and_reaches_everybody_at_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = role(&owner, "Clerk", &["PRODUCT_READ"]).await;
        let clerk = app.staff_of("Clerk").await;

        let reply = update_role(&owner, &id, json!({ "permissions": ["STOCK_READ"] })).await;

        assert_eq!(reply.at("/roleUpdate/role/name"), "Clerk");
        assert_eq!(reply.at("/roleUpdate/role/version"), 2);
        assert_eq!(permissions(&clerk).await, json!(["STOCK_READ"]));
        let again = update_role(&owner, &id, json!({ "permissions": ["STOCK_READ"] })).await;
        assert_eq!(again.at("/roleUpdate/role/version"), 2);
        assert_eq!(fixture::history(app, &id).await, ["1 role.created", "2 role.updated"]);
    })
    .await;
}

#[tokio::test]
async fn a_role_is_limited_and_let_out_again() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let id = role(&owner, "Clerk", &["PRODUCT_READ"]).await;
        let clerk = app.staff_of("Clerk").await;

        let limited = update_role(&owner, &id, json!({ "channels": ["japan"] })).await;

        assert_eq!(limited.at("/roleUpdate/role/channels"), &json!([{ "slug": "japan" }]));
        assert_eq!(permissions(&clerk).await, json!([]));
        let held = clerk.query("{ viewer { channelPermissions { channel { slug } permissions } } }").await;
        let expected = json!([{ "channel": { "slug": "japan" }, "permissions": ["PRODUCT_READ"] }]);
        assert_eq!(held.at("/viewer/channelPermissions"), &expected);
        let free = update_role(&owner, &id, json!({ "channels": null })).await;
        assert_eq!(free.at("/roleUpdate/role/isLimited"), false);
        assert_eq!(permissions(&clerk).await, json!(["PRODUCT_READ"]));
    })
    .await;
}

#[tokio::test]
async fn a_role_whose_last_channel_was_deleted_gives_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let channel = fixture::channel(&owner, json!({})).await;
        let input = json!({ "name": "Japan", "permissions": ["PRODUCT_READ"], "channels": ["japan"] });
        let id = create_role(&owner, input).await.text("/roleCreate/role/id");
        let clerk = app.staff_of("Japan").await;
        let draft = fixture::product(&owner, json!({ "status": "DRAFT", "channels": ["default", "japan"] })).await;

        let deleted = fixture::change(&owner, "channelDelete", &channel).await;

        assert_eq!(deleted.user_errors(), [""; 0]);
        let find = "query($id: ID!) { role(id: $id) { isLimited channels { slug } } }";
        let reply = owner.run(find, json!({ "id": id })).await;
        assert_eq!(reply.at("/role"), &json!({ "isLimited": true, "channels": [] }));
        assert_eq!(permissions(&clerk).await, json!([]));
        assert_eq!(fixture::read(&clerk, &draft, "name").await, Value::Null);
        let input = json!({ "channel": "default", "publishedFrom": null });
        assert_eq!(fixture::show(&clerk, &draft, input).await.code(), Some("FORBIDDEN"));
    })
    .await;
}

#[tokio::test]
async fn a_role_that_nobody_has_is_deleted() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = role(&owner, "Clerk", &["PRODUCT_READ"]).await;

        let reply = delete_role(&owner, &id).await;

        assert_eq!(reply.at("/roleDelete"), &json!({ "role": null, "userErrors": [] }));
        assert_eq!(fixture::history(app, &id).await, ["1 role.created", "2 role.deleted"]);
        role(&owner, "Clerk", &["PRODUCT_READ"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_role_is_not_deleted_while_it_is_given() {
    on_both(async |app| {
        let owner = app.owner().await;
        for round in 0..8 {
            let id = role(&owner, &format!("Clerk {round}"), &["PRODUCT_READ"]).await;
            let name = format!("Person{round}");

            let roles = [id.as_str()];
            let (deleted, given) = tokio::join!(delete_role(&owner, &id), invite(&owner, &name, &roles));

            let outcome = (deleted.user_errors(), given.user_errors());
            let is_one = outcome.0.is_empty() != outcome.1.is_empty();
            assert!(is_one, "{outcome:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_role_changes_while_its_channel_goes() {
    on_both(async |app| {
        let owner = app.owner().await;
        for round in 0..6 {
            let slug = format!("channel-{round}");
            let channel = fixture::channel(&owner, json!({ "slug": slug })).await;
            let input = json!({ "name": slug, "permissions": ["PRODUCT_READ"], "channels": [slug, "default"] });
            let id = create_role(&owner, input).await.text("/roleCreate/role/id");

            let wanted = json!({ "permissions": ["PRODUCT_WRITE"] });
            let (changed, gone) =
                tokio::join!(update_role(&owner, &id, wanted), fixture::change(&owner, "channelDelete", &channel));

            assert_eq!(changed.user_errors(), [""; 0], "{}", changed.json);
            assert_eq!(gone.user_errors(), [""; 0]);
            let find = "query($id: ID!) { role(id: $id) { permissions channels { slug } } }";
            let role = owner.run(find, json!({ "id": id })).await.at("/role").clone();
            assert_eq!(role, json!({ "permissions": ["PRODUCT_WRITE"], "channels": [{ "slug": "default" }] }));
        }
    })
    .await;
}
