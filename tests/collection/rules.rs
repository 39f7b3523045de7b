//! Collections whose members are found by rules.

use std::slice::from_ref;
use std::time::{Duration, Instant};

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tradepost::auth::Permission;
use tradepost::entity::attribute_type::AttributeType;
use tradepost::entity::attribute_value;
use tradepost::id::{AttributeId, ProductId};

use crate::support::statements::counted;
use crate::support::{Client, TestApp, fixture, on_both};

/// Waits until the rules of a collection are applied to all products.
pub async fn settled(client: &Client, id: &str) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while fixture::read(client, id, "isEvaluating").await["isEvaluating"] == true {
        assert!(Instant::now() < deadline, "the rules of {id} are not applied in time");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Creates an active collection with these conditions and waits until they are applied.
pub async fn found_by(owner: &Client, name: &str, r#match: &str, conditions: Value) -> String {
    let rules = json!({ "match": r#match, "conditions": conditions });
    let id = fixture::collection(owner, json!({ "name": name, "rules": rules })).await;
    settled(owner, &id).await;
    id
}

/// The names of a collection's members, in their order.
pub async fn names(client: &Client, id: &str) -> Vec<String> {
    let read = fixture::read(client, id, "products(first: 100) { nodes { name } }").await;
    let nodes = read["products"]["nodes"].as_array().unwrap().iter();
    nodes.map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

async fn update(owner: &Client, id: &str, input: Value) {
    let reply = fixture::update(owner, "productUpdate", id, input).await;
    assert!(reply.user_errors().is_empty(), "{}", reply.json);
}

/// Gives a product a value of an attribute, straight in the database.
async fn give(app: &TestApp, product: &str, attribute: AttributeId, key: &str, number_micro: Option<i64>) {
    let product: ProductId = product.parse().unwrap();
    let row = attribute_value::Model {
        owner_id: product.uuid(),
        attribute_id: attribute,
        position: 0,
        product_id: product,
        variant_id: None,
        value_key: key.to_owned(),
        label: key.to_owned(),
        number_micro,
        choice_id: None,
    };
    let tx = app.app.db().begin().await.unwrap();
    let row = tradepost::db::all_set::<attribute_value::Entity, _>(row);
    attribute_value::Entity::insert(row).exec_without_returning(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// A cap for 12.00 which is there, a scarf for 30.00 which is sold out, and a voucher without a price.
pub async fn three(owner: &Client) -> [String; 3] {
    let cap = json!({ "name": "Linen Cap", "type": "Hat", "vendor": "North", "tags": ["Summer"],
        "variants": [{ "price": "12.00", "stock": 5 }] });
    let scarf = json!({ "name": "Crème Scarf", "type": "Scarf", "vendor": "South", "tags": ["Winter", "Sale"],
        "variants": [{ "price": "30.00", "stock": 0 }, ] });
    let voucher = json!({ "name": "Voucher", "variants": [{}] });
    [fixture::product(owner, cap).await, fixture::product(owner, scarf).await, fixture::product(owner, voucher).await]
}

#[tokio::test]
async fn each_condition_finds_its_products() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [cap, scarf, _] = three(&owner).await;
        let (material, length) = (
            fixture::attribute(app, "material", AttributeType::Text).await,
            fixture::attribute(app, "length", AttributeType::Number).await,
        );
        give(app, &cap, material, "linen", None).await;
        give(app, &scarf, length, "1.5", Some(1_500_000)).await;
        let text = |any_of: &[&str]| json!({ "attribute": "material", "anyOf": any_of });
        let number = |from: &str| json!({ "attribute": "length", "from": from });
        let (cap, scarf, voucher) = ("Linen Cap", "Crème Scarf", "Voucher");
        let cases = [
            (json!({ "type": ["hat", "Shoe"] }), vec![cap]),
            (json!({ "vendor": ["SOUTH"] }), vec![scarf]),
            (json!({ "tag": ["sale", "summer"] }), vec![scarf, cap]),
            (json!({ "nameBeginsWith": "creme" }), vec![scarf]),
            (json!({ "nameContains": "C" }), vec![scarf, cap, voucher]),
            (json!({ "price": { "from": "12.00", "to": "29.99" } }), vec![cap]),
            (json!({ "price": { "from": "0" } }), vec![scarf, cap]),
            (json!({ "attributeValue": text(&["Linen", "wool"]) }), vec![cap]),
            (json!({ "attributeValue": { "attribute": "length", "anyOf": ["1.50"] } }), vec![scarf]),
            (json!({ "attributeNumber": number("1.5") }), vec![scarf]),
            (json!({ "attributeNumber": number("1.500001") }), vec![]),
            (json!({ "isAvailable": true }), vec![cap]),
            (json!({ "isAvailable": false }), vec![scarf, voucher]),
            (json!({ "createdAt": { "from": "2020-01-01T00:00:00Z" } }), vec![scarf, cap, voucher]),
            (json!({ "createdAt": { "to": "2020-01-01T00:00:00Z" } }), vec![]),
        ];

        for (number, (condition, expected)) in cases.into_iter().enumerate() {
            let id = found_by(&owner, &format!("Collection {number}"), "ALL", json!([condition])).await;

            assert_eq!(names(&owner, &id).await, expected, "{condition}");
        }
    })
    .await;
}

#[tokio::test]
async fn all_conditions_have_to_hold_or_any_of_them() {
    on_both(async |app| {
        let owner = app.owner().await;
        three(&owner).await;
        let conditions = json!([{ "nameContains": "c" }, { "tag": ["Sale"] }, { "type": ["Hat", "Scarf"] }]);

        let all = found_by(&owner, "All", "ALL", conditions.clone()).await;
        let any = found_by(&owner, "Any", "ANY", conditions).await;

        assert_eq!(names(&owner, &all).await, ["Crème Scarf"]);
        assert_eq!(names(&owner, &any).await, ["Crème Scarf", "Linen Cap", "Voucher"], "by name");
    })
    .await;
}

#[tokio::test]
async fn a_product_comes_and_goes_with_each_change_at_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let conditions = [
            json!({ "nameBeginsWith": "Wool" }),
            json!({ "tag": ["Winter"] }),
            json!({ "type": ["Scarf"] }),
            json!({ "vendor": ["North"] }),
        ];
        let mut collections = Vec::new();
        for (number, condition) in conditions.iter().enumerate() {
            collections.push(found_by(&owner, &format!("Collection {number}"), "ALL", json!([condition])).await);
        }
        let product = fixture::product(&owner, json!({ "name": "Scarf" })).await;
        let changes = [
            (json!({ "name": "Wool Scarf" }), json!({ "name": "Scarf" })),
            (json!({ "tags": ["winter"] }), json!({ "tags": [] })),
            (json!({ "type": "Scarf" }), json!({ "type": null })),
            (json!({ "vendor": "north" }), json!({ "vendor": "South" })),
        ];

        for (collection, (comes, goes)) in collections.iter().zip(changes) {
            assert!(names(&app.anonymous(), collection).await.is_empty());
            update(&owner, &product, comes).await;
            assert_eq!(names(&app.anonymous(), collection).await.len(), 1);
            update(&owner, &product, goes).await;
            assert!(names(&app.anonymous(), collection).await.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn prices_and_stock_count_at_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let cheap = found_by(&owner, "Cheap", "ALL", json!([{ "price": { "to": "9.99" } }])).await;
        let there = found_by(&owner, "There", "ALL", json!([{ "isAvailable": true }])).await;
        let product = fixture::product(&owner, json!({})).await;
        let variant = fixture::variant(&owner, &product).await;
        let is_member = async |collection: &str| !names(&owner, collection).await.is_empty();
        assert!(!is_member(&cheap).await);
        assert!(is_member(&there).await, "a new product is found, too");

        fixture::update(&owner, "productVariantPriceSet", &variant, json!({ "price": "9.99" })).await.data();
        fixture::stock(&owner, "stockLevelSet", json!({ "variant": variant, "onHand": 0 })).await.data();

        assert!(is_member(&cheap).await);
        assert!(!is_member(&there).await);
        fixture::stock(&owner, "stockLevelAdjust", json!({ "variant": variant, "change": 1 })).await.data();
        assert!(is_member(&there).await);
        assert_eq!(names(&app.anonymous(), &there).await.len(), 1, "shoppers see it, too");
        fixture::change(&owner, "productVariantArchive", &variant).await.data();
        assert!(!is_member(&cheap).await && !is_member(&there).await, "nothing has a price any more");
    })
    .await;
}

#[tokio::test]
async fn a_product_that_is_deleted_is_no_member_any_more() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = found_by(&owner, "All", "ALL", json!([{ "nameContains": "shirt" }])).await;
        let product = fixture::product(&owner, json!({ "variants": [{ "price": "1" }] })).await;
        assert_eq!(names(&owner, &all).await.len(), 1);

        fixture::change(&owner, "productDelete", &product).await.data();

        assert!(names(&owner, &all).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn staff_read_the_rules_as_they_were_given() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::attribute(app, "material", AttributeType::Text).await;
        fixture::attribute(app, "length", AttributeType::Number).await;
        let conditions = json!([
            { "type": ["Hat"] }, { "price": { "from": "1.50" } },
            { "attributeValue": { "attribute": "material", "anyOf": ["Wool"] } },
            { "attributeNumber": { "attribute": "length", "to": "1.50" } },
            { "isAvailable": false }, { "createdAt": { "from": "2026-03-01T13:30:00+01:00" } }
        ]);
        let id = found_by(&owner, "A", "ANY", conditions).await;

        let fields = "isRuleMade rules { match conditions { type vendor tag nameBeginsWith nameContains
            price { from { amount currency } to { amount } } attributeValue { attribute anyOf }
            attributeNumber { attribute from to } isAvailable createdAt { from to } } }";
        let read = fixture::read(&app.staff(&[Permission::ProductRead]).await, &id, fields).await;

        let only = |field: &str, value: Value| {
            let mut all = json!({ "type": null, "vendor": null, "tag": null, "nameBeginsWith": null,
                "nameContains": null, "price": null, "attributeValue": null, "attributeNumber": null,
                "isAvailable": null, "createdAt": null });
            all[field] = value;
            all
        };
        let expected = json!({ "isRuleMade": true, "rules": { "match": "ANY", "conditions": [
            only("type", json!(["Hat"])),
            only("price", json!({ "from": { "amount": "1.50", "currency": "USD" }, "to": null })),
            only("attributeValue", json!({ "attribute": "material", "anyOf": ["Wool"] })),
            only("attributeNumber", json!({ "attribute": "length", "from": null, "to": "1.5" })),
            only("isAvailable", json!(false)),
            only("createdAt", json!({ "from": "2026-03-01T12:30:00Z", "to": null })),
        ] } });
        assert_eq!(read, expected);
        let shopper = fixture::read(&app.anonymous(), &id, "isRuleMade isEvaluating").await;
        assert_eq!(shopper, json!({ "isRuleMade": true, "isEvaluating": false }));
    })
    .await;
}

