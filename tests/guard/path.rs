//! Ways through the schema to an object of every type.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};
use tradepost::auth::Permission;

use super::arguments::arguments;
use super::requirement::{Requirement, requirement};
use crate::support::introspection::{Field, Introspection};
use crate::support::{Client, TestApp, fixture};

/// The way to one type.
#[derive(Clone)]
pub struct Path {
    /// What stands before the selection, such as `{ shop { channel {`.
    opening: String,
    /// The fields on the way.
    steps: Vec<String>,
    /// What is needed to go it.
    pub permissions: Vec<Permission>,
}

pub struct Paths(BTreeMap<String, Path>);

impl Paths {
    /// Makes objects that lack nothing, and finds the shortest way to each type.
    pub async fn lay(app: &TestApp, schema: &Introspection) -> Self {
        let mut paths = Self(BTreeMap::new());
        let mut ahead = VecDeque::new();
        for (of, id) in objects(app).await {
            let opening = format!("{{ node(id: \"{id}\") {{ ... on {of} {{");
            ahead.push_back((of.to_owned(), Path { opening, steps: vec!["node".to_owned()], permissions: Vec::new() }));
        }
        for field in schema.of("Query").fields() {
            let is_plain = !field.args.iter().any(|argument| argument.is_required());
            if is_plain && schema.get(field.r#type.base()).is_some_and(|of| of.kind == "OBJECT") {
                let path = Path { opening: "{".to_owned(), steps: Vec::new(), permissions: Vec::new() };
                ahead.push_back((field.r#type.base().to_owned(), path.through(field)));
            }
        }
        while let Some((name, path)) = ahead.pop_front() {
            if paths.0.contains_key(&name) {
                continue;
            }
            for field in schema.of(&name).fields() {
                // Whoever walks is a person who has no cart, and the cart on the way is a guest's.
                let leads_nowhere = [("Viewer", "apiToken"), ("Viewer", "cart"), ("Cart", "customer")];
                if leads_nowhere.contains(&(name.as_str(), field.name.as_str())) {
                    continue;
                }
                let is_object = schema.get(field.r#type.base()).is_some_and(|of| of.kind == "OBJECT");
                if is_object && !field.args.iter().any(|argument| argument.is_required()) {
                    ahead.push_back((field.r#type.base().to_owned(), path.through(field)));
                }
            }
            paths.0.insert(name, path);
        }
        paths
    }

    pub fn to(&self, name: &str) -> Option<&Path> {
        self.0.get(name)
    }
}

impl Path {
    fn through(&self, field: &Field) -> Self {
        let mut path = self.clone();
        path.opening = format!("{} {} {{", path.opening, field.name);
        path.steps.push(field.name.clone());
        if let Some(Requirement::Permission(permission)) = requirement(field) {
            path.permissions.push(permission);
        }
        path
    }

    /// A document that reads one field of the type at the end.
    pub fn read(&self, schema: &Introspection, field: &Field) -> String {
        let inner = if schema.is_composite(&field.r#type) { " { __typename }" } else { "" };
        let opened = format!("{} {}{}{inner}", self.opening, field.name, arguments(schema, field));
        let open = opened.matches('{').count() - opened.matches('}').count();
        format!("{opened} {}", "}".repeat(open))
    }

    /// Somebody who may go this way and no further; who is the viewer has signed in.
    pub async fn client(&self, app: &TestApp) -> Client {
        if self.is_of_customer() {
            return customer(app).await;
        }
        let is_anonymous = self.permissions.is_empty() && !self.steps_begin_at_viewer();
        if is_anonymous { app.anonymous() } else { app.staff(&self.permissions).await }
    }

    /// Whether it leads to what customers see of themselves.
    pub fn is_of_customer(&self) -> bool {
        self.steps.starts_with(&OF_CUSTOMER.map(str::to_owned))
    }

    /// Whether it leads over who asks.
    pub fn steps_begin_at_viewer(&self) -> bool {
        self.steps[0] == super::VIEWER
    }

    /// Whether an object was there to read the field from.
    pub fn has_reached(&self, data: &Value, field: &Field) -> bool {
        reaches(data, &self.steps, &field.name)
    }
}

/// The beginning of the way to what customers see of themselves.
const OF_CUSTOMER: [&str; 2] = ["viewer", "customer"];

/// A customer who has signed in and keeps an address.
pub async fn customer(app: &TestApp) -> Client {
    let email = format!("{}@example.com", tradepost::id::CustomerId::generate());
    let client = crate::customer::customer(app, &email).await;
    let create = "mutation { customerAddressCreate(input: { address: { country: \"DE\", lastName: \"Lovelace\",
        line1: \"Torstr. 1\", postalCode: \"10119\", city: \"Berlin\" } }) { userErrors { message } } }";
    client.query(create).await.data();
    client
}

/// Whether steps lead to an object with a field; of a list any item may be the way.
fn reaches(at: &Value, steps: &[String], field: &str) -> bool {
    if let Value::Array(items) = at {
        return items.iter().any(|item| reaches(item, steps, field));
    }
    match steps.split_first() {
        Some((step, rest)) => reaches(&at[step], rest, field),
        None => at.get(field).is_some(),
    }
}

/// A group of customers, a gift card, and attributes.
async fn beside(owner: &Client) {
    let group = "mutation { customerGroupCreate(input: { name: \"Trade\" }) { userErrors { message } } }";
    owner.query(group).await.data();
    let card =
        "mutation { giftCardIssue(input: { idempotencyKey: \"1\", amount: { amount: \"5\", currency: \"EUR\" } }) {
        userErrors { message } } }";
    owner.query(card).await.data();
    let red = json!({ "name": "Red", "color": "#b22222" });
    let colour = json!({ "name": "Colour", "type": "COLOR", "isFilterable": false, "choices": [red] });
    fixture::define_attribute(owner, colour).await;
    fixture::define_attribute(owner, json!({ "name": "Length", "type": "NUMBER" })).await;
}

/// Promotions of every kind, and a product, a variant and a collection with everything that they can have.
async fn objects(app: &TestApp) -> [(&'static str, String); 4] {
    let owner = app.owner().await;
    let method = delivery(&owner).await;
    beside(&owner).await;
    let entry = json!([{ "key": "care", "value": "wash cold" }]);
    let class = fixture::tax_class(&owner, "Clothes").await;
    let area = json!({ "country": "US", "region": "CA", "postalCodes": { "from": "9", "to": "96" } });
    let zone = fixture::tax_zone(&owner, "California", json!([area])).await;
    fixture::tax_rate(&owner, &zone, "8.25", json!({ "taxClass": class })).await;
    let image = json!({ "url": "https://example.com/shirt.jpg", "altText": "A shirt" });
    let reply = fixture::create_product(
        &owner,
        json!({
            "images": [image],
            "vendor": "Weaver",
            "attributes": [
                { "attribute": "colour", "choices": ["red"] },
                { "attribute": "length", "numbers": ["70"] }
            ],
            "metadata": entry,
            "privateMetadata": entry,
            "options": [{ "name": "Size", "values": ["M"] }],
            "variants": [{
                "optionValues": [{ "option": "Size", "value": "M" }],
                "price": "10.00", "compareAtPrice": "12.00", "stock": 5,
                "weight": { "grams": 200 },
                "taxClass": class,
                "content": { "amount": "1", "unit": "PIECE" },
                "imageUrl": "https://example.com/shirt.jpg",
                "metadata": entry,
            }],
        }),
    )
    .await;
    let product = reply.text("/productCreate/product/id");
    let parent = fixture::collection(&owner, json!({ "name": "All" })).await;
    let rules = json!({ "match": "ANY", "conditions": [
        { "price": { "from": "1" } }, { "createdAt": { "from": "2026-03-01T12:30:00Z" } },
        { "attributeValue": { "attribute": "length", "anyOf": ["1"] } },
        { "attributeNumber": { "attribute": "length", "from": "1" } },
    ] });
    let collection =
        fixture::collection(&owner, json!({ "parent": parent, "rules": rules, "image": image, "metadata": entry }))
            .await;
    let variant = reply.text("/productCreate/product/variants/0/id");
    // The audit log tells of a change that everybody may see who reads it.
    fixture::update(&owner, "productUpdate", &product, json!({ "vendor": "Spinner" })).await.data();
    let list = crate::price_list::list(&owner, json!({})).await;
    for (from, price) in [(1, "8"), (10, "7")] {
        crate::price_list::price(&owner, &list, &variant, from, price).await;
    }
    crate::promotion::one_of_each(&owner).await;
    let token = "mutation { apiTokenCreate(input: { name: \"ERP\", permissions: [] }) { apiToken { id } } }";
    owner.query(token).await.data();
    let cart = cart(app, &owner, &variant, &method).await;
    [("Product", product), ("ProductVariant", variant), ("Collection", collection), ("Cart", cart)]
}

/// A zone to which goods are shipped at every kind of rate, and in which they are fetched.
async fn delivery(owner: &Client) -> String {
    let zone = crate::shipping::zone(
        owner,
        json!({ "name": "Bavaria", "areas": [
            { "country": "DE", "region": "BY", "postalCodes": { "from": "80", "to": "81" } }] }),
    )
    .await;
    let address = json!({ "country": "DE", "line1": "Torstr. 1", "postalCode": "10119", "city": "Berlin" });
    let location = crate::shipping::location(owner, json!({ "name": "Shop", "address": address })).await;
    let step = json!([{ "fromGrams": 0, "price": "5" }]);
    let rates = json!([
        { "currency": "USD", "byWeight": step },
        { "currency": "EUR", "byPrice": [{ "from": "0", "price": "5" }] },
        { "currency": "JPY", "byQuantity": [{ "from": 0, "price": "5" }] },
    ]);
    let input = json!({
        "name": "Collect", "kind": "PICKUP", "pickupLocation": location, "rates": rates,
        "weight": { "toGrams": 9000 }, "estimate": { "minDays": 1, "maxDays": 2 },
    });
    crate::shipping::method(owner, &zone, input.clone()).await;
    let home = crate::shipping::zone(owner, json!({ "name": "Home", "areas": [{ "country": "US" }] })).await;
    crate::shipping::method(owner, &home, input).await
}

/// A guest's cart that lacks nothing.
async fn cart(app: &TestApp, owner: &Client, variant: &str, method: &str) -> String {
    let attributes = json!([{ "name": "Engraving", "value": "Ada" }]);
    let input = json!({
        "lines": [{ "variant": variant, "quantity": 1, "attributes": attributes }], "shippingMethod": method,
        "shippingAddress": crate::cart::address_in("US"), "codes": ["WELCOME"],
        "metadata": [{ "key": "source", "value": "app" }],
    });
    let created = crate::cart::create(&app.anonymous(), input).await;
    assert_eq!(created.user_errors(), [""; 0]);
    let cart = created.text("/cartCreate/cart/id");
    let issue =
        "mutation { giftCardIssue(input: { idempotencyKey: \"2\", amount: { amount: \"5\", currency: \"USD\" } }) {
        code } }";
    let code = owner.query(issue).await.text("/giftCardIssue/code");
    let add = "mutation($id: ID!, $code: String!) { cartGiftCardAdd(id: $id, code: $code) { userErrors { code } } }";
    app.anonymous().run(add, json!({ "id": cart, "code": code })).await.data();
    cart
}
