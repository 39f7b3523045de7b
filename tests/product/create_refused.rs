//! What a creation refuses, and that nothing is left of it then.

use serde_json::{Value, json};
use tradepost::entity::{event, media, product, product_option, product_variant};

use crate::support::{Client, Reply, TestApp, fixture, on_both};

/// Each input is refused with exactly these errors, in any order, and gives no product.
async fn refused(staff: &Client, cases: &[(Value, &[&str])]) {
    for (change, expected) in cases {
        let reply = fixture::create_product(staff, change.clone()).await;

        let mut errors = reply.user_errors();
        errors.sort();
        assert_eq!(errors, *expected, "{change}");
        assert!(reply.at("/productCreate/product").is_null());
    }
}

fn one(variant: Value) -> Value {
    json!({ "variants": [variant] })
}

#[tokio::test]
async fn a_name_is_needed_and_has_an_end() {
    on_both(async |app| {
        let long = json!({ "name": "ab ".repeat(67) + "c", "slug": "s" });
        refused(
            &app.owner().await,
            &[
                (json!({ "name": "" }), &["REQUIRED input.name"]),
                (json!({ "name": " \t" }), &["REQUIRED input.name"]),
                (long, &["TOO_LONG input.name"]),
                (json!({ "name": "羊毛" }), &["REQUIRED input.slug"]),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_slug_is_lower_case_words_with_single_hyphens() {
    on_both(async |app| {
        let owner = app.owner().await;
        for slug in ["", "Linen", "linen shirt", "linen--shirt", "-linen", "linen-", "leinen-weiß", "a/b", "a_b"] {
            refused(&owner, &[(json!({ "slug": slug }), &["INVALID input.slug"])]).await;
        }
        refused(&owner, &[(json!({ "slug": "a".repeat(201) }), &["TOO_LONG input.slug"])]).await;
    })
    .await;
}

#[tokio::test]
async fn a_slug_is_taken_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, json!({ "name": "Wool Scarf" })).await;

        refused(
            &owner,
            &[
                (json!({ "name": "Other", "slug": "wool-scarf" }), &["TAKEN input.slug"]),
                (json!({ "name": "Wool scarf!" }), &["TAKEN input.slug"]),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_sku_is_taken_once_whatever_its_letter_case() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, one(json!({ "sku": "Wool-1" }))).await;
        fixture::product(&owner, json!({ "name": "B", "variants": [{ "sku": "wool-2" }] })).await;
        let sizes = |skus: [&str; 3]| {
            let variant = |(index, sku): (usize, &&str)| {
                json!({ "sku": sku, "optionValues": [{ "option": "Size", "value": index.to_string() }] })
            };
            let variants: Vec<Value> = skus.iter().enumerate().map(variant).collect();
            json!({ "name": "C", "options": [{ "name": "Size" }], "variants": variants })
        };

        refused(
            &owner,
            &[
                (sizes(["x", "y", "X"]), &["TAKEN input.variants.2.sku"]),
                (sizes(["x", "WOOL-1", "y"]), &["TAKEN input.variants.1.sku"]),
                (sizes(["wool-2", "x", " wool-1 "]), &["TAKEN input.variants.0.sku", "TAKEN input.variants.2.sku"]),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn variants_without_sku_do_not_clash() {
    on_both(async |app| {
        let owner = app.owner().await;
        for (name, sku) in [("A", Value::Null), ("B", json!("")), ("C", json!("  "))] {
            let reply = fixture::create_product(&owner, json!({ "name": name, "variants": [{ "sku": sku }] })).await;

            assert!(reply.user_errors().is_empty());
            assert!(reply.at("/productCreate/product/variants/0/sku").is_null());
        }
    })
    .await;
}

#[tokio::test]
async fn an_external_id_is_taken_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, json!({ "externalId": "e", "variants": [{ "externalId": "v" }] })).await;
        let options = json!([{ "name": "Size" }]);
        let sized =
            |value: &str, id: &str| json!({ "externalId": id, "optionValues": [{ "option": "Size", "value": value }] });
        let taken = json!({ "name": "C", "options": options, "variants": [sized("S", "w"), sized("M", "v")] });
        let doubled = json!({ "name": "D", "options": options, "variants": [sized("S", "w"), sized("M", "w")] });

        refused(
            &owner,
            &[
                (json!({ "name": "B", "externalId": "e" }), &["TAKEN input.externalId"]),
                (taken, &["TAKEN input.variants.1.externalId"]),
                (doubled, &["TAKEN input.variants.1.externalId"]),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_price_is_an_amount_of_the_currency() {
    on_both(async |app| {
        let owner = app.owner().await;
        let price = |amount: &str| one(json!({ "price": amount }));
        refused(
            &owner,
            &[
                (price("-0.01"), &["INVALID input.variants.0.price"]),
                (price("1.005"), &["INVALID input.variants.0.price"]),
                (price("92233720368547758.08"), &["INVALID input.variants.0.price"]),
                (one(json!({ "compareAtPrice": "9.00" })), &["REQUIRED input.variants.0.price"]),
                (one(json!({ "price": "1", "compareAtPrice": "-1" })), &["INVALID input.variants.0.compareAtPrice"]),
            ],
        )
        .await;
        for amount in [json!("ten"), json!("1,50"), json!(1.5), json!("1e3"), json!(true)] {
            let reply = fixture::create_product(&owner, one(json!({ "price": amount }))).await;

            assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{amount}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_variant_has_one_value_of_each_option_and_no_other() {
    on_both(async |app| {
        let options = json!([{ "name": "Size", "values": ["S"] }, { "name": "Colour" }]);
        let with = |variants: Value| json!({ "options": options, "variants": variants });
        let value = |option: &str, value: &str| json!({ "option": option, "value": value });
        let both = |size: &str, colour: &str| json!({ "optionValues": [value("Size", size), value("Colour", colour)] });
        refused(
            &app.owner().await,
            &[
                (with(json!([{ "optionValues": [value("Size", "S")] }])), &["REQUIRED input.variants.0.optionValues"]),
                (
                    with(
                        json!([{ "optionValues": [value("Size", "S"), value("Colour", "Red"), value("Fit", "Slim")] }]),
                    ),
                    &["INVALID input.variants.0.optionValues.2.option"],
                ),
                (with(json!([both("S", "")])), &["REQUIRED input.variants.0.optionValues.1.value"]),
                (
                    with(json!([both("S", "Red"), both("M", "Red"), both("s", "RED")])),
                    &["TAKEN input.variants.2.optionValues"],
                ),
                (json!({ "variants": [{}, {}] }), &["TAKEN input.variants.1.optionValues"]),
                (
                    json!({ "options": [{ "name": "Size" }, { "name": "size" }], "variants": [] }),
                    &["TAKEN input.options.1.name"],
                ),
                (json!({ "options": [{ "name": "" }], "variants": [] }), &["REQUIRED input.options.0.name"]),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_image_has_an_address_of_the_web_and_is_there_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        for url in [
            "ftp://example.com/a",
            "javascript:alert(1)",
            "a.jpg",
            "//example.com/a",
            "data:image/png;base64,",
            "https://",
        ] {
            refused(&owner, &[(json!({ "images": [{ "url": url }] }), &["INVALID input.images.0.url"])]).await;
        }
        let a = json!({ "url": "https://example.com/a" });
        refused(
            &owner,
            &[
                (json!({ "images": [{ "url": " " }] }), &["REQUIRED input.images.0.url"]),
                (json!({ "images": [a, a] }), &["TAKEN input.images.1.url"]),
                (
                    json!({ "images": [a], "variants": [{ "imageUrl": "https://example.com/b" }] }),
                    &["INVALID input.variants.0.imageUrl"],
                ),
                (
                    json!({ "images": [{ "url": "https://example.com/a", "altText": "x".repeat(501) }] }),
                    &["TOO_LONG input.images.0.altText"],
                ),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn metadata_has_each_key_once() {
    on_both(async |app| {
        let entry = |key: &str| json!({ "key": key, "value": "1" });
        refused(
            &app.owner().await,
            &[
                (json!({ "metadata": [entry("a"), entry("b"), entry("a")] }), &["TAKEN input.metadata.2.key"]),
                (json!({ "privateMetadata": [entry("")] }), &["REQUIRED input.privateMetadata.0.key"]),
                (one(json!({ "metadata": [entry("a"), entry("a")] })), &["TAKEN input.variants.0.metadata.1.key"]),
                (json!({ "metadata": [entry(&"k".repeat(101))] }), &["TOO_LONG input.metadata.0.key"]),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn numbers_are_within_their_bounds() {
    on_both(async |app| {
        refused(
            &app.owner().await,
            &[
                (one(json!({ "stock": -1 })), &["INVALID input.variants.0.stock"]),
                (one(json!({ "backorderLimit": -1 })), &["INVALID input.variants.0.backorderLimit"]),
                (one(json!({ "weight": { "grams": -1 } })), &["INVALID input.variants.0.weight.grams"]),
                (one(json!({ "weight": { "grams": 2_000_001 } })), &["INVALID input.variants.0.weight.grams"]),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn lists_and_texts_have_an_end_that_the_error_tells() {
    on_both(async |app| {
        let owner = app.owner().await;
        let tags: Vec<String> = (0..101).map(|n| format!("t{n}")).collect();
        let images: Vec<Value> = (0..101).map(|n| json!({ "url": format!("/{n}") })).collect();
        let options: Vec<Value> = (0..6).map(|n| json!({ "name": format!("o{n}") })).collect();
        let entries: Vec<Value> = (0..51).map(|n| json!({ "key": n.to_string(), "value": "" })).collect();
        let sized = |n: usize| json!({ "optionValues": [{ "option": "Size", "value": n.to_string() }] });
        let variants: Vec<Value> = (0..251).map(sized).collect();
        let cases = [
            (json!({ "tags": tags }), "TOO_LONG input.tags", 100),
            (json!({ "images": images }), "TOO_LONG input.images", 100),
            (json!({ "options": options, "variants": [] }), "TOO_LONG input.options", 5),
            (json!({ "options": [{ "name": "Size" }], "variants": variants }), "TOO_LONG input.variants", 250),
            (json!({ "metadata": entries }), "TOO_LONG input.metadata", 50),
            (json!({ "tags": ["x".repeat(101)] }), "TOO_LONG input.tags.0", 100),
            (json!({ "description": "x".repeat(100_001) }), "TOO_LONG input.description", 100_000),
            (json!({ "vendor": "x".repeat(201) }), "TOO_LONG input.vendor", 200),
            (json!({ "type": "x".repeat(201) }), "TOO_LONG input.type", 200),
            (json!({ "seo": { "title": "x".repeat(201) } }), "TOO_LONG input.seo.title", 200),
            (json!({ "seo": { "description": "x".repeat(501) } }), "TOO_LONG input.seo.description", 500),
            (json!({ "externalId": "x".repeat(101) }), "TOO_LONG input.externalId", 100),
            (one(json!({ "sku": "x".repeat(101) })), "TOO_LONG input.variants.0.sku", 100),
            (one(json!({ "barcode": "1".repeat(51) })), "TOO_LONG input.variants.0.barcode", 50),
        ];

        for (change, expected, limit) in cases {
            let reply = fixture::create_product(&owner, change).await;

            assert_eq!(reply.user_errors(), [expected]);
            assert_eq!(reply.at("/productCreate/userErrors/0/limit"), limit, "{expected}");
        }
    })
    .await;
}

#[tokio::test]
async fn all_errors_of_one_input_come_together() {
    on_both(async |app| {
        let input = json!({
            "name": "", "slug": "No Slug", "images": [{ "url": "nowhere" }],
            "metadata": [{ "key": "", "value": "" }], "variants": [{ "price": "-1", "stock": -1 }]
        });
        refused(
            &app.owner().await,
            &[(
                input,
                &[
                    "INVALID input.images.0.url",
                    "INVALID input.slug",
                    "INVALID input.variants.0.price",
                    "INVALID input.variants.0.stock",
                    "REQUIRED input.metadata.0.key",
                    "REQUIRED input.name",
                ],
            )],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_refused_creation_leaves_nothing_behind() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, one(json!({ "sku": "taken" }))).await;
        let before = rows(app).await;
        let input = json!({
            "name": "Other", "images": [{ "url": "/a" }], "options": [{ "name": "Size" }],
            "variants": [{ "sku": "Taken", "optionValues": [{ "option": "Size", "value": "S" }], "stock": 3 }]
        });

        let reply: Reply = fixture::create_product(&owner, input).await;

        assert_eq!(reply.user_errors(), ["TAKEN input.variants.0.sku"]);
        assert_eq!(rows(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_tag_has_no_comma() {
    on_both(async |app| {
        let input = json!({ "tags": ["wool", "warm, soft"] });
        refused(&app.owner().await, &[(input, &["INVALID input.tags.1"])]).await;
    })
    .await;
}

async fn rows(app: &TestApp) -> [u64; 5] {
    [
        fixture::count::<product::Entity>(app).await,
        fixture::count::<product_variant::Entity>(app).await,
        fixture::count::<product_option::Entity>(app).await,
        fixture::count::<media::Entity>(app).await,
        fixture::count::<event::Entity>(app).await,
    ]
}