#[tokio::test]
async fn without_rules_the_members_stay_by_name_and_can_be_picked() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [_, scarf, voucher] = three(&owner).await;
        let id = found_by(&owner, "With c", "ALL", json!([{ "nameContains": "c" }])).await;

        let reply = fixture::update(&owner, "collectionUpdate", &id, json!({ "rules": null })).await;

        assert!(reply.user_errors().is_empty());
        let expected = json!({ "isRuleMade": false, "rules": null, "isEvaluating": false });
        assert_eq!(fixture::read(&owner, &id, "isRuleMade rules { match } isEvaluating").await, expected);
        assert_eq!(names(&owner, &id).await, ["Crème Scarf", "Linen Cap", "Voucher"]);
        update(&owner, &scarf, json!({ "name": "Zebra" })).await;
        assert_eq!(names(&owner, &id).await, ["Zebra", "Linen Cap", "Voucher"], "nothing is found any more");
        fixture::members(&owner, "collectionProductsRemove", &id, from_ref(&voucher)).await.data();
        fixture::members(&owner, "collectionProductsAdd", &id, &[voucher]).await.data();
        assert_eq!(names(&owner, &id).await, ["Zebra", "Linen Cap", "Voucher"]);
    })
    .await;
}

#[tokio::test]
async fn rules_replace_the_members_that_were_picked() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [cap, scarf, voucher] = three(&owner).await;
        let picked = json!({ "products": [voucher, scarf] });
        let id = fixture::collection(&owner, picked).await;

        let rules = json!({ "match": "ANY", "conditions": [{ "type": ["Hat", "Scarf"] }] });
        let reply = fixture::update(&owner, "collectionUpdate", &id, json!({ "rules": rules })).await;
        settled(&owner, &id).await;

        assert!(reply.user_errors().is_empty());
        assert_eq!(names(&owner, &id).await, ["Crème Scarf", "Linen Cap"]);
        let history = ["1 collection.created", "2 collection.updated", "3 collection.products_changed"];
        assert_eq!(fixture::history(app, &id).await, history);
        let none = json!({ "rules": rules });
        fixture::update(&owner, "collectionUpdate", &id, none).await.data();
        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 2, "the same rules change nothing");
        update(&owner, &cap, json!({ "type": "Cap" })).await;
        assert_eq!(names(&owner, &id).await, ["Crème Scarf"]);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_product_takes_as_many_statements_for_any_number_of_collections() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let change = async || {
            let mutation = "mutation($id: ID!) {
                come: productUpdate(id: $id, input: { name: \"Linen x\" }) { userErrors { code } }
                go: productUpdate(id: $id, input: { name: \"Linen y\" }) { userErrors { code } } }";
            counted(&owner, mutation, json!({ "id": product })).await.1
        };
        let rules = |n: usize| json!([{ "nameContains": "x" }, { "tag": [format!("tag {n}")] }]);
        let none = change().await;
        found_by(&owner, "First", "ANY", rules(0)).await;
        let one = change().await;
        for n in 1..5 {
            found_by(&owner, &format!("Collection {n}"), "ANY", rules(n)).await;
        }

        let five = change().await;

        assert_eq!(one, five);
        assert!(one > none && one <= none + 12, "{none} without rules, {one} with them");
    })
    .await;
}
