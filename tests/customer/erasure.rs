//! What the law gives people over their data.

use tradepost::auth::Permission;

use super::*;
use crate::support::{fixture, on_both};

const EXPORT: &str = "mutation($input: CustomerDataExportInput!) { customerDataExport(input: $input) {
    document userErrors { code message field } } }";
const REQUEST: &str = "mutation($input: CustomerErasureRequestInput!) { customerErasureRequest(input: $input) {
    isAccepted userErrors { code message field } } }";
const CONFIRM: &str = "mutation($input: CustomerErasureConfirmInput!) { customerErasureConfirm(input: $input) {
    isErased userErrors { code message field } } }";
const ERASE: &str = "mutation($id: ID!) { customerErase(id: $id) {
    customer { id status email firstName addresses { id } note } userErrors { code message field } } }";

/// A customer of whom everything is known that can be.
async fn known(app: &TestApp) -> Client {
    let client = customer(app, EMAIL).await;
    let profile = "mutation { customerProfileUpdate(input: { firstName: \"Ada\", lastName: \"Lovelace\",
        phone: \"+44 20 7946 0000\", acceptsMarketing: true }) { userErrors { code message } } }";
    client.query(profile).await.data();
    let address = "mutation { customerAddressCreate(input: { address: { country: DE_, lastName: \"Lovelace\",
        line1: \"Torstr. 1\", postalCode: \"10119\", city: \"Berlin\" } }) { userErrors { code message field } } }";
    client.query(&address.replace("DE_", "\"DE\"")).await.data();
    client
}

#[tokio::test]
async fn a_customer_gets_all_that_is_kept() {
    on_both(async |app| {
        let client = known(app).await;

        let wrong = client.run(EXPORT, json!({ "input": { "password": "wrong horse battery" } })).await;
        assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS input.password"]);
        let reply = client.run(EXPORT, json!({ "input": { "password": PASSWORD } })).await;

        let document: Value = serde_json::from_str(&reply.text("/customerDataExport/document")).unwrap();
        assert_eq!((&document["email"], &document["lastName"]), (&json!(EMAIL), &json!("Lovelace")));
        assert_eq!(document["addresses"][0]["address"]["city"], "Berlin");
        assert_eq!(document["sessions"].as_array().unwrap().len(), 2, "that of the verification, too");
        assert!(!document.to_string().contains("argon2"), "{document}");
        let input = json!({ "input": { "password": PASSWORD } });
        assert_eq!(app.owner().await.run(EXPORT, input.clone()).await.code(), Some("FORBIDDEN"));
        assert_eq!(app.anonymous().run(EXPORT, input).await.code(), Some("UNAUTHENTICATED"));
    })
    .await;
}

/// No table says who it was, but for what the shop's rows are called by.
async fn assert_forgotten(app: &TestApp) {
    for sql in [
        "SELECT COALESCE(email, '') || first_name || last_name || COALESCE(phone, '') || note FROM customer",
        "SELECT CAST(content AS text) FROM address",
        "SELECT COALESCE(email, '') FROM account_token",
        "SELECT CAST(payload AS text) FROM event",
        "SELECT CAST(payload AS text) FROM job",
        "SELECT CAST(changes AS text) FROM audit_entry",
    ] {
        for text in sql::texts(app.app.db(), sql).await {
            let text = text.to_lowercase();
            assert!(!text.contains("lovelace") && !text.contains("torstr") && !text.contains("ada@"), "{sql}: {text}");
        }
    }
    assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM session WHERE customer_id IS NOT NULL").await, 0);
}

#[tokio::test]
async fn who_follows_the_link_is_erased_for_good() {
    on_both(async |app| {
        let client = known(app).await;
        let id = id(&client).await;
        let wrong = client.run(REQUEST, json!({ "input": { "password": "wrong horse battery" } })).await;
        assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS input.password"]);
        assert_eq!(client.run(REQUEST, json!({ "input": { "password": PASSWORD } })).await.user_errors(), [""; 0]);
        assert_eq!(mails(app, "erasure").await, 1);
        let token = link(app, TokenPurpose::Erasure).await;

        let reply = app.anonymous().run(CONFIRM, json!({ "input": { "token": token } })).await;

        assert_eq!(reply.at("/customerErasureConfirm/isErased"), true);
        assert_forgotten(app).await;
        forget_attempts(app).await;
        assert_eq!(sign_in(app, EMAIL, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input"]);
        let again = app.anonymous().run(CONFIRM, json!({ "input": { "token": token } })).await;
        assert_eq!(again.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        assert!(fixture::history(app, &id).await.last().unwrap().ends_with("customer.erased"));
        verified(app, EMAIL).await;
    })
    .await;
}

#[tokio::test]
async fn staff_erase_a_customer_and_what_was_told_of_changes() {
    on_both(async |app| {
        let staff = app.staff(&[Permission::CustomerRead, Permission::CustomerWrite]).await;
        let client = known(app).await;
        let id = id(&client).await;
        let update = "mutation($id: ID!) { customerUpdate(id: $id, input: { lastName: \"Lovelace-King\" }) {
            userErrors { code message } } }";
        staff.run(update, json!({ "id": id })).await.data();
        let told = "SELECT CAST(changes AS text) FROM audit_entry WHERE action = 'customer.updated'";
        assert!(sql::texts(app.app.db(), told).await.concat().contains("Lovelace-King"));

        let reply = staff.run(ERASE, json!({ "id": id })).await;

        let customer = reply.at("/customerErase/customer");
        assert_eq!((&customer["status"], &customer["email"]), (&json!("ERASED"), &Value::Null));
        assert_forgotten(app).await;
        assert_eq!(staff.run(ERASE, json!({ "id": id })).await.user_errors(), ["NOT_FOUND id"]);
        let unknown = fixture::unknown("customer");
        assert_eq!(staff.run(ERASE, json!({ "id": unknown })).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/status"), "ERASED");
    })
    .await;
}
