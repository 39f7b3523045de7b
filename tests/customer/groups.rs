//! Groups of customers.

use tradepost::auth::Permission;

use super::*;
use crate::support::{fixture, on_both};

async fn staff(app: &TestApp) -> Client {
    app.staff(&[Permission::CustomerRead, Permission::CustomerWrite]).await
}

async fn create(staff: &Client, input: Value) -> Reply {
    let operation = "mutation($input: CustomerGroupCreateInput!) { customerGroupCreate(input: $input) {
        customerGroup { id name version } userErrors { code message field limit } } }";
    staff.run(operation, json!({ "input": input })).await
}

async fn update(staff: &Client, id: &str, input: Value) -> Reply {
    let operation =
        "mutation($id: ID!, $input: CustomerGroupUpdateInput!) { customerGroupUpdate(id: $id, input: $input) {
        customerGroup { name externalId version } userErrors { code message field limit } } }";
    staff.run(operation, json!({ "id": id, "input": input })).await
}

async fn members(staff: &Client, verb: &str, id: &str, customers: &[String]) -> Reply {
    let operation = format!(
        "mutation($id: ID!, $customers: [ID!]!) {{ customerGroupCustomers{verb}(id: $id, customers: $customers) {{
            customerGroup {{ customerCount }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "customers": customers })).await
}

async fn customer_of(staff: &Client, email: &str) -> String {
    let operation = "mutation($email: String!) { customerCreate(input: { email: $email }) {
        customer { id } userErrors { code message } } }";
    staff.run(operation, json!({ "email": email })).await.text("/customerCreate/customer/id")
}

#[tokio::test]
async fn a_group_is_created_changed_and_deleted() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = create(&staff, json!({ "name": "Wholesale" })).await.text("/customerGroupCreate/customerGroup/id");
        assert_eq!(create(&staff, json!({ "name": "WHOLESALE" })).await.user_errors(), ["TAKEN input.name"]);
        assert_eq!(create(&staff, json!({ "name": " " })).await.user_errors(), ["REQUIRED input.name"]);

        let reply = update(&staff, &id, json!({ "name": "Trade", "externalId": "g1", "expectedVersion": 1 })).await;
        assert_eq!(reply.at("/customerGroupUpdate/customerGroup/version"), 2);
        let late = update(&staff, &id, json!({ "name": "X", "expectedVersion": 1 })).await;
        assert_eq!(late.user_errors(), ["CONFLICT input.expectedVersion"]);
        let unknown = fixture::unknown("group");
        assert_eq!(update(&staff, &unknown, json!({})).await.user_errors(), ["NOT_FOUND id"]);

        let delete = "mutation($id: ID!) { customerGroupDelete(id: $id) {
            customerGroup { id } userErrors { code message field } } }";
        assert_eq!(staff.run(delete, json!({ "id": id })).await.at("/customerGroupDelete/customerGroup"), &Value::Null);
        assert_eq!(staff.run(delete, json!({ "id": id })).await.user_errors(), ["NOT_FOUND id"]);
        let expected = ["1 customer_group.created", "2 customer_group.updated", "3 customer_group.deleted"];
        assert_eq!(fixture::history(app, &id).await, expected);
    })
    .await;
}

#[tokio::test]
async fn customers_are_put_in_and_taken_out() {
    on_both(async |app| {
        let staff = staff(app).await;
        let group = create(&staff, json!({ "name": "Trade" })).await.text("/customerGroupCreate/customerGroup/id");
        let customers = [customer_of(&staff, "a@example.com").await, customer_of(&staff, "b@example.com").await];

        let reply = members(&staff, "Add", &group, &customers).await;
        assert_eq!(reply.at("/customerGroupCustomersAdd/customerGroup/customerCount"), 2);
        members(&staff, "Add", &group, &customers[..1]).await.data();
        let listed =
            format!("{{ customers(filter: {{ group: \"{group}\" }}) {{ totalCount nodes {{ groups {{ name }} }} }} }}");
        let reply = staff.query(&listed).await;
        assert_eq!(reply.at("/customers/totalCount"), 2);
        assert_eq!(reply.at("/customers/nodes/0/groups/0/name"), "Trade");

        let reply = members(&staff, "Remove", &group, &customers[..1]).await;
        assert_eq!(reply.at("/customerGroupCustomersRemove/customerGroup/customerCount"), 1);
        let wrong = members(&staff, "Add", &group, &[customers[0].clone(), fixture::unknown("customer")]).await;
        assert_eq!(wrong.user_errors(), ["NOT_FOUND customers.1"]);
        let many = vec![customers[0].clone(); 101];
        assert_eq!(members(&staff, "Add", &group, &many).await.user_errors(), ["TOO_LONG customers"]);
        let changes = "SELECT COUNT(*) FROM event WHERE type = 'customer.groups_changed'";
        assert_eq!(sql::number(app.app.db(), changes).await, 2, "what changed nothing is no change");
    })
    .await;
}

#[tokio::test]
async fn groups_are_for_staff_alone() {
    on_both(async |app| {
        let staff = staff(app).await;
        let group = create(&staff, json!({ "name": "Trade" })).await.text("/customerGroupCreate/customerGroup/id");
        let node = "query($id: ID!) { node(id: $id) { id } }";

        assert_eq!(staff.run(node, json!({ "id": group })).await.text("/node/id"), group);
        assert_eq!(app.anonymous().run(node, json!({ "id": group })).await.at("/node"), &Value::Null);
        let client = customer(app, EMAIL).await;
        assert_eq!(client.run(node, json!({ "id": group })).await.at("/node"), &Value::Null);
        assert_eq!(client.query("{ customerGroups { name } }").await.code(), Some("FORBIDDEN"));
    })
    .await;
}
