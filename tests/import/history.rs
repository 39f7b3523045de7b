//! What a file changes of variants is recorded as if each had been changed by itself.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tradepost::entity::event;

use super::{Row, import_well, product, variant};
use crate::support::{TestApp, fixture, on_both};

/// A shirt with one variant of each size at a price.
async fn import_shirt(app: &TestApp, variants: &[(&str, &str)]) -> [u64; 3] {
    let mut rows = Vec::new();
    for (size, price) in variants {
        let row = [
            ("Handle", "shirt"),
            ("Title", "Shirt"),
            ("Option1 Name", "Size"),
            ("Option1 Value", *size),
            ("Variant Price", *price),
        ];
        rows.push(row);
    }
    let rows: Vec<Row<'_>> = rows.iter().map(|row| row.as_slice()).collect();
    import_well(app, &rows).await
}

/// What the events of a type say, in their order.
async fn payloads(app: &TestApp, r#type: &str) -> Vec<Value> {
    let rows = event::Entity::find()
        .filter(event::Column::Type.eq(r#type))
        .order_by_asc(event::Column::Sequence)
        .all(app.app.db().reader())
        .await
        .unwrap();
    rows.into_iter().map(|row| row.payload).collect()
}

#[tokio::test]
async fn new_prices_and_variants_that_come_and_go_are_events_of_their_own() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, &[("S", "30"), ("M", "30")]).await;
        let before = product(&owner, "shirt").await;
        let id = before["id"].as_str().unwrap();
        assert_eq!(fixture::history(app, id).await, ["1 product.created"]);

        assert_eq!(import_shirt(app, &[("S", "31.50"), ("L", "9")]).await, [0, 1, 0]);

        let after = product(&owner, "shirt").await;
        let of = |size: &str| variant(&after, &[size])["id"].clone();
        let medium = &variant(&before, &["M"])["id"];
        let expected = [
            "1 product.created",
            "2 variant.price_changed",
            "3 variant.created",
            "4 variant.status_changed",
            "5 product.updated",
        ];
        assert_eq!(fixture::history(app, id).await, expected);
        let channel = owner.query("{ channel(slug: \"default\") { id } }").await.text("/channel/id");
        let price = json!({ "variant": of("S"), "channel": channel, "priceMinor": 3150, "compareAtMinor": null });
        assert_eq!(payloads(app, "variant.price_changed").await, [price]);
        assert_eq!(payloads(app, "variant.created").await, [json!({ "variant": of("L") })]);
        let status = json!({ "variant": medium, "from": "ACTIVE", "to": "ARCHIVED" });
        assert_eq!(payloads(app, "variant.status_changed").await, [status]);

        assert_eq!(import_shirt(app, &[("S", "31.50"), ("M", "30"), ("L", "9")]).await, [0, 1, 0]);

        assert_eq!(fixture::history(app, id).await[5..], ["6 variant.status_changed", "7 product.updated"]);
        let back = json!({ "variant": medium, "from": "ARCHIVED", "to": "ACTIVE" });
        assert_eq!(payloads(app, "variant.status_changed").await[1], back);
        assert_eq!(import_shirt(app, &[("S", "31.50"), ("M", "30"), ("L", "9")]).await, [0, 0, 1]);
        assert_eq!(fixture::history(app, id).await.len(), 7);
    })
    .await;
}
