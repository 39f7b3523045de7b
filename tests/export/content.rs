//! What the file says of products.

use serde_json::json;
use tradepost::error::{Error, UserErrorCode};

use super::{assert_round_trip, column, create, export, export_from, import, rows, sized};
use crate::import::to_channel;
use crate::support::{fixture, on_both};

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,\
    Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,\
    Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,\
    Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,SEO Title,\
    SEO Description,Variant Image,Variant Weight Unit,Status\n";

#[tokio::test]
async fn a_product_is_laid_out_as_shopify_does() {
    on_both(async |app| {
        let owner = app.owner().await;
        let input = json!({
            "name": "Ridge Tent", "description": "<p>Stands in a \"gale\",\nwith pegs.</p>", "vendor": "Hill & Dale",
            "type": "Tents", "tags": ["summer", "Camping"], "seo": { "title": "A tent", "description": "It stands." },
            "images": [
                { "url": "https://x.example/1.jpg", "altText": "Front" },
                { "url": "https://x.example/2.jpg" },
                { "url": "/pictures/3.jpg", "altText": "Inside, \"lit\"" },
            ],
            "options": [{ "name": "Colour", "values": ["Moss", "Sand"] }],
            "variants": [
                {
                    "optionValues": [{ "option": "Colour", "value": "Moss" }], "sku": "TENT-M",
                    "barcode": "4006381333931", "price": "249.90", "compareAtPrice": "299",
                    "weight": { "grams": 2450, "unit": "KG" }, "stock": 7, "imageUrl": "https://x.example/2.jpg",
                },
                {
                    "optionValues": [{ "option": "Colour", "value": "Sand" }], "price": "199", "tracksStock": false,
                    "backorderLimit": null, "requiresShipping": false, "isTaxable": false,
                },
            ],
        });
        create(&owner, input).await;

        let file = assert_round_trip(app).await;

        let expected = "\
ridge-tent,Ridge Tent,\"<p>Stands in a \"\"gale\"\",
with pegs.</p>\",Hill & Dale,Tents,\"Camping, summer\",true,Colour,Moss,,,,,TENT-M,2450,shopify,7,deny,249.90,299.00,\
true,true,'4006381333931,https://x.example/1.jpg,1,Front,A tent,It stands.,https://x.example/2.jpg,kg,active
ridge-tent,,,,,,,,Sand,,,,,,,,0,continue,199.00,,false,false,,https://x.example/2.jpg,2,,,,,g,
ridge-tent,,,,,,,,,,,,,,,,,,,,,,,/pictures/3.jpg,3,\"Inside, \"\"lit\"\"\",,,,,
";
        assert_eq!(file, format!("{HEADER}{expected}"));
    })
    .await;
}

#[tokio::test]
async fn an_empty_shop_gives_a_header() {
    on_both(async |app| assert_eq!(export(app).await, HEADER)).await;
}

#[tokio::test]
async fn products_come_in_the_order_of_their_handles() {
    on_both(async |app| {
        let owner = app.owner().await;
        for name in ["b", "a-z", "aa", "a"] {
            create(&owner, json!({ "name": name })).await;
        }

        assert_eq!(column(&export(app).await, "Handle"), ["a", "a-z", "aa", "b"]);
    })
    .await;
}

#[tokio::test]
async fn a_product_without_options_has_the_words_of_the_format() {
    on_both(async |app| {
        create(&app.owner().await, json!({})).await;

        let file = assert_round_trip(app).await;

        assert_eq!(column(&file, "Option1 Name"), ["Title"]);
        assert_eq!(column(&file, "Option1 Value"), ["Default Title"]);
    })
    .await;
}

