//! How API tokens are made, shown and ended.

use super::*;
use crate::support::{fixture, on_both, sql};

#[tokio::test]
async fn a_token_is_told_once_and_kept_as_a_hash() {
    on_both(async |app| {
        let owner = app.owner().await;
        let own = owner.query("{ viewer { staffUser { id } } }").await.text("/viewer/staffUser/id");

        let reply = create(&owner, json!({ "permissions": ["STOCK_READ", "PRODUCT_READ"] })).await;

        let (token, secret) = (reply.at("/apiTokenCreate/apiToken"), reply.text("/apiTokenCreate/token"));
        assert!(secret.starts_with("tp_") && secret.len() > 40, "{secret}");
        assert_eq!(token["ending"], format!("…{}", &secret[secret.len() - 4..]));
        assert_eq!(token["permissions"], json!(["PRODUCT_READ", "STOCK_READ"]));
        assert_eq!((&token["status"], &token["isLimited"]), (&json!("ACTIVE"), &json!(false)));
        assert_eq!(token["createdBy"]["id"], own);
        for never in ["expiresAt", "lastUsedAt", "revokedAt"] {
            assert_eq!(token[never], Value::Null);
        }
        let kept = sql::texts(app.app.db(), "SELECT hash FROM api_token").await;
        assert!(!secret.contains(&kept[0]) && !kept[0].contains(&secret[3..]));
        let told = sql::texts(
            app.app.db(),
            "SELECT CAST(changes AS text) FROM audit_entry UNION ALL SELECT CAST(payload AS text) FROM event",
        );
        assert!(told.await.iter().all(|text| !text.contains(&secret[3..])), "an event tells the secret");
        let id = token["id"].as_str().unwrap();
        assert_eq!(find(&owner, id).await, *token);
        assert_eq!(fixture::history(app, id).await, ["1 api_token.created"]);
    })
    .await;
}

#[tokio::test]
async fn tokens_are_listed_newest_first() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut ids = Vec::new();
        for name in ["A", "B", "C", "D"] {
            ids.push(made(app, &owner, json!({ "name": name })).await.0);
        }
        revoke(&owner, &ids[1]).await;
        let late = format!("UPDATE api_token SET expires_at = created_at WHERE name = '{}'", "C");
        sql::execute(app.app.db(), &late).await.unwrap();
        let list = "query($first: Int, $after: String, $filter: ApiTokenFilter) {
            apiTokens(first: $first, after: $after, filter: $filter) {
                totalCount nodes { name status } pageInfo { endCursor } } }";
        let names = async |variables: Value| {
            let reply = owner.run(list, variables).await;
            let nodes = reply.at("/apiTokens/nodes").as_array().unwrap().clone();
            nodes.iter().map(|node| format!("{} {}", node["name"], node["status"]).replace('"', "")).collect::<Vec<_>>()
        };

        assert_eq!(names(json!({})).await, ["D ACTIVE", "C EXPIRED", "B REVOKED", "A ACTIVE"]);
        assert_eq!(names(json!({ "filter": { "isActive": true } })).await, ["D ACTIVE", "A ACTIVE"]);
        assert_eq!(names(json!({ "filter": { "isActive": false } })).await, ["C EXPIRED", "B REVOKED"]);
        let first = owner.run(list, json!({ "first": 2 })).await;
        assert_eq!(first.at("/apiTokens/totalCount"), 4);
        let after = first.text("/apiTokens/pageInfo/endCursor");
        assert_eq!(names(json!({ "first": 2, "after": after })).await, ["B REVOKED", "A ACTIVE"]);
        assert_eq!(find(&owner, &fixture::unknown("token")).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_revoked_for_good() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, _) = made(app, &owner, json!({})).await;

        let reply = revoke(&owner, &id).await;
        let again = revoke(&owner, &id).await;

        assert_eq!(reply.at("/apiTokenRevoke/apiToken/status"), "REVOKED");
        assert_eq!(reply.at("/apiTokenRevoke/apiToken/revokedAt"), again.at("/apiTokenRevoke/apiToken/revokedAt"));
        assert_eq!(again.user_errors(), [""; 0]);
        assert_eq!(fixture::history(app, &id).await, ["1 api_token.created", "2 api_token.revoked"]);
        assert_eq!(revoke(&owner, &fixture::unknown("token")).await.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}
