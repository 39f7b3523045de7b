//! What a list can be narrowed by, and how many products would be left.

use serde_json::{Value, json};

use crate::support::statements::counted;
use crate::support::{Client, TestApp, fixture, on_both};

const QUERY: &str =
    "query($filter: ProductFilter, $query: String) { products(filter: $filter, query: $query) { facets {
    attributes { attribute { code } values { value label color count } range { from to } }
    vendors { value count } types { value count } tags { value label count }
    price { lowest { amount } highest { amount } } available } } }";

pub async fn facets(client: &Client, filter: Value) -> Value {
    client.run(QUERY, json!({ "filter": filter })).await.at("/products/facets").clone()
}

/// Counts as `value:count`.
pub fn counts(values: &Value) -> Vec<String> {
    let line = |value: &Value| format!("{}:{}", value["value"].as_str().unwrap(), value["count"]);
    values.as_array().unwrap().iter().map(line).collect()
}

/// The counts of one attribute; none if it is not there.
pub fn of(facets: &Value, code: &str) -> Vec<String> {
    let attributes = facets["attributes"].as_array().unwrap();
    let found = attributes.iter().find(|facet| facet["attribute"]["code"] == code);
    found.map(|facet| counts(&facet["values"])).unwrap_or_default()
}

/// Six products of two colours, three lengths and two vendors.
async fn shop(app: &TestApp) -> Client {
    let owner = app.owner().await;
    let colours = json!([{ "name": "Red", "color": "#ff0000" }, { "name": "Blue", "color": "#0000ff" }]);
    fixture::define_attribute(&owner, json!({ "name": "Colour", "type": "COLOR", "choices": colours })).await;
    fixture::define_attribute(&owner, json!({ "name": "Length", "type": "NUMBER" })).await;
    fixture::define_attribute(&owner, json!({ "name": "Secret", "isFilterable": false })).await;
    for (name, colour, length, vendor, tags, price, stock) in [
        ("A", "red", "1", "Weaver", json!(["new", "soft"]), "10", 5),
        ("B", "red", "2", "Weaver", json!(["New"]), "20", 0),
        ("C", "red", "10", "Cobbler", json!([]), "30", 5),
        ("D", "blue", "1", "Weaver", json!(["soft"]), "40", 5),
        ("E", "blue", "2", "Cobbler", json!(["soft"]), "50", 0),
        ("F", "red", "2", "Cobbler", json!(["new"]), "60", 5),
    ] {
        let input = json!({
            "name": name, "vendor": vendor, "type": "Top", "tags": tags,
            "variants": [{ "price": price, "stock": stock }],
            "attributes": [
                { "attribute": "colour", "choices": [colour] },
                { "attribute": "length", "numbers": [length] },
                { "attribute": "secret", "texts": [name] }
            ]
        });
        fixture::product(&owner, input).await;
    }
    owner
}

fn red() -> Value {
    json!({ "attribute": "colour", "values": ["red"] })
}

#[tokio::test]
async fn every_value_is_counted_most_frequent_first() {
    on_both(async |app| {
        shop(app).await;

        let found = facets(&app.anonymous(), json!({})).await;

        let expected = json!([
            { "attribute": { "code": "colour" }, "range": null, "values": [
                { "value": "red", "label": "Red", "color": "#ff0000", "count": 4 },
                { "value": "blue", "label": "Blue", "color": "#0000ff", "count": 2 }
            ] },
            { "attribute": { "code": "length" }, "range": { "from": "1", "to": "10" }, "values": [
                { "value": "2", "label": "2", "color": null, "count": 3 },
                { "value": "1", "label": "1", "color": null, "count": 2 },
                { "value": "10", "label": "10", "color": null, "count": 1 }
            ] }
        ]);
        assert_eq!(found["attributes"], expected);
        assert_eq!(counts(&found["vendors"]), ["Cobbler:3", "Weaver:3"]);
        assert_eq!(counts(&found["types"]), ["Top:6"]);
        assert_eq!(counts(&found["tags"]), ["new:3", "soft:3"]);
        assert_eq!(found["price"], json!({ "lowest": { "amount": "10.00" }, "highest": { "amount": "60.00" } }));
        assert_eq!(found["available"], 4);
    })
    .await;
}

