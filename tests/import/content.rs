//! Everything that a file can say of a product arrives.

use serde_json::{Value, json};

use super::{
    Row, count_movements, csv, each, import, import_well, import_with, live, product, skus_for_shoppers, variant,
};
use crate::support::{TestApp, on_both};

/// A product with all that a file knows: two options, rows of pictures only, long texts.
pub const TENT: &[Row<'static>] = &[
    &[
        ("Handle", "ridge-tent"),
        ("Title", "Ridge Tent"),
        (
            "Body (HTML)",
            "<p>Stands in a \"gale\",\nwith three pegs.</p>\n<script>alert(1)</script><p onclick=\"x()\">Dry.</p>",
        ),
        ("Vendor", "Hill & Dale"),
        ("Type", "Tents"),
        ("Tags", "summer, Camping, two-person"),
        ("Published", "true"),
        ("Option1 Name", "Colour"),
        ("Option1 Value", "Moss"),
        ("Option2 Name", "Size"),
        ("Option2 Value", "Large"),
        ("Variant SKU", "TENT-ML"),
        ("Variant Grams", "2450"),
        ("Variant Weight Unit", "kg"),
        ("Variant Inventory Tracker", "shopify"),
        ("Variant Inventory Qty", "7"),
        ("Variant Inventory Policy", "deny"),
        ("Variant Price", "249.90"),
        ("Variant Compare At Price", "299.00"),
        ("Variant Requires Shipping", "true"),
        ("Variant Taxable", "true"),
        ("Variant Barcode", "'4006381333931"),
        ("Image Src", "https://pictures.example/inside.jpg"),
        ("Image Position", "2"),
        ("Image Alt Text", "The tent from inside"),
        ("SEO Title", "Ridge Tent for two"),
        ("SEO Description", "A tent that stands."),
        ("Variant Image", "https://pictures.example/moss.jpg"),
        ("Status", "active"),
    ],
    &[
        ("Handle", "ridge-tent"),
        ("Option1 Value", "Moss"),
        ("Option2 Value", "Small"),
        ("Variant Grams", "1900"),
        ("Variant Weight Unit", "g"),
        ("Variant Inventory Qty", "0"),
        ("Variant Inventory Policy", "continue"),
        ("Variant Price", "199"),
        ("Variant Requires Shipping", "false"),
        ("Variant Taxable", "false"),
        ("Image Src", "https://pictures.example/front.jpg"),
        ("Image Position", "1"),
        ("Image Alt Text", "The tent from the front"),
    ],
    &[
        ("Handle", "ridge-tent"),
        ("Option1 Value", "Sand"),
        ("Option2 Value", "Large"),
        ("Variant SKU", "TENT-SL"),
        ("Variant Inventory Tracker", "shopify"),
        ("Variant Inventory Qty", "-3"),
        ("Variant Inventory Policy", "deny"),
        ("Variant Price", "249.90"),
        ("Variant Requires Shipping", "true"),
        ("Variant Taxable", "true"),
    ],
    &[("Handle", "ridge-tent"), ("Image Src", "https://pictures.example/pegs.jpg"), ("Image Position", "3")],
];

