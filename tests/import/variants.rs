//! Variants that go, come back, and change what tells them apart.

use serde_json::{Value, json};

use super::{Row, each, import, import_well, live, product, skus_for_shoppers, variant};
use crate::support::{TestApp, fixture, on_both};

/// A shirt with one variant of each size, and what its only option is called.
async fn import_shirt(app: &TestApp, option: &str, variants: &[(&str, &str)]) -> [u64; 3] {
    let mut rows = Vec::new();
    for (value, sku) in variants {
        let row = [
            ("Handle", "shirt"),
            ("Title", "Shirt"),
            ("Option1 Name", option),
            ("Option1 Value", *value),
            ("Variant SKU", *sku),
            ("Variant Price", "30"),
        ];
        rows.push(row);
    }
    let rows: Vec<Row<'_>> = rows.iter().map(|row| row.as_slice()).collect();
    import_well(app, &rows).await
}

fn skus(product: &Value) -> Vec<Value> {
    each(&json!(live(product)), "/sku")
}

#[tokio::test]
async fn a_variant_that_the_file_drops_is_archived() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, "Size", &[("S", "A"), ("M", "B")]).await;
        let before = product(&owner, "shirt").await;

        assert_eq!(import_shirt(app, "Size", &[("M", "B")]).await, [0, 1, 0]);

        let shirt = product(&owner, "shirt").await;
        assert_eq!(live(&shirt).len(), 1);
        assert_eq!(live(&shirt)[0]["id"], variant(&before, &["M"])["id"]);
        assert_eq!(each(&shirt["options"][0]["values"], "/name"), ["M"]);
        assert_eq!(skus_for_shoppers(app, "shirt").await, Some(vec![json!("B")]));
        assert_eq!(import_shirt(app, "Size", &[("M", "B")]).await, [0, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn a_variant_that_the_file_has_again_comes_back_as_it_was() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, "Size", &[("S", "A"), ("M", "B")]).await;
        let small = variant(&product(&owner, "shirt").await, &["S"]).clone();
        const UPDATE: &str = "mutation($id: ID!, $input: ProductVariantUpdateInput!) {
            productVariantUpdate(id: $id, input: $input) { userErrors { code message field } } }";
        let input = json!({ "metadata": [{ "key": "cut", "value": "slim" }], "weight": { "grams": 150, "unit": "G" } });
        let reply = owner.run(UPDATE, json!({ "id": small["id"], "input": input })).await;
        assert_eq!(reply.user_errors(), Vec::<String>::new());
        import_shirt(app, "Size", &[("M", "B")]).await;

        assert_eq!(import_shirt(app, "Size", &[("S", "A"), ("M", "B")]).await, [0, 1, 0]);

        let shirt = product(&owner, "shirt").await;
        let back = variant(&shirt, &["S"]);
        assert_eq!(back["id"], small["id"]);
        assert_eq!(back["status"], "ACTIVE");
        assert_eq!(back["metadata"], json!([{ "key": "cut", "value": "slim" }]));
        assert_eq!(back["weight"], json!({ "grams": 150, "unit": "G" }));
        assert_eq!(back["price"]["amount"], "30.00");
        assert_eq!(import_shirt(app, "Size", &[("S", "A"), ("M", "B")]).await, [0, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn options_come_and_go_with_the_skus_they_take_along() {
    on_both(async |app| {
        let owner = app.owner().await;
        let plain = [("Default Title", "A")];
        let sized = [("S", "A"), ("M", "B")];
        assert_eq!(import_shirt(app, "Title", &plain).await, [1, 0, 0]);
        let first = product(&owner, "shirt").await;

        assert_eq!(import_shirt(app, "Size", &sized).await, [0, 1, 0]);

        let shirt = product(&owner, "shirt").await;
        assert_eq!(skus(&shirt), ["A", "B"]);
        assert_eq!(each(&shirt["options"], "/name"), ["Size"]);
        assert_eq!(import_shirt(app, "Size", &sized).await, [0, 0, 1]);

        assert_eq!(import_shirt(app, "Title", &plain).await, [0, 1, 0]);

        let shirt = product(&owner, "shirt").await;
        assert_eq!(shirt["options"], json!([]));
        assert_eq!(skus(&shirt), ["A"]);
        assert_eq!(live(&shirt)[0]["id"], first["variants"][0]["id"]);
        assert_eq!(import_shirt(app, "Title", &plain).await, [0, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn variants_can_swap_their_skus() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, "Size", &[("S", "A"), ("M", "B"), ("L", "C")]).await;
        let before = product(&owner, "shirt").await;

        assert_eq!(import_shirt(app, "Size", &[("S", "B"), ("M", "C"), ("L", "A")]).await, [0, 1, 0]);

        let shirt = product(&owner, "shirt").await;
        assert_eq!(each(&shirt["variants"], "/sku"), ["B", "C", "A"]);
        assert_eq!(each(&shirt["variants"], "/id"), each(&before["variants"], "/id"));
    })
    .await;
}

#[tokio::test]
async fn variants_and_values_follow_the_order_of_the_file() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, "Size", &[("S", "A"), ("M", "B")]).await;
        let before = product(&owner, "shirt").await;

        assert_eq!(import_shirt(app, "Size", &[("M", "B"), ("L", "C"), ("S", "A")]).await, [0, 1, 0]);

        let shirt = product(&owner, "shirt").await;
        assert_eq!(each(&shirt["options"][0]["values"], "/name"), ["M", "L", "S"]);
        assert_eq!(skus(&shirt), ["B", "C", "A"]);
        assert_eq!(variant(&shirt, &["S"])["id"], variant(&before, &["S"])["id"]);
    })
    .await;
}

