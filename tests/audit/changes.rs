//! What is told of changes: each field with what it was and what it became.

use super::*;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_change_of_a_product_tells_each_field_before_and_after() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({ "vendor": "Weaver", "tags": ["a"] })).await;

        let change = json!({ "name": "Wool Scarf", "vendor": null, "tags": ["a", "b"], "type": "Scarf" });
        fixture::update(&owner, "productUpdate", &product, change).await;

        let expected = [
            "name: \"Linen Shirt\" -> \"Wool Scarf\"",
            "tags: [\"a\"] -> [\"a\",\"b\"]",
            "type: nothing -> \"Scarf\"",
            "vendor: \"Weaver\" -> nothing",
        ];
        assert_eq!(changes(app, &product).await, expected);
        fixture::change(&owner, "productArchive", &product).await;
        assert_eq!(changes(app, &product).await, ["status: \"ACTIVE\" -> \"ARCHIVED\""]);
    })
    .await;
}

#[tokio::test]
async fn a_long_text_is_told_by_its_beginning() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;

        let text = "word ".repeat(1_000);
        fixture::update(&owner, "productUpdate", &product, json!({ "description": text })).await;

        let told = changes(app, &product).await;
        assert!(told[0].ends_with("…\"") && told[0].chars().count() < 1_100, "{}", told[0]);
    })
    .await;
}

#[tokio::test]
async fn changes_of_variants_prices_and_stock_are_told() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let variant = fixture::variant(&owner, &product).await;

        let change = json!({ "sku": "S-1", "weight": { "grams": 200, "unit": "KG" } });
        fixture::update(&owner, "productVariantUpdate", &variant, change).await;
        let of_variant = changes(app, &product).await;
        fixture::price(&owner, &product, "default", "12.50").await;
        let of_price = changes(app, &product).await;
        let gone = json!({ "price": null });
        fixture::update(&owner, "productVariantPriceSet", &variant, gone).await;
        let of_none = changes(app, &product).await;
        fixture::change(&owner, "productVariantUnpublish", &variant).await;
        let of_status = changes(app, &product).await;
        fixture::stock(&owner, "stockLevelSet", json!({ "variant": variant, "onHand": 7 })).await;
        let of_stock = changes(app, &variant).await;

        let expected = ["sku: nothing -> \"S-1\"", "weightGrams: nothing -> 200", "weightUnit: \"G\" -> \"KG\""];
        assert_eq!(of_variant, expected);
        assert_eq!(of_price, ["priceMinor: 1000 -> 1250"]);
        assert_eq!(of_none, ["priceMinor: 1250 -> nothing"]);
        assert_eq!(of_status, ["status: \"ACTIVE\" -> \"DRAFT\""]);
        assert_eq!(of_stock, ["onHand: 5 -> 7"]);
    })
    .await;
}

#[tokio::test]
async fn changes_of_collections_attributes_and_channels_are_told() {
    on_both(async |app| {
        let owner = app.owner().await;
        let collection = fixture::collection(&owner, json!({})).await;
        let wanted = json!({ "name": "Colour", "type": "CHOICE", "choices": [{ "name": "Red" }] });
        let attribute = fixture::create_attribute(&owner, wanted).await.text("/attributeCreate/attribute/id");
        let channel = fixture::channel(&owner, json!({})).await;

        fixture::update(&owner, "collectionUpdate", &collection, json!({ "name": "Tops" })).await;
        let of_collection = changes(app, &collection).await;
        let choices = json!({ "choices": [{ "name": "Red" }, { "name": "Blue" }] });
        fixture::update(&owner, "attributeUpdate", &attribute, choices).await;
        let of_attribute = changes(app, &attribute).await;
        fixture::update(&owner, "channelUpdate", &channel, json!({ "name": "Nippon" })).await;
        let of_channel = changes(app, &channel).await;

        assert_eq!(of_collection, ["name: \"Shirts\" -> \"Tops\""]);
        assert_eq!(of_attribute, ["choices: [[\"Red\",null]] -> [[\"Red\",null],[\"Blue\",null]]"]);
        assert_eq!(of_channel, ["name: \"Japan\" -> \"Nippon\""]);
    })
    .await;
}

#[tokio::test]
async fn what_a_channel_shows_is_told() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;

        let span = json!({ "channel": "default", "publishedUntil": "2030-01-01T00:00:00Z" });
        fixture::show(&owner, &product, span).await;
        let shown = changes(app, &product).await;
        fixture::hide(&owner, &product, "default").await;
        let hidden = changes(app, &product).await;

        assert_eq!(shown, ["publishedUntil: nothing -> \"2030-01-01T00:00:00Z\""]);
        assert_eq!(hidden.len(), 2, "{hidden:?}");
        assert!(hidden[0].starts_with("channel: \"channel_") && hidden[0].ends_with("-> nothing"), "{hidden:?}");
    })
    .await;
}

#[tokio::test]
async fn changes_of_roles_and_staff_are_told() {
    on_both(async |app| {
        let owner = app.owner().await;
        let create = "mutation { roleCreate(input: { name: \"Clerk\", permissions: [PRODUCT_READ] }) { role { id } } }";
        let role = owner.query(create).await.text("/roleCreate/role/id");
        let made = changes(app, &role).await;
        let update = "mutation($id: ID!) { roleUpdate(id: $id, input: { permissions: [JOB_READ] }) { role { id } } }";
        owner.run(update, json!({ "id": role })).await.data();
        let changed = changes(app, &role).await;
        let invite = "mutation { staffUserInvite(input: { email: \"ada@example.com\", name: \"Ada\", roles: [] }) {
            staffUser { id } } }";
        let ada = owner.query(invite).await.text("/staffUserInvite/staffUser/id");
        let give = "mutation($id: ID!, $role: ID!) { staffUserUpdate(id: $id, input: { roles: [$role] }) {
            staffUser { id } } }";
        owner.run(give, json!({ "id": ada, "role": role })).await.data();

        assert_eq!(made, ["name: nothing -> \"Clerk\"", "permissions: nothing -> [\"PRODUCT_READ\"]"]);
        assert_eq!(changed, ["permissions: [\"PRODUCT_READ\"] -> [\"JOB_READ\"]"]);
        assert_eq!(changes(app, &ada).await, [format!("roles: [] -> [\"{role}\"]")]);
        let told = ["staff_user.created", "staff_user.invited", "staff_user.updated"];
        assert_eq!(actions(app, &ada).await, told);
    })
    .await;
}

#[tokio::test]
async fn changes_of_people_are_told_to_who_may_see_these() {
    on_both(async |app| {
        let owner = app.owner().await;
        let create = "mutation { customerCreate(input: { email: \"ada@example.com\" }) { customer { id } } }";
        let id = owner.query(create).await.text("/customerCreate/customer/id");
        let update = "mutation($id: ID!) { customerUpdate(id: $id, input: { lastName: \"Lovelace\" }) {
            userErrors { code message } } }";
        owner.run(update, json!({ "id": id })).await.data();
        let ask = async |permissions: &[Permission]| {
            let reply = app.staff(permissions).await.run(LIST, json!({ "filter": { "object": id } })).await;
            reply.at("/auditEntries/nodes/0/changes").clone()
        };

        assert_eq!(ask(&[Permission::AuditRead]).await, Value::Null);
        let told = ask(&[Permission::AuditRead, Permission::CustomerRead]).await;
        assert_eq!(told[0]["after"], "\"Lovelace\"");
    })
    .await;
}
