//! Making a draft of a product that is there.

use futures::future::join_all;
use serde_json::{Value, json};
use tradepost::entity::{product, stock_movement};

use crate::support::{Client, Reply, TestApp, fixture, on_both, sql};

async fn duplicate(staff: &Client, id: &str, input: Value) -> Reply {
    fixture::update(staff, "productDuplicate", id, input).await
}

/// Copies a product and gives the id of the copy.
async fn copy(staff: &Client, id: &str) -> String {
    let reply = duplicate(staff, id, json!({ "name": "Copy" })).await;
    assert!(reply.user_errors().is_empty(), "{}", reply.json);
    reply.text("/productDuplicate/product/id")
}

/// A product with something in every field.
async fn full(owner: &Client) -> String {
    let sized = |size: &str| {
        json!({
            "sku": size, "barcode": size, "externalId": size, "price": "10", "compareAtPrice": "12", "stock": 3,
            "optionValues": [{ "option": "Size", "value": size }], "weight": { "grams": 200, "unit": "KG" },
            "imageUrl": "/b", "metadata": [{ "key": "k", "value": size }], "isTaxable": false, "backorderLimit": 7
        })
    };
    let input = json!({
        "name": "Wool Scarf", "description": "<p>Warm</p>", "vendor": "Weaver", "type": "Scarf", "tags": ["a", "b"],
        "seo": { "title": "T", "description": "D" }, "externalId": "e",
        "images": [{ "url": "/a", "altText": "A" }, { "url": "/b" }], "options": [{ "name": "Size" }],
        "metadata": [{ "key": "k", "value": "1" }], "privateMetadata": [{ "key": "p", "value": "2" }],
        "variants": [sized("S"), sized("M"), sized("L")]
    });
    fixture::product(owner, input).await
}

const LIKE_IT: &str = "description vendor type tags seo { title description } images { url altText }
    options { name values { name } } metadata { key value } privateMetadata { key value }";

const VARIANTS: &str = "variants { status price { amount } compareAtPrice { amount } weight { grams unit } isTaxable
    requiresShipping tracksStock backorderLimit image { url } metadata { key value } selectedOptions { name value } }";

#[tokio::test]
async fn a_copy_is_a_draft_like_the_original() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;

        let copy = copy(&owner, &id).await;

        let named = fixture::read(&owner, &copy, "name slug status version").await;
        assert_eq!(named, json!({ "name": "Copy", "slug": "copy", "status": "DRAFT", "version": 1 }));
        for fields in [LIKE_IT, VARIANTS] {
            assert_eq!(fixture::read(&owner, &copy, fields).await, fixture::read(&owner, &id, fields).await);
        }
        assert!(fixture::read(&app.anonymous(), &copy, "id").await.is_null());
    })
    .await;
}

#[tokio::test]
async fn what_names_the_original_elsewhere_stays_with_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let movements = fixture::count::<stock_movement::Entity>(app).await;

        let copy = copy(&owner, &id).await;

        let fields = "externalId variants { sku barcode externalId stockLevels { onHand } }";
        let variant = json!({ "sku": null, "barcode": null, "externalId": null, "stockLevels": [] });
        let expected = json!({ "externalId": null, "variants": [variant, variant, variant] });
        assert_eq!(fixture::read(&owner, &copy, fields).await, expected);
        assert_eq!(fixture::count::<stock_movement::Entity>(app).await, movements);
    })
    .await;
}

#[tokio::test]
async fn archived_variants_are_left_out_and_drafts_are_not() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let variants = fixture::variants(&owner, &id).await;
        fixture::change(&owner, "productVariantArchive", &variants[0]).await.data();
        fixture::change(&owner, "productVariantUnpublish", &variants[2]).await.data();

        let copy = copy(&owner, &id).await;

        let variant = |status: &str, size: &str| json!({ "status": status, "selectedOptions": [{ "value": size }] });
        let seen = fixture::read(&owner, &copy, "variants { status selectedOptions { value } }").await;
        assert_eq!(seen["variants"], json!([variant("ACTIVE", "M"), variant("DRAFT", "L")]));
    })
    .await;
}

