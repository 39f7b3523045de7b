//! Prices by CSV: what they change, what they keep, and which lines are refused.

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use tradepost::entity::{event, variant_price_period};
use tradepost::error::{Error, UserErrorCode};
use tradepost::transfer::ImportOptions;

use super::lines::{LineReport, import_prices, price, product_of};
use super::{count_events, to_channel};
use crate::support::{Client, TestApp, fixture, on_both};

const FIELDS: &str = "version variants { price { amount } compareAtPrice { amount } }";

/// Price and compare-at price of each variant of a product.
async fn prices(staff: &Client, product: &str) -> Vec<[Value; 2]> {
    let product = fixture::read(staff, product, FIELDS).await;
    let variants = product["variants"].as_array().unwrap().iter();
    variants.map(|row| [row["price"]["amount"].clone(), row["compareAtPrice"]["amount"].clone()]).collect()
}

/// The errors of an import into the default channel of which every line is refused.
async fn refusals(app: &TestApp, file: &str) -> Vec<String> {
    let report = import_prices(app, file, &ImportOptions::default()).await;
    assert_eq!(report.counts()[..2], [0, 0], "{report:?}");
    report.errors
}

#[tokio::test]
async fn a_price_is_set_and_the_column_that_lacks_is_kept() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B", "C"]).await;

        assert_eq!(price(app, "SKU,Price\na,12.5\nB,10.00\n").await, [1, 1]);

        let expected = [["12.50", "15.00"], ["10.00", "15.00"], ["10.00", "15.00"]];
        assert_eq!(json!(prices(&owner, &mug).await), json!(expected));
        assert_eq!(price(app, "SKU,Price\na,12.5\nB,10.00\n").await, [0, 2]);
    })
    .await;
}

#[tokio::test]
async fn an_empty_compare_at_price_takes_it_away() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;

        let file = "Variant SKU,Variant Price,Variant Compare At Price\nA,10.00,\nB,10,20\n";
        assert_eq!(price(app, file).await, [2, 0]);

        assert_eq!(json!(prices(&owner, &mug).await), json!([["10.00", null], ["10.00", "20.00"]]));
        assert_eq!(price(app, file).await, [0, 2]);
    })
    .await;
}

#[tokio::test]
async fn an_import_leaves_what_the_mutation_leaves() {
    on_both(async |app| {
        let owner = app.owner().await;
        let by_file = product_of(&owner, "By file", &["A", "B"]).await;
        let by_hand = product_of(&owner, "By hand", &["C", "D"]).await;
        const SET: &str = "mutation($id: ID!, $input: ProductVariantPriceSetInput!) {
            productVariantPriceSet(id: $id, input: $input) { userErrors { code message field } } }";
        for id in fixture::variants(&owner, &by_hand).await {
            let input = json!({ "price": "7.00", "compareAtPrice": "9.00" });
            assert_eq!(owner.run(SET, json!({ "id": id, "input": input })).await.user_errors(), Vec::<String>::new());
        }

        assert_eq!(price(app, "SKU,Price,Compare-at price\nA,7,9\nB,7,9\n").await, [2, 0]);

        assert_eq!(prices(&owner, &by_file).await, prices(&owner, &by_hand).await);
        assert_eq!(fixture::history(app, &by_file).await, fixture::history(app, &by_hand).await);
        let expected = ["1 product.created", "2 variant.price_changed", "3 variant.price_changed"];
        assert_eq!(fixture::history(app, &by_file).await, expected);
        assert_eq!(payload_keys(app, &by_file).await, payload_keys(app, &by_hand).await);
        assert_eq!(variant_price_period::Entity::find().count(app.app.db().reader()).await.unwrap(), 4);
        const LOWEST: &str = "{ products(sort: {field: PRICE}) { nodes { priceRange { lowest { amount } } } } }";
        let listed = app.anonymous().query(LOWEST).await;
        let lowest = super::each(listed.at("/products/nodes"), "/priceRange/lowest/amount");
        assert_eq!(lowest, ["7.00", "7.00"]);
    })
    .await;
}

