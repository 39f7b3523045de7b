//! The two pages that shoppers open most cost the fewest statements, and say what every other way says.

use serde_json::{Value, json};
use tradepost::entity::attribute_type::AttributeType;

use crate::support::statements::counted;
use crate::support::{Client, TestApp, fixture, on_both};

const FIELDS: &str = "id name slug description vendor type tags status version
    priceRange { lowest { amount currency } highest { amount } } isAvailable image { url }
    images { id url altText } collections { id name slug } options { id name values { id name } }
    variants { id sku status isAvailable price { amount } compareAtPrice { amount } image { id url altText }
        selectedOptions { name value } product { name } metadata { key value }
        attributes { attribute { code } values { label } }
        weight { grams } requiresShipping isTaxable tracksStock backorderLimit createdAt }
    attributes { attribute { code name } values { value label } }";

const LISTING: &str = "query($collection: ID!, $after: String) {
    products(first: 3, after: $after, filter: { collection: $collection }, sort: { field: NAME }) {
        nodes { id name slug priceRange { lowest { amount currency } } image { url altText } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

fn sized(size: &str, price: &str, stock: i32) -> Value {
    json!({ "sku": format!("sku-{size}"), "attributes": [{ "attribute": "fit", "texts": [format!("Fits {size}")] }],
         "price": price, "compareAtPrice": "20", "stock": stock, "imageUrl": "/b",
        "optionValues": [{ "option": "Size", "value": size }, { "option": "Colour", "value": "Red" }] })
}

/// A product that has something of everything: one variant is a draft, one collection is, too.
async fn full(app: &TestApp) -> (Client, String) {
    let owner = app.owner().await;
    fixture::attribute(app, "material", AttributeType::Text).await;
    fixture::attribute(app, "origin", AttributeType::Text).await;
    let fit = json!({ "code": "fit", "name": "Fit", "type": "TEXT", "subject": "VARIANT" });
    fixture::create_attribute(&owner, fit).await.data();
    let input = json!({
        "attributes": [{ "attribute": "material", "texts": ["Wool", "Silk"] }, { "attribute": "origin", "texts": ["Peru"] }],
        "name": "Wool Hat", "vendor": "Hats & Co", "type": "Hat", "tags": ["warm", "Ärmel", "wool"],
        "images": [{ "url": "/a", "altText": "From above" }, { "url": "/b" }],
        "options": [{ "name": "Size" }, { "name": "Colour" }],
        "variants": [sized("L", "12", 0), sized("S", "10", 3), sized("M", "11", 0)]
    });
    let created = fixture::create_product(&owner, input).await;
    let id = created.text("/productCreate/product/id");
    let last = created.text("/productCreate/product/variants/2/id");
    fixture::change(&owner, "productVariantUnpublish", &last).await.data();
    for (name, status) in [("Hats", "ACTIVE"), ("Wool", "ACTIVE"), ("Secret", "DRAFT")] {
        fixture::collection(&owner, json!({ "name": name, "status": status, "products": [id] })).await;
    }
    (owner, id)
}

#[tokio::test]
async fn a_product_page_costs_one_statement() {
    on_both(async |app| {
        full(app).await;
        let query = format!(
            "query($slug: String!) {{ productBySlug(slug: $slug) {{ {} }} }}",
            FIELDS.replace("product { name }", "")
        );

        let (reply, statements) = counted(&app.anonymous(), &query, json!({ "slug": "wool-hat" })).await;

        assert_eq!(reply.at("/productBySlug/variants").as_array().unwrap().len(), 2);
        let fits =
            |size: &str| json!([{ "attribute": { "code": "fit" }, "values": [{ "label": format!("Fits {size}") }] }]);
        assert_eq!(reply.at("/productBySlug/variants/1/attributes"), &fits("S"));
        assert_eq!(reply.at("/productBySlug/attributes/0/values/1/label"), "Silk");
        assert_eq!(statements, 1);
    })
    .await;
}

#[tokio::test]
async fn a_product_page_says_what_its_parts_say_one_by_one() {
    on_both(async |app| {
        let (owner, id) = full(app).await;
        for client in [app.anonymous(), owner] {
            let at_once = client.query(&format!("{{ productBySlug(slug: \"wool-hat\") {{ {FIELDS} }} }}")).await;
            let by_id = client.query(&format!("{{ product(id: \"{id}\") {{ {FIELDS} }} }}")).await;

            let by_parts = client.query(&format!("{{ node(id: \"{id}\") {{ ... on Product {{ {FIELDS} }} }} }}")).await;

            assert_eq!(at_once.at("/productBySlug"), by_parts.at("/node"));
            assert_eq!(by_id.at("/product"), by_parts.at("/node"));
            assert_eq!(at_once.at("/productBySlug/tags"), &json!(["Ärmel", "warm", "wool"]));
        }
    })
    .await;
}

#[tokio::test]
async fn aliases_and_fragments_are_looked_into() {
    on_both(async |app| {
        full(app).await;
        let query = "fragment Texts on Product { vendor ...More } fragment More on Product { highest: priceRange { highest { amount } } }
            { products { edges { node { ...Texts title: name } } nodes { description ... on Product { type } } } }";

        let reply = app.anonymous().query(query).await;

        let node = json!({ "vendor": "Hats & Co", "highest": { "highest": { "amount": "12.00" } }, "title": "Wool Hat" });
        assert_eq!(reply.at("/products/edges/0/node"), &node);
        assert_eq!(reply.at("/products/nodes/0"), &json!({ "description": "", "type": "Hat" }));
    })
    .await;
}

#[tokio::test]
async fn a_field_that_is_asked_for_twice_has_all_that_was_asked_of_it() {
    on_both(async |app| {
        full(app).await;
        let query =
            "{ products { nodes { name priceRange { lowest { amount } } priceRange { highest { amount } } } } }";

        let reply = app.anonymous().query(query).await;

        let range = json!({ "lowest": { "amount": "10.00" }, "highest": { "amount": "12.00" } });
        assert_eq!(reply.at("/products/nodes/0"), &json!({ "name": "Wool Hat", "priceRange": range }));
    })
    .await;
}

#[tokio::test]
async fn a_listing_page_costs_one_statement() {
    on_both(async |app| {
        let owner = app.owner().await;
        let collection = fixture::collection(&owner, json!({})).await;
        for name in ["D", "A", "C", "E", "B"] {
            let input = json!({ "name": name, "images": [{ "url": format!("/{name}") }, { "url": "/x" }] });
            let id = fixture::product(&owner, input).await;
            fixture::members(&owner, "collectionProductsAdd", &collection, &[id]).await.data();
        }
        let shopper = app.anonymous();

        let (first, statements) = counted(&shopper, LISTING, json!({ "collection": collection })).await;
        let after = first.text("/products/pageInfo/endCursor");
        let second = shopper.run(LISTING, json!({ "collection": collection, "after": after })).await;

        assert_eq!(statements, 1);
        assert_eq!(first.at("/products/nodes/0/image/url"), "http://127.0.0.1:8000/A");
        assert_eq!(first.at("/products/nodes/0/priceRange/lowest"), &json!({ "amount": "10.00", "currency": "USD" }));
        assert_eq!(first.at("/products/pageInfo/hasNextPage"), true);
        assert_eq!(second.at("/products/nodes/0/name"), "D");
        assert_eq!(second.at("/products/nodes").as_array().unwrap().len(), 2);
    })
    .await;
}
