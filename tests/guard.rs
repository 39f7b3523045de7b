//! Every guard of the schema, walked: what says that it requires something refuses those who lack it, and what says
//! nothing refuses nobody.
//!
//! Root fields are called with arguments made from their types. Fields of other types are called at the end of a path
//! that leads to an object of the type: from the fixture's objects by `node`, or from a root field.

mod arguments;
mod path;
mod requirement;

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::Value;
use tradepost::auth::Permission;

use self::arguments::arguments;
use self::path::Paths;
use self::requirement::{Requirement, requirement};
use crate::support::introspection::{Field, Introspection, TypeRef};
use crate::support::{Client, Reply, TestApp, on_both, sql};

/// The root fields that anybody may call. Whoever adds one says so here.
const PUBLIC: [&str; 45] = [
    "attribute",
    "attributes",
    "cart",
    "cartBillingAddressSet",
    "cartBuyerSet",
    "cartCodesAdd",
    "cartCodesRemove",
    "cartCreate",
    "cartDeliverySet",
    "cartGiftCardAdd",
    "cartGiftCardRemove",
    "cartLinesAdd",
    "cartLinesRemove",
    "cartLinesUpdate",
    "cartMetadataSet",
    "cartNoteSet",
    "cartPricesAcknowledge",
    "cartShippingAddressSet",
    "channel",
    "channels",
    "collectionBySlug",
    "collections",
    "countries",
    "country",
    "customerErasureConfirm",
    "customerRegister",
    "customerSignIn",
    "customerVerificationRequest",
    "customerVerify",
    "emailChange",
    "node",
    "nodes",
    "passwordReset",
    "passwordResetRequest",
    "product",
    "productBySlug",
    "productPreview",
    "productVariant",
    "productVariantByBarcode",
    "productVariantBySku",
    "products",
    "sessionRefresh",
    "shop",
    "staffInvitationAccept",
    "staffSignIn",
];

/// Public, too, though the answer depends on who asks.
const VIEWER: &str = "viewer";

/// What customers are shown of themselves; staff reach it another way.
const CUSTOMER: &str = "Customer";

/// Types that only a mutation which succeeds gives, and whose fields the tests of that mutation read.
const READ_ELSEWHERE: [&str; 6] =
    ["ChannelPermissions", "ProductBulkResult", "ProductPreview", "ProductVariantBulkResult", "Session", "UserError"];

async fn is_refused(client: &Client, document: &str) -> Option<String> {
    let reply = client.query(document).await;
    assert_ne!(reply.status, StatusCode::BAD_REQUEST, "{document} {}", reply.json);
    let code = reply.code()?;
    ["UNAUTHENTICATED", "FORBIDDEN"].contains(&code).then(|| code.to_owned())
}

async fn introspection(app: &TestApp) -> Introspection {
    Introspection::read(&app.anonymous()).await
}

fn roots(schema: &Introspection) -> impl Iterator<Item = (&'static str, &Field)> {
    let of = |keyword, name: &str| schema.of(name).fields().iter().map(move |field| (keyword, field));
    of("query", "Query").chain(of("mutation", "Mutation"))
}