/// What the events of prices tell of a product, but for ids.
async fn payload_keys(app: &TestApp, product: &str) -> Vec<[Value; 2]> {
    let rows = event::Entity::find().all(app.app.db().reader()).await.unwrap().into_iter();
    let of_product = rows.filter(|row| product.ends_with(&row.aggregate_id.to_string()));
    let priced = of_product.filter(|row| row.r#type == "variant.price_changed");
    priced.map(|row| [row.payload["priceMinor"].clone(), row.payload["compareAtMinor"].clone()]).collect()
}

#[tokio::test]
async fn a_product_counts_one_change_for_all_its_lines() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;

        price(app, "SKU,Price\nA,1\nB,2\n").await;

        assert_eq!(fixture::read(&owner, &mug, "version").await["version"], 2);
    })
    .await;
}

#[tokio::test]
async fn a_bad_line_is_refused_and_the_others_go_in() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;
        let file = "\u{feff}Price,SKU,Compare At Price,Colour\n1.00,A,2.00,red\n12,,,\n3,Z,,\n,B,,\n5,B,6.999,\n";

        let report = import_prices(app, file, &ImportOptions::default()).await;

        assert_eq!(report.counts(), [1, 0, 4]);
        assert_eq!(report.unused, ["Colour"]);
        assert_eq!(
            report.errors,
            [
                "Line 3, column “SKU”: The row has no SKU, so it belongs to no variant.",
                "Line 4, SKU “Z”: No variant of the shop has this SKU; correct it, or import the variant's product first.",
                "Line 5, column “Price”, SKU “B”: A price is needed; leave out the lines of variants that keep theirs.",
                "Line 6, column “Compare At Price”, SKU “B”: United States dollar has 2 decimal places; this amount has more.",
            ]
        );
        assert_eq!(json!(prices(&owner, &mug).await), json!([["1.00", "2.00"], ["10.00", "15.00"]]));
    })
    .await;
}

#[tokio::test]
async fn amounts_are_refused_by_line_column_and_sku() {
    on_both(async |app| {
        product_of(&app.owner().await, "Mug", &["A"]).await;
        let cases = [
            ("-1", "A price is not below zero."),
            ("1.999", "United States dollar has 2 decimal places; this amount has more."),
            (
                "\"1,50\"",
                "“1,50” is not a plain decimal number; use a point as the decimal mark and no thousands \
                          separator, for example 1299.90.",
            ),
            ("$5", "“$5” is not a plain decimal number; leave out the currency, for example 1299.90."),
            ("99999999999999999999", "The amount is too large."),
        ];
        for (cell, message) in cases {
            let errors = refusals(app, &format!("SKU,Price\nA,{cell}\n")).await;

            assert_eq!(errors, [format!("Line 2, column “Price”, SKU “A”: {message}")]);
        }
    })
    .await;
}

#[tokio::test]
async fn the_second_line_of_an_sku_is_refused() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A"]).await;

        let report = import_prices(app, "SKU,Price\nA,1\na,2\n'A,3\n", &ImportOptions::default()).await;

        assert_eq!(report.counts(), [1, 0, 2]);
        let message = "Line 2 speaks of the same variant; leave one of the two.";
        let expected =
            [("3", "a"), ("4", "A")].map(|(line, sku)| format!("Line {line}, column “SKU”, SKU “{sku}”: {message}"));
        assert_eq!(report.errors, expected);
        assert_eq!(json!(prices(&owner, &mug).await), json!([["1.00", "15.00"]]));
    })
    .await;
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_once() {
    on_both(async |app| {
        let cases = [
            ("", "Line 1: The file is empty."),
            (
                "Name,Amount\nx,1\n",
                "Line 1: The required columns SKU and Price are missing from the header; the first \
                                   line must name the columns.",
            ),
            (
                "SKU;Price\nA;1\n",
                "Line 1: The columns are separated by semicolons; save the file with commas between the \
                                 columns.",
            ),
            (
                "SKU,Price,Variant Price\nA,1,1\n",
                "Line 1: Columns 2 (“Price”) and 3 (“Variant Price”) of the header mean \
                                                 the same; remove one of them.",
            ),
        ];
        for (file, error) in cases {
            assert_eq!(refusals(app, file).await, [error]);
        }
    })
    .await;
}

