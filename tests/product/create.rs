//! What a creation stores.

use serde_json::{Value, json};
use tradepost::entity::stock_movement;

use crate::support::{fixture, on_both};

const EVERYTHING: &str = "slug name description status vendor type tags version seo { title description }
    images { url altText } options { name values { name } } externalId
    metadata { key value } privateMetadata { key value }
    variants { sku barcode status weight { grams unit } requiresShipping isTaxable tracksStock backorderLimit
        price { amount currency } compareAtPrice { amount } image { url } externalId
        selectedOptions { name value } stockLevels { onHand allocated available location { name isDefault } }
        metadata { key value } privateMetadata { key value } }";

fn everything() -> Value {
    json!({
        "name": "  Linen Shirt ", "slug": "linen", "status": "DRAFT", "description": "<p>Cool.</p>",
        "vendor": "Weaver", "type": "Shirt", "tags": ["summer", "Linen", "SUMMER", ""],
        "seo": { "title": "Shirts", "description": "Of linen" },
        "images": [
            { "url": "https://example.com/a.jpg", "altText": "Front" }, { "url": "https://example.com/b.jpg" }
        ],
        "options": [{ "name": "Size", "values": ["S", "M"] }, { "name": "Colour" }],
        "externalId": "erp-1",
        "metadata": [{ "key": "care", "value": "30°" }],
        "privateMetadata": [{ "key": "cost", "value": "4" }],
        "variants": [
            {
                "optionValues": [{ "option": "colour", "value": "White" }, { "option": "Size", "value": "m" }],
                "sku": "LIN-M", "barcode": "4006381333931", "weight": { "grams": 250, "unit": "KG" },
                "requiresShipping": false, "isTaxable": false, "tracksStock": false, "backorderLimit": null,
                "price": "25", "compareAtPrice": "30.5", "stock": 7, "imageUrl": "https://example.com/b.jpg",
                "externalId": "erp-1-m", "metadata": [{ "key": "a", "value": "1" }],
                "privateMetadata": [{ "key": "b", "value": "2" }]
            },
            { "optionValues": [{ "option": "Size", "value": "XL" }, { "option": "Colour", "value": "Black" }] }
        ]
    })
}

#[tokio::test]
async fn create_stores_all_that_is_given() {
    on_both(async |app| {
        let owner = app.owner().await;

        let id = fixture::product(&owner, everything()).await;

        let product = fixture::read(&owner, &id, EVERYTHING).await;
        let variants = product["variants"].as_array().unwrap().clone();
        assert_eq!(product["name"], "Linen Shirt");
        assert_eq!(product["slug"], "linen");
        assert_eq!(product["description"], "<p>Cool.</p>");
        assert_eq!(product["status"], "DRAFT");
        assert_eq!((&product["vendor"], &product["type"]), (&json!("Weaver"), &json!("Shirt")));
        assert_eq!(product["tags"], json!(["Linen", "summer"]), "without doubles, in their alphabet");
        assert_eq!(product["version"], 1);
        assert_eq!(product["seo"], json!({ "title": "Shirts", "description": "Of linen" }));
        assert_eq!(
            product["images"],
            json!([
                { "url": "https://example.com/a.jpg", "altText": "Front" },
                { "url": "https://example.com/b.jpg", "altText": null }
            ])
        );
        assert_eq!(
            product["options"],
            json!([
                { "name": "Size", "values": [{ "name": "S" }, { "name": "M" }, { "name": "XL" }] },
                { "name": "Colour", "values": [{ "name": "White" }, { "name": "Black" }] }
            ])
        );
        assert_eq!(product["externalId"], "erp-1");
        assert_eq!(product["metadata"], json!([{ "key": "care", "value": "30°" }]));
        assert_eq!(product["privateMetadata"], json!([{ "key": "cost", "value": "4" }]));
        assert_eq!(variants[0], full_variant());
        assert_eq!(variants[1], bare_variant());
    })
    .await;
}

