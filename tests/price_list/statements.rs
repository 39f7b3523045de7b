//! What prices on pages cost: nothing where there are no rules, and as much for few rows as for many where there are.

use super::*;
use crate::support::on_both;
use crate::support::statements::counted;

const LISTING: &str = "query($first: Int) { products(first: $first) { nodes {
    name priceRange { lowest { amount } highest { amount } } } } }";
const PAGE: &str = "{ productBySlug(slug: \"product-0\") { name priceRange { lowest { amount } }
    variants { price { amount } compareAtPrice { amount } basePrice { amount } priceReason { name }
        quantityPrices { fromQuantity } } } }";

/// So many products of two variants each; gives the ids of the first one and of its variants.
async fn fill(owner: &Client, products: usize) -> (String, Vec<String>) {
    let first = product(owner, "Product 0", &["10", "20"]).await;
    for n in 1..products {
        product(owner, &format!("Product {n}"), &["10", "20"]).await;
    }
    first
}

/// The statements of a listing of 2 and of 24 products, and of a product's page.
async fn costs(client: &Client) -> [u64; 3] {
    let (few, at_2) = counted(client, LISTING, json!({ "first": 2 })).await;
    let (many, at_24) = counted(client, LISTING, json!({ "first": 24 })).await;
    assert_eq!(few.at("/products/nodes").as_array().unwrap().len(), 2);
    assert_eq!(many.at("/products/nodes").as_array().unwrap().len(), 24);
    [at_2, at_24, counted(client, PAGE, json!({})).await.1]
}

#[tokio::test]
async fn prices_cost_no_statement_where_no_rule_asks_anything() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (first, _) = fill(&owner, 24).await;
        let customer = member(app, &owner, "ada@example.com", &[]).await;
        assert_eq!(costs(&app.anonymous()).await, [1, 1, 1]);
        assert_eq!(costs(&customer).await, [1, 1, 1]);

        promotion(&owner, json!({ "percentage": "10" }), Value::Null, json!({})).await;
        let named = json!({ "only": { "products": [first] } });
        promotion(&owner, json!({ "percentage": "20" }), named, json!({})).await;
        let later = json!({ "name": "Later", "startsAt": "2100-03-01T12:30:00Z" });
        list(&owner, later).await;

        assert_eq!(costs(&app.anonymous()).await, [1, 1, 1]);
        assert_eq!(costs(&customer).await, [1, 1, 1]);
    })
    .await;
}

#[tokio::test]
async fn lists_and_promotions_for_groups_cost_the_anonymous_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (_, variants) = fill(&owner, 24).await;
        let trade = group(&owner, "Trade").await;
        let id = list(&owner, json!({ "groups": [trade] })).await;
        price(&owner, &id, &variants[0], 1, "7").await;
        let member = member(app, &owner, "ada@example.com", &[&trade]).await;
        let stranger = super::member(app, &owner, "bob@example.com", &[]).await;

        assert_eq!(costs(&app.anonymous()).await, [1, 1, 1]);
        // The reader's groups.
        assert_eq!(costs(&stranger).await, [2, 2, 2]);
        // And the variants of the products, and the prices of the list.
        assert_eq!(costs(&member).await, [4, 4, 4]);
    })
    .await;
}

#[tokio::test]
async fn what_promotions_name_costs_a_statement_each_for_any_number_of_rows() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (first, variants) = fill(&owner, 24).await;
        let percent = || json!({ "percentage": "10" });
        let collection = fixture::collection(&owner, json!({ "products": [first] })).await;
        let wool = json!({ "name": "Material", "type": "CHOICE", "choices": [{ "name": "Wool" }] });
        fixture::define_attribute(&owner, wool).await;
        let reply = owner.query("{ attributes { choices { id } } }").await;
        let wool = reply.text("/attributes/0/choices/0/id");

        promotion(&owner, percent(), json!({ "only": { "collections": [collection] } }), json!({})).await;
        assert_eq!(costs(&app.anonymous()).await, [2, 2, 2]);
        promotion(&owner, percent(), json!({ "only": { "attributeChoices": [wool] } }), json!({})).await;
        assert_eq!(costs(&app.anonymous()).await, [3, 3, 3]);
        promotion(&owner, percent(), json!({ "only": { "variants": [variants[0]] } }), json!({})).await;
        assert_eq!(costs(&app.anonymous()).await, [4, 4, 4]);
    })
    .await;
}
