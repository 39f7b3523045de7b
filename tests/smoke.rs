//! The shortest way through the whole server.

use serde_json::json;

use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_shopper_reads_what_staff_create() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "name": "Wool Scarf" })).await;

        let reply = app
            .anonymous()
            .run("query($id: ID!) { product(id: $id) { name slug priceRange { lowest { amount currency } } isAvailable variants { price { amount } isAvailable selectedOptions { name } } } }", json!({ "id": id }))
            .await;

        assert_eq!(reply.at("/product/name"), "Wool Scarf");
        assert_eq!(reply.at("/product/slug"), "wool-scarf");
        assert_eq!(reply.at("/product/priceRange/lowest"), &json!({ "amount": "10.00", "currency": "USD" }));
        assert_eq!(reply.at("/product/isAvailable"), true);
    })
    .await;
}
