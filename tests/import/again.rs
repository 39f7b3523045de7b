//! A file that comes again: it changes what it says differently, and nothing else.

use serde_json::{Value, json};

use super::content::TENT;
use super::{Row, count_events, count_movements, csv, each, import_well, live, product, variant};
use crate::support::{Client, TestApp, fixture, on_both};

/// The rows of the tent, of which the first has other cells.
fn tent_with<'a>(change: &[(&'a str, &'a str)]) -> Vec<Vec<(&'a str, &'a str)>> {
    let mut rows: Vec<Vec<_>> = TENT.iter().map(|row| row.to_vec()).collect();
    for (column, cell) in change {
        rows[0].retain(|(name, _)| name != column);
        rows[0].push((column, cell));
    }
    rows
}

async fn import_tent_with(app: &TestApp, change: &[(&str, &str)]) -> [u64; 3] {
    let rows = tent_with(change);
    import_well(app, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>()).await
}

/// The ids of a product and all its parts.
fn ids(product: &Value) -> Value {
    let values = each(&product["options"], "/values");
    json!({
        "product": product["id"],
        "variants": each(&product["variants"], "/id"),
        "images": each(&product["images"], "/id"),
        "options": each(&product["options"], "/id"),
        "values": values.iter().map(|values| each(values, "/id")).collect::<Vec<_>>(),
    })
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_well(app, TENT).await;
        let (before, events) = (product(&owner, "ridge-tent").await, count_events(app).await);

        assert_eq!(import_well(app, TENT).await, [0, 0, 1]);

        assert_eq!(product(&owner, "ridge-tent").await, before);
        assert_eq!(count_events(app).await, events);
        assert_eq!(count_movements(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_changed_cell_changes_just_that() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_well(app, TENT).await;
        let before = product(&owner, "ridge-tent").await;
        let changes: &[(&str, &str, &str, Value)] = &[
            ("Title", "Ridge Tent II", "/name", json!("Ridge Tent II")),
            ("Tags", "winter", "/tags", json!(["winter"])),
            ("Variant Price", "239.90", "/variants/0/price/amount", json!("239.90")),
            ("Variant Inventory Qty", "9", "/variants/0/stockLevels/0/onHand", json!(9)),
            ("Variant SKU", "TENT-1", "/variants/0/sku", json!("TENT-1")),
            ("Image Alt Text", "Inside", "/images/1/altText", json!("Inside")),
            ("SEO Title", "A tent", "/seo/title", json!("A tent")),
            ("Variant Inventory Policy", "continue", "/variants/0/backorderLimit", Value::Null),
        ];
        for (turn, (column, cell, pointer, expected)) in (1..).zip(changes) {
            let standing = product(&owner, "ridge-tent").await;
            let so_far: Vec<_> = changes[..turn].iter().map(|(column, cell, ..)| (*column, *cell)).collect();

            assert_eq!(import_tent_with(app, &so_far).await, [0, 1, 0], "{column} {cell}");

            let mut wanted = standing;
            *wanted.pointer_mut(pointer).unwrap() = expected.clone();
            let tent = product(&owner, "ridge-tent").await;
            // A count of units is no change of the product.
            if *column != "Variant Inventory Qty" {
                wanted["version"] = json!(wanted["version"].as_i64().unwrap() + 1);
                wanted["updatedAt"] = tent["updatedAt"].clone();
            }
            assert_eq!(tent, wanted, "{column}");
        }
        assert_eq!(ids(&product(&owner, "ridge-tent").await), ids(&before));
    })
    .await;
}

#[tokio::test]
async fn a_replaced_picture_leaves_the_others_their_ids() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_well(app, TENT).await;
        let before = product(&owner, "ridge-tent").await;

        let change = [("Image Src", "https://pictures.example/new.jpg")];
        assert_eq!(import_tent_with(app, &change).await, [0, 1, 0]);

        let tent = product(&owner, "ridge-tent").await;
        assert_eq!(tent["images"][1]["url"], "https://pictures.example/new.jpg");
        assert_ne!(tent["images"][1]["id"], before["images"][1]["id"]);
        for place in [0, 2, 3] {
            assert_eq!(tent["images"][place], before["images"][place]);
        }
        assert_eq!(ids(&tent)["variants"], ids(&before)["variants"]);
    })
    .await;
}

