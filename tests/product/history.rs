//! What happened to a product, as staff read it.

use serde_json::{Value, json};
use tradepost::auth::{Actor, Permission};
use tradepost::transfer::{ImportOptions, Summary};

use crate::support::statements::counted;
use crate::support::{Client, TestApp, fixture, on_both};

async fn import(app: &TestApp, file: &'static str) -> Summary {
    let options = ImportOptions::default();
    app.app.imports.import_shopify(&Actor::System, file.as_bytes(), &options, |_| {}).await.unwrap()
}

/// Fields of a page of a product's history.
async fn page(client: &Client, id: &str, arguments: &str, fields: &str) -> Value {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let history = format!("history{arguments} {{ {fields} }}");
    fixture::read(client, id, &history).await["history"].clone()
}

/// The numbers of the events on a page.
fn numbers(page: &Value) -> Vec<i64> {
    page["nodes"].as_array().unwrap().iter().map(|event| event["sequence"].as_i64().unwrap()).collect()
}

/// What the latest event tells, as `type name=text …`.
async fn latest(client: &Client, id: &str) -> String {
    let page = page(client, id, "first: 1", "nodes { type details { key value } }").await;
    let event = &page["nodes"][0];
    let entries = event["details"].as_array().unwrap().iter();
    let entries =
        entries.map(|entry| format!(" {}={}", entry["key"].as_str().unwrap(), entry["value"].as_str().unwrap()));
    format!("{}{}", event["type"].as_str().unwrap(), entries.collect::<String>())
}

/// A product with so many updates after its creation.
async fn updated(owner: &Client, times: usize) -> String {
    let id = fixture::product(owner, json!({ "slug": format!("updated-{times}") })).await;
    for n in 0..times {
        fixture::update(owner, "productUpdate", &id, json!({ "name": format!("Name {n}") })).await.data();
    }
    id
}

#[tokio::test]
async fn the_history_tells_what_happened_when_and_by_whom_newest_first() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = updated(&owner, 1).await;
        let staff = app.staff(&[Permission::ProductRead]).await;

        let fields = "totalCount nodes { id type sequence createdAt actor { kind staffName } details { key value } }";
        let page = page(&staff, &id, "", fields).await;

        assert_eq!(page["totalCount"], 2);
        let actor = json!({ "kind": "STAFF", "staffName": "Staff" });
        let [update, creation] = [&page["nodes"][0], &page["nodes"][1]];
        assert_eq!((&update["type"], &update["sequence"]), (&json!("product.updated"), &json!(2)));
        assert_eq!((&update["actor"], &update["details"]), (&actor, &json!([{ "key": "fields", "value": "name" }])));
        assert_eq!((&creation["type"], &creation["sequence"]), (&json!("product.created"), &json!(1)));
        assert_eq!((&creation["actor"], &creation["details"]), (&actor, &json!([])));
        assert!(update["createdAt"].as_str() > creation["createdAt"].as_str());
        assert!(update["id"].as_str().unwrap().starts_with("event_"));
    })
    .await;
}

#[tokio::test]
async fn what_no_staff_user_did_has_no_name() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file = "Handle,Title,Variant Price\nscarf,Scarf,10.00\n";
        assert_eq!(import(app, file).await.created, 1);

        let query = "{ productBySlug(slug: \"scarf\") { history { nodes { type actor { kind staffName } } } } }";
        let reply = owner.query(query).await;

        let event = json!({ "type": "product.created", "actor": { "kind": "SYSTEM", "staffName": null } });
        assert_eq!(reply.at("/productBySlug/history/nodes"), &json!([event]));
    })
    .await;
}

#[tokio::test]
async fn an_update_tells_which_fields_it_changed() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "name": "Wool Scarf", "vendor": "Weaver" })).await;
        let variant = fixture::variant(&owner, &id).await;
        let cases = [
            (json!({ "name": "Cap", "slug": "cap", "vendor": "Weaver" }), "name, slug"),
            (json!({ "type": "Hat", "tags": ["a"], "seo": { "title": "T" } }), "type, tags, seo"),
            (json!({ "images": [{ "url": "/a" }], "externalId": "x" }), "images, externalId"),
            (json!({ "description": "D", "vendor": null }), "description, vendor"),
            (json!({ "metadata": [{ "key": "k", "value": "1" }], "privateMetadata": [{ "key": "k", "value": "1" }] }),
             "metadata, privateMetadata"),
        ];

        for (input, fields) in cases {
            assert!(fixture::update(&owner, "productUpdate", &id, input).await.user_errors().is_empty());

            assert_eq!(latest(&owner, &id).await, format!("product.updated fields={fields}"));
        }
        let input = json!({ "sku": "S", "barcode": "1", "weight": { "grams": 5 }, "isTaxable": false, "imageUrl": "/a" });
        assert!(fixture::update(&owner, "productVariantUpdate", &variant, input).await.user_errors().is_empty());
        let told = format!("variant.updated fields=sku, barcode, weight, isTaxable, images variant={variant}");
        assert_eq!(latest(&owner, &id).await, told);
    })
    .await;
}

