//! Shipping zones, ways of delivery and pick-up locations, and what is offered where.

mod methods;
mod offered;
mod pickup;
mod rates;
mod zones;

use serde_json::{Value, json};
use tradepost::auth::Permission;

use crate::support::fixture::with;
use crate::support::{Client, Reply, TestApp};

const ERRORS: &str = "userErrors { code message field limit }";

/// Somebody who may read and change everything about delivery.
async fn staff(app: &TestApp) -> Client {
    app.staff(&[Permission::ShippingRead, Permission::ShippingWrite, Permission::ChannelWrite]).await
}

/// Somebody who may do that, and make the products and groups that methods refer to.
async fn merchant(app: &TestApp) -> Client {
    let shipping = [Permission::ShippingRead, Permission::ShippingWrite];
    let others =
        [Permission::ProductRead, Permission::ProductWrite, Permission::CustomerRead, Permission::CustomerWrite];
    app.staff(&[&shipping[..], &others, &[Permission::TaxWrite]].concat()).await
}

pub async fn create_zone(staff: &Client, change: Value) -> Reply {
    let operation = format!(
        "mutation($input: ShippingZoneCreateInput!) {{ shippingZoneCreate(input: $input) {{
            shippingZone {{ id name version channels {{ slug }} }} {ERRORS} }} }}"
    );
    let base = json!({ "name": "Germany", "areas": [{ "country": "DE" }] });
    staff.run(&operation, json!({ "input": with(base, change) })).await
}

/// Creates a zone, of Germany if nothing else is said, and gives its id.
pub async fn zone(staff: &Client, change: Value) -> String {
    create_zone(staff, change).await.text("/shippingZoneCreate/shippingZone/id")
}

pub async fn create_method(staff: &Client, zone: &str, change: Value) -> Reply {
    let operation = format!(
        "mutation($zone: ID!, $input: ShippingMethodCreateInput!) {{
            shippingMethodCreate(zone: $zone, input: $input) {{
                shippingMethod {{ id name position version }} {ERRORS} }} }}"
    );
    let base = json!({ "name": "Standard", "rates": [{ "currency": "USD", "flat": "4.90" }] });
    staff.run(&operation, json!({ "zone": zone, "input": with(base, change) })).await
}

/// Creates a method that costs 4.90 dollars if nothing else is said, and gives its id.
pub async fn method(staff: &Client, zone: &str, change: Value) -> String {
    create_method(staff, zone, change).await.text("/shippingMethodCreate/shippingMethod/id")
}

pub async fn create_location(staff: &Client, change: Value) -> Reply {
    let operation = format!(
        "mutation($input: PickupLocationCreateInput!) {{ pickupLocationCreate(input: $input) {{
            pickupLocation {{ id name version address {{ company line1 postalCode }} }} {ERRORS} }} }}"
    );
    let address = json!({ "country": "DE", "line1": "Torstr. 1", "postalCode": "10119", "city": "Berlin" });
    staff.run(&operation, json!({ "input": with(json!({ "name": "Mitte", "address": address }), change) })).await
}

/// Creates a pick-up location in Berlin and gives its id.
pub async fn location(staff: &Client, change: Value) -> String {
    create_location(staff, change).await.text("/pickupLocationCreate/pickupLocation/id")
}

/// Runs `shippingZoneUpdate`, `shippingMethodUpdate` or `pickupLocationUpdate`, by the kind of the id.
async fn update(staff: &Client, id: &str, input: Value) -> Reply {
    let noun = noun(id);
    let kind = format!("{}{}UpdateInput", noun[..1].to_uppercase(), &noun[1..]);
    let operation = format!(
        "mutation($id: ID!, $input: {kind}!) {{ {noun}Update(id: $id, input: $input) {{
            {noun} {{ id name version }} {ERRORS} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "input": input })).await
}

/// Deletes a zone, a method or a location.
async fn delete(staff: &Client, id: &str) -> Reply {
    let noun = noun(id);
    let operation = format!("mutation($id: ID!) {{ {noun}Delete(id: $id) {{ {noun} {{ id }} {ERRORS} }} }}");
    staff.run(&operation, json!({ "id": id })).await
}

/// Fields of a zone, a method or a location; null if there is none.
async fn read(client: &Client, id: &str, fields: &str) -> Value {
    let noun = noun(id);
    let operation = format!("query($id: ID!) {{ {noun}(id: $id) {{ {fields} }} }}");
    client.run(&operation, json!({ "id": id })).await.at(&format!("/{noun}")).clone()
}

fn noun(id: &str) -> &'static str {
    match id.split_once('_').unwrap().0 {
        "shippingzone" => "shippingZone",
        "shippingmethod" => "shippingMethod",
        _ => "pickupLocation",
    }
}
