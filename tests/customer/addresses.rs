//! The addresses that customers keep.

use tradepost::auth::Permission;

use super::*;
use crate::support::on_both;

const CREATE: &str = "mutation($customer: ID, $input: CustomerAddressCreateInput!) {
    customerAddressCreate(customer: $customer, input: $input) {
        customer { addresses { id isDefaultShipping isDefaultBilling address { line1 city formatted } } }
        userErrors { code message field limit } } }";
const UPDATE: &str = "mutation($id: ID!, $input: CustomerAddressUpdateInput!) {
    customerAddressUpdate(id: $id, input: $input) {
        customer { addresses { id isDefaultShipping isDefaultBilling address { line1 company vatId } } }
        userErrors { code message field limit } } }";
const DELETE: &str = "mutation($id: ID!) { customerAddressDelete(id: $id) {
    customer { addresses { id isDefaultShipping isDefaultBilling } } userErrors { code message field } } }";

fn berlin(change: Value) -> Value {
    let mut address = json!({ "country": "DE", "firstName": "Ada", "lastName": "Lovelace",
        "line1": "Torstr. 1", "postalCode": "10119", "city": "Berlin" });
    for (key, value) in change.as_object().unwrap() {
        address[key] = value.clone();
    }
    address
}

async fn create(client: &Client, input: Value) -> Reply {
    client.run(CREATE, json!({ "input": input })).await
}

/// The addresses of an answer, each as its street with the marks of what it is the default for.
fn marks(reply: &Reply, mutation: &str) -> Vec<String> {
    let addresses = reply.at(&format!("/{mutation}/customer/addresses")).as_array().unwrap();
    let mark = |address: &Value| {
        let shipping = if address["isDefaultShipping"] == true { "S" } else { "-" };
        let billing = if address["isDefaultBilling"] == true { "B" } else { "-" };
        format!("{shipping}{billing}")
    };
    addresses.iter().map(mark).collect()
}

#[tokio::test]
async fn the_first_address_is_the_default_one_until_another_is_chosen() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        let first = create(&client, json!({ "address": berlin(json!({})) })).await;
        assert_eq!(marks(&first, "customerAddressCreate"), ["SB"]);

        let second = create(&client, json!({ "address": berlin(json!({ "line1": "Torstr. 2" })) })).await;
        assert_eq!(marks(&second, "customerAddressCreate"), ["SB", "--"]);
        let third = create(&client, json!({ "address": berlin(json!({})), "isDefaultBilling": true })).await;
        assert_eq!(marks(&third, "customerAddressCreate"), ["S-", "--", "-B"]);

        let query = "{ viewer { customer { defaultShippingAddress { address { line1 formatted } }
            defaultBillingAddress { id } } } }";
        let reply = client.query(query).await;
        assert_eq!(reply.text("/viewer/customer/defaultShippingAddress/address/line1"), "Torstr. 1");
        let label = json!(["Ada Lovelace", "Torstr. 1", "10119 BERLIN", "GERMANY"]);
        assert_eq!(reply.at("/viewer/customer/defaultShippingAddress/address/formatted"), &label);
    })
    .await;
}