#[tokio::test]
async fn a_count_leaves_out_its_own_selection_and_keeps_all_others() {
    on_both(async |app| {
        shop(app).await;
        let shopper = app.anonymous();

        let of_red = facets(&shopper, json!({ "attributes": [red()] })).await;
        assert_eq!(of(&of_red, "colour"), ["red:4", "blue:2"]);
        assert_eq!(of(&of_red, "length"), ["2:2", "1:1", "10:1"]);
        assert_eq!(counts(&of_red["vendors"]), ["Cobbler:2", "Weaver:2"]);
        assert_eq!((&of_red["available"], &of_red["price"]["highest"]["amount"]), (&json!(3), &json!("60.00")));

        let short = json!({ "attribute": "length", "range": { "to": "2" } });
        let both = facets(&shopper, json!({ "attributes": [red(), short], "vendors": ["Weaver"] })).await;
        assert_eq!(of(&both, "colour"), ["red:2", "blue:1"]);
        assert_eq!(of(&both, "length"), ["1:1", "2:1"]);
        assert_eq!(counts(&both["vendors"]), ["Weaver:2", "Cobbler:1"]);
        assert_eq!(counts(&both["tags"]), ["new:2", "soft:1"]);

        let cheap = facets(&shopper, json!({ "price": { "to": "30" }, "isAvailable": true })).await;
        assert_eq!(of(&cheap, "colour"), ["red:2"]);
        assert_eq!(cheap["price"], json!({ "lowest": { "amount": "10.00" }, "highest": { "amount": "60.00" } }));
        assert_eq!(cheap["available"], 2);
        assert_eq!(facets(&shopper, json!({ "isAvailable": false })).await["available"], 4);
    })
    .await;
}

#[tokio::test]
async fn a_count_of_a_tag_tells_what_one_more_would_leave() {
    on_both(async |app| {
        shop(app).await;

        let found = facets(&app.anonymous(), json!({ "tags": ["new"] })).await;

        assert_eq!(counts(&found["tags"]), ["new:3", "soft:1"]);
        assert_eq!(of(&found, "colour"), ["red:3"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_about_facets_narrows_all_counts() {
    on_both(async |app| {
        let owner = shop(app).await;
        let products = owner.query("{ products(sort: { field: NAME }) { nodes { id updatedAt createdAt } } }").await;
        let ids: Vec<Value> = (0..3).map(|n| products.at(&format!("/products/nodes/{n}/id")).clone()).collect();
        let collection = fixture::collection(&owner, json!({ "products": ids })).await;
        let since = products.at("/products/nodes/4/updatedAt");
        let shopper = app.anonymous();

        for (filter, expected) in [
            (json!({ "ids": ids }), ["red:3"].as_slice()),
            (json!({ "collection": collection }), &["red:3"]),
            (json!({ "updatedAt": { "from": since } }), &["blue:1", "red:1"]),
            (json!({ "createdAt": { "from": products.at("/products/nodes/4/createdAt") } }), &["blue:1", "red:1"]),
            (json!({ "status": "DRAFT" }), &[]),
        ] {
            assert_eq!(of(&facets(&shopper, filter.clone()).await, "colour"), expected, "{filter}");
        }
        let by_name = shopper.run(QUERY, json!({ "query": "f" })).await;
        assert_eq!(of(by_name.at("/products/facets"), "colour"), ["red:1"]);
        let members = "query($id: ID!) { node(id: $id) { ... on Collection { products { facets { available
            attributes { attribute { code } values { value count } } } } } } }";
        let members = shopper.run(members, json!({ "id": collection })).await;
        assert_eq!(of(members.at("/node/products/facets"), "colour"), ["red:3"]);
        assert_eq!(members.at("/node/products/facets/available"), 2);
    })
    .await;
}

#[tokio::test]
async fn an_empty_list_has_nothing_to_choose() {
    on_both(async |app| {
        let found = facets(&app.anonymous(), json!({})).await;

        let nothing =
            json!({ "attributes": [], "vendors": [], "types": [], "tags": [], "price": null, "available": 0 });
        assert_eq!(found, nothing);
    })
    .await;
}

#[tokio::test]
async fn a_hundred_values_are_told_of_each_thing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let texts: Vec<String> = (0..100).map(|n| format!("text {n:03}")).collect();
        fixture::define_attribute(&owner, json!({ "name": "Care" })).await;
        for name in ["A", "B"] {
            let mut texts = texts.clone();
            texts[0] = format!("only {name}");
            let attributes = json!([{ "attribute": "care", "texts": texts }]);
            fixture::product(&owner, json!({ "name": name, "tags": texts, "attributes": attributes })).await;
        }

        let found = facets(&app.anonymous(), json!({})).await;

        for values in [&found["tags"], &found["attributes"][0]["values"]] {
            let counts = counts(values);
            assert_eq!(counts.len(), 100);
            assert_eq!((counts[0].as_str(), counts[98].as_str()), ("text 001:2", "text 099:2"));
            assert_eq!(counts[99], "only a:1", "the rarest is left out");
        }
    })
    .await;
}

#[tokio::test]
async fn counting_costs_the_same_number_of_statements_whatever_is_filtered_by() {
    on_both(async |app| {
        let owner = shop(app).await;
        let short = json!({ "attribute": "length", "range": { "to": "2" } });
        let much = json!({ "attributes": [red(), short], "vendors": ["Weaver"], "tags": ["new"], "isAvailable": true });

        let (_, of_all) = counted(&owner, QUERY, json!({ "filter": {} })).await;
        let (reply, of_few) = counted(&owner, QUERY, json!({ "filter": much })).await;

        assert_eq!(of(reply.at("/products/facets"), "colour"), ["red:1"]);
        // The session, the page, the attributes, the listings, the names of choices; and with a filter by attributes
        // these, once for the page and once for the counts.
        assert_eq!([of_all, of_few], [5, 7]);
    })
    .await;
}
