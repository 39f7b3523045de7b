//! Classes of goods that are taxed alike.

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn a_class_is_created_changed_and_deleted() {
    on_both(async |app| {
        let staff = staff(app).await;
        let reply = fixture::create_tax_class(&staff, json!({ "name": "Printed Books" })).await;
        assert_eq!(reply.text("/taxClassCreate/taxClass/code"), "printed-books");
        let id = reply.text("/taxClassCreate/taxClass/id");

        let entry = json!([{ "key": "erp", "value": "7" }]);
        let change = json!({ "name": "Books", "code": "books", "externalId": "t7", "metadata": entry,
            "privateMetadata": entry, "expectedVersion": 1 });
        assert_eq!(errors(&staff, "taxClassUpdate", &id, change.clone()).await, [""; 0]);

        const READ: &str = "query($id: ID!) { taxClass(id: $id) {
            name code externalId metadata { key value } privateMetadata { key value } version } }";
        let read = staff.run(READ, json!({ "id": id })).await.at("/taxClass").clone();
        assert_eq!((&read["name"], &read["code"], &read["version"]), (&json!("Books"), &json!("books"), &json!(2)));
        assert_eq!((&read["metadata"], &read["privateMetadata"]), (&entry, &entry));
        assert_eq!(changes(app, &id).await[0], "code: printed-books -> books");
        let again = fixture::with(change, json!({ "expectedVersion": 2 }));
        assert_eq!(errors(&staff, "taxClassUpdate", &id, again).await, [""; 0]);
        assert_eq!(delete(&staff, "taxClassDelete", &id).await, [""; 0]);
        assert_eq!(delete(&staff, "taxClassDelete", &id).await, ["NOT_FOUND id"]);
        let expected = ["1 tax_class.created", "2 tax_class.updated", "3 tax_class.deleted"];
        assert_eq!(fixture::history(app, &id).await, expected, "what changes nothing is no change");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_class_is_told() {
    on_both(async |app| {
        let staff = staff(app).await;
        let books = fixture::tax_class(&staff, "Books").await;
        let food = fixture::tax_class(&staff, "Food").await;
        let create = async |input| fixture::create_tax_class(&staff, input).await.user_errors();

        assert_eq!(create(json!({ "name": " " })).await, ["REQUIRED input.name"]);
        assert_eq!(create(json!({ "name": "BOOKS", "code": "other" })).await, ["TAKEN input.name"]);
        assert_eq!(create(json!({ "name": "Other", "code": "books" })).await, ["TAKEN input.code"]);
        assert_eq!(create(json!({ "name": "Other", "code": "Other Goods" })).await, ["INVALID input.code"]);
        assert_eq!(create(json!({ "name": "書籍" })).await, ["REQUIRED input.code"]);
        assert_eq!(errors(&staff, "taxClassUpdate", &food, json!({ "name": "books" })).await, ["TAKEN input.name"]);
        assert_eq!(errors(&staff, "taxClassUpdate", &food, json!({ "code": "books" })).await, ["TAKEN input.code"]);
        let cleared = json!({ "name": null, "code": null });
        let cleared = errors(&staff, "taxClassUpdate", &food, cleared).await;
        assert_eq!(cleared, ["REQUIRED input.name", "REQUIRED input.code"]);
        let late = json!({ "name": "X", "expectedVersion": 7 });
        assert_eq!(errors(&staff, "taxClassUpdate", &books, late).await, ["CONFLICT input.expectedVersion"]);
        let unknown = fixture::unknown("taxclass");
        assert_eq!(errors(&staff, "taxClassUpdate", &unknown, json!({})).await, ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn a_shop_has_at_most_100_classes_in_the_alphabet() {
    let app = TestApp::on_sqlite().await;
    let staff = staff(&app).await;
    for number in (0..100).rev() {
        fixture::tax_class(&staff, &format!("Class {number:03}")).await;
    }

    let reply = fixture::create_tax_class(&staff, json!({ "name": "One more" })).await;

    assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
    assert_eq!(reply.at("/taxClassCreate/userErrors/0/limit"), 100);
    let listed = staff.query("{ taxClasses { name } }").await;
    let names: Vec<_> =
        listed.at("/taxClasses").as_array().unwrap().iter().map(|class| class["name"].clone()).collect();
    assert_eq!((names.len(), &names[0], &names[99]), (100, &json!("Class 000"), &json!("Class 099")));
}

#[tokio::test]
async fn a_class_that_is_in_use_stays() {
    on_both(async |app| {
        let owner = app.owner().await;
        let of_rate = fixture::tax_class(&owner, "Books").await;
        let of_variant = fixture::tax_class(&owner, "Food").await;
        let zone = fixture::tax_zone(&owner, "Germany", json!([{ "country": "DE" }])).await;
        let rate = fixture::tax_rate(&owner, &zone, "7", json!({ "taxClass": of_rate })).await;
        let product = fixture::product(&owner, json!({ "variants": [{ "taxClass": of_variant }] })).await;

        let of_method = fixture::tax_class(&owner, "Delivery").await;
        let ways = crate::shipping::zone(&owner, json!({})).await;
        crate::shipping::method(&owner, &ways, json!({ "taxClass": of_method })).await;

        assert_eq!(delete(&owner, "taxClassDelete", &of_method).await, ["IN_USE id"]);
        assert_eq!(delete(&owner, "taxClassDelete", &of_rate).await, ["IN_USE id"]);
        assert_eq!(delete(&owner, "taxClassDelete", &of_variant).await, ["IN_USE id"]);

        assert_eq!(delete(&owner, "taxRateDelete", &rate).await, [""; 0]);
        assert_eq!(delete(&owner, "taxClassDelete", &of_rate).await, [""; 0]);
        fixture::change(&owner, "productDelete", &product).await;
        assert_eq!(delete(&owner, "taxClassDelete", &of_variant).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_class_is_either_deleted_or_taken_by_a_variant() {
    on_both(async |app| {
        let owner = app.owner().await;
        for number in 0..5 {
            let class = fixture::tax_class(&owner, &format!("Class {number}")).await;
            let input = json!({ "name": format!("Shirt {number}"), "variants": [{ "taxClass": class }] });

            let (product, deleted) =
                tokio::join!(fixture::create_product(&owner, input), delete(&owner, "taxClassDelete", &class));

            let product = product.user_errors();
            let is_taken = product.is_empty() && deleted == ["IN_USE id"];
            let is_gone = product == ["NOT_FOUND input.variants.0.taxClass"] && deleted.is_empty();
            assert!(is_taken || is_gone, "{product:?} {deleted:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn classes_are_for_staff_with_the_right() {
    on_both(async |app| {
        let staff = staff(app).await;
        let class = fixture::tax_class(&staff, "Books").await;
        let zone = fixture::tax_zone(&staff, "Germany", json!([{ "country": "DE" }])).await;
        let node = "query($id: ID!) { node(id: $id) { id } }";
        let other = app.staff(&[Permission::CustomerRead]).await;

        for id in [class, zone] {
            assert_eq!(staff.run(node, json!({ "id": id })).await.text("/node/id"), id);
            for client in [&other, &app.anonymous()] {
                assert_eq!(client.run(node, json!({ "id": id })).await.at("/node"), &Value::Null);
            }
        }
    })
    .await;
}
