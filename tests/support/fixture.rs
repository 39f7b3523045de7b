//! Objects that tests begin with, made through the API, with one fact stated per test.

use serde_json::{Value, json};

use super::{Client, Reply};

pub const PRODUCT_CREATE: &str = "mutation($input: ProductCreateInput!) { productCreate(input: $input) {
    product { id slug name status version variants { id sku price { amount } } }
    userErrors { code message field limit } } }";

pub const COLLECTION_CREATE: &str = "mutation($input: CollectionCreateInput!) { collectionCreate(input: $input) {
    collection { id slug name status version } userErrors { code message field limit } } }";

/// Merges an object into another, whose values give way.
pub fn with(mut base: Value, change: Value) -> Value {
    for (key, value) in change.as_object().unwrap() {
        base[key] = value.clone();
    }
    base
}

/// The input of an active product with one variant that costs 10.00 and of which there are 5.
pub fn product_input(change: Value) -> Value {
    let base = json!({
        "name": "Linen Shirt",
        "status": "ACTIVE",
        "variants": [{ "price": "10.00", "stock": 5 }],
    });
    with(base, change)
}

/// Creates a product and gives its id.
pub async fn product(staff: &Client, change: Value) -> String {
    create_product(staff, change).await.text("/productCreate/product/id")
}

/// Creates a product and gives the whole reply.
pub async fn create_product(staff: &Client, change: Value) -> Reply {
    staff.run(PRODUCT_CREATE, json!({ "input": product_input(change) })).await
}

/// Creates an active collection and gives its id.
pub async fn collection(staff: &Client, change: Value) -> String {
    let input = with(json!({ "name": "Shirts", "status": "ACTIVE" }), change);
    staff.run(COLLECTION_CREATE, json!({ "input": input })).await.text("/collectionCreate/collection/id")
}
