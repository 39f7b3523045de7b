//! The values that products have.

use serde_json::{Value, json};
use tradepost::entity::attribute_value;

use super::{of_each_type, values};
use crate::support::{fixture, on_both};

const ATTRIBUTES: &str = "attributes { attribute { code name type unit } values {
    value label color number boolean on reference { id } } }";

fn of_value(change: Value) -> Value {
    let empty = json!({ "value": "", "label": "", "color": null, "number": null, "boolean": null, "on": null, "reference": null });
    fixture::with(empty, change)
}

#[tokio::test]
async fn a_value_reads_in_the_form_that_fits_its_type() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        let other = fixture::product(&owner, json!({ "name": "Other" })).await;
        let input = json!([
            { "attribute": "reference", "references": [other] },
            { "attribute": "text", "texts": [" Crème  brûlée "] },
            { "attribute": "number", "numbers": ["12.50", 3] },
            { "attribute": "boolean", "boolean": false },
            { "attribute": "choice", "choices": ["linen", "wool"] },
            { "attribute": "color", "choices": ["blue"] },
            { "attribute": "date", "dates": ["2026-03-01"] },
        ]);

        let id = fixture::product(&owner, json!({ "attributes": input })).await;

        let found = fixture::read(&app.anonymous(), &id, ATTRIBUTES).await["attributes"].clone();
        let plain = |value: &str, label: &str| of_value(json!({ "value": value, "label": label }));
        let expected = [
            json!([plain("creme brulee", "Crème  brûlée")]),
            json!([
                of_value(json!({ "value": "12.5", "label": "12.5", "number": "12.5" })),
                of_value(json!({ "value": "3", "label": "3", "number": "3" })),
            ]),
            json!([of_value(json!({ "value": "false", "label": "false", "boolean": false }))]),
            json!([plain("linen", "Linen"), plain("wool", "Wool")]),
            json!([of_value(json!({ "value": "blue", "label": "Blue", "color": "#1e90ff" }))]),
            json!([of_value(json!({ "value": "2026-03-01", "label": "2026-03-01", "on": "2026-03-01" }))]),
            json!([of_value(json!({ "value": other, "label": other, "reference": { "id": other } }))]),
        ];
        for (index, expected) in expected.iter().enumerate() {
            assert_eq!(&found[index]["values"], expected);
        }
        assert_eq!(
            found[1]["attribute"],
            json!({ "code": "number", "name": "Number", "type": "NUMBER", "unit": "cm" })
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_set_replaces_the_values_of_the_attributes_that_are_named() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        let given = json!([{ "attribute": "text", "texts": ["a", "b"] }, { "attribute": "boolean", "boolean": true }]);
        let id = fixture::product(&owner, json!({ "attributes": given })).await;
        let set = async |input: Value| {
            assert!(fixture::set_attributes(&owner, "productAttributesSet", &id, input).await.user_errors().is_empty());
            (values(&app.anonymous(), &id).await, fixture::read(&owner, &id, "version").await["version"].clone())
        };

        let replaced = set(json!([
            { "attribute": "text", "texts": ["b", "c", "B"] },
            { "attribute": "number", "numbers": ["1"] }
        ]))
        .await;
        let same = set(json!([{ "attribute": "number", "numbers": ["1.0"] }])).await;
        let cleared = set(json!([{ "attribute": "text", "texts": [] }, { "attribute": "boolean" }])).await;

        let expected = ["text=b,c", "number=1", "boolean=true"].map(str::to_owned).to_vec();
        assert_eq!(replaced, (expected.clone(), json!(2)));
        assert_eq!(same, (expected, json!(2)), "nothing has changed");
        assert_eq!(cleared, (vec!["number=1".to_owned()], json!(3)));
        let history = ["1 product.created", "2 product.attributes_changed", "3 product.attributes_changed"];
        assert_eq!(fixture::history(app, &id).await, history);
    })
    .await;
}

#[tokio::test]
async fn an_event_names_the_attributes_that_have_changed() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        let given = json!([{ "attribute": "text", "texts": ["a"] }]);
        let id = fixture::product(&owner, json!({ "attributes": given })).await;
        let input = json!([
            { "attribute": "number", "numbers": ["1"] },
            { "attribute": "text", "texts": ["a"] },
            { "attribute": "boolean", "boolean": true }
        ]);

        fixture::set_attributes(&owner, "productAttributesSet", &id, input).await.data();

        let sql = "SELECT CAST(payload AS text) FROM event WHERE type = 'product.attributes_changed'";
        let payload = crate::support::sql::texts(app.app.db(), sql).await;
        let payload: Value = serde_json::from_str(&payload[0]).unwrap();
        assert_eq!(payload, json!({ "attributes": ["boolean", "number"] }));
    })
    .await;
}

#[tokio::test]
async fn a_reference_to_what_a_reader_may_not_see_is_null() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        let draft = fixture::product(&owner, json!({ "name": "Draft", "status": "DRAFT" })).await;
        let collection = fixture::collection(&owner, json!({})).await;
        let given = json!([{ "attribute": "reference", "references": [draft, collection] }]);
        let id = fixture::product(&owner, json!({ "attributes": given })).await;
        let fields = "attributes { values { reference { id } } }";
        let references = |product: Value| {
            let values = product["attributes"][0]["values"].clone();
            [values[0]["reference"]["id"].clone(), values[1]["reference"]["id"].clone()]
        };

        let for_shoppers = references(fixture::read(&app.anonymous(), &id, fields).await);
        let for_staff = references(fixture::read(&owner, &id, fields).await);

        assert_eq!(for_shoppers, [Value::Null, json!(collection)]);
        assert_eq!(for_staff, [json!(draft), json!(collection)]);
    })
    .await;
}

#[tokio::test]
async fn values_stand_in_the_attributes_order_whatever_order_they_are_given_in() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut ids = Vec::new();
        for name in ["A", "B"] {
            ids.push(fixture::define_attribute(&owner, json!({ "name": name })).await);
        }
        let given = json!([{ "attribute": "b", "texts": ["2"] }, { "attribute": "a", "texts": ["1"] }]);
        let id = fixture::product(&owner, json!({ "attributes": given })).await;
        assert_eq!(values(&app.anonymous(), &id).await, ["a=1", "b=2"]);

        let operation = "mutation($id: ID!) { attributeMove(id: $id) { attribute { id } } }";
        owner.run(operation, json!({ "id": ids[0] })).await.data();

        assert_eq!(values(&app.anonymous(), &id).await, ["b=2", "a=1"]);
    })
    .await;
}

#[tokio::test]
async fn values_go_with_their_product_and_stay_when_other_things_change() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        let given = json!([{ "attribute": "text", "texts": ["a"] }]);
        let product = json!({ "attributes": given, "variants": [{ "price": "1" }] });
        let id = fixture::product(&owner, product).await;

        fixture::update(&owner, "productUpdate", &id, json!({ "name": "New", "tags": ["x"] })).await.data();
        assert_eq!(values(&owner, &id).await, ["text=a"]);

        let operation = "mutation($id: ID!) { productDelete(id: $id) { userErrors { code message field } } }";
        assert!(owner.run(operation, json!({ "id": id })).await.user_errors().is_empty());
        assert_eq!(fixture::count::<attribute_value::Entity>(app).await, 0);
    })
    .await;
}
