//! Objects that tests begin with, made through the API, with one fact stated per test.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tradepost::clock::Timestamp;
use tradepost::db::all_set;
use tradepost::entity::attribute_type::{AttributeSubject, AttributeType};
use tradepost::entity::publication_status::PublicationStatus;
use tradepost::entity::{attribute, event, product_variant};
use tradepost::id::{AttributeId, ProductVariantId};
use uuid::Uuid;

pub use super::attribute::{create_attribute, define_attribute, set_attributes};
pub use super::tax::{create_tax_class, create_tax_rate, create_tax_zone, tax_class, tax_rate, tax_zone};
use super::{Client, Reply, TestApp};

pub const PRODUCT_CREATE: &str = "mutation($input: ProductCreateInput!) { productCreate(input: $input) {
    product { id slug name status version variants { id sku price { amount } } }
    userErrors { code message field limit } } }";

pub const COLLECTION_CREATE: &str = "mutation($input: CollectionCreateInput!) { collectionCreate(input: $input) {
    collection { id slug name status version } userErrors { code message field limit } } }";

/// Merges an object into another, whose values give way.
pub fn with(mut base: Value, change: Value) -> Value {
    for (key, value) in change.as_object().unwrap() {
        base[key] = value.clone();
    }
    base
}

/// The input of an active product with one variant that costs 10.00 and of which there are 5.
pub fn product_input(change: Value) -> Value {
    let base = json!({
        "name": "Linen Shirt",
        "status": "ACTIVE",
        "variants": [{ "price": "10.00", "stock": 5 }],
    });
    with(base, change)
}

/// Creates a product and gives its id.
pub async fn product(staff: &Client, change: Value) -> String {
    create_product(staff, change).await.text("/productCreate/product/id")
}

/// Creates a product and gives the whole reply.
pub async fn create_product(staff: &Client, change: Value) -> Reply {
    staff.run(PRODUCT_CREATE, json!({ "input": product_input(change) })).await
}

/// Creates an active collection and gives its id.
pub async fn collection(staff: &Client, change: Value) -> String {
    let input = with(json!({ "name": "Shirts", "status": "ACTIVE" }), change);
    staff.run(COLLECTION_CREATE, json!({ "input": input })).await.text("/collectionCreate/collection/id")
}

/// Creates a collection of a slug with these members, and gives the whole reply.
pub async fn collection_of(staff: &Client, slug: &str, products: &[String]) -> Reply {
    let input = json!({ "name": "Shirts", "slug": slug, "status": "ACTIVE", "products": products });
    staff.run(COLLECTION_CREATE, json!({ "input": input })).await
}

/// Creates a channel that sells in yen and gives its id.
pub async fn channel(staff: &Client, change: Value) -> String {
    create_channel(staff, change).await.text("/channelCreate/channel/id")
}

/// Creates a channel and gives the whole reply.
pub async fn create_channel(staff: &Client, change: Value) -> Reply {
    const CREATE: &str = "mutation($input: ChannelCreateInput!) { channelCreate(input: $input) {
        channel { id slug version } userErrors { code message field limit } } }";
    let base = json!({
        "slug": "japan", "name": "Japan", "currency": "JPY", "homeCountry": "JP", "pricesIncludeTax": true,
        "defaultLanguage": "ja",
    });
    staff.run(CREATE, json!({ "input": with(base, change) })).await
}

/// Shows a product or a collection in a channel: runs `productChannelSet` or `collectionChannelSet`.
pub async fn show(staff: &Client, id: &str, input: Value) -> Reply {
    let noun = id.split_once('_').unwrap().0;
    let operation = format!(
        "mutation($id: ID!, $input: PublicationInput!) {{ {noun}ChannelSet(id: $id, input: $input) {{
            {noun} {{ id version }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "input": input })).await
}

/// Takes a product or a collection out of a channel.
pub async fn hide(staff: &Client, id: &str, channel: &str) -> Reply {
    let noun = id.split_once('_').unwrap().0;
    let operation = format!(
        "mutation($id: ID!, $channel: String!) {{ {noun}ChannelRemove(id: $id, channel: $channel) {{
            {noun} {{ id version }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "channel": channel })).await
}

/// Sets the price of a product's only variant in a channel.
pub async fn price(staff: &Client, product: &str, channel: &str, price: &str) -> Reply {
    let variant = variant(staff, product).await;
    update(staff, "productVariantPriceSet", &variant, json!({ "channel": channel, "price": price })).await
}

/// Runs a mutation that takes nothing but an id, such as `productPublish`.
pub async fn change(staff: &Client, mutation: &str, id: &str) -> Reply {
    let object = object_of(mutation);
    let fields = if object == "channel" { "id isDefault" } else { "id status" };
    let operation = format!(
        "mutation($id: ID!) {{ {mutation}(id: $id) {{
            {object} {{ {fields} }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id })).await
}

/// Runs a mutation that takes an id and an input, such as `productUpdate`.
pub async fn update(staff: &Client, mutation: &str, id: &str, input: Value) -> Reply {
    let object = object_of(mutation);
    let input_type = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let operation = format!(
        "mutation($id: ID!, $input: {input_type}!) {{ {mutation}(id: $id, input: $input) {{
            {object} {{ id }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "input": input })).await
}