#[tokio::test]
async fn other_changes_tell_what_they_know() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "status": "DRAFT" })).await;
        let variant = fixture::variant(&owner, &id).await;

        fixture::change(&owner, "productPublish", &id).await.data();
        assert_eq!(latest(&owner, &id).await, "product.status_changed from=DRAFT to=ACTIVE");

        let price = json!({ "price": "12.50" });
        fixture::update(&owner, "productVariantPriceSet", &variant, price).await.data();
        let told = latest(&owner, &id).await;
        assert!(told.starts_with("variant.price_changed channel=channel_"), "{told}");
        assert!(told.ends_with(&format!(" priceMinor=1250 variant={variant}")), "{told}");
    })
    .await;
}

#[tokio::test]
async fn an_import_tells_which_fields_it_changed() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "scarf", "name": "Scarf" })).await;
        let file = "Handle,Title,Variant Price\nscarf,Wool Scarf,11.00\n";

        assert_eq!(import(app, file).await.updated, 1);

        assert_eq!(latest(&owner, &id).await, "product.updated fields=name, variants");
    })
    .await;
}

#[tokio::test]
async fn pages_meet_in_both_directions() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = updated(&owner, 4).await;
        let fields = "nodes { sequence } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

        let first = page(&owner, &id, "first: 2", fields).await;
        let after = format!("first: 2, after: {}", first["pageInfo"]["endCursor"]);
        let second = page(&owner, &id, &after, fields).await;
        let after = format!("first: 2, after: {}", second["pageInfo"]["endCursor"]);
        let third = page(&owner, &id, &after, fields).await;
        let before = format!("last: 3, before: {}", third["pageInfo"]["startCursor"]);
        let back = page(&owner, &id, &before, fields).await;
        let last = page(&owner, &id, "last: 2", fields).await;

        assert_eq!([numbers(&first), numbers(&second), numbers(&third)].concat(), [5, 4, 3, 2, 1]);
        assert_eq!(numbers(&back), [4, 3, 2]);
        assert_eq!(numbers(&last), [2, 1]);
        let has_next = [&first, &second, &third, &back].map(|page| page["pageInfo"]["hasNextPage"] == true);
        assert_eq!(has_next, [true, true, false, true]);
        assert_eq!(
            (&back["pageInfo"]["hasPreviousPage"], &first["pageInfo"]["hasPreviousPage"]),
            (&json!(true), &json!(false))
        );
    })
    .await;
}

#[tokio::test]
async fn arguments_that_make_no_page_are_bad_input() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = updated(&owner, 0).await;
        let cursors = "{ products { edges { cursor } } }";
        let foreign = owner.query(cursors).await.text("/products/edges/0/cursor");

        for arguments in
            ["first: 0", "first: 101", "first: 1, last: 1", "after: \"x\"", &format!("after: \"{foreign}\"")]
        {
            let query = format!("{{ product(id: \"{id}\") {{ name history({arguments}) {{ totalCount }} }} }}");
            let reply = owner.query(&query).await;

            assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{arguments}");
            assert_eq!(reply.json.pointer("/data/product/name"), Some(&json!("Linen Shirt")), "its siblings are there");
        }
    })
    .await;
}

#[tokio::test]
async fn the_history_of_a_page_of_products_costs_the_same_at_2_and_at_8() {
    on_both(async |app| {
        let owner = app.owner().await;
        for n in 0..8 {
            updated(&owner, n).await;
        }
        let query = "query($first: Int) { products(first: $first) { nodes {
            history(first: 3) { totalCount nodes { type actor { staffName } } } } } }";

        let mut costs = Vec::new();
        for first in [2, 8] {
            let (reply, statements) = counted(&owner, query, json!({ "first": first })).await;
            let nodes = reply.at("/products/nodes").as_array().unwrap();
            assert_eq!(nodes.len(), first);
            assert_eq!(nodes[0]["history"]["totalCount"], 8);
            assert_eq!(nodes[0]["history"]["nodes"].as_array().map(Vec::len), Some(3));
            costs.push(statements);
        }

        // The session, the products, their events, how many these are, and the names.
        assert_eq!(costs, [5; 2]);
    })
    .await;
}