#[tokio::test]
async fn a_respelled_option_value_keeps_variant_and_value() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file = |first: &'static str, second: &'static str| -> [[(&str, &str); 7]; 2] {
            let row = |value, size| {
                [
                    ("Handle", "cap"),
                    ("Title", "Cap"),
                    ("Option1 Name", "Colour"),
                    ("Option1 Value", value),
                    ("Option2 Name", "Size"),
                    ("Option2 Value", size),
                    ("Variant Price", "5"),
                ]
            };
            [row(first, "S"), row(second, "M")]
        };
        let as_rows = |rows: &[[(&'static str, &'static str); 7]; 2]| rows.map(|row| row.to_vec());
        let [one, two] = as_rows(&file("rose", "rose"));
        import_well(app, &[&one, &two]).await;
        let before = product(&owner, "cap").await;

        let [one, two] = as_rows(&file("Rosé", "rose"));
        assert_eq!(import_well(app, &[&one, &two]).await, [0, 1, 0]);
        assert_eq!(import_well(app, &[&one, &two]).await, [0, 0, 1]);

        let cap = product(&owner, "cap").await;
        assert_eq!(each(&cap["options"][0]["values"], "/name"), ["Rosé"]);
        assert_eq!(ids(&cap), ids(&before));
    })
    .await;
}

async fn edit(staff: &Client, id: &Value, input: Value) {
    const UPDATE: &str = "mutation($id: ID!, $input: ProductUpdateInput!) {
        productUpdate(id: $id, input: $input) { userErrors { code message field } } }";
    let reply = staff.run(UPDATE, json!({ "id": id, "input": input })).await;
    assert_eq!(reply.user_errors(), Vec::<String>::new());
}

/// Says of the mug's only variant what no file says.
async fn edit_variant(staff: &Client, mug: &Value) {
    let id = mug["variants"][0]["id"].as_str().unwrap();
    let content = json!({ "amount": "250", "unit": "ML" });
    let input = json!({ "content": content, "unitPriceReference": { "amount": "1", "unit": "CL" } });
    fixture::update(staff, "productVariantUpdate", id, input).await.data();
    const SET: &str = "mutation($id: ID!, $images: [ID!]!) {
        productVariantImagesSet(id: $id, images: $images) { userErrors { code message field } } }";
    let images = each(&mug["images"], "/id").into_iter().rev().collect::<Vec<_>>();
    let reply = staff.run(SET, json!({ "id": id, "images": images })).await;
    assert_eq!(reply.user_errors(), Vec::<String>::new());
}

async fn set_stock(staff: &Client, variant: &Value, units: u32) {
    const SET: &str = "mutation($input: StockLevelSetInput!) {
        stockLevelSet(input: $input) { userErrors { code message field } } }";
    let reply = staff.run(SET, json!({ "input": { "variant": variant, "onHand": units } })).await;
    assert_eq!(reply.user_errors(), Vec::<String>::new());
}

#[tokio::test]
async fn columns_that_the_file_lacks_leave_what_staff_entered() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file: &[Row<'_>] = &[&[("Handle", "mug"), ("Title", "Mug"), ("Variant Price", "12.50")]];
        import_well(app, file).await;
        let mug = product(&owner, "mug").await;
        let input = json!({
            "description": "<p>Blue.</p>",
            "vendor": "Kiln",
            "type": "Mugs",
            "tags": ["blue"],
            "seo": { "title": "A mug", "description": "Blue" },
            "metadata": [{ "key": "glaze", "value": "salt" }],
            "externalId": "erp-7",
            "images": [
                { "url": "https://pictures.example/mug.jpg", "altText": "A mug" },
                { "url": "https://pictures.example/handle.jpg" },
            ],
        });
        edit(&owner, &mug["id"], input).await;
        edit_variant(&owner, &product(&owner, "mug").await).await;
        set_stock(&owner, &mug["variants"][0]["id"], 4).await;
        let before = product(&owner, "mug").await;
        assert_eq!(before["variants"][0]["stockLevels"], json!([{ "onHand": 4 }]));
        assert_eq!(each(&before["variants"][0]["images"], "/id").len(), 2);

        assert_eq!(import_well(app, file).await, [0, 0, 1]);
        let dearer: &[Row<'_>] = &[&[("Handle", "mug"), ("Title", "Mug"), ("Variant Price", "13")]];
        assert_eq!(import_well(app, dearer).await, [0, 1, 0]);

        let mut wanted = before;
        wanted["variants"][0]["price"]["amount"] = json!("13.00");
        let mug = product(&owner, "mug").await;
        for name in ["version", "updatedAt"] {
            wanted[name] = mug[name].clone();
        }
        assert_eq!(mug, wanted);
    })
    .await;
}

