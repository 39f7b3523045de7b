//! Carts: what lies in them, what they cost, who may touch them, and what happens when several do at once.

mod access;
mod codes;
mod concurrency;
mod cost;
mod create;
mod delivery;
mod details;
mod gift_cards;
mod lines;
mod merge;
mod problems;

use serde_json::{Value, json};

use crate::support::{Client, Reply, fixture};

/// What tests read of a cart.
pub const CART: &str = "id email quantity note version subtotal { amount } discount { amount } amountDue { amount }
    total { net { amount } tax { amount } gross { amount } }
    lines { id name quantity isGift attributes { name value } variant { id }
        cost { basePrice { amount } unitPrice { net { amount } gross { amount } } subtotal { amount } taxPercentage
            discounts { amount { amount } isOfOrder promotion { name code } }
            total { net { amount } tax { amount } gross { amount } } } }
    codes { code isApplied } problems { code isBlocking message available limit promotionCode
        from { amount } to { amount } line { id } }
    shipping { method { name } total { gross { amount } } }";

const ERRORS: &str = "userErrors { code message field limit available }";

/// Runs a mutation of a cart whose arguments are written out, and reads the cart that it gives.
pub async fn run(client: &Client, mutation: &str, arguments: &str, variables: Value) -> Reply {
    let declared = declared(mutation);
    client
        .run(&format!("mutation{declared} {{ {mutation}({arguments}) {{ cart {{ {CART} }} {ERRORS} }} }}"), variables)
        .await
}

fn declared(mutation: &str) -> &'static str {
    match mutation {
        "cartCreate" => "($input: CartCreateInput!, $channel: String)",
        "cartLinesAdd" => "($id: ID!, $lines: [CartLineInput!]!)",
        "cartLinesUpdate" => "($id: ID!, $lines: [CartLineUpdateInput!]!)",
        "cartLinesRemove" => "($id: ID!, $lines: [ID!]!)",
        "cartBuyerSet" => "($id: ID!, $input: CartBuyerInput!)",
        "cartShippingAddressSet" | "cartBillingAddressSet" => "($id: ID!, $address: AddressInput)",
        "cartDeliverySet" => "($id: ID!, $method: ID)",
        "cartCodesAdd" | "cartCodesRemove" => "($id: ID!, $codes: [String!]!)",
        "cartGiftCardAdd" => "($id: ID!, $code: String!)",
        "cartGiftCardRemove" => "($id: ID!, $giftCard: ID!)",
        "cartMetadataSet" => "($id: ID!, $metadata: [MetadataEntryInput!]!)",
        "cartPrivateMetadataSet" => "($id: ID!, $privateMetadata: [MetadataEntryInput!]!)",
        "cartNoteSet" => "($id: ID!, $note: String!)",
        "cartTaxExemptionSet" => "($id: ID!, $isTaxExempt: Boolean!)",
        _ => "($id: ID!)",
    }
}

/// Makes a cart, and gives the whole reply.
pub async fn create(client: &Client, input: Value) -> Reply {
    run(client, "cartCreate", "input: $input, channel: $channel", json!({ "input": input })).await
}

/// Makes a cart with one line, and gives its id.
pub async fn cart_with(client: &Client, variant: &str, quantity: i32) -> String {
    let reply = create(client, json!({ "lines": [{ "variant": variant, "quantity": quantity }] })).await;
    assert_eq!(reply.user_errors(), [""; 0]);
    reply.text("/cartCreate/cart/id")
}

/// Adds units of a variant, and gives the whole reply.
pub async fn add(client: &Client, cart: &str, variant: &str, quantity: i32) -> Reply {
    add_lines(client, cart, json!([{ "variant": variant, "quantity": quantity }])).await
}

pub async fn add_lines(client: &Client, cart: &str, lines: Value) -> Reply {
    run(client, "cartLinesAdd", "id: $id, lines: $lines", json!({ "id": cart, "lines": lines })).await
}

pub async fn update_lines(client: &Client, cart: &str, lines: Value) -> Reply {
    run(client, "cartLinesUpdate", "id: $id, lines: $lines", json!({ "id": cart, "lines": lines })).await
}

pub async fn add_codes(client: &Client, cart: &str, codes: &[&str]) -> Reply {
    run(client, "cartCodesAdd", "id: $id, codes: $codes", json!({ "id": cart, "codes": codes })).await
}

pub async fn ship_to(client: &Client, cart: &str, address: Value) -> Reply {
    run(client, "cartShippingAddressSet", "id: $id, address: $address", json!({ "id": cart, "address": address })).await
}

/// The cart as a client reads it; null where it is not there.
pub async fn read(client: &Client, cart: &str) -> Value {
    let reply = client.run(&format!("query($id: ID!) {{ cart(id: $id) {{ {CART} }} }}"), json!({ "id": cart })).await;
    reply.at("/cart").clone()
}

/// The quantities of all lines, in their order.
pub fn quantities(cart: &Value) -> Vec<i64> {
    cart["lines"].as_array().unwrap().iter().map(|line| line["quantity"].as_i64().unwrap()).collect()
}

/// The codes of the problems, in their order.
pub fn problems(cart: &Value) -> Vec<&str> {
    cart["problems"].as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap()).collect()
}

/// An active product with one variant, and the variant's id.
pub async fn variant(staff: &Client, name: &str, price: &str, stock: i64) -> String {
    let change = json!({ "name": name, "variants": [{ "price": price, "stock": stock }] });
    let product = fixture::product(staff, change).await;
    fixture::variant(staff, &product).await
}

pub fn address_in(country: &str) -> Value {
    match country {
        "DE" => json!({ "country": "DE", "lastName": "Noether", "line1": "Marktstraße 1", "postalCode": "91054",
            "city": "Erlangen" }),
        "AT" => {
            json!({ "country": "AT", "lastName": "Meitner", "line1": "Ring 1", "postalCode": "1010", "city": "Wien" })
        }
        _ => {
            json!({ "country": "US", "lastName": "Hopper", "line1": "1 Main St", "city": "Springfield", "region": "IL",
            "postalCode": "62701" })
        }
    }
}

/// Everything that a promotion can need, so that a test states one thing: runs `promotionCreate` and gives the id.
pub async fn promotion(staff: &Client, change: Value) -> String {
    const CREATE: &str = "mutation($input: PromotionCreateInput!) { promotionCreate(input: $input) {
        promotion { id } userErrors { code message field } } }";
    let input = fixture::with(json!({ "name": "Sale" }), change);
    let reply = staff.run(CREATE, json!({ "input": input })).await;
    assert_eq!(reply.user_errors(), [""; 0], "{input}");
    reply.text("/promotionCreate/promotion/id")
}