#[tokio::test]
async fn a_copy_costs_the_same_in_every_channel_and_is_shown_by_the_same_ones() {
    on_both(async |app| {
        let owner = app.owner().await;
        for slug in ["japan", "china"] {
            fixture::channel(&owner, json!({ "slug": slug })).await;
        }
        let id = fixture::product(&owner, json!({})).await;
        fixture::price(&owner, &id, "japan", "1500").await.data();
        let until = json!({ "channel": "japan", "publishedUntil": "2199-01-01T00:00:00Z" });
        fixture::show(&owner, &id, until).await.data();
        fixture::hide(&owner, &id, "default").await.data();

        let copy = copy(&owner, &id).await;
        fixture::change(&owner, "productPublish", &copy).await.data();

        let query = "query($id: ID!, $channel: String) { product(id: $id, channel: $channel) {
            priceRange { lowest { amount } } } }";
        let in_channel = async |client: Client, channel: &str| {
            client.run(query, json!({ "id": copy, "channel": channel })).await.at("/product").clone()
        };
        let yen = json!({ "priceRange": { "lowest": { "amount": "1500" } } });
        assert_eq!(in_channel(app.anonymous(), "japan").await, yen);
        assert_eq!(in_channel(owner.clone(), "default").await["priceRange"]["lowest"]["amount"], "10.00");
        assert!(in_channel(app.anonymous(), "default").await.is_null());
        assert!(in_channel(app.anonymous(), "china").await.is_null());
        let fields = "publications { channel { slug } publishedFrom publishedUntil }";
        assert_eq!(fixture::read(&owner, &copy, fields).await, fixture::read(&owner, &id, fields).await);
    })
    .await;
}

#[tokio::test]
async fn a_copy_is_last_in_the_collections_for_which_the_original_was_picked() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let other = fixture::product(&owner, json!({ "name": "Other" })).await;
        let mine = fixture::collection(&owner, json!({ "name": "Mine", "products": [id, other] })).await;
        fixture::collection(&owner, json!({ "name": "Ruled", "slug": "ruled", "products": [id] })).await;
        sql::execute(app.app.db(), "UPDATE collection SET rules = '{}' WHERE slug = 'ruled'").await.unwrap();

        let copy = copy(&owner, &id).await;

        let names = fixture::read(&owner, &copy, "collections { name }").await;
        assert_eq!(names["collections"], json!([{ "name": "Mine" }]));
        let members = fixture::read(&owner, &mine, "version products { nodes { name } }").await;
        let nodes = json!([{ "name": "Wool Scarf" }, { "name": "Other" }, { "name": "Copy" }]);
        assert_eq!(members, json!({ "version": 2, "products": { "nodes": nodes } }));
        let history = fixture::history(app, &mine).await;
        assert_eq!(history, ["1 collection.created", "2 collection.products_changed"]);
    })
    .await;
}

/// Values of an attribute, and contents and pictures of variants, of the only product.
async fn dress(app: &TestApp) {
    for sql in [
        "INSERT INTO attribute (id, code, name, type, subject, is_filterable, position, created_at, updated_at, version)
         SELECT id, 'material', 'Material', 'TEXT', 'PRODUCT', true, 0, 0, 0, 1 FROM channel",
        "INSERT INTO attribute_value (owner_id, attribute_id, position, product_id, value_key, label, number_micro)
         SELECT product.id, attribute.id, 0, product.id, 'wool', 'Wool', 5 FROM product CROSS JOIN attribute",
        "INSERT INTO attribute_value (owner_id, attribute_id, position, product_id, variant_id, value_key, label)
         SELECT variant.id, attribute.id, 0, variant.product_id, variant.id, variant.sku_key, 'L'
         FROM product_variant AS variant CROSS JOIN attribute",
        "UPDATE product_variant SET content_micro = position + 1, content_unit = 'G', reference_micro = 7,
         reference_unit = 'KG'",
        "DELETE FROM variant_media",
        "INSERT INTO variant_media (variant_id, media_id, position)
         SELECT variant.id, media.id, media.position FROM product_variant AS variant CROSS JOIN media",
    ] {
        sql::execute(app.app.db(), sql).await.unwrap();
    }
}

