//! What a file gets wrong is refused by line and column; the rest goes in.

use serde_json::json;
use tradepost::transfer::ImportOptions;

use super::{Row, count_events, each, import, import_well, import_with, product};
use crate::support::{TestApp, fixture, on_both};

/// A product of one row.
fn simple<'a>(handle: &'a str, price: &'a str) -> [(&'a str, &'a str); 3] {
    [("Handle", handle), ("Title", handle), ("Variant Price", price)]
}

/// A product of one row that has an SKU.
fn with_sku<'a>(handle: &'a str, sku: &'a str) -> [(&'a str, &'a str); 4] {
    [("Handle", handle), ("Title", handle), ("Variant SKU", sku), ("Variant Price", "1")]
}

/// What an import of one wrong row says, without the line and the handle.
async fn refusal(app: &TestApp, column: &str, cell: &str) -> String {
    let mut row = vec![("Handle", "odd"), ("Title", "Odd"), ("Variant Price", "1")];
    row.retain(|(name, _)| *name != column);
    row.push((column, cell));
    let report = import(app, &[&row]).await;
    assert_eq!(report.counts(), [0, 0, 0, 1], "{column} {cell}");
    assert_eq!(report.errors.len(), 1, "{:?}", report.errors);
    let handle = if column == "Handle" { cell } else { "odd" };
    let prefix = format!("Line 2, column “{column}”, product “{handle}”: ");
    let error = &report.errors[0];
    error.strip_prefix(&prefix).unwrap_or_else(|| panic!("{error} does not begin with {prefix}")).to_owned()
}

#[tokio::test]
async fn a_bad_product_is_left_out_and_the_rest_goes_in() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file: &[Row<'_>] = &[&simple("a", "1"), &simple("b", "12,50"), &simple("c", "3")];

        let report = import(app, file).await;

        assert_eq!(report.counts(), [2, 0, 0, 1]);
        assert_eq!(
            report.errors,
            ["Line 3, column “Variant Price”, product “b”: “12,50” is not a plain decimal number; use a point as the decimal \
              mark and no thousands separator, for example 1299.90."]
        );
        assert!(product(&owner, "b").await.is_null());
        assert_eq!(product(&owner, "c").await["name"], "c");
    })
    .await;
}

#[tokio::test]
async fn a_product_of_which_one_row_is_refused_stays_as_it_was() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_well(app, &[&with_sku("a", "TAKEN"), &with_sku("b", "B")]).await;
        let (before, events) = (product(&owner, "b").await, count_events(app).await);
        let row = |value, sku| {
            let named = [("Handle", "b"), ("Title", "Renamed"), ("Variant Price", "2"), ("Option1 Name", "Size")];
            [named[0], named[1], named[2], named[3], ("Option1 Value", value), ("Variant SKU", sku)]
        };

        let report = import(app, &[&row("S", "B"), &row("M", "taken")]).await;

        assert_eq!(report.counts(), [0, 0, 0, 1]);
        assert_eq!(
            report.errors,
            ["Line 3, column “Variant SKU”, product “b”: The product “a” has a variant with the SKU “taken” already."]
        );
        assert_eq!(product(&owner, "b").await, before);
        assert_eq!(count_events(app).await, events);
    })
    .await;
}

#[tokio::test]
async fn an_sku_twice_in_a_file_is_refused_the_second_time() {
    on_both(async |app| {
        let owner = app.owner().await;

        let report = import(app, &[&with_sku("a", "X-1"), &with_sku("b", "x-1"), &with_sku("c", "X-2")]).await;

        assert_eq!(report.counts(), [2, 0, 0, 1]);
        assert_eq!(
            report.errors,
            ["Line 3, column “Variant SKU”, product “b”: The product “a” has a variant with the SKU “x-1” already."]
        );
        assert!(product(&owner, "b").await.is_null());
    })
    .await;
}

#[tokio::test]
async fn an_sku_twice_in_a_product_is_refused() {
    on_both(async |app| {
        let row = |value| {
            let named = [("Handle", "a"), ("Title", "A"), ("Variant Price", "2"), ("Option1 Name", "Size")];
            [named[0], named[1], named[2], named[3], ("Option1 Value", value), ("Variant SKU", "X")]
        };

        let report = import(app, &[&row("S"), &row("M")]).await;

        assert_eq!(report.counts(), [0, 0, 0, 1]);
        assert_eq!(report.errors, ["Line 3, column “Variant SKU”, product “a”: The SKU \"X\" is there twice."]);
    })
    .await;
}