#[tokio::test]
async fn an_address_keeps_to_the_rules_of_its_country() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;

        let reply = create(
            &client,
            json!({ "address": { "country": "US", "lastName": "Hopper", "line1": "1 Main St",
            "postalCode": "ABC", "region": "Nowhere", "vatId": "?" } }),
        )
        .await;

        let errors = reply.user_errors();
        for expected in
            ["INVALID input.address.postalCode", "INVALID input.address.region", "REQUIRED input.address.city"]
        {
            assert!(errors.contains(&expected.to_owned()), "{expected} {errors:?}");
        }
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM address").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_changed_as_a_whole_and_defaults_move() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        create(&client, json!({ "address": berlin(json!({})) })).await.data();
        let reply = create(&client, json!({ "address": berlin(json!({})) })).await;
        let second = reply.text("/customerAddressCreate/customer/addresses/1/id");
        let firm = berlin(json!({ "company": "Engines Ltd", "vatId": "DE 136 695 976" }));

        let input = json!({ "address": firm, "isDefaultShipping": true });
        let reply = client.run(UPDATE, json!({ "id": second, "input": input })).await;

        assert_eq!(marks(&reply, "customerAddressUpdate"), ["-B", "S-"]);
        let address = reply.at("/customerAddressUpdate/customer/addresses/1/address");
        assert_eq!((&address["company"], &address["vatId"]), (&json!("Engines Ltd"), &json!("DE136695976")));
        let none = json!({ "id": second, "input": { "isDefaultShipping": false } });
        assert_eq!(client.run(UPDATE, none).await.user_errors(), ["INVALID input.isDefaultShipping"]);
    })
    .await;
}

#[tokio::test]
async fn when_the_default_one_goes_the_oldest_takes_its_place() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        let mut ids = Vec::new();
        for index in 0..3 {
            let reply = create(&client, json!({ "address": berlin(json!({})) })).await;
            ids.push(reply.text(&format!("/customerAddressCreate/customer/addresses/{index}/id")));
        }

        let reply = client.run(DELETE, json!({ "id": ids[0] })).await;
        assert_eq!(marks(&reply, "customerAddressDelete"), ["SB", "--"]);
        client.run(DELETE, json!({ "id": ids[1] })).await.data();
        let last = client.run(DELETE, json!({ "id": ids[2] })).await;
        assert_eq!(marks(&last, "customerAddressDelete"), [""; 0]);
        assert_eq!(client.run(DELETE, json!({ "id": ids[2] })).await.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn addresses_of_somebody_else_are_not_there_but_for_staff_who_may() {
    on_both(async |app| {
        let ada = customer(app, EMAIL).await;
        let grace = customer(app, "grace@example.com").await;
        let reply = create(&ada, json!({ "address": berlin(json!({})) })).await;
        let (hers, adas) = (reply.text("/customerAddressCreate/customer/addresses/0/id"), id(&ada).await);

        let update = json!({ "id": hers, "input": { "isDefaultShipping": true } });
        let reader = app.staff(&[Permission::CustomerRead]).await;
        for client in [&grace, &reader] {
            assert_eq!(client.run(UPDATE, update.clone()).await.user_errors(), ["NOT_FOUND id"]);
            assert_eq!(client.run(DELETE, json!({ "id": hers })).await.user_errors(), ["NOT_FOUND id"]);
            let create = json!({ "customer": adas, "input": { "address": berlin(json!({})) } });
            assert_eq!(client.run(CREATE, create).await.user_errors(), ["NOT_FOUND customer"]);
        }
        assert_eq!(app.anonymous().run(DELETE, json!({ "id": hers })).await.code(), Some("UNAUTHENTICATED"));
        let nobody = create(&reader, json!({ "address": berlin(json!({})) })).await;
        assert_eq!(nobody.user_errors(), ["REQUIRED customer"]);

        let writer = app.staff(&[Permission::CustomerRead, Permission::CustomerWrite]).await;
        let input = json!({ "customer": adas, "input": { "address": berlin(json!({})) } });
        let reply = writer.run(CREATE, input).await;
        assert_eq!(marks(&reply, "customerAddressCreate"), ["SB", "--"]);
        assert_eq!(writer.run(DELETE, json!({ "id": hers })).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn there_is_a_limit() {
    let app = TestApp::on_sqlite().await;
    let client = customer(&app, EMAIL).await;
    for _ in 0..50 {
        create(&client, json!({ "address": berlin(json!({})) })).await.data();
    }

    let reply = create(&client, json!({ "address": berlin(json!({})) })).await;

    assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
    assert_eq!(reply.at("/customerAddressCreate/userErrors/0/limit"), 50);
}
