//! A file that goes round: import, export, import.

use serde_json::json;

use super::{assert_round_trip, create, export, import, sized};
use crate::import::{TENT, csv, import_well, product};
use crate::support::on_both;

#[tokio::test]
async fn what_was_imported_is_exported_as_it_came() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_well(app, TENT).await;
        let before = product(&owner, "ridge-tent").await;

        let file = assert_round_trip(app).await;

        assert_eq!(product(&owner, "ridge-tent").await, before);
        assert_eq!(import(app, &csv(TENT)).await, [0, 0, 1]);
        assert_eq!(export(app).await, file);
    })
    .await;
}

#[tokio::test]
async fn the_sample_shop_goes_round() {
    on_both(async |app| {
        let sample = include_str!("../../src/sample/products.csv");
        let [created, ..] = import(app, sample).await;

        assert_round_trip(app).await;

        assert_eq!(import(app, sample).await, [0, 0, created]);
    })
    .await;
}

#[tokio::test]
async fn awkward_texts_go_round() {
    on_both(async |app| {
        let owner = app.owner().await;
        let awkward = [
            "\"quoted\"",
            "a,b;c\td",
            "two\nlines\n\nand more",
            "=SUM(A1)",
            "+1",
            "-1",
            "@x",
            "'apostrophe",
            "日本語 Ünï 🧵",
            "#N/A",
            "\u{feff}mark",
            "a\u{1c}b",
            "<b>&amp;</b>",
            "\u{200f}right to left",
            "null",
        ];
        for (number, text) in (0..).zip(awkward) {
            let input = json!({
                "slug": format!("p-{number:02}"), "name": text, "description": text, "vendor": text, "type": text,
                "tags": [text.replace(',', ".")], "seo": { "title": text, "description": text },
                "images": [{ "url": format!("https://x.example/{number}.jpg?a=1&b=\"2\""), "altText": text }],
                "options": [{ "name": text, "values": [text] }],
                "variants": [{
                    "optionValues": [{ "option": text, "value": text }], "sku": text, "barcode": text, "price": "0",
                }],
            });
            create(&owner, input).await;
        }

        assert_round_trip(app).await;
    })
    .await;
}

#[tokio::test]
async fn html_goes_round() {
    on_both(async |app| {
        let owner = app.owner().await;
        let pieces = [
            "<pre>\n\n\nthree</pre>",
            "a &#13;&#10; b &nbsp;",
            "&lt;script&gt;",
            "<p>open <b>bold <p>next",
            "<a href=\"https://x.example/?a=1&b=2\">x</a>",
            "<table>stray<tr><td>1",
        ];
        for (number, html) in (0..).zip(pieces) {
            create(&owner, json!({ "name": format!("p{number}"), "description": html })).await;
        }

        assert_round_trip(app).await;
    })
    .await;
}

#[tokio::test]
async fn many_variants_and_pictures_go_round() {
    on_both(async |app| {
        let owner = app.owner().await;
        let sizes: Vec<String> = (1..=250).map(|size| format!("{size}")).collect();
        let variants: Vec<_> = sizes.iter().map(|size| sized(size)).collect();
        let images: Vec<_> = (1..=100).map(|number| json!({ "url": format!("/{number}.jpg") })).collect();
        create(
            &owner,
            json!({ "options": [{ "name": "Size", "values": sizes }], "variants": variants, "images": images }),
        )
        .await;
        let variants = vec![sized("S")];
        create(
            &owner,
            json!({ "name": "Pictures", "options": [{ "name": "Size", "values": ["S"] }], "variants": variants,
                    "images": images }),
        )
        .await;

        let file = assert_round_trip(app).await;

        assert_eq!(super::rows(&file).len(), 250 + 100);
    })
    .await;
}
