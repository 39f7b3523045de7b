//! Lists of products: pages, orders, filters, and who sees what.

mod ceiling;
mod channel;
mod facet;
mod facet_current;
mod filter;
mod filter_attribute;
mod hot_pages;
mod node;
mod options;
mod paging;
mod plan;
mod query;
mod statements;
pub mod visibility;

use serde_json::Value;

use crate::support::Client;

/// The names on a page of `products`, whose arguments come with their brackets.
async fn names(client: &Client, arguments: &str) -> Vec<String> {
    let reply = client.query(&format!("{{ products{arguments} {{ nodes {{ name }} }} }}")).await;
    texts(reply.at("/products/nodes"), "name")
}

/// One text of each object of a list.
fn texts(list: &Value, field: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect()
}