#[tokio::test]
async fn a_copy_has_the_attributes_contents_and_pictures_of_the_original() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        dress(app).await;

        copy(&owner, &id).await;

        let told = async |slug: &str, sql: &str| {
            sql::texts(app.app.db(), &format!("{sql} WHERE product.slug = '{slug}' ORDER BY 1")).await
        };
        for sql in [
            "SELECT held.value_key || held.label || COALESCE(variant.option_key, '')
             || CAST(COALESCE(held.number_micro, 0) AS text)
             FROM attribute_value AS held JOIN product ON product.id = held.product_id
             LEFT JOIN product_variant AS variant ON variant.id = held.variant_id AND variant.id = held.owner_id",
            "SELECT option_key || CAST(content_micro AS text) || content_unit || CAST(reference_micro AS text)
             || reference_unit FROM product_variant JOIN product ON product.id = product_id",
            "SELECT option_key || media.url || CAST(shown.position AS text) FROM variant_media AS shown
             JOIN product_variant AS variant ON variant.id = shown.variant_id
             JOIN media ON media.id = shown.media_id AND media.product_id = variant.product_id
             JOIN product ON product.id = variant.product_id",
        ] {
            let original = told("wool-scarf", sql).await;
            assert!(original.len() >= 3, "{original:?}");
            assert_eq!(told("copy", sql).await, original);
        }
    })
    .await;
}

#[tokio::test]
async fn the_event_of_a_copy_names_the_original() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;

        let copy = copy(&owner, &id).await;

        let fields = "history { nodes { type details { key value } } }";
        let details = json!([{ "key": "duplicateOf", "value": id }]);
        let expected = json!([{ "type": "product.created", "details": details }]);
        assert_eq!(fixture::read(&owner, &copy, fields).await["history"]["nodes"], expected);
        assert_eq!(fixture::history(app, &id).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn a_copy_needs_a_name_and_a_slug_of_its_own() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let named = json!({ "name": "Copy", "slug": "a-slug-of-its-own" });
        let made = duplicate(&owner, &id, named.clone()).await;
        assert!(made.user_errors().is_empty());
        let cases = [
            (json!({ "name": " ", "slug": "no slug" }), vec!["REQUIRED input.name", "INVALID input.slug"]),
            (json!({ "name": "!" }), vec!["REQUIRED input.slug"]),
            (json!({ "name": "Wool Scarf" }), vec!["TAKEN input.slug"]),
            (named, vec!["TAKEN input.slug"]),
        ];

        for (input, errors) in cases {
            let reply = duplicate(&owner, &id, input).await;

            assert_eq!(reply.user_errors(), errors);
            assert!(reply.at("/productDuplicate/product").is_null());
        }
        let nowhere = duplicate(&owner, &fixture::unknown("product"), json!({ "name": "Copy" })).await;
        assert_eq!(nowhere.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(fixture::count::<product::Entity>(app).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_product_without_variants_can_be_copied_and_so_can_a_copy() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "variants": [] })).await;

        let first = copy(&owner, &id).await;
        let second = duplicate(&owner, &first, json!({ "name": "Copy of a copy" })).await;

        assert_eq!(second.user_errors(), [""; 0]);
        assert_eq!(fixture::count::<product::Entity>(app).await, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn copies_that_are_made_at_once_are_all_there() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let products = json!([id]);
        let collections =
            [json!({ "name": "One", "products": products }), json!({ "name": "Two", "products": products })];
        let mut ids = Vec::new();
        for input in collections {
            ids.push(fixture::collection(&owner, input).await);
        }

        let copies = (0..6).map(|n| duplicate(&owner, &id, json!({ "name": format!("Copy {n}") })));
        let updates = (0..3).map(|n| fixture::update(&owner, "productUpdate", &id, json!({ "vendor": n.to_string() })));
        let (copies, updates) = futures::future::join(join_all(copies), join_all(updates)).await;

        assert!(copies.iter().chain(&updates).all(|reply| reply.user_errors().is_empty()));
        for id in &ids {
            let members = fixture::read(&owner, id, "version products { totalCount }").await;
            assert_eq!(members, json!({ "version": 7, "products": { "totalCount": 7 } }));
            assert_eq!(fixture::history(app, id).await.len(), 7);
        }
    })
    .await;
}