/// A document that calls a root field and reads what its type offers to everybody.
fn call(schema: &Introspection, keyword: &str, field: &Field) -> String {
    let arguments = arguments(schema, field);
    format!("{keyword} {{ {}{arguments}{} }}", field.name, selection(schema, &field.r#type, 1))
}

/// Every field that needs neither a right nor an argument, with objects followed so many levels down.
fn selection(schema: &Introspection, of: &TypeRef, levels: usize) -> String {
    if !schema.is_composite(of) {
        return String::new();
    }
    let mut fields = vec!["__typename".to_owned()];
    for field in schema.of(of.base()).fields() {
        let is_open = requirement(field).is_none() && !field.args.iter().any(|argument| argument.is_required());
        if is_open && (levels > 0 || !schema.is_composite(&field.r#type)) {
            fields.push(format!("{}{}", field.name, selection(schema, &field.r#type, levels.saturating_sub(1))));
        }
    }
    format!(" {{ {} }}", fields.join(" "))
}

/// Whether the refusal is about exactly this field.
fn assert_code(reply: &Reply, code: &str, field: &str) {
    assert_eq!(reply.code(), Some(code), "{field}: {}", reply.json);
    let path = reply.json.pointer("/errors/0/path").and_then(Value::as_array).unwrap();
    assert_eq!(path.iter().rev().find_map(Value::as_str), Some(field), "{}", reply.json);
}

#[tokio::test]
async fn every_root_field_says_what_it_requires_or_is_known_to_be_public() {
    let app = TestApp::on_sqlite().await;
    let schema = introspection(&app).await;

    let mut public = Vec::new();
    for (_, field) in roots(&schema) {
        if requirement(field).is_none() {
            let text = field.description.as_deref().unwrap_or_default();
            assert!(text.ends_with("Public."), "{} says neither what it requires nor \"Public.\"", field.name);
            public.push(field.name.as_str());
        }
    }

    public.retain(|name| *name != VIEWER);
    public.sort_unstable();
    assert_eq!(public, PUBLIC);
}

#[tokio::test]
async fn a_guarded_root_field_refuses_whoever_lacks_the_right_and_does_nothing() {
    on_both(async |app| {
        let schema = introspection(app).await;
        let (anonymous, powerless) = (app.anonymous(), app.staff(&[]).await);
        let events = sql::number(app.app.db(), "SELECT COUNT(*) FROM event").await;

        for (keyword, field) in roots(&schema) {
            let Some(required) = requirement(field) else { continue };
            let document = call(&schema, keyword, field);
            assert_code(&anonymous.query(&document).await, "UNAUTHENTICATED", &field.name);
            if required != Requirement::Session {
                let reply = powerless.query(&document).await;
                assert_code(&reply, "FORBIDDEN", &field.name);
            }
        }

        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM event").await, events);
    })
    .await;
}

#[tokio::test]
async fn every_other_permission_together_does_not_open_a_guarded_root_field() {
    on_both(async |app| {
        let schema = introspection(app).await;

        for permission in Permission::ALL {
            let others: Vec<_> = Permission::ALL.into_iter().filter(|it| *it != permission).collect();
            let staff = app.staff(&others).await;
            for (keyword, field) in roots(&schema) {
                if requirement(field) == Some(Requirement::Permission(permission)) {
                    let reply = staff.query(&call(&schema, keyword, field)).await;
                    assert_code(&reply, "FORBIDDEN", &field.name);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_guarded_root_field_answers_whoever_has_exactly_the_right() {
    on_both(async |app| {
        let schema = introspection(app).await;

        for (keyword, field) in roots(&schema) {
            let Some(required) = requirement(field) else { continue };
            let client = match required {
                Requirement::Customer => path::customer(app).await,
                _ => app.staff(&required.permissions()).await,
            };
            let reply = client.query(&call(&schema, keyword, field)).await;
            let answer = reply.at(&format!("/{}", field.name));
            // An object of an id that nothing has is null for everybody.
            assert!(answer.is_object() || keyword == "query", "{} {}", field.name, reply.json);
        }
    })
    .await;
}

#[tokio::test]
async fn a_public_root_field_refuses_nobody() {
    on_both(async |app| {
        let schema = introspection(app).await;

        for (keyword, field) in roots(&schema).filter(|(_, field)| requirement(field).is_none()) {
            let document = call(&schema, keyword, field);
            assert_eq!(is_refused(&app.anonymous(), &document).await, None, "{document}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_guarded_field_of_an_object_refuses_whoever_lacks_the_right() {
    on_both(async |app| {
        let schema = introspection(app).await;
        let paths = Paths::lay(app, &schema).await;
        let powerless = app.staff(&[]).await;
        let mut checked = 0;

        for (of, field) in schema.objects().flat_map(|of| of.fields().iter().map(move |field| (of, field))) {
            let Some(required) = requirement(field).filter(|_| of.name != CUSTOMER) else { continue };
            let path = paths.to(&of.name).unwrap_or_else(|| panic!("no way to {}.{} is known", of.name, field.name));
            let document = path.read(&schema, field);
            let is_open = path.permissions.is_empty();
            if is_open {
                assert_code(&app.anonymous().query(&document).await, "UNAUTHENTICATED", &field.name);
            }
            // Who needs the same right to come here cannot lack it.
            if let Requirement::Permission(permission) = required
                && !path.permissions.contains(&permission)
            {
                let lacking = if is_open { powerless.clone() } else { app.staff(&path.permissions).await };
                assert_code(&lacking.query(&document).await, "FORBIDDEN", &field.name);
            }
            let all = [path.permissions.clone(), required.permissions()].concat();
            app.staff(&all).await.query(&document).await.data();
            checked += 1;
        }

        assert!(checked > 0, "no field of an object is guarded any more");
    })
    .await;
}

#[tokio::test]
async fn a_field_of_an_object_that_requires_nothing_refuses_nobody() {
    on_both(async |app| {
        let schema = introspection(app).await;
        let paths = Paths::lay(app, &schema).await;
        let mut clients = BTreeMap::new();

        for of in schema.objects() {
            let is_payload = of.name.ends_with("Payload");
            if is_payload || READ_ELSEWHERE.contains(&of.name.as_str()) {
                continue;
            }
            let path = paths.to(&of.name).unwrap_or_else(|| panic!("no way to {} is known", of.name));
            // Signed in once: every sign-in is an audit entry, and those of the fixture are to stay on the first page.
            let who = (path.steps_begin_at_viewer(), path.is_of_customer(), path.permissions.clone());
            if !clients.contains_key(&who) {
                clients.insert(who.clone(), path.client(app).await);
            }
            let client = &clients[&who];
            for field in of.fields().iter().filter(|field| requirement(field).is_none()) {
                let document = path.read(&schema, field);
                let reply = client.query(&document).await;
                assert!(path.has_reached(reply.data(), field), "{document} reads no {}: {}", of.name, reply.json);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_guarded_field_of_a_customer_refuses_the_customer_and_answers_staff_who_may() {
    on_both(async |app| {
        let schema = introspection(app).await;
        let client = path::customer(app).await;
        let of = schema.of(CUSTOMER);
        let guarded = of.fields().iter().filter_map(|field| Some((field, requirement(field)?)));
        let mut checked = 0;

        for (field, required) in guarded {
            let inner = if schema.is_composite(&field.r#type) { " { __typename }" } else { "" };
            let asked = format!("{}{inner}", field.name);
            let reply = client.query(&format!("{{ viewer {{ customer {{ {asked} }} }} }}")).await;
            assert_code(&reply, "FORBIDDEN", &field.name);
            let staff = app.staff(&required.permissions()).await;
            staff.query(&format!("{{ customers {{ nodes {{ {asked} }} }} }}")).await.data();
            checked += 1;
        }

        assert!(checked > 0, "no field of a customer is guarded any more");
    })
    .await;
}