#[tokio::test]
async fn variants_that_only_their_skus_tell_apart_need_options() {
    on_both(async |app| {
        let file: &[Row<'_>] = &[
            &with_sku("a", "X"),
            &[("Handle", "a"), ("Variant SKU", "Y"), ("Variant Price", "2")],
            &with_sku("b", "Z"),
        ];

        let report = import(app, file).await;

        assert_eq!(report.counts(), [1, 0, 0, 1]);
        assert_eq!(
            report.errors,
            ["Line 3, column “Option1 Value”, product “a”: Another variant of this product has the same option values."]
        );
    })
    .await;
}

#[tokio::test]
async fn two_handles_of_one_slug_are_not_one_product() {
    on_both(async |app| {
        let owner = app.owner().await;
        let file: &[Row<'_>] = &[&simple("wool_hat", "1"), &simple("Wool Hat", "2"), &simple("cap", "3")];

        let report = import(app, file).await;

        assert_eq!(report.counts(), [2, 0, 0, 1]);
        assert_eq!(report.errors.len(), 1);
        assert!(report.errors[0].starts_with("Line 3, product “Wool Hat”: "), "{:?}", report.errors);
        assert_eq!(product(&owner, "wool-hat").await["name"], "wool_hat");
    })
    .await;
}

#[tokio::test]
async fn amounts_that_the_currency_cannot_hold_are_refused() {
    on_both(async |app| {
        for column in ["Variant Price", "Variant Compare At Price"] {
            for cell in ["9.999", "-1", "99999999999999999999"] {
                assert!(refusal(app, column, cell).await.ends_with('.'), "{column} {cell}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn more_than_the_shop_can_hold_is_refused() {
    on_both(async |app| {
        let long = "x".repeat(2001);
        let address = format!("https://pictures.example/{long}");
        let cases = [
            ("Title", long.as_str()),
            ("Vendor", &long),
            ("Type", &long),
            ("Tags", &long),
            ("SEO Title", &long),
            ("Variant SKU", &long),
            ("Variant Barcode", &long),
            ("Image Src", &address),
            ("Variant Grams", "2000001"),
            ("Variant Inventory Qty", "3000000000"),
        ];
        for (column, cell) in cases {
            assert!(refusal(app, column, cell).await.ends_with('.'), "{column}");
        }
    })
    .await;
}

#[tokio::test]
async fn option_names_and_values_have_a_length() {
    on_both(async |app| {
        let long = "x".repeat(201);
        let row = |name, value| {
            let named = [("Handle", "a"), ("Title", "A"), ("Variant Price", "2")];
            [named[0], named[1], named[2], ("Option1 Name", name), ("Option1 Value", value)]
        };

        for (row, column) in [(row("Size", &long), "Option1 Value"), (row(&long, "S"), "Option1 Name")] {
            let report = import(app, &[&row]).await;
            assert_eq!(report.counts(), [0, 0, 0, 1]);
            let expected = format!("Line 2, column “{column}”, product “a”: ");
            assert!(report.errors[0].starts_with(&expected), "{:?}", report.errors);
        }
    })
    .await;
}

#[tokio::test]
async fn all_errors_of_a_product_are_told_at_once() {
    on_both(async |app| {
        let file: &[Row<'_>] = &[&[
            ("Handle", "odd"),
            ("Title", "Odd"),
            ("Variant Price", "cheap"),
            ("Variant Taxable", "perhaps"),
            ("Image Src", "picture.jpg"),
        ]];

        let report = import(app, file).await;

        assert_eq!(report.counts(), [0, 0, 0, 1]);
        assert_eq!(report.errors.len(), 3, "{:?}", report.errors);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_export_is_one_failure() {
    on_both(async |app| {
        for (file, reason) in [
            ("", "Line 1: The file is empty."),
            ("Name,Amount\nx,1\n", "Line 1: The required columns Handle and Title are missing"),
            ("Handle;Title\nx;y\n", "Line 1: The columns are separated by semicolons"),
        ] {
            let report = import_with(app, file.to_owned(), &ImportOptions::default()).await;

            assert_eq!(report.counts(), [0, 0, 0, 1]);
            assert!(report.errors[0].starts_with(reason), "{:?}", report.errors);
        }
    })
    .await;
}

#[tokio::test]
async fn an_sku_of_a_product_that_staff_made_is_not_taken_over() {
    on_both(async |app| {
        let owner = app.owner().await;
        let variants = json!([{ "sku": "SCARF", "price": "1" }]);
        fixture::product(&owner, json!({ "name": "Wool Scarf", "variants": variants })).await;

        let report = import(app, &[&with_sku("scarf", "SCARF")]).await;

        assert_eq!(report.counts(), [0, 0, 0, 1]);
        let scarf = product(&owner, "wool-scarf").await;
        assert_eq!(each(&scarf["variants"], "/sku"), ["SCARF"]);
    })
    .await;
}