#[tokio::test]
async fn a_product_arrives_with_all_that_its_rows_say() {
    on_both(async |app| {
        let owner = app.owner().await;

        assert_eq!(import_well(app, TENT).await, [1, 0, 0]);

        let tent = product(&owner, "ridge-tent").await;
        assert_eq!(tent["name"], "Ridge Tent");
        assert_eq!(tent["description"], "<p>Stands in a \"gale\",\nwith three pegs.</p>\n<p>Dry.</p>");
        assert_eq!(tent["status"], "ACTIVE");
        assert_eq!(tent["vendor"], "Hill & Dale");
        assert_eq!(tent["type"], "Tents");
        assert_eq!(tent["tags"], json!(["Camping", "summer", "two-person"]));
        assert_eq!(tent["seo"], json!({ "title": "Ridge Tent for two", "description": "A tent that stands." }));
        assert_eq!(each(&tent["options"], "/name"), ["Colour", "Size"]);
        assert_eq!(each(&tent["options"][0]["values"], "/name"), ["Moss", "Sand"]);
        assert_eq!(each(&tent["options"][1]["values"], "/name"), ["Large", "Small"]);
        assert_eq!(tent["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn pictures_stand_by_their_position_with_those_of_variants_behind() {
    on_both(async |app| {
        let owner = app.owner().await;

        import_well(app, TENT).await;

        let tent = product(&owner, "ridge-tent").await;
        let pictures = tent["images"].as_array().unwrap().iter();
        let pictures: Vec<_> = pictures.map(|image| (image["url"].clone(), image["altText"].clone())).collect();
        assert_eq!(
            pictures,
            [
                (json!("https://pictures.example/front.jpg"), json!("The tent from the front")),
                (json!("https://pictures.example/inside.jpg"), json!("The tent from inside")),
                (json!("https://pictures.example/pegs.jpg"), Value::Null),
                (json!("https://pictures.example/moss.jpg"), Value::Null),
            ]
        );
        assert_eq!(
            each(&tent["variants"], "/image/url"),
            [json!("https://pictures.example/moss.jpg"), Value::Null, Value::Null]
        );
    })
    .await;
}

#[tokio::test]
async fn variants_arrive_with_prices_codes_and_weights() {
    on_both(async |app| {
        let owner = app.owner().await;

        import_well(app, TENT).await;

        let tent = product(&owner, "ridge-tent").await;
        let [large, small] = [variant(&tent, &["Moss", "Large"]), variant(&tent, &["Moss", "Small"])];
        assert_eq!(each(&tent["variants"], "/status"), ["ACTIVE", "ACTIVE", "ACTIVE"]);
        assert_eq!(each(&tent["variants"], "/sku"), [json!("TENT-ML"), Value::Null, json!("TENT-SL")]);
        assert_eq!(large["price"], json!({ "amount": "249.90", "currency": "USD" }));
        assert_eq!(large["compareAtPrice"]["amount"], "299.00");
        assert_eq!(large["barcode"], "4006381333931");
        assert_eq!(large["weight"], json!({ "grams": 2450, "unit": "KG" }));
        assert_eq!([&large["requiresShipping"], &large["isTaxable"]], [true, true]);
        assert_eq!(small["price"]["amount"], "199.00");
        assert_eq!(small["compareAtPrice"], Value::Null);
        assert_eq!(small["weight"], json!({ "grams": 1900, "unit": "G" }));
        assert_eq!([&small["requiresShipping"], &small["isTaxable"]], [false, false]);
    })
    .await;
}

#[tokio::test]
async fn quantity_becomes_stock_with_a_movement_where_there_is_any() {
    on_both(async |app| {
        let owner = app.owner().await;

        import_well(app, TENT).await;

        let tent = product(&owner, "ridge-tent").await;
        let levels = |values: &[&str]| variant(&tent, values)["stockLevels"].clone();
        assert_eq!(levels(&["Moss", "Large"]), json!([{ "onHand": 7 }]));
        assert_eq!(levels(&["Moss", "Small"]), json!([]));
        // What was oversold elsewhere is none here.
        assert_eq!(levels(&["Sand", "Large"]), json!([]));
        assert_eq!(count_movements(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn tracker_and_policy_decide_what_can_be_sold() {
    on_both(async |app| {
        let owner = app.owner().await;

        import_well(app, TENT).await;

        let tent = product(&owner, "ridge-tent").await;
        assert_eq!(each(&tent["variants"], "/tracksStock"), [true, false, true]);
        assert_eq!(each(&tent["variants"], "/backorderLimit"), [json!(0), Value::Null, json!(0)]);
    })
    .await;
}

#[tokio::test]
async fn status_and_published_decide_who_sees_a_product() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file: &[Row<'_>] = &[
            &[("Handle", "a"), ("Title", "A"), ("Variant Price", "1"), ("Status", "active"), ("Published", "true")],
            &[("Handle", "b"), ("Title", "B"), ("Variant Price", "1"), ("Status", "active"), ("Published", "false")],
            &[("Handle", "c"), ("Title", "C"), ("Variant Price", "1"), ("Status", "draft"), ("Published", "true")],
            &[("Handle", "d"), ("Title", "D"), ("Variant Price", "1"), ("Status", "archived"), ("Published", "true")],
        ];

        import_well(app, file).await;

        for (slug, status) in [("a", "ACTIVE"), ("b", "DRAFT"), ("c", "DRAFT"), ("d", "ARCHIVED")] {
            assert_eq!(product(&owner, slug).await["status"], status, "{slug}");
            assert_eq!(skus_for_shoppers(app, slug).await.is_some(), status == "ACTIVE", "{slug}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_product_without_options_has_one_variant() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file: &[Row<'_>] = &[&[
            ("Handle", "mug"),
            ("Title", "Mug"),
            ("Option1 Name", "Title"),
            ("Option1 Value", "Default Title"),
            ("Variant Price", "12.50"),
        ]];

        import_well(app, file).await;

        let mug = product(&owner, "mug").await;
        assert_eq!(mug["options"], json!([]));
        assert_eq!(each(&mug["variants"], "/selectedOptions"), [json!([])]);
        assert_eq!(each(&mug["variants"], "/price/amount"), ["12.50"]);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_handles_and_titles_makes_products_without_variants() {
    on_both(async |app| {
        let owner = app.owner().await;

        assert_eq!(import_well(app, &[&[("Handle", "mug"), ("Title", "Mug")]]).await, [1, 0, 0]);

        assert_eq!(product(&owner, "mug").await["variants"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_byte_order_mark_and_other_line_ends_change_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file = format!("\u{feff}{}", csv(TENT)).replace('\n', "\r\n");

        let report = import_with(app, file, &Default::default()).await;

        assert_eq!(report.counts(), [1, 0, 0, 0]);
        let tent = product(&owner, "ridge-tent").await;
        assert_eq!(tent["description"], "<p>Stands in a \"gale\",\nwith three pegs.</p>\n<p>Dry.</p>");
        assert_eq!(live(&tent).len(), 3);
    })
    .await;
}

#[tokio::test]
async fn handles_become_slugs() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file: &[Row<'_>] =
            &[&[("Handle", "Crème Brûlée_Dish"), ("Title", "Dish")], &[("Handle", "日本"), ("Title", "Bowl")]];

        let report = import(app, file).await;

        assert_eq!(product(&owner, "creme-brulee-dish").await["name"], "Dish");
        assert_eq!(report.counts(), [1, 0, 0, 1]);
        assert_eq!(
            report.errors,
            ["Line 3, column “Handle”, product “日本”: No address can be made of this handle; use letters, digits and \
              hyphens."]
        );
    })
    .await;
}

#[tokio::test]
async fn a_shopper_finds_imported_products_in_the_list() {
    let app = TestApp::on_sqlite().await;

    import_well(&app, TENT).await;

    let reply = app.anonymous().query("{ products { totalCount nodes { slug isAvailable } } }").await;
    assert_eq!(
        reply.at("/products"),
        &json!({ "totalCount": 1, "nodes": [{ "slug": "ridge-tent", "isAvailable": true }] })
    );
}
