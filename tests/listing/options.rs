//! Shoppers choose among what is for sale.

use serde_json::{Value, json};

use crate::support::{Client, fixture, on_both};

async fn options(client: &Client, product: &str) -> Value {
    let options = fixture::read(client, product, "options { name values { name } }").await["options"].clone();
    let names = |option: &Value| json!([option["name"], super::texts(&option["values"], "name")]);
    options.as_array().unwrap().iter().map(names).collect()
}

#[tokio::test]
async fn a_value_that_nothing_for_sale_has_is_for_staff_alone() {
    on_both(async |app| {
        let owner = app.owner().await;
        let variant = |size: &str, colour: &str, change: Value| {
            let values = json!([{ "option": "Size", "value": size }, { "option": "Colour", "value": colour }]);
            fixture::with(json!({ "price": "1", "optionValues": values }), change)
        };
        let input = json!({
            "options": [{ "name": "Size", "values": ["S", "M", "L", "XL"] }, { "name": "Colour" }],
            "variants": [
                variant("M", "Red", json!({})),
                variant("L", "Blue", json!({ "price": null })),
                variant("S", "Red", json!({})),
            ]
        });
        let product = fixture::product(&owner, input).await;
        let draft = fixture::variants(&owner, &product).await.remove(2);
        fixture::change(&owner, "productVariantUnpublish", &draft).await.data();
        let all = json!([["Size", ["S", "M", "L", "XL"]], ["Colour", ["Red", "Blue"]]]);

        assert_eq!(options(&owner, &product).await, all);
        assert_eq!(options(&app.anonymous(), &product).await, json!([["Size", ["M"]], ["Colour", ["Red"]]]));
    })
    .await;
}