/// Adds a variant to a product and gives the whole reply.
pub async fn create_variant(staff: &Client, product: &str, input: Value) -> Reply {
    const CREATE: &str = "mutation($product: ID!, $input: ProductVariantCreateInput!) {
        productVariantCreate(product: $product, input: $input) {
            variant { id } userErrors { code message field limit } } }";
    staff.run(CREATE, json!({ "product": product, "input": input })).await
}

/// Gives a product archived variants like one that it has, straight in the database.
pub async fn archive_many(app: &TestApp, like: &str, number: usize) {
    let like: ProductVariantId = like.parse().unwrap();
    let db = app.app.db();
    let like = product_variant::Entity::find_by_id(like).one(db.reader()).await.unwrap().unwrap();
    let rows: Vec<_> = (0..number)
        .map(|n| product_variant::Model {
            id: ProductVariantId::generate(),
            status: PublicationStatus::Archived,
            option_key: format!("archived {n}"),
            sku: None,
            sku_key: None,
            external_id: None,
            ..like.clone()
        })
        .collect();
    let tx = db.begin().await.unwrap();
    for some in rows.chunks(500) {
        let some = some.iter().cloned().map(all_set::<product_variant::Entity, _>);
        product_variant::Entity::insert_many(some).exec_without_returning(&tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Runs `collectionProductsAdd` or `collectionProductsRemove`.
pub async fn members(staff: &Client, mutation: &str, id: &str, products: &[String]) -> Reply {
    let operation = format!(
        "mutation($id: ID!, $products: [ID!]!) {{ {mutation}(id: $id, products: $products) {{
            collection {{ id }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "products": products })).await
}

/// Runs `stockLevelSet` or `stockLevelAdjust`.
pub async fn stock(staff: &Client, mutation: &str, input: Value) -> Reply {
    let input_type = if mutation == "stockLevelSet" { "StockLevelSetInput" } else { "StockLevelAdjustInput" };
    let operation = format!(
        "mutation($input: {input_type}!) {{ {mutation}(input: $input) {{
            variant {{ id stockLevels {{ onHand allocated available location {{ id isDefault }} }} }}
            userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "input": input })).await
}

/// Fields of a product, variant or collection as a client reads them; null if there is none that it may see.
pub async fn read(client: &Client, id: &str, fields: &str) -> Value {
    let r#type = match id.split_once('_').unwrap().0 {
        "product" => "Product",
        "variant" => "ProductVariant",
        "attribute" => "Attribute",
        "channel" => "Channel",
        "taxclass" => "TaxClass",
        "taxzone" => "TaxZone",
        _ => "Collection",
    };
    let operation = format!("query($id: ID!) {{ node(id: $id) {{ ... on {type} {{ {fields} }} }} }}");
    client.run(&operation, json!({ "id": id })).await.at("/node").clone()
}

/// The ids of a product's variants, in order, as a client sees them.
pub async fn variants(client: &Client, product: &str) -> Vec<String> {
    let product = read(client, product, "variants { id }").await;
    let ids = product["variants"].as_array().unwrap().iter();
    ids.map(|variant| variant["id"].as_str().unwrap().to_owned()).collect()
}

/// The only variant of a product.
pub async fn variant(client: &Client, product: &str) -> String {
    let ids = variants(client, product).await;
    assert_eq!(ids.len(), 1, "{product} has {} variants", ids.len());
    ids.into_iter().next().unwrap()
}

/// Defines an attribute of products, straight in the database.
pub async fn attribute(app: &TestApp, code: &str, r#type: AttributeType) -> AttributeId {
    let (id, now) = (AttributeId::generate(), Timestamp::now());
    let row = attribute::Model {
        id,
        code: code.to_owned(),
        name: code.to_owned(),
        r#type,
        subject: AttributeSubject::Product,
        unit: None,
        is_filterable: true,
        position: 0,
        external_id: None,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    let tx = app.app.db().begin().await.unwrap();
    attribute::Entity::insert(all_set::<attribute::Entity, _>(row)).exec_without_returning(&tx).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// An id of a kind that nothing has.
pub fn unknown(kind: &str) -> String {
    format!("{kind}_01939d5c-0000-7000-8000-000000000000")
}

/// The events of an object in their order, each as `1 product.created`.
pub async fn history(app: &TestApp, id: &str) -> Vec<String> {
    let (kind, uuid) = id.split_once('_').unwrap();
    let rows = event::Entity::find()
        .filter(event::Column::AggregateType.eq(kind))
        .filter(event::Column::AggregateId.eq(Uuid::try_parse(uuid).unwrap()))
        .order_by_asc(event::Column::Sequence)
        .all(app.app.db().reader())
        .await
        .unwrap();
    rows.into_iter().map(|row| format!("{} {}", row.sequence, row.r#type)).collect()
}

/// How many rows a table has.
pub async fn count<E>(app: &TestApp) -> u64
where
    E: EntityTrait,
    E::Model: Sync,
{
    E::find().count(app.app.db().reader()).await.unwrap()
}

fn object_of(mutation: &str) -> &'static str {
    if mutation.starts_with("productVariant") {
        "variant"
    } else if mutation.starts_with("product") {
        "product"
    } else if mutation.starts_with("attribute") {
        "attribute"
    } else if mutation.starts_with("channel") {
        "channel"
    } else if mutation.starts_with("taxClass") {
        "taxClass"
    } else if mutation.starts_with("taxZone") {
        "taxZone"
    } else if mutation.starts_with("taxRate") {
        "taxRate"
    } else {
        "collection"
    }
}