#[tokio::test]
async fn an_emptied_cell_clears() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_well(app, TENT).await;
        let emptied = [
            "Body (HTML)",
            "Vendor",
            "Type",
            "Tags",
            "SEO Title",
            "SEO Description",
            "Variant SKU",
            "Variant Barcode",
            "Variant Grams",
            "Variant Compare At Price",
            "Variant Image",
            "Image Alt Text",
        ];

        assert_eq!(import_tent_with(app, &emptied.map(|column| (column, ""))).await, [0, 1, 0]);

        let tent = product(&owner, "ridge-tent").await;
        assert_eq!([&tent["description"], &tent["tags"]], [&json!(""), &json!([])]);
        assert_eq!(tent["seo"], json!({ "title": null, "description": null }));
        for pointer in ["/vendor", "/type", "/images/1/altText"] {
            assert_eq!(tent.pointer(pointer), Some(&Value::Null), "{pointer}");
        }
        for name in ["sku", "barcode", "weight", "compareAtPrice", "image"] {
            assert_eq!(variant(&tent, &["Moss", "Large"])[name], Value::Null, "{name}");
        }
        assert_eq!(each(&tent["images"], "/url").len(), 3, "the picture that only the variant had is gone");
    })
    .await;
}

#[tokio::test]
async fn an_emptied_price_or_quantity_leaves_what_was_there() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_well(app, TENT).await;

        let change = [("Variant Price", ""), ("Variant Inventory Qty", "")];
        assert_eq!(import_tent_with(app, &change).await, [0, 0, 1]);

        let tent = product(&owner, "ridge-tent").await;
        assert_eq!(tent["variants"][0]["price"]["amount"], "249.90");
        assert_eq!(tent["variants"][0]["stockLevels"], json!([{ "onHand": 7 }]));
    })
    .await;
}

#[tokio::test]
async fn products_that_the_file_lacks_stay() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, json!({ "name": "Wool Scarf" })).await;
        let before = product(&owner, "wool-scarf").await;

        assert_eq!(import_well(app, TENT).await, [1, 0, 0]);

        assert_eq!(product(&owner, "wool-scarf").await, before);
    })
    .await;
}

#[tokio::test]
async fn a_product_that_staff_made_is_known_by_its_slug() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "name": "Wool Scarf" })).await;

        let file: &[Row<'_>] = &[&[("Handle", "Wool-Scarf"), ("Title", "Scarf"), ("Variant Price", "10.00")]];
        assert_eq!(import_well(app, file).await, [0, 1, 0]);

        let scarf = product(&owner, "wool-scarf").await;
        assert_eq!([&scarf["id"], &scarf["name"]], [&json!(id), &json!("Scarf")]);
        assert_eq!(live(&scarf).len(), 1);
    })
    .await;
}

#[test]
fn files_of_tests_have_the_columns_that_rows_name() {
    let file = csv(&[&[("Handle", "a"), ("Title", "A, \"b\"")], &[("Handle", "c"), ("Vendor", "V")]]);

    assert_eq!(file, "Handle,Title,Vendor\na,\"A, \"\"b\"\"\",\nc,,V\n");
}

#[tokio::test]
async fn a_file_takes_a_slug_that_a_product_had_before() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "ridge-tent" })).await;
        fixture::update(&owner, "productUpdate", &id, json!({ "slug": "old-tent" })).await.data();
        assert_eq!(product(&owner, "ridge-tent").await["id"], json!(id));

        assert_eq!(import_well(app, TENT).await, [1, 0, 0]);

        assert_ne!(product(&owner, "ridge-tent").await["id"], json!(id));
        assert_eq!(fixture::count::<tradepost::entity::product_slug_redirect::Entity>(app).await, 0);
    })
    .await;
}