#[tokio::test]
async fn every_status_comes_back() {
    on_both(async |app| {
        let owner = app.owner().await;
        create(&owner, json!({ "name": "a", "status": "ACTIVE" })).await;
        create(&owner, json!({ "name": "b", "status": "DRAFT" })).await;
        let archived = create(&owner, json!({ "name": "c" })).await;
        fixture::change(&owner, "productArchive", &archived).await.data();

        let file = assert_round_trip(app).await;

        assert_eq!(column(&file, "Status"), ["active", "draft", "archived"]);
        assert_eq!(column(&file, "Published"), ["true", "false", "false"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_stays_away() {
    on_both(async |app| {
        let owner = app.owner().await;
        create(&owner, json!({ "name": "No variants", "variants": [], "images": [{ "url": "/a.jpg" }] })).await;
        let options = json!([{ "name": "Size", "values": ["S"] }]);
        create(&owner, json!({ "name": "Only options", "variants": [], "options": options })).await;
        create(&owner, json!({ "name": "No price", "variants": [{}] })).await;

        let file = export(app).await;

        assert_eq!(import(app, &file).await, [0, 0, 3]);
        assert_eq!(column(&file, "Handle"), ["no-price", "no-variants", "only-options"]);
        assert_eq!(column(&file, "Variant Price"), ["", "", ""]);
        assert_eq!(column(&file, "Variant Inventory Policy"), ["deny", "", ""]);
        assert_round_trip(app).await;
    })
    .await;
}

#[tokio::test]
async fn archived_variants_are_left_out() {
    on_both(async |app| {
        let owner = app.owner().await;
        let options = json!([{ "name": "Size", "values": ["S", "M"] }]);
        let product = create(&owner, json!({ "options": options, "variants": [sized("S"), sized("M")] })).await;
        let ids = fixture::variants(&owner, &product).await;
        fixture::change(&owner, "productVariantArchive", &ids[0]).await.data();

        let file = export(app).await;

        assert_eq!(column(&file, "Option1 Value"), ["M"]);
    })
    .await;
}

#[tokio::test]
async fn more_options_than_the_format_has_get_columns_of_their_own() {
    on_both(async |app| {
        let owner = app.owner().await;
        let names = ["Colour", "Size", "Fit", "Fabric", "Hem"];
        let options: Vec<_> = names.iter().map(|name| json!({ "name": name, "values": ["a"] })).collect();
        let values: Vec<_> = names.iter().map(|name| json!({ "option": name, "value": "a" })).collect();
        let variants = json!([{ "optionValues": values, "price": "10.00" }]);
        create(&owner, json!({ "options": options, "variants": variants })).await;

        let file = assert_round_trip(app).await;

        for (number, name) in (1..).zip(names) {
            assert_eq!(column(&file, &format!("Option{number} Name")), [name]);
            assert_eq!(column(&file, &format!("Option{number} Value")), ["a"]);
        }
    })
    .await;
}

#[tokio::test]
async fn codes_are_kept_from_spreadsheets() {
    on_both(async |app| {
        let owner = app.owner().await;
        let skus = ["'quoted", "=1+1", "-5", "+4", "@a", "00123", "12E4", "1.50", "A-1", "12-34", "inf"];
        for (number, sku) in (0..).zip(skus) {
            let variants = json!([{ "sku": sku, "barcode": sku, "price": "1" }]);
            create(&owner, json!({ "name": format!("p{number:02}"), "variants": variants })).await;
        }

        let file = assert_round_trip(app).await;

        let expected = ["''quoted", "'=1+1", "'-5", "'+4", "'@a", "'00123", "'12E4", "'1.50", "A-1", "12-34", "inf"];
        assert_eq!(column(&file, "Variant SKU"), expected);
        assert_eq!(column(&file, "Variant Barcode"), expected);
    })
    .await;
}

#[tokio::test]
async fn what_no_cell_can_hold_is_made_to_fit() {
    on_both(async |app| {
        let owner = app.owner().await;
        let images = json!([{ "url": "https://x.example/a b.jpg", "altText": "one\r\ntwo\rthree" }]);
        let variants = json!([{ "price": "1", "imageUrl": "https://x.example/a b.jpg" }]);
        create(&owner, json!({ "name": "a\r\nb", "images": images, "variants": variants })).await;

        let file = export(app).await;

        assert_eq!(column(&file, "Title"), ["a\nb"]);
        assert_eq!(column(&file, "Image Src"), ["https://x.example/a%20b.jpg"]);
        assert_eq!(column(&file, "Variant Image"), ["https://x.example/a%20b.jpg"]);
        assert_eq!(column(&file, "Image Alt Text"), ["one\ntwo\nthree"]);
        assert_eq!(import(app, &file).await, [0, 1, 0]);
        assert_eq!(assert_round_trip(app).await, file);
    })
    .await;
}

#[tokio::test]
async fn prices_are_those_of_the_channel() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        create(&owner, json!({ "name": "Mug", "variants": [{ "price": "12.50" }] })).await;
        create(&owner, json!({ "name": "Bowl", "variants": [{ "price": "20" }] })).await;
        let yen = "Handle,Title,Variant Price,Variant Compare At Price\nmug,Mug,1900,2100\n".to_owned();
        crate::import::import_with(app, yen, &to_channel("japan")).await;

        let file = export_from(app, Some("japan")).await;

        assert_eq!(column(&file, "Variant Price"), ["", "1900"]);
        assert_eq!(column(&file, "Variant Compare At Price"), ["", "2100"]);
        assert_eq!(column(&export(app).await, "Variant Price"), ["20.00", "12.50"]);
        let again = crate::import::import_with(app, file, &to_channel("japan")).await;
        assert_eq!(again.counts(), [0, 0, 2, 0]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_channel_is_not_found() {
    on_both(async |app| {
        let Err(Error::User(errors)) = app.app.exports.shopify(Some("moon")).await else { panic!("it was found") };

        assert_eq!(errors[0].code, UserErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn an_export_shows_the_shop_as_it_was_when_it_began() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = create(&owner, json!({ "name": "Mug" })).await;
        let before = export(app).await;
        let mut export = app.app.exports.shopify(None).await.unwrap();
        let mut file = export.next().await.unwrap().unwrap().text;

        fixture::update(&owner, "productUpdate", &mug, json!({ "name": "Cup" })).await.data();
        create(&owner, json!({ "name": "Bowl" })).await;
        while let Some(part) = export.next().await.unwrap() {
            file.extend(part.text);
        }

        assert_eq!(String::from_utf8(file).unwrap(), before);
        assert_eq!(rows(&super::export(app).await).len(), 2);
    })
    .await;
}
