//! Attributes that tests begin with, and values of them, given through the API.

use serde_json::{Value, json};

use super::fixture::with;
use super::{Client, Reply};

/// Creates an attribute of texts of products, unless something else is said, and gives its id.
pub async fn define_attribute(staff: &Client, change: Value) -> String {
    create_attribute(staff, change).await.text("/attributeCreate/attribute/id")
}

/// Creates an attribute and gives the whole reply.
pub async fn create_attribute(staff: &Client, change: Value) -> Reply {
    const CREATE: &str = "mutation($input: AttributeCreateInput!) { attributeCreate(input: $input) {
        attribute { id } userErrors { code message field limit } } }";
    let input = with(json!({ "name": "Material", "type": "TEXT", "subject": "PRODUCT" }), change);
    staff.run(CREATE, json!({ "input": input })).await
}

/// Runs `productAttributesSet` or `productVariantAttributesSet`.
pub async fn set_attributes(staff: &Client, mutation: &str, id: &str, input: Value) -> Reply {
    let object = if mutation.starts_with("productVariant") { "variant" } else { "product" };
    let operation = format!(
        "mutation($id: ID!, $input: [AttributeValueInput!]!) {{ {mutation}(id: $id, input: $input) {{
            {object} {{ id }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "input": input })).await
}
