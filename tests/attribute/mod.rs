//! Attributes: how the shop defines them, and the values that products and variants have of them.

mod create;
mod delete;
mod order;
mod refused;
mod update;
mod values;
mod variants;

use serde_json::{Value, json};

use crate::support::{Client, fixture};

/// An attribute as anybody reads it.
async fn find(client: &Client, code: &str) -> Value {
    let query = "query($code: String!) { attribute(code: $code) {
        id code name type subject unit isFilterable version choices { id slug name color } } }";
    client.run(query, json!({ "code": code })).await.at("/attribute").clone()
}

/// An attribute of each type, called by the type's name in lower case.
async fn of_each_type(owner: &Client, subject: &str) {
    let choices = json!([{ "name": "Wool" }, { "name": "Linen" }]);
    let colours = json!([{ "name": "Red", "color": "#b22222" }, { "name": "Blue", "color": "#1E90FF" }]);
    for (name, more) in [
        ("Text", json!({})),
        ("Number", json!({ "unit": "cm" })),
        ("Boolean", json!({})),
        ("Choice", json!({ "choices": choices })),
        ("Color", json!({ "choices": colours })),
        ("Date", json!({})),
        ("Reference", json!({})),
    ] {
        let input = json!({ "name": name, "type": name.to_uppercase(), "subject": subject });
        fixture::define_attribute(owner, fixture::with(input, more)).await;
    }
}

/// What an object has, as `code=value,value`.
async fn values(client: &Client, id: &str) -> Vec<String> {
    let object = fixture::read(client, id, "attributes { attribute { code } values { value } }").await;
    let line = |one: &Value| {
        let values = one["values"].as_array().unwrap().iter().map(|value| value["value"].as_str().unwrap());
        format!("{}={}", one["attribute"]["code"].as_str().unwrap(), values.collect::<Vec<_>>().join(","))
    };
    object["attributes"].as_array().unwrap().iter().map(line).collect()
}
