//! Classes, zones and rates of tax that tests begin with.

use serde_json::{Value, json};

use super::fixture::with;
use super::{Client, Reply};

/// Creates a class of a name and gives the whole reply.
pub async fn create_tax_class(staff: &Client, input: Value) -> Reply {
    const CREATE: &str = "mutation($input: TaxClassCreateInput!) { taxClassCreate(input: $input) {
        taxClass { id name code version } userErrors { code message field limit } } }";
    staff.run(CREATE, json!({ "input": input })).await
}

/// Creates a class of a name and gives its id.
pub async fn tax_class(staff: &Client, name: &str) -> String {
    create_tax_class(staff, json!({ "name": name })).await.text("/taxClassCreate/taxClass/id")
}

/// Creates a zone and gives the whole reply.
pub async fn create_tax_zone(staff: &Client, input: Value) -> Reply {
    const CREATE: &str = "mutation($input: TaxZoneCreateInput!) { taxZoneCreate(input: $input) {
        taxZone { id name version } userErrors { code message field limit } } }";
    staff.run(CREATE, json!({ "input": input })).await
}

/// Creates a zone of a name and its areas, and gives its id.
pub async fn tax_zone(staff: &Client, name: &str, areas: Value) -> String {
    create_tax_zone(staff, json!({ "name": name, "areas": areas })).await.text("/taxZoneCreate/taxZone/id")
}

/// Adds a rate to a zone and gives the whole reply.
pub async fn create_tax_rate(staff: &Client, zone: &str, input: Value) -> Reply {
    const CREATE: &str = "mutation($zone: ID!, $input: TaxRateCreateInput!) {
        taxRateCreate(taxZone: $zone, input: $input) {
            taxRate { id percentage } taxZone { id version } userErrors { code message field limit } } }";
    let input = with(json!({ "name": "VAT", "percentage": "19" }), input);
    staff.run(CREATE, json!({ "zone": zone, "input": input })).await
}

/// Adds a rate of a percentage to a zone and gives its id.
pub async fn tax_rate(staff: &Client, zone: &str, percentage: &str, input: Value) -> String {
    let input = with(json!({ "percentage": percentage }), input);
    create_tax_rate(staff, zone, input).await.text("/taxRateCreate/taxRate/id")
}
