//! Products that are shown beside another one.

use futures::future::join;
use serde_json::{Value, json};
use tradepost::entity::product_relation;

use crate::support::statements::counted;
use crate::support::{Client, Reply, fixture, on_both};

async fn set(staff: &Client, id: &str, products: &[&String]) -> Reply {
    const SET: &str = "mutation($id: ID!, $products: [ID!]!) { productRelatedSet(id: $id, products: $products) {
        product { version relatedProducts { name } } userErrors { code message field limit } } }";
    staff.run(SET, json!({ "id": id, "products": products })).await
}

fn names(products: &Value) -> Vec<&str> {
    products.as_array().unwrap().iter().map(|product| product["name"].as_str().unwrap()).collect()
}

/// The names of what a client sees beside a product.
async fn related(client: &Client, id: &str, first: usize) -> Vec<String> {
    let product = fixture::read(client, id, &format!("relatedProducts(first: {first}) {{ name }}")).await;
    names(&product["relatedProducts"]).into_iter().map(str::to_owned).collect()
}

/// Products of these names.
async fn products<const N: usize>(owner: &Client, names: [&str; N]) -> [String; N] {
    let mut ids = Vec::new();
    for name in names {
        ids.push(fixture::product(owner, json!({ "name": name })).await);
    }
    ids.try_into().unwrap()
}

#[tokio::test]
async fn picks_come_in_their_order_and_replace_those_before() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [shirt, belt, cap, hat] = products(&owner, ["Shirt", "Belt", "Cap", "Hat"]).await;

        let reply = set(&owner, &shirt, &[&hat, &belt, &hat]).await;
        assert!(reply.user_errors().is_empty());
        assert_eq!(names(reply.at("/productRelatedSet/product/relatedProducts")), ["Hat", "Belt"]);
        assert_eq!(related(&app.anonymous(), &shirt, 8).await, ["Hat", "Belt"]);

        set(&owner, &shirt, &[&belt, &cap]).await.data();
        assert_eq!(related(&app.anonymous(), &shirt, 8).await, ["Belt", "Cap"]);
        assert_eq!(related(&app.anonymous(), &shirt, 1).await, ["Belt"]);
        assert!(related(&app.anonymous(), &belt, 8).await.is_empty(), "it does not go both ways");

        set(&owner, &shirt, &[]).await.data();
        assert!(related(&app.anonymous(), &shirt, 8).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_change_of_picks_is_a_change_of_the_product() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [shirt, belt] = products(&owner, ["Shirt", "Belt"]).await;

        for _ in 0..2 {
            let reply = set(&owner, &shirt, &[&belt]).await;

            assert_eq!(reply.at("/productRelatedSet/product/version"), 2, "the same again changes nothing");
        }

        assert_eq!(fixture::history(app, &shirt).await, ["1 product.created", "2 product.updated"]);
        let details = fixture::read(&owner, &shirt, "history(first: 1) { nodes { details { value } } }").await;
        assert_eq!(details["history"]["nodes"][0]["details"], json!([{ "value": "relatedProducts" }]));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_picked_is_refused_with_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [shirt, belt] = products(&owner, ["Shirt", "Belt"]).await;
        let unknown = fixture::unknown("product");
        let many = vec![&belt; 21];

        let refused = set(&owner, &shirt, &[&belt, &shirt, &unknown]).await;
        let nowhere = set(&owner, &unknown, &[&belt]).await;
        let too_many = set(&owner, &shirt, &many).await;

        assert_eq!(refused.user_errors(), ["INVALID products.1", "NOT_FOUND products.2"]);
        assert_eq!(nowhere.user_errors(), ["NOT_FOUND id"]);
        assert!(nowhere.at("/productRelatedSet/product").is_null());
        assert_eq!(too_many.user_errors(), ["TOO_LONG products"]);
        assert_eq!(too_many.at("/productRelatedSet/userErrors/0/limit"), 20);
        assert_eq!(fixture::count::<product_relation::Entity>(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn members_of_the_first_collections_fill_up_without_doubles_and_without_itself() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [shirt, belt, cap, hat, scarf] = products(&owner, ["Shirt", "Belt", "Cap", "Hat", "Scarf"]).await;
        fixture::collection(&owner, json!({ "name": "One", "products": [cap, shirt, belt] })).await;
        fixture::collection(&owner, json!({ "name": "Two", "products": [scarf, cap, shirt] })).await;
        fixture::collection(&owner, json!({ "name": "Without", "products": [hat] })).await;

        assert_eq!(related(&app.anonymous(), &shirt, 8).await, ["Cap", "Belt", "Scarf"]);
        set(&owner, &shirt, &[&belt]).await.data();
        assert_eq!(related(&app.anonymous(), &shirt, 8).await, ["Belt", "Cap", "Scarf"]);
        assert_eq!(related(&app.anonymous(), &shirt, 2).await, ["Belt", "Cap"]);
    })
    .await;
}