#[tokio::test]
async fn damaged_rows_are_told_by_their_lines() {
    on_both(async |app| {
        product_of(&app.owner().await, "Mug", &["A", "B"]).await;
        let file = "SKU,Price\nA,1,2\nB,\"1\n";

        let errors = refusals(app, file).await;

        assert_eq!(errors.len(), 2);
        assert!(errors[0].starts_with("Line 2: The row has 3 cells, but the header has 2 columns;"), "{errors:?}");
        assert!(errors[1].contains("is never closed"), "{errors:?}");
    })
    .await;
}

#[tokio::test]
async fn prices_go_to_the_channel_that_is_named() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;

        let report = import_prices(app, "SKU,Price\nA,1900\nB,19.50\n", &to_channel("japan")).await;

        assert_eq!(report.counts(), [1, 0, 1]);
        assert_eq!(
            report.errors,
            ["Line 3, column “Price”, SKU “B”: Japanese yen has 0 decimal places; this amount has more."]
        );
        assert_eq!(json!(prices(&owner, &mug).await), json!([["10.00", "15.00"], ["10.00", "15.00"]]));
        const IN_JAPAN: &str = "query { productBySlug(slug: \"mug\", channel: \"japan\") {
            variants { price { amount currency } compareAtPrice { amount } } } }";
        let reply = owner.query(IN_JAPAN).await;
        let price = json!({ "price": { "amount": "1900", "currency": "JPY" }, "compareAtPrice": null });
        assert_eq!(reply.at("/productBySlug/variants/0"), &price);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_channel_ends_the_import() {
    on_both(async |app| {
        let file = std::io::Cursor::new("SKU,Price\n");
        let options = to_channel("moon");

        let result = app.app.imports.import_prices(&tradepost::auth::Actor::System, file, &options, |_| {}).await;

        let Err(Error::User(errors)) = result else { panic!("{result:?}") };
        assert_eq!(errors[0].code, UserErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_counts_and_changes_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;
        let (before, events) = (fixture::read(&owner, &mug, FIELDS).await, count_events(app).await);
        let options = ImportOptions { channel: None, is_dry_run: true };

        let report = import_prices(app, "SKU,Price\nA,1\nB,10\nC,1\n", &options).await;

        assert_eq!(report.counts(), [1, 1, 1]);
        assert_eq!(fixture::read(&owner, &mug, FIELDS).await, before);
        assert_eq!(count_events(app).await, events);
    })
    .await;
}

#[tokio::test]
async fn two_imports_at_once_end_like_one_after_the_other() {
    on_both(async |app| {
        let owner = app.owner().await;
        let names: Vec<String> = (0..150).map(|number| format!("S{number:03}")).collect();
        for three in names.chunks(3) {
            product_of(&owner, &three[0], &three.iter().map(String::as_str).collect::<Vec<_>>()).await;
        }
        let lines: Vec<String> = names.iter().map(|name| format!("{name},3.00\n")).collect();
        let forwards = format!("SKU,Price\n{}", lines.concat());
        let backwards = format!("SKU,Price\n{}", lines.iter().rev().cloned().collect::<String>());
        let options = ImportOptions::default();

        let reports: [LineReport; 2] =
            tokio::join!(import_prices(app, &forwards, &options), import_prices(app, &backwards, &options)).into();

        let counts = reports.each_ref().map(LineReport::counts);
        assert_eq!(counts[0][0] + counts[1][0], 150, "{counts:?}");
        assert_eq!(counts[0][1] + counts[1][1], 150, "{counts:?}");
        assert_eq!(price(app, &forwards).await, [0, 150]);
        assert_eq!(variant_price_period::Entity::find().count(app.app.db().reader()).await.unwrap(), 150);
    })
    .await;
}
