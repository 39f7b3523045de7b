//! Imports that run at the same time.

use serde_json::json;
use tradepost::auth::Actor;
use tradepost::transfer::{ImportOptions, Progress, StockImportOptions, Summary};

use super::lines::{import_prices, import_stock};
use super::{Row, csv, import_with};
use crate::support::{TestApp, fixture, on_both};

const PRODUCTS: u64 = 60;

/// Sixty products of two variants each, all with SKUs, tags, pictures and stock.
fn catalogue(backwards: bool) -> String {
    let mut products = Vec::new();
    for number in 0..PRODUCTS {
        let row = |size: &str| {
            [
                ("Handle", format!("p-{number:02}")),
                ("Title", format!("Product {number}")),
                ("Tags", "a, b".to_owned()),
                ("Option1 Name", "Size".to_owned()),
                ("Option1 Value", size.to_owned()),
                ("Variant SKU", format!("SKU-{number:02}-{size}")),
                ("Variant Price", "10".to_owned()),
                ("Variant Inventory Qty", "3".to_owned()),
                ("Image Src", format!("https://pictures.example/{number}-{size}.jpg")),
            ]
        };
        products.push([row("S"), row("M")]);
    }
    if backwards {
        products.reverse();
    }
    let rows: Vec<Vec<(&str, &str)>> =
        products.iter().flatten().map(|row| row.iter().map(|(name, cell)| (*name, cell.as_str())).collect()).collect();
    csv(&rows.iter().map(Vec::as_slice).collect::<Vec<Row<'_>>>())
}

/// Two servers on one database import at once; gives what each of them did.
async fn import_twice_at_once(app: &TestApp, one: String, other: String) -> [Summary; 2] {
    let (sibling, _) = app.sibling(&[]).await;
    let options = ImportOptions::default();
    let mut errors = Vec::new();
    let mut other_errors = Vec::new();
    let note = |errors: &mut Vec<String>, progress: Progress<'_>| {
        if let Progress::Failed(found) = progress {
            errors.extend(found.iter().map(ToString::to_string));
        }
    };
    let (one, other) = (std::io::Cursor::new(one), std::io::Cursor::new(other));
    let (first, second) = tokio::join!(
        app.app.imports.import_shopify(&Actor::System, one, &options, |progress| note(&mut errors, progress)),
        sibling.imports.import_shopify(&Actor::System, other, &options, |progress| note(&mut other_errors, progress)),
    );
    assert_eq!([errors, other_errors].concat(), Vec::<String>::new());
    [first.unwrap(), second.unwrap()]
}

async fn assert_whole(app: &TestApp, summaries: [Summary; 2]) {
    assert_eq!(summaries.iter().map(|summary| summary.created).sum::<u64>(), PRODUCTS, "{summaries:?}");
    assert_eq!(summaries.iter().map(|summary| summary.unchanged).sum::<u64>(), PRODUCTS, "{summaries:?}");
    let reply = app.owner().await.query("{ products { totalCount } }").await;
    assert_eq!(reply.at("/products/totalCount"), &json!(PRODUCTS));
    let again = import_with(app, catalogue(false), &ImportOptions::default()).await;
    assert_eq!(again.counts(), [0, 0, PRODUCTS, 0]);
}

#[tokio::test]
async fn two_imports_of_one_file_at_once_make_each_product_once() {
    on_both(async |app| {
        let summaries = import_twice_at_once(app, catalogue(false), catalogue(false)).await;

        assert_whole(app, summaries).await;
    })
    .await;
}

#[tokio::test]
async fn imports_that_meet_from_both_ends_do_not_block_each_other() {
    on_both(async |app| {
        let summaries = import_twice_at_once(app, catalogue(false), catalogue(true)).await;

        assert_whole(app, summaries).await;
    })
    .await;
}

#[tokio::test]
async fn imports_of_products_prices_and_stock_do_not_block_each_other() {
    on_both(async |app| {
        let products = ImportOptions::default();
        import_with(app, catalogue(false), &products).await;
        let skus = || (0..PRODUCTS).flat_map(|number| ["M", "S"].map(|size| format!("SKU-{number:02}-{size}")));
        let lines = |cell: &str| skus().map(|sku| format!("{sku},{cell}\n")).collect::<Vec<_>>();
        let mut prices = lines("12");
        prices.reverse();
        let (prices, counts) = (format!("SKU,Price\n{}", prices.concat()), lines("8").concat());
        let counts = format!("SKU,On hand\n{counts}");
        let stock = StockImportOptions::default();

        let (file, priced, counted) = tokio::join!(
            import_with(app, catalogue(true), &products),
            import_prices(app, &prices, &products),
            import_stock(app, &counts, &stock),
        );

        assert_eq!(file.counts()[3], 0, "{file:?}");
        assert_eq!(priced.counts(), [2 * PRODUCTS, 0, 0], "{priced:?}");
        assert_eq!(counted.counts(), [2 * PRODUCTS, 0, 0], "{counted:?}");
    })
    .await;
}

/// The older product comes later in the alphabet, so that ids and slugs tell two orders.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn imports_and_collections_that_are_about_the_same_products_do_not_wait_for_each_other() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut products = Vec::new();
        for slug in ["zeta", "mu", "alpha"] {
            let variants = json!([{ "price": "1", "sku": slug }]);
            products.push(fixture::product(&owner, json!({ "slug": slug, "variants": variants })).await);
        }
        let collection = fixture::collection(&owner, json!({})).await;

        for round in 2..14 {
            let line = |slug: &str| format!("{slug},{slug},{slug},{round}\n");
            let file =
                format!("Handle,Title,Variant SKU,Variant Price\n{}{}{}", line("zeta"), line("alpha"), line("mu"));
            let prices = format!("SKU,Price\nzeta,{0}.50\nalpha,{0}.50\nmu,{0}.50\n", round);
            let mutation = if round % 2 == 0 { "collectionProductsAdd" } else { "collectionProductsRemove" };
            let options = ImportOptions::default();
            let (imported, priced, members) = tokio::join!(
                import_with(app, file, &options),
                import_prices(app, &prices, &options),
                fixture::members(&owner, mutation, &collection, &products),
            );

            assert_eq!((imported.errors, priced.errors), (Vec::new(), Vec::<String>::new()));
            assert!(members.user_errors().is_empty(), "{}", members.json);
        }
    })
    .await;
}
