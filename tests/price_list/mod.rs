//! Price lists: how staff keep them and their prices, and what shoppers see of them and of promotions of the catalogue.

mod list_refused;
mod lists;
mod pages;
mod prices;
mod promotions;
mod statements;

use serde_json::{Value, json};
use tradepost::auth::Permission;

use crate::support::fixture::with;
use crate::support::{Client, Reply, TestApp, fixture};

const FIELDS: &str = "id name currency isActive startsAt endsAt externalId version channels { slug } groups { name }";

pub async fn staff(app: &TestApp) -> Client {
    app.staff(&[Permission::PriceListRead, Permission::PriceListWrite]).await
}

/// An active list of the default channel, for everybody, but for what is said.
pub async fn create(staff: &Client, change: Value) -> Reply {
    let operation = format!(
        "mutation($input: PriceListCreateInput!) {{ priceListCreate(input: $input) {{
            priceList {{ {FIELDS} metadata {{ value }} privateMetadata {{ value }} prices {{ totalCount }} }}
            userErrors {{ code message field limit }} }} }}"
    );
    let input = with(json!({ "name": "Trade", "currency": "USD" }), change);
    staff.run(&operation, json!({ "input": input })).await
}

pub async fn list(staff: &Client, change: Value) -> String {
    create(staff, change).await.text("/priceListCreate/priceList/id")
}

pub async fn update(staff: &Client, id: &str, input: Value) -> Reply {
    let operation = format!(
        "mutation($id: ID!, $input: PriceListUpdateInput!) {{ priceListUpdate(id: $id, input: $input) {{
            priceList {{ {FIELDS} }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "input": input })).await
}

pub async fn delete(staff: &Client, id: &str) -> Reply {
    let operation = "mutation($id: ID!) { priceListDelete(id: $id) {
        priceList { id } userErrors { code message field } } }";
    staff.run(operation, json!({ "id": id })).await
}

/// Runs `priceListPricesSet` or `priceListPricesRemove`.
async fn change_prices(staff: &Client, verb: &str, id: &str, prices: Value) -> Reply {
    let kind = if verb == "Set" { "PriceListPriceInput" } else { "PriceListPriceSelector" };
    let operation = format!(
        "mutation($id: ID!, $prices: [{kind}!]!) {{ priceListPrices{verb}(id: $id, prices: $prices) {{
            priceList {{ id version }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "prices": prices })).await
}

pub async fn set(staff: &Client, id: &str, prices: Value) -> Reply {
    change_prices(staff, "Set", id, prices).await
}

pub async fn remove(staff: &Client, id: &str, prices: Value) -> Reply {
    change_prices(staff, "Remove", id, prices).await
}

/// Sets one price, which has to be accepted.
pub async fn price(staff: &Client, id: &str, variant: &str, from: i32, price: &str) {
    let reply = set(staff, id, json!([{ "variant": variant, "fromQuantity": from, "price": price }])).await;
    assert_eq!(reply.user_errors(), [""; 0]);
}

/// The prices of a list, each as `10 8.00`.
async fn prices(staff: &Client, id: &str) -> Vec<String> {
    let query = "query($id: ID!) { priceList(id: $id) { prices(first: 100) {
        nodes { fromQuantity price { amount } } } } }";
    let reply = staff.run(query, json!({ "id": id })).await;
    let nodes = reply.at("/priceList/prices/nodes").as_array().unwrap();
    let told =
        |node: &Value| format!("{} {}", node["fromQuantity"], node["price"]["amount"].as_str().unwrap_or_default());
    nodes.iter().map(told).collect()
}

/// Creates a group of customers and gives its id.
pub async fn group(owner: &Client, name: &str) -> String {
    let operation = "mutation($name: String!) { customerGroupCreate(input: { name: $name }) {
        customerGroup { id } userErrors { code message } } }";
    owner.run(operation, json!({ "name": name })).await.text("/customerGroupCreate/customerGroup/id")
}

/// A customer of some groups who has signed in.
pub async fn member(app: &TestApp, owner: &Client, email: &str, groups: &[&str]) -> Client {
    let client = crate::customer::customer(app, email).await;
    let customer = crate::customer::id(&client).await;
    for group in groups {
        let operation = "mutation($id: ID!, $customer: ID!) {
            customerGroupCustomersAdd(id: $id, customers: [$customer]) { userErrors { code message } } }";
        let reply = owner.run(operation, json!({ "id": group, "customer": customer })).await;
        assert_eq!(reply.user_errors(), [""; 0]);
    }
    client
}

/// A promotion of the catalogue of the default channel, by a discount and what is said; gives its id.
pub async fn promotion(owner: &Client, discount: Value, items: Value, change: Value) -> String {
    let channel = owner.query("{ shop { channel { id } } }").await.text("/shop/channel/id");
    let base = json!({
        "name": "Sale", "description": "While it lasts", "channels": [channel],
        "action": { "catalogue": { "discount": discount, "items": items } },
    });
    let operation = "mutation($input: PromotionCreateInput!) { promotionCreate(input: $input) {
        promotion { id } userErrors { code message field } } }";
    let reply = owner.run(operation, json!({ "input": with(base, change) })).await;
    assert_eq!(reply.user_errors(), [""; 0]);
    reply.text("/promotionCreate/promotion/id")
}

/// A product of variants with these prices; gives its id and theirs.
pub async fn product(owner: &Client, name: &str, prices: &[&str]) -> (String, Vec<String>) {
    let sized = |(n, price): (usize, &&str)| json!({ "price": price, "optionValues": [{ "option": "Size", "value": n.to_string() }] });
    let variants: Vec<_> = prices.iter().enumerate().map(sized).collect();
    let input = json!({ "name": name, "options": [{ "name": "Size" }], "variants": variants });
    let id = fixture::product(owner, input).await;
    let variants = fixture::variants(owner, &id).await;
    (id, variants)
}

/// What a client sees of the prices of a product: the span of its prices, then `price base compare-at` of each variant.
pub async fn seen(client: &Client, product: &str) -> Vec<String> {
    let fields = "priceRange { lowest { amount } highest { amount } }
        variants { price { amount } basePrice { amount } compareAtPrice { amount } }";
    let read = fixture::read(client, product, fields).await;
    let amount = |value: &Value| value["amount"].as_str().unwrap_or("-").to_owned();
    let range = &read["priceRange"];
    let mut seen = vec![format!("{}-{}", amount(&range["lowest"]), amount(&range["highest"]))];
    for variant in read["variants"].as_array().unwrap() {
        let [price, base, before] = ["price", "basePrice", "compareAtPrice"].map(|field| amount(&variant[field]));
        seen.push(format!("{price} {base} {before}"));
    }
    seen
}
