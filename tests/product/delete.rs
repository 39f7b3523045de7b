//! Deleting products.

use serde_json::{Value, json};
use tradepost::entity::{
    collection_product, media, product, product_listing, product_option, product_option_value, product_tag,
    product_variant, variant_option_value, variant_price,
};

use crate::support::{fixture, on_both};

/// A product with a row in every table, but without stock.
fn input() -> Value {
    json!({
        "tags": ["a"], "images": [{ "url": "/a" }], "options": [{ "name": "Size" }],
        "variants": [{ "price": "1", "imageUrl": "/a", "optionValues": [{ "option": "Size", "value": "S" }] }]
    })
}

#[tokio::test]
async fn delete_removes_all_that_belongs_to_the_product() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, input()).await;
        let collection = fixture::collection(&owner, json!({ "products": [id] })).await;

        let reply = fixture::change(&owner, "productDelete", &id).await;

        assert!(reply.user_errors().is_empty());
        assert!(reply.at("/productDelete/product").is_null());
        let rows = [
            fixture::count::<product::Entity>(app).await,
            fixture::count::<product_listing::Entity>(app).await,
            fixture::count::<product_tag::Entity>(app).await,
            fixture::count::<product_option::Entity>(app).await,
            fixture::count::<product_option_value::Entity>(app).await,
            fixture::count::<product_variant::Entity>(app).await,
            fixture::count::<variant_option_value::Entity>(app).await,
            fixture::count::<variant_price::Entity>(app).await,
            fixture::count::<media::Entity>(app).await,
            fixture::count::<collection_product::Entity>(app).await,
        ];
        assert_eq!(rows, [0; 10]);
        let members = fixture::read(&owner, &collection, "products { totalCount }").await;
        assert_eq!(members["products"]["totalCount"], 0);
        assert_eq!(fixture::history(app, &id).await, ["1 product.created", "2 product.deleted"]);
    })
    .await;
}

#[tokio::test]
async fn a_slug_and_a_sku_are_free_again_after_deletion() {
    on_both(async |app| {
        let owner = app.owner().await;
        let again = json!({ "slug": "scarf", "variants": [{ "sku": "S" }] });
        let id = fixture::product(&owner, again.clone()).await;
        fixture::change(&owner, "productDelete", &id).await.data();

        let reply = fixture::create_product(&owner, again).await;

        assert!(reply.user_errors().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_stock_ledger_knows_is_in_use() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({})).await;

        let reply = fixture::change(&owner, "productDelete", &id).await;

        assert_eq!(reply.user_errors(), ["IN_USE id"]);
        assert_eq!(reply.at("/productDelete/product/id"), &json!(id));
        assert_eq!(fixture::history(app, &id).await, ["1 product.created"]);
    })
    .await;
}
