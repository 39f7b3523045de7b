//! What staff see and change of customers.

use tradepost::auth::Permission;

use super::*;
use crate::support::on_both;

const CREATE: &str = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) {
    customer { id status email note externalId groups { name } metadata { key value } privateMetadata { key } version }
    userErrors { code message field limit } } }";
const UPDATE: &str = "mutation($id: ID!, $input: CustomerUpdateInput!) { customerUpdate(id: $id, input: $input) {
    customer { id email firstName status note version } userErrors { code message field limit } } }";

async fn staff(app: &TestApp) -> Client {
    app.staff(&[Permission::CustomerRead, Permission::CustomerWrite]).await
}

async fn create(staff: &Client, input: Value) -> Reply {
    staff.run(CREATE, json!({ "input": input })).await
}

async fn update(staff: &Client, id: &str, input: Value) -> Reply {
    staff.run(UPDATE, json!({ "id": id, "input": input })).await
}

#[tokio::test]
async fn staff_enter_customers_with_all_that_is_known_of_them() {
    on_both(async |app| {
        let staff = staff(app).await;
        let entry = json!([{ "key": "size", "value": "M" }]);

        let reply = create(
            &staff,
            json!({ "email": EMAIL, "firstName": "Ada", "note": "Calls on Mondays.",
            "externalId": "crm-1", "metadata": entry, "privateMetadata": entry }),
        )
        .await;

        assert_eq!(reply.user_errors(), [""; 0]);
        let customer = reply.at("/customerCreate/customer");
        assert_eq!((&customer["status"], &customer["note"]), (&json!("UNVERIFIED"), &json!("Calls on Mondays.")));
        assert_eq!(customer["metadata"][0]["value"], "M");
        let taken = create(&staff, json!({ "email": EMAIL.to_lowercase() })).await;
        assert_eq!(taken.user_errors(), ["TAKEN input.email"]);
        let taken = create(&staff, json!({ "email": "other@example.com", "externalId": "crm-1" })).await;
        assert_eq!(taken.user_errors(), ["TAKEN input.externalId"]);
        let wrong = create(&staff, json!({ "email": "nobody", "note": "x".repeat(5_001) })).await;
        assert_eq!(wrong.user_errors(), ["TOO_LONG input.note", "INVALID input.email"]);
        let group = crate::support::fixture::unknown("group");
        let wrong = create(&staff, json!({ "email": "other@example.com", "groups": [group] })).await;
        assert_eq!(wrong.user_errors(), ["NOT_FOUND input.groups.0"]);
    })
    .await;
}

#[tokio::test]
async fn staff_free_customers_from_tax_and_nobody_else_does() {
    on_both(async |app| {
        let staff = staff(app).await;
        let exempt = async |client: &Client, id: &str| {
            let read = "query($id: ID!) { node(id: $id) { ... on Customer { isTaxExempt } } }";
            client.run(read, json!({ "id": id })).await.at("/node/isTaxExempt") == &json!(true)
        };
        let freed = json!({ "email": "other@example.com", "isTaxExempt": true });
        let freed = create(&staff, freed).await.text("/customerCreate/customer/id");
        assert!(exempt(&staff, &freed).await);
        let client = customer(app, EMAIL).await;
        let id = id(&client).await;
        assert!(!exempt(&staff, &id).await);

        assert_eq!(update(&staff, &id, json!({ "isTaxExempt": true })).await.user_errors(), [""; 0]);

        assert!(exempt(&client, &id).await, "they see it themselves");
        let cleared = update(&staff, &id, json!({ "isTaxExempt": null })).await;
        assert_eq!(cleared.user_errors(), ["REQUIRED input.isTaxExempt"]);
        for (mutation, input) in
            [("customerProfileUpdate", "{}"), ("customerRegister", "{ email: \"a@b.example\", password: \"x\" }")]
        {
            let input = input.replacen('{', "{ isTaxExempt: true ", 1);
            let own = format!("mutation {{ {mutation}(input: {input}) {{ userErrors {{ code }} }} }}");
            assert_eq!(client.query(&own).await.status, http::StatusCode::BAD_REQUEST, "{mutation}");
        }
        assert_eq!(update(&staff, &id, json!({ "isTaxExempt": false })).await.user_errors(), [""; 0]);
        assert!(!exempt(&staff, &id).await);
    })
    .await;
}

#[tokio::test]
async fn staff_change_what_they_have_read() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = create(&staff, json!({ "email": EMAIL })).await.text("/customerCreate/customer/id");

        let reply =
            update(&staff, &id, json!({ "firstName": "Ada", "note": "Likes engines.", "expectedVersion": 1 })).await;
        assert_eq!(reply.at("/customerUpdate/customer/version"), 2);
        let late = update(&staff, &id, json!({ "note": null, "expectedVersion": 1 })).await;
        assert_eq!(late.user_errors(), ["CONFLICT input.expectedVersion"]);
        let wrong = update(&staff, &id, json!({ "isActive": null, "acceptsMarketing": null })).await;
        assert_eq!(wrong.user_errors(), ["REQUIRED input.acceptsMarketing", "REQUIRED input.isActive"]);
        let unknown = crate::support::fixture::unknown("customer");
        assert_eq!(update(&staff, &unknown, json!({})).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(update(&staff, &id, json!({ "note": null })).await.text("/customerUpdate/customer/note"), "");
    })
    .await;
}

