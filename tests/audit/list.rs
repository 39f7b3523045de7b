//! How audit entries are found, and who may see what of them.

use super::*;
use crate::support::{fixture, on_both, sql};

/// Makes a product as a token and gives the ids of the token and the product.
async fn by_token(app: &TestApp, owner: &Client) -> (String, String) {
    let create = "mutation { apiTokenCreate(input: { name: \"ERP\", permissions: [PRODUCT_WRITE] }) {
        apiToken { id } token } }";
    let reply = owner.query(create).await;
    let system = Client::new(app.router.clone(), Some(reply.text("/apiTokenCreate/token")));
    let product = fixture::product(&system, json!({ "name": "Scarf" })).await;
    (reply.text("/apiTokenCreate/apiToken/id"), product)
}

#[tokio::test]
async fn an_entry_tells_who_did_what_to_which_object() {
    on_both(async |app| {
        let owner = app.owner().await;
        let own = own_id(&owner).await;
        let product = fixture::product(&owner, json!({})).await;

        let entries = entries(app, json!({ "object": product })).await;

        assert_eq!(entries.len(), 1);
        let entry = &entries[0];
        assert_eq!((&entry["action"], &entry["objectType"]), (&json!("product.created"), &json!("product")));
        assert_eq!(entry["object"], product);
        assert_eq!(entry["actor"], json!({ "kind": "STAFF", "id": own, "name": "Staff" }));
        assert!(entry["id"].as_str().unwrap().starts_with("event_"));
    })
    .await;
}

#[tokio::test]
async fn entries_are_found_by_actor_action_object_and_time() {
    on_both(async |app| {
        let owner = app.owner().await;
        let own = own_id(&owner).await;
        let shirt = fixture::product(&owner, json!({})).await;
        let (token, scarf) = by_token(app, &owner).await;
        let objects = async |filter: Value| {
            let found = entries(app, filter).await;
            found.iter().map(|entry| entry["object"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };

        let products = |entries: Vec<String>| -> Vec<String> {
            entries.into_iter().filter(|object| object.starts_with("product_")).collect()
        };
        assert_eq!(products(objects(json!({ "actor": token })).await), [scarf.as_str()]);
        assert_eq!(products(objects(json!({ "actor": own })).await), [shirt.as_str()]);
        assert_eq!(objects(json!({ "action": "product.created" })).await, [scarf.as_str(), &shirt]);
        assert_eq!(objects(json!({ "objectType": "product" })).await, [scarf.as_str(), &shirt]);
        assert_eq!(objects(json!({ "objectType": "product", "actor": own })).await, [shirt]);
        let long_ago = json!({ "createdAt": { "to": "2020-01-01T00:00:00Z" } });
        assert_eq!(objects(long_ago).await, [""; 0]);
        let since = json!({ "createdAt": { "from": "2020-01-01T00:00:00Z" }, "action": "product.created" });
        assert_eq!(objects(since).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_id_that_cannot_be_is_bad_input() {
    on_both(async |app| {
        let auditor = app.staff(&[Permission::AuditRead]).await;

        for filter in [json!({ "actor": "product_1" }), json!({ "object": "x" }), json!({ "object": "product_1" })] {
            let reply = auditor.run(LIST, json!({ "filter": filter })).await;
            assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{}", reply.json);
        }
    })
    .await;
}

#[tokio::test]
async fn entries_are_paged_newest_first() {
    on_both(async |app| {
        let owner = app.owner().await;
        for name in ["A", "B", "C"] {
            fixture::product(&owner, json!({ "name": name })).await;
        }
        let auditor = app.staff(&[Permission::AuditRead]).await;
        let filter = json!({ "action": "product.created" });
        let all = entries(app, filter.clone()).await;

        let first = auditor.run(LIST, json!({ "filter": filter, "first": 2 })).await;
        let after = first.text("/auditEntries/pageInfo/endCursor");
        let second = auditor.run(LIST, json!({ "filter": filter, "first": 2, "after": after })).await;
        let last = auditor.run(LIST, json!({ "filter": filter, "last": 1 })).await;

        assert_eq!(first.at("/auditEntries/totalCount"), 3);
        assert_eq!(first.at("/auditEntries/nodes").as_array().unwrap()[..], all[..2]);
        assert_eq!(second.at("/auditEntries/nodes").as_array().unwrap()[..], all[2..]);
        assert_eq!(last.at("/auditEntries/nodes").as_array().unwrap()[..], all[2..]);
    })
    .await;
}

#[tokio::test]
async fn who_may_see_staff_sees_the_actor_whole() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (token, _) = by_token(app, &owner).await;
        let query = "query($filter: AuditEntryFilter) { auditEntries(first: 1, filter: $filter) { nodes {
            actor { name staffUser { email } apiToken { id ending } } } } }";
        let whole = app.staff(&[Permission::AuditRead, Permission::StaffRead]).await;
        let part = app.staff(&[Permission::AuditRead]).await;

        let of_token = whole.run(query, json!({ "filter": { "actor": token } })).await;
        let of_staff = whole.run(query, json!({ "filter": { "actor": own_id(&owner).await } })).await;
        let refused = part.run(query, json!({ "filter": { "actor": token } })).await;

        assert_eq!(of_token.at("/auditEntries/nodes/0/actor/apiToken/id"), token.as_str());
        assert_eq!(of_token.at("/auditEntries/nodes/0/actor/staffUser"), &Value::Null);
        assert!(of_staff.text("/auditEntries/nodes/0/actor/staffUser/email").contains('@'));
        assert_eq!(refused.code(), Some("FORBIDDEN"));
        assert_eq!(refused.json["data"]["auditEntries"]["nodes"][0]["actor"]["name"], "ERP");
    })
    .await;
}

#[tokio::test]
async fn what_was_refused_or_is_done_by_the_server_leaves_no_entry() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let count = "SELECT CAST(COUNT(*) AS bigint) FROM audit_entry";
        let before = sql::number(app.app.db(), count).await;

        let refused = fixture::update(&owner, "productUpdate", &product, json!({ "name": "" })).await;
        app.app.staff.find(own_id(&owner).await.parse().unwrap()).await.unwrap();

        assert_eq!(refused.user_errors(), ["REQUIRED input.name"]);
        assert_eq!(sql::number(app.app.db(), count).await, before);
        let system = "SELECT CAST(COUNT(*) AS bigint) FROM audit_entry WHERE actor_type NOT IN ('STAFF', 'API_TOKEN')";
        assert_eq!(sql::number(app.app.db(), system).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_entry_outlasts_its_object() {
    on_both(async |app| {
        let owner = app.owner().await;
        let collection = fixture::collection(&owner, json!({})).await;

        fixture::change(&owner, "collectionDelete", &collection).await;

        assert_eq!(actions(app, &collection).await, ["collection.created", "collection.deleted"]);
    })
    .await;
}
