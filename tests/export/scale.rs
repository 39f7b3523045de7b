//! Large shops: an export reads a few products at a time, by statements whose number does not depend on what they hold.

use serde_json::json;
use tradepost::db::StatementCounter;

use super::{create, sized};
use crate::support::{TestApp, on_both};

/// Creates products with some sizes and pictures each.
async fn fill(app: &TestApp, products: usize, each: usize) {
    let owner = app.owner().await;
    for number in 0..products {
        let sizes: Vec<String> = (0..each).map(|size| size.to_string()).collect();
        let images: Vec<_> = sizes.iter().map(|size| json!({ "url": format!("/{size}.jpg") })).collect();
        let variants: Vec<_> = sizes.iter().map(|size| sized(size)).collect();
        let name = format!("{each} {number:03}");
        let options = json!([{ "name": "Size", "values": sizes }]);
        create(&owner, json!({ "name": name, "options": options, "variants": variants, "images": images })).await;
    }
}

/// How many products and how many statements each part took.
async fn parts(app: &TestApp) -> Vec<(u64, u32)> {
    let mut export = app.app.exports.shopify(None).await.unwrap();
    let mut parts = Vec::new();
    loop {
        let counter = StatementCounter::default();
        let Some(part) = counter.scope(export.next()).await.unwrap() else { return parts };
        parts.push((part.products, counter.count()));
    }
}

#[tokio::test]
async fn parts_are_small_and_take_as_many_statements_whatever_they_hold() {
    on_both(async |app| {
        fill(app, 1, 1).await;
        let small = parts(app).await;
        fill(app, 59, 4).await;
        let large = parts(app).await;

        let [(0, 0), (1, statements)] = small[..] else { panic!("{small:?}") };
        assert!(statements <= 11, "{statements}");
        assert_eq!(large, [(0, 0), (25, statements), (25, statements), (10, statements)]);
    })
    .await;
}