#[tokio::test]
async fn a_renamed_option_keeps_the_variants() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, "Size", &[("S", "A"), ("M", "B")]).await;
        let before = product(&owner, "shirt").await;

        assert_eq!(import_shirt(app, "Fit", &[("S", "A"), ("M", "B")]).await, [0, 1, 0]);

        let shirt = product(&owner, "shirt").await;
        assert_eq!(each(&shirt["options"], "/name"), ["Fit"]);
        assert_eq!(each(&shirt["variants"], "/id"), each(&before["variants"], "/id"));
        assert_eq!(each(&shirt["variants"], "/selectedOptions/0/name"), ["Fit", "Fit"]);
    })
    .await;
}

#[tokio::test]
async fn without_columns_of_options_variants_are_known_by_their_skus() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, "Size", &[("S", "A"), ("M", "B")]).await;
        let file: &[Row<'_>] = &[
            &[("Handle", "shirt"), ("Title", "Shirt"), ("Variant SKU", "a"), ("Variant Price", "31")],
            &[("Handle", "shirt"), ("Variant SKU", "B"), ("Variant Price", "32")],
        ];

        assert_eq!(import_well(app, file).await, [0, 1, 0]);

        let shirt = product(&owner, "shirt").await;
        assert_eq!(variant(&shirt, &["S"])["price"]["amount"], "31.00");
        assert_eq!(variant(&shirt, &["M"])["price"]["amount"], "32.00");
    })
    .await;
}

#[tokio::test]
async fn variants_stay_themselves_when_options_change_places() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file = |first: (&'static str, &'static str), second: (&'static str, &'static str)| {
            [
                ("Handle", "hat"),
                ("Title", "Hat"),
                ("Option1 Name", first.0),
                ("Option1 Value", first.1),
                ("Option2 Name", second.0),
                ("Option2 Value", second.1),
                ("Variant SKU", "HAT"),
                ("Variant Price", "30"),
                ("Variant Inventory Qty", "7"),
            ]
        };
        import_well(app, &[&file(("Color", "Red"), ("Size", "S"))]).await;
        let before = product(&owner, "hat").await;

        assert_eq!(import_well(app, &[&file(("Size", "S"), ("Color", "Red"))]).await, [0, 1, 0]);

        let hat = product(&owner, "hat").await;
        assert_eq!(each(&hat["variants"], "/id"), each(&before["variants"], "/id"));
        assert_eq!(each(&hat["options"], "/name"), ["Size", "Color"]);
        assert_eq!(each(&hat["variants"][0]["selectedOptions"], "/value"), ["S", "Red"]);
        assert_eq!(super::count_movements(app).await, 1);
        assert_eq!(import_well(app, &[&file(("Size", "S"), ("Color", "Red"))]).await, [0, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn an_archived_variant_whose_option_value_is_gone_needs_one_to_come_back() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, "Size", &[("S", "A"), ("M", "B")]).await;
        let medium = variant(&product(&owner, "shirt").await, &["M"])["id"].as_str().unwrap().to_owned();
        import_shirt(app, "Size", &[("S", "A")]).await;

        let refused = fixture::change(&owner, "productVariantUnpublish", &medium).await;
        let values = json!({ "optionValues": [{ "option": "Size", "value": "L" }] });
        let given = fixture::update(&owner, "productVariantUpdate", &medium, values).await;
        let back = fixture::change(&owner, "productVariantUnpublish", &medium).await;

        assert_eq!(refused.user_errors(), ["INVALID id"]);
        assert_eq!(given.user_errors(), Vec::<String>::new());
        assert_eq!(back.user_errors(), Vec::<String>::new());
        let id = product(&owner, "shirt").await["id"].as_str().unwrap().to_owned();
        fixture::update(&owner, "productUpdate", &id, json!({ "name": "Tee" })).await.data();
        let shirt = product(&owner, "shirt").await;
        assert_eq!(each(&shirt["variants"], "/sku"), ["A", "B"], "{shirt}");
        assert_eq!(variant(&shirt, &["L"])["id"], medium.as_str());
    })
    .await;
}

#[tokio::test]
async fn a_file_adds_variants_only_while_the_product_can_keep_them() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, "Size", &[("S", "A")]).await;
        let small = variant(&product(&owner, "shirt").await, &["S"])["id"].as_str().unwrap().to_owned();
        fixture::archive_many(app, &small, 1_998).await;
        let row = |size: &'static str| {
            [("Handle", "shirt"), ("Title", "Shirt"), ("Option1 Name", "Size"), ("Option1 Value", size)]
        };

        let refused = import(app, &[&row("S"), &row("M"), &row("L")]).await;
        let last = import(app, &[&row("S"), &row("M")]).await;
        let full = import(app, &[&row("M")]).await;

        assert_eq!(
            refused.errors,
            ["Line 2, product “shirt”: A product keeps at most 2000 variants, with those that are archived; delete some \
              of these."]
        );
        assert_eq!([last.counts(), full.counts()], [[0, 1, 0, 0], [0, 1, 0, 0]]);
    })
    .await;
}