fn full_variant() -> Value {
    json!({
        "sku": "LIN-M", "barcode": "4006381333931", "status": "ACTIVE", "weight": { "grams": 250, "unit": "KG" },
        "requiresShipping": false, "isTaxable": false, "tracksStock": false, "backorderLimit": null,
        "price": { "amount": "25.00", "currency": "USD" }, "compareAtPrice": { "amount": "30.50" },
        "image": { "url": "https://example.com/b.jpg" }, "externalId": "erp-1-m",
        "selectedOptions": [{ "name": "Size", "value": "M" }, { "name": "Colour", "value": "White" }],
        "stockLevels": [
            { "onHand": 7, "allocated": 0, "available": 7, "location": { "name": "Main", "isDefault": true } }
        ],
        "metadata": [{ "key": "a", "value": "1" }], "privateMetadata": [{ "key": "b", "value": "2" }]
    })
}

/// With everything that a variant has if nothing is said.
fn bare_variant() -> Value {
    json!({
        "sku": null, "barcode": null, "status": "ACTIVE", "weight": null,
        "requiresShipping": true, "isTaxable": true, "tracksStock": true, "backorderLimit": 0,
        "price": null, "compareAtPrice": null, "image": null, "externalId": null,
        "selectedOptions": [{ "name": "Size", "value": "XL" }, { "name": "Colour", "value": "Black" }],
        "stockLevels": [], "metadata": [], "privateMetadata": []
    })
}

#[tokio::test]
async fn create_records_one_event_and_the_first_count() {
    on_both(async |app| {
        let owner = app.owner().await;

        let id = fixture::product(&owner, everything()).await;

        let variants = fixture::variants(&owner, &id).await;
        assert_eq!(fixture::history(app, &id).await, ["1 product.created"]);
        assert_eq!(fixture::history(app, &variants[0]).await, ["1 stock.changed"]);
        assert!(fixture::history(app, &variants[1]).await.is_empty());
        assert_eq!(fixture::count::<stock_movement::Entity>(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_name_alone_makes_a_draft_without_variants() {
    on_both(async |app| {
        let owner = app.owner().await;

        let reply = owner.run(fixture::PRODUCT_CREATE, json!({ "input": { "name": "Crème Brûlée №5" } })).await;

        assert_eq!(reply.at("/productCreate/product/slug"), "creme-brulee-no5");
        assert_eq!(reply.at("/productCreate/product/status"), "DRAFT");
        assert_eq!(reply.at("/productCreate/product/variants"), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_description_is_stored_without_what_could_do_harm() {
    on_both(async |app| {
        let owner = app.owner().await;
        let html = "<p onclick=\"steal()\">Soft<script>steal()</script><style>p{}</style> \
                    <a href=\"javascript:steal()\">x</a><iframe src=\"https://example.com\"></iframe></p>";

        let id = fixture::product(&owner, json!({ "description": html })).await;

        let product = fixture::read(&app.anonymous(), &id, "description").await;
        let description = product["description"].as_str().unwrap();
        assert!(description.starts_with("<p>Soft"), "{description}");
        for harm in ["steal", "script", "style", "iframe", "onclick"] {
            assert!(!description.contains(harm), "{harm} in {description}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_image_may_lie_on_this_server() {
    on_both(async |app| {
        let owner = app.owner().await;

        let id = fixture::product(&owner, json!({ "images": [{ "url": "/sample/a.svg" }] })).await;

        let product = fixture::read(&app.anonymous(), &id, "image { url }").await;
        let url = product["image"]["url"].as_str().unwrap();
        assert!(url.starts_with("http") && url.ends_with("/sample/a.svg"), "{url}");
    })
    .await;
}

#[tokio::test]
async fn a_price_keeps_its_cents_and_may_have_needless_zeros() {
    on_both(async |app| {
        let owner = app.owner().await;
        for (price, stored) in [(json!("0"), "0.00"), (json!("10.500"), "10.50"), (json!(7), "7.00")] {
            let variants = json!([{ "price": price }]);

            let reply = fixture::create_product(
                &owner,
                json!({ "slug": format!("p{}", stored.len()), "name": stored, "variants": variants }),
            )
            .await;

            assert_eq!(reply.at("/productCreate/product/variants/0/price/amount"), stored);
            fixture::change(&owner, "productDelete", &reply.text("/productCreate/product/id")).await.data();
        }
    })
    .await;
}