#[tokio::test]
async fn another_address_is_in_force_once_it_is_proved() {
    on_both(async |app| {
        let staff = staff(app).await;
        let client = customer(app, EMAIL).await;
        verified(app, "grace@example.com").await;
        let id = id(&client).await;
        let taken = update(&staff, &id, json!({ "email": "grace@example.com" })).await;
        assert_eq!(taken.user_errors(), ["TAKEN input.email"]);

        let reply = update(&staff, &id, json!({ "email": "new@example.com" })).await;

        assert_eq!(reply.text("/customerUpdate/customer/email"), EMAIL);
        let confirm = "mutation($t: String!) { emailChange(input: { token: $t }) {
            isChanged userErrors { code message field } } }";
        let token = link(app, TokenPurpose::EmailChange).await;
        app.anonymous().run(confirm, json!({ "t": token })).await.data();
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/email"), "new@example.com");
    })
    .await;
}

#[tokio::test]
async fn who_is_shut_out_loses_all_sessions_and_links() {
    on_both(async |app| {
        let staff = staff(app).await;
        let client = customer(app, EMAIL).await;
        let id = id(&client).await;

        let reply = update(&staff, &id, json!({ "isActive": false })).await;

        assert_eq!(reply.text("/customerUpdate/customer/status"), "DISABLED");
        assert_eq!(sign_in(app, EMAIL, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input"]);
        let live = "SELECT COUNT(*) FROM session WHERE revoked_at IS NULL AND customer_id IS NOT NULL";
        assert_eq!(sql::number(app.app.db(), live).await, 0);
        update(&staff, &id, json!({ "isActive": true })).await.data();
        signed_in(app, EMAIL).await;
    })
    .await;
}

#[tokio::test]
async fn customers_are_found_by_name_address_and_how_they_stand() {
    on_both(async |app| {
        let staff = staff(app).await;
        for (email, first, last) in [
            ("ada@example.com", "Ada", "Lovelace"),
            ("grace@example.com", "Grace", "Hopper"),
            ("mary@example.org", "Mary", "Ådams"),
        ] {
            create(&staff, json!({ "email": email, "firstName": first, "lastName": last })).await.data();
        }
        verified(app, "zoe@example.com").await;
        let find = async |arguments: &str| {
            let query = format!("{{ customers({arguments}) {{ nodes {{ email }} totalCount }} }}");
            let reply = staff.query(&query).await;
            let nodes = reply.at("/customers/nodes").as_array().unwrap().clone();
            assert_eq!(reply.at("/customers/totalCount"), nodes.len());
            nodes.iter().map(|node| node["email"].as_str().unwrap()[..3].to_owned()).collect::<Vec<_>>()
        };

        assert_eq!(find("first: 10").await, ["zoe", "mar", "gra", "ada"]);
        assert_eq!(find("sort: { field: NAME }").await, ["zoe", "mar", "gra", "ada"]);
        assert_eq!(find("sort: { field: NAME, direction: DESC }").await, ["ada", "gra", "mar", "zoe"]);
        assert_eq!(find("query: \"GRA\"").await, ["gra"]);
        assert_eq!(find("query: \"adams\"").await, ["mar"]);
        assert_eq!(find("query: \"mary adams\"").await, ["mar"]);
        assert_eq!(find("query: \"hop\"").await, ["gra"]);
        assert_eq!(find("filter: { status: ACTIVE }").await, ["zoe"]);
        assert_eq!(find("filter: { status: UNVERIFIED }, query: \"ada\"").await, ["mar", "ada"]);
        assert_eq!(find("filter: { acceptsMarketing: true }").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_whichever_way() {
    on_both(async |app| {
        let staff = staff(app).await;
        for index in 0..5 {
            create(&staff, json!({ "email": format!("c{index}@example.com"), "lastName": "Same" })).await.data();
        }

        for sort in ["", "sort: { field: NAME }, ", "sort: { field: NAME, direction: DESC }, "] {
            let all = staff.query(&format!("{{ customers({sort}first: 10) {{ nodes {{ email }} }} }}")).await;
            let all: Vec<_> = all.at("/customers/nodes").as_array().unwrap().clone();
            let mut seen = Vec::new();
            let mut after = String::new();
            loop {
                let query = format!(
                    "{{ customers({sort}first: 2{after}) {{ nodes {{ email }}
                    pageInfo {{ hasNextPage endCursor }} }} }}"
                );
                let page = staff.query(&query).await;
                seen.extend(page.at("/customers/nodes").as_array().unwrap().clone());
                if page.at("/customers/pageInfo/hasNextPage") == false {
                    break;
                }
                after = format!(", after: \"{}\"", page.text("/customers/pageInfo/endCursor"));
            }
            assert_eq!(seen, all, "{sort}");
            let back = staff.query(&format!("{{ customers({sort}last: 2) {{ nodes {{ email }} }} }}")).await;
            assert_eq!(back.at("/customers/nodes").as_array().unwrap()[..], all[3..], "{sort}");
        }
    })
    .await;
}

/// Who may write and not read is told what went wrong, and shown nobody.
#[tokio::test]
async fn the_right_to_write_does_not_show_customers() {
    on_both(async |app| {
        let writer = app.staff(&[Permission::CustomerWrite]).await;

        let reply = create(&writer, json!({ "email": EMAIL })).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(reply.at("/customerCreate/customer"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_list_costs_the_same_however_many_there_are() {
    on_both(async |app| {
        let staff = staff(app).await;
        let query = "{ customers(first: 50) { nodes { email addresses { id } groups { name customerCount }
            channel { slug } } } }";
        let mut counts = Vec::new();
        for index in 0..12 {
            create(&staff, json!({ "email": format!("c{index}@example.com") })).await.data();
            if index == 1 || index == 11 {
                counts.push(crate::support::statements::counted(&staff, query, json!({})).await.1);
            }
        }

        assert_eq!(counts[0], counts[1]);
    })
    .await;
}
