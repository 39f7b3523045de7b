//! What staff do to variants, and what shoppers see of them.

mod availability;
mod bulk;
mod create;
mod delete;
mod images;
mod lookup;
mod price;
mod prior_price;
mod status;
mod unit_price;
mod update;

use serde_json::{Value, json};

use crate::support::{Client, fixture};

/// A shirt in sizes, each with a price, but without stock.
async fn shirt(owner: &Client, sizes: &[&str]) -> String {
    let variants: Vec<Value> = sizes.iter().map(|size| sized(size, json!({ "price": "10" }))).collect();
    fixture::product(owner, json!({ "options": [{ "name": "Size" }], "variants": variants })).await
}

/// The input of a variant of a size.
fn sized(size: &str, change: Value) -> Value {
    fixture::with(json!({ "optionValues": [{ "option": "Size", "value": size }] }), change)
}