#[tokio::test]
async fn shoppers_see_nothing_that_is_not_published() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let [shirt, belt, cap] = products(&owner, ["Shirt", "Belt", "Cap"]).await;
        let draft = fixture::product(&owner, json!({ "name": "Draft", "status": "DRAFT" })).await;
        let member = fixture::product(&owner, json!({ "name": "Member", "status": "DRAFT" })).await;
        fixture::collection(&owner, json!({ "name": "Open", "products": [shirt, member, belt] })).await;
        let closed = json!({ "name": "Closed", "status": "DRAFT", "products": [shirt, cap] });
        fixture::collection(&owner, closed).await;

        set(&owner, &shirt, &[&draft]).await.data();

        assert_eq!(related(&shopper, &shirt, 8).await, ["Belt"]);
        assert_eq!(related(&owner, &shirt, 8).await, ["Draft", "Member", "Belt", "Cap"]);
        fixture::change(&owner, "productPublish", &draft).await.data();
        assert_eq!(related(&shopper, &shirt, 8).await, ["Draft", "Belt"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_is_related_to_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [shirt, cap] = products(&owner, ["Shirt", "Cap"]).await;
        let belt = fixture::product(&owner, json!({ "name": "Belt", "variants": [{ "price": "1" }] })).await;
        set(&owner, &shirt, &[&belt, &cap]).await.data();

        fixture::change(&owner, "productDelete", &belt).await.data();

        assert_eq!(related(&app.anonymous(), &shirt, 8).await, ["Cap"]);
        assert_eq!(fixture::count::<product_relation::Entity>(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_no_size_of_the_list_is_bad_input() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [shirt] = products(&owner, ["Shirt"]).await;

        for first in [-1, 0, 21] {
            let query = format!("{{ product(id: \"{shirt}\") {{ relatedProducts(first: {first}) {{ name }} }} }}");

            assert_eq!(owner.query(&query).await.code(), Some("BAD_USER_INPUT"), "{first}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_products_can_be_picked_for_each_other_at_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        for _ in 0..8 {
            let [shirt, belt] = products(&owner, ["Shirt", "Belt"]).await;

            let (one, other) = join(set(&owner, &shirt, &[&belt]), set(&owner, &belt, &[&shirt])).await;

            assert!(one.user_errors().is_empty() && other.user_errors().is_empty());
            assert_eq!(related(&owner, &shirt, 8).await, ["Belt"]);
            assert_eq!(related(&owner, &belt, 8).await, ["Shirt"]);
            for id in [shirt, belt] {
                fixture::update(&owner, "productUpdate", &id, json!({ "slug": id.replace('_', "-") })).await.data();
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_related_to_a_page_of_products_costs_the_same_at_3_and_at_12() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut ids: Vec<String> = Vec::new();
        for n in 0..12 {
            ids.push(fixture::product(&owner, json!({ "name": format!("Product {n}") })).await);
        }
        for (n, id) in ids.iter().enumerate() {
            let products = [id, &ids[(n + 1) % 12], &ids[(n + 2) % 12]];
            fixture::collection(&owner, json!({ "name": format!("Collection {n}"), "products": products })).await;
            set(&owner, id, &[&ids[(n + 5) % 12]]).await.data();
        }
        let query = "query($first: Int) { products(first: $first) { nodes { relatedProducts(first: 3) { name } } } }";

        let mut costs = Vec::new();
        for first in [3, 12] {
            let (reply, statements) = counted(&app.anonymous(), query, json!({ "first": first })).await;
            let nodes = reply.at("/products/nodes").as_array().unwrap();
            assert_eq!(nodes.len(), first);
            assert!(nodes.iter().all(|node| names(&node["relatedProducts"]).len() == 3), "{nodes:?}");
            costs.push(statements);
        }

        // The products, what is picked for them, their collections, the members of these, and what they all are.
        assert_eq!(costs, [5; 2]);
    })
    .await;
}
