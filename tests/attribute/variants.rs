//! The values that variants have.

use serde_json::json;

use super::{of_each_type, values};
use crate::support::statements::counted;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn each_variant_has_values_of_its_own() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "VARIANT").await;
        let sized = |size: &str, text: &str| {
            json!({
                "price": "1", "optionValues": [{ "option": "Size", "value": size }],
                "attributes": [{ "attribute": "text", "texts": [text] }]
            })
        };
        let input = json!({ "options": [{ "name": "Size" }], "variants": [sized("S", "small"), sized("M", "middle")] });
        let product = fixture::product(&owner, input).await;
        let large = fixture::create_variant(&owner, &product, sized("L", "large")).await;
        let large = large.text("/productVariantCreate/variant/id");
        let ids = fixture::variants(&app.anonymous(), &product).await;

        let input = json!([{ "attribute": "text", "texts": [] }, { "attribute": "color", "choices": ["red"] }]);
        let set = fixture::set_attributes(&owner, "productVariantAttributesSet", &ids[0], input).await;

        assert!(set.user_errors().is_empty());
        let shopper = app.anonymous();
        assert_eq!(values(&shopper, &ids[0]).await, ["color=red"]);
        assert_eq!(values(&shopper, &ids[1]).await, ["text=middle"]);
        assert_eq!(values(&shopper, &large).await, ["text=large"]);
        assert!(values(&shopper, &product).await.is_empty());
        let history = ["1 product.created", "2 variant.created", "3 variant.attributes_changed"];
        assert_eq!(fixture::history(app, &product).await, history);
        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 3);
    })
    .await;
}

#[tokio::test]
async fn a_variant_keeps_its_values_when_other_things_change_and_takes_them_with_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "VARIANT").await;
        let variant = json!({ "price": "1", "attributes": [{ "attribute": "number", "numbers": ["1.5"] }] });
        let product = fixture::product(&owner, json!({ "variants": [variant] })).await;
        let id = fixture::variant(&owner, &product).await;

        fixture::update(&owner, "productVariantUpdate", &id, json!({ "barcode": "1" })).await.data();
        fixture::update(&owner, "productUpdate", &product, json!({ "name": "New" })).await.data();
        fixture::change(&owner, "productVariantArchive", &id).await.data();
        assert_eq!(values(&owner, &id).await, ["number=1.5"]);

        let operation = "mutation($id: ID!) { productVariantDelete(id: $id) { userErrors { code message field } } }";
        assert!(owner.run(operation, json!({ "id": id })).await.user_errors().is_empty());
        assert_eq!(fixture::count::<tradepost::entity::attribute_value::Entity>(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn values_cost_the_same_number_of_statements_however_many_there_are() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        fixture::define_attribute(&owner, json!({ "name": "Fit", "subject": "VARIANT" })).await;
        let given = json!([
            { "attribute": "text", "texts": ["a", "b"] },
            { "attribute": "color", "choices": ["red", "blue"] }
        ]);
        let fit = json!([{ "attribute": "fit", "texts": ["slim"] }]);
        for n in 0..12 {
            let variants = json!([{ "price": "1", "attributes": fit }]);
            let input = json!({ "name": format!("{n}"), "attributes": given, "variants": variants });
            fixture::product(&owner, input).await;
        }
        let query = "query($first: Int) { products(first: $first) { nodes {
            attributes { attribute { code choices { name } } values { label } }
            variants { attributes { attribute { code subject } values { label } } } } } }";

        let (few, at_2) = counted(&app.anonymous(), query, json!({ "first": 2 })).await;
        let (many, at_12) = counted(&app.anonymous(), query, json!({ "first": 12 })).await;

        assert_eq!((few.at("/products/nodes/1/variants/0/attributes/0/values/0/label")), "slim");
        assert_eq!(many.at("/products/nodes").as_array().map(Vec::len), Some(12));
        assert_eq!(at_2, at_12);
        assert!(at_2 <= 7, "{at_2} statements");
    })
    .await;
}
