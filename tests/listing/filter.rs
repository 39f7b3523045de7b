//! Filters narrow a list and its count alike.

use serde_json::{Value, json};

use tradepost::auth::Permission;

use crate::support::{Client, fixture, on_both};

/// The names that a filter leaves, from the first of the alphabet, which are as many as the count says.
pub async fn filtered(client: &Client, filter: Value) -> Vec<String> {
    let query = "query($filter: ProductFilter) { products(filter: $filter, sort: { field: NAME }) {
        totalCount nodes { name } } }";
    let reply = client.run(query, json!({ "filter": filter })).await;
    let names = super::texts(reply.at("/products/nodes"), "name");
    assert_eq!(reply.at("/products/totalCount"), names.len(), "{filter}");
    names
}

#[tokio::test]
async fn each_filter_selects_by_one_thing_and_all_must_hold() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = fixture::product(
            &owner,
            json!({ "name": "Shirt", "vendor": "Weaver", "type": "Top", "tags": ["Été", "new"] }),
        )
        .await;
        let shoe = fixture::product(&owner, json!({ "name": "Shoe", "vendor": "Cobbler", "tags": ["New"] })).await;
        fixture::product(&owner, json!({ "name": "Hat", "vendor": "weaver" })).await;
        let collection = fixture::collection(&owner, json!({ "products": [shoe, shirt] })).await;
        let cases: [(Value, &[&str]); 10] = [
            (json!({}), &["Hat", "Shirt", "Shoe"]),
            (json!({ "collection": collection }), &["Shirt", "Shoe"]),
            (json!({ "collection": fixture::unknown("collection") }), &[]),
            (json!({ "tag": "NEW" }), &["Shirt", "Shoe"]),
            (json!({ "tag": "ete" }), &["Shirt"]),
            (json!({ "vendor": "Weaver" }), &["Shirt"]),
            (json!({ "type": "Top" }), &["Shirt"]),
            (json!({ "type": "top" }), &[]),
            (json!({ "tag": "new", "vendor": "Cobbler" }), &["Shoe"]),
            (json!({ "tag": "new", "vendor": "weaver" }), &[]),
        ];

        for (filter, expected) in cases {
            assert_eq!(filtered(&app.anonymous(), filter.clone()).await, expected, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn lists_of_words_are_alternatives_but_of_tags_all_must_be_there() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut ids = Vec::new();
        for (name, vendor, kind, tags) in [
            ("Shirt", "Weaver", "Top", json!(["Soft", "New"])),
            ("Shoe", "Cobbler", "Shoe", json!(["new"])),
            ("Hat", "Hatter", "Hat", json!(["soft"])),
        ] {
            let input = json!({ "name": name, "vendor": vendor, "type": kind, "tags": tags });
            ids.push(fixture::product(&owner, input).await);
        }
        let cases: [(Value, &[&str]); 11] = [
            (json!({ "vendors": ["Weaver", "Hatter", "nobody"] }), &["Hat", "Shirt"]),
            (json!({ "vendors": [] }), &[]),
            (json!({ "vendors": ["Weaver", "Hatter"], "vendor": "Hatter" }), &["Hat"]),
            (json!({ "vendors": ["Weaver"], "vendor": "Hatter" }), &[]),
            (json!({ "types": ["Top", "Shoe"] }), &["Shirt", "Shoe"]),
            (json!({ "types": ["Top", "Shoe"], "vendors": ["Cobbler"] }), &["Shoe"]),
            (json!({ "tags": ["new"] }), &["Shirt", "Shoe"]),
            (json!({ "tags": ["NEW", "soft"] }), &["Shirt"]),
            (json!({ "tags": ["new"], "tag": "soft" }), &["Shirt"]),
            (json!({ "ids": [ids[0], ids[2], fixture::unknown("product")] }), &["Hat", "Shirt"]),
            (json!({ "ids": [] }), &[]),
        ];

        for (filter, expected) in cases {
            assert_eq!(filtered(&app.anonymous(), filter.clone()).await, expected, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn lists_of_words_have_an_end() {
    on_both(async |app| {
        let words = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
        let ids: Vec<String> = (0..101).map(|_| tradepost::id::ProductId::generate().to_string()).collect();
        let query = "query($filter: ProductFilter) { products(filter: $filter) { totalCount } }";
        for (filter, is_fine) in [
            (json!({ "vendors": words(100), "types": words(100), "tags": words(20), "ids": ids[..100] }), true),
            (json!({ "vendors": words(101) }), false),
            (json!({ "types": words(101) }), false),
            (json!({ "tags": words(21) }), false),
            (json!({ "ids": ids }), false),
        ] {
            let reply = app.anonymous().run(query, json!({ "filter": filter })).await;

            assert_eq!(reply.code(), (!is_fine).then_some("BAD_USER_INPUT"), "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_can_be_bought_now_is_told_from_what_cannot() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, json!({ "name": "There" })).await;
        let gone =
            fixture::product(&owner, json!({ "name": "Gone", "variants": [{ "price": "1", "stock": 0 }] })).await;

        assert_eq!(filtered(&app.anonymous(), json!({ "isAvailable": true })).await, ["There"]);
        assert_eq!(filtered(&app.anonymous(), json!({ "isAvailable": false })).await, ["Gone"]);
        let variant = fixture::variant(&owner, &gone).await;
        fixture::stock(&owner, "stockLevelAdjust", json!({ "variant": variant, "change": 1 })).await.data();
        assert_eq!(filtered(&app.anonymous(), json!({ "isAvailable": true })).await, ["Gone", "There"]);
    })
    .await;
}

#[tokio::test]
async fn a_price_range_selects_what_may_cost_that_much() {
    on_both(async |app| {
        let owner = app.owner().await;
        for (name, prices) in [("Cheap", ["1", "2"]), ("Middle", ["5", "9.99"]), ("Dear", ["20", "30"])] {
            let variant = |(n, price): (usize, &&str)| {
                json!({ "price": price, "optionValues": [{ "option": "Size", "value": n.to_string() }] })
            };
            let variants: Vec<Value> = prices.iter().enumerate().map(variant).collect();
            let input = json!({ "name": name, "options": [{ "name": "Size" }], "variants": variants });
            fixture::product(&owner, input).await;
        }
        let cases: [(Value, &[&str]); 8] = [
            (json!({ "from": "9.99" }), &["Dear", "Middle"]),
            (json!({ "from": "10" }), &["Dear"]),
            (json!({ "to": "5.00" }), &["Cheap", "Middle"]),
            (json!({ "to": "4.99" }), &["Cheap"]),
            (json!({ "from": "2", "to": "5" }), &["Cheap", "Middle"]),
            (json!({ "from": "6", "to": "7" }), &["Middle"]),
            (json!({ "from": "31" }), &[]),
            (json!({}), &["Cheap", "Dear", "Middle"]),
        ];

        for (range, expected) in cases {
            assert_eq!(filtered(&app.anonymous(), json!({ "price": range })).await, expected, "{range}");
        }
        fixture::product(&owner, json!({ "name": "Priceless", "variants": [{}] })).await;
        assert_eq!(filtered(&owner, json!({ "price": { "to": "4.99" } })).await, ["Cheap"]);
        let query = "{ products(filter: { price: { from: \"1.005\" } }) { nodes { id } } }";
        assert_eq!(app.anonymous().query(query).await.code(), Some("BAD_USER_INPUT"));
    })
    .await;
}

#[tokio::test]
async fn a_span_of_time_includes_both_ends() {
    on_both(async |app| {
        let owner = app.owner().await;
        let old = fixture::product(&owner, json!({ "name": "Old" })).await;
        let new = fixture::product(&owner, json!({ "name": "New" })).await;
        let created = async |id: &str| fixture::read(&owner, id, "createdAt").await["createdAt"].clone();
        let (first, second) = (created(&old).await, created(&new).await);
        fixture::update(&owner, "productUpdate", &old, json!({ "vendor": "V" })).await.data();
        let updated = fixture::read(&owner, &old, "updatedAt").await["updatedAt"].clone();
        let cases: [(Value, &[&str]); 5] = [
            (json!({ "createdAt": { "from": first, "to": first } }), &["Old"]),
            (json!({ "createdAt": { "from": second } }), &["New"]),
            (json!({ "createdAt": { "from": first, "to": second } }), &["New", "Old"]),
            (json!({ "updatedAt": { "from": updated } }), &["Old"]),
            (json!({ "createdAt": { "to": "2001-01-01T00:00:00Z" } }), &[]),
        ];

        for (filter, expected) in cases {
            assert_eq!(filtered(&app.anonymous(), filter.clone()).await, expected, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_status_is_a_filter_for_staff_and_no_way_in_for_shoppers() {
    on_both(async |app| {
        let owner = app.owner().await;
        for status in ["DRAFT", "ACTIVE", "ARCHIVED"] {
            fixture::product(&owner, json!({ "name": status, "status": status })).await;
        }

        for status in ["DRAFT", "ACTIVE", "ARCHIVED"] {
            let expected: &[&str] = if status == "ACTIVE" { &["ACTIVE"] } else { &[] };
            assert_eq!(filtered(&app.anonymous(), json!({ "status": status })).await, expected);
            assert_eq!(filtered(&owner, json!({ "status": status })).await, [status]);
        }
        assert_eq!(filtered(&owner, json!({})).await.len(), 3);
    })
    .await;
}

/// The names of the collections that a filter leaves, which are as many as the count says.
async fn filtered_collections(client: &Client, filter: Value) -> Vec<String> {
    let query = "query($filter: CollectionFilter) { collections(filter: $filter) { totalCount nodes { name } } }";
    let reply = client.run(query, json!({ "filter": filter })).await;
    let names = super::texts(reply.at("/collections/nodes"), "name");
    assert_eq!(reply.at("/collections/totalCount"), names.len(), "{filter}");
    names
}

#[tokio::test]
async fn external_ids_are_no_filter_for_those_who_may_not_read_them() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, json!({ "name": "Shirt", "externalId": "e" })).await;
        fixture::collection(&owner, json!({ "name": "Shirts", "externalId": "e" })).await;
        let reader = app.staff(&[Permission::ProductRead]).await;
        let clerk = app.staff(&[Permission::StockRead]).await;

        for id in ["e", "other"] {
            let filter = json!({ "externalId": id });
            for client in [&app.anonymous(), &clerk] {
                assert!(filtered(client, filter.clone()).await.is_empty());
                assert!(filtered_collections(client, filter.clone()).await.is_empty());
            }
        }
        let filter = json!({ "externalId": "e" });
        assert_eq!(filtered(&reader, filter.clone()).await, ["Shirt"]);
        assert_eq!(filtered_collections(&reader, filter).await, ["Shirts"]);
    })
    .await;
}

#[tokio::test]
async fn a_collection_that_is_not_published_tells_shoppers_nothing_of_what_is_in_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({ "name": "Shirt" })).await;
        let draft = json!({ "name": "Soon", "status": "DRAFT", "products": [product] });
        let draft = fixture::collection(&owner, draft).await;
        fixture::collection(&owner, json!({ "name": "Part", "parent": draft })).await;

        let (of_products, of_collections) = (json!({ "collection": draft }), json!({ "parent": draft }));
        assert!(filtered(&app.anonymous(), of_products.clone()).await.is_empty());
        assert!(filtered_collections(&app.anonymous(), of_collections.clone()).await.is_empty());
        assert_eq!(filtered(&owner, of_products).await, ["Shirt"]);
        assert_eq!(filtered_collections(&owner, of_collections).await, ["Part"]);
    })
    .await;
}
