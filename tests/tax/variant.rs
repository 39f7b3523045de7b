//! Of which class a variant is.

use super::*;
use crate::support::on_both;
use crate::support::statements::counted;

async fn class_of(client: &Client, variant: &str) -> Value {
    fixture::read(client, variant, "taxClass { id }").await["taxClass"]["id"].clone()
}

#[tokio::test]
async fn a_variant_has_a_class_from_its_creation_on() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (books, food) = (fixture::tax_class(&owner, "Books").await, fixture::tax_class(&owner, "Food").await);
        let sizes = |class: &Value, size: &str| {
            json!({ "taxClass": class, "price": "1.00", "optionValues": [{ "option": "Size", "value": size }] })
        };
        let product = fixture::product(
            &owner,
            json!({ "options": [{ "name": "Size", "values": [] }],
                "variants": [sizes(&json!(books), "S"), sizes(&Value::Null, "M")] }),
        )
        .await;
        let variants = fixture::variants(&owner, &product).await;

        assert_eq!(class_of(&owner, &variants[0]).await, json!(books));
        assert_eq!(class_of(&owner, &variants[1]).await, Value::Null);
        let update = async |class: Value| errors(&owner, "productVariantUpdate", &variants[1], json!({ "taxClass": class })).await;
        assert_eq!(update(json!(food)).await, [""; 0]);
        assert_eq!(class_of(&owner, &variants[1]).await, json!(food));
        assert_eq!(changes(app, &product).await, [format!("taxClass: nothing -> \"{food}\"")]);
        assert_eq!(errors(&owner, "productVariantUpdate", &variants[1], json!({ "sku": "M-1" })).await, [""; 0]);
        assert_eq!(class_of(&owner, &variants[1]).await, json!(food), "what is not named stays");
        assert_eq!(update(Value::Null).await, [""; 0]);
        assert_eq!(class_of(&owner, &variants[1]).await, Value::Null);

        let reply = fixture::create_variant(&owner, &product, sizes(&json!(food), "L")).await;
        assert_eq!(class_of(&owner, &reply.text("/productVariantCreate/variant/id")).await, json!(food));
    })
    .await;
}

#[tokio::test]
async fn a_class_that_is_not_there_is_refused_at_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let unknown = fixture::unknown("taxclass");
        let product = fixture::product(
            &owner,
            json!({ "options": [{ "name": "Size", "values": ["S"] }],
            "variants": [{ "optionValues": [{ "option": "Size", "value": "S" }] }] }),
        )
        .await;
        let variant = fixture::variant(&owner, &product).await;

        let many = json!({ "name": "Other", "variants": [{ "taxClass": unknown }] });
        let refused = fixture::create_product(&owner, many).await.user_errors();
        assert_eq!(refused, ["NOT_FOUND input.variants.0.taxClass"]);
        let size = json!([{ "option": "Size", "value": "M" }]);
        let refused = fixture::create_variant(&owner, &product, json!({ "taxClass": unknown, "optionValues": size }));
        assert_eq!(refused.await.user_errors(), ["NOT_FOUND input.taxClass"]);
        let refused = errors(&owner, "productVariantUpdate", &variant, json!({ "taxClass": unknown })).await;
        assert_eq!(refused, ["NOT_FOUND input.taxClass"]);
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_is_taxed_like_what_it_was_made_from() {
    on_both(async |app| {
        let owner = app.owner().await;
        let class = fixture::tax_class(&owner, "Books").await;
        let product = fixture::product(&owner, json!({ "variants": [{ "taxClass": class }] })).await;

        let duplicate =
            "mutation($id: ID!) { productDuplicate(id: $id, input: { name: \"Copy\" }) { product { variants { id } }
            userErrors { code message field } } }";
        let reply = owner.run(duplicate, json!({ "id": product })).await;

        assert_eq!(class_of(&owner, &reply.text("/productDuplicate/product/variants/0/id")).await, json!(class));
    })
    .await;
}

#[tokio::test]
async fn the_classes_of_a_listing_are_one_statement() {
    on_both(async |app| {
        let owner = app.owner().await;
        let class = fixture::tax_class(&owner, "Books").await;
        for number in 0..5 {
            let variants = json!([{ "taxClass": class, "price": "1.00" }]);
            fixture::product(&owner, json!({ "name": format!("Book {number}"), "variants": variants })).await;
        }
        let list = |first: usize, fields: &str| {
            format!("{{ products(first: {first}) {{ nodes {{ variants {{ {fields} }} }} }} }}")
        };

        let (_, without) = counted(&owner, &list(5, "id"), json!({})).await;
        let (one, of_one) = counted(&owner, &list(1, "id taxClass { name }"), json!({})).await;
        let (_, of_five) = counted(&owner, &list(5, "id taxClass { name }"), json!({})).await;

        assert_eq!(one.at("/products/nodes/0/variants/0/taxClass/name"), "Books");
        assert_eq!((of_one, of_five), (without + 1, without + 1));
    })
    .await;
}

#[tokio::test]
async fn shoppers_do_not_see_the_class() {
    on_both(async |app| {
        let owner = app.owner().await;
        let class = fixture::tax_class(&owner, "Books").await;
        let product = fixture::product(&owner, json!({ "variants": [{ "taxClass": class, "price": "1.00" }] })).await;
        let read = "query($id: ID!) { product(id: $id) { variants { taxClass { name } } } }";

        let reply = app.anonymous().run(read, json!({ "id": product })).await;
        assert_eq!(reply.code(), Some("UNAUTHENTICATED"), "{}", reply.json);
        let reader = app.staff(&[Permission::ProductRead]).await;
        let reply = reader.run(read, json!({ "id": product })).await;
        assert_eq!(reply.at("/product/variants/0/taxClass/name"), "Books");
    })
    .await;
}
