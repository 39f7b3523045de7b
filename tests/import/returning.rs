//! Archived variants that shall come back after a file has given their product other options.

use serde_json::{Value, json};

use super::{Row, each, import_well, product, variant};
use crate::support::{Client, TestApp, fixture, on_both};

/// Imports a shirt with these options, and for each variant its values and its SKU.
async fn import_shirt(app: &TestApp, options: &[&str], variants: &[(&[&str], &str)]) {
    let names: Vec<String> = (1..=2).map(|place| format!("Option{place} Name")).collect();
    let values: Vec<String> = (1..=2).map(|place| format!("Option{place} Value")).collect();
    let mut rows: Vec<Vec<(&str, &str)>> = Vec::new();
    for (own, sku) in variants {
        let plain = [("Handle", "shirt"), ("Title", "Shirt"), ("Variant SKU", *sku), ("Variant Price", "30")];
        let named = names.iter().map(String::as_str).zip(options.iter().copied());
        let valued = values.iter().map(String::as_str).zip(own.iter().copied());
        rows.push(plain.into_iter().chain(named).chain(valued).collect());
    }
    import_well(app, &rows.iter().map(Vec::as_slice).collect::<Vec<Row<'_>>>()).await;
}

async fn id_of(client: &Client, sku: &str) -> String {
    let shirt = product(client, "shirt").await;
    let variants = shirt["variants"].as_array().unwrap();
    let found = variants.iter().find(|variant| variant["sku"] == sku);
    found.unwrap_or_else(|| panic!("there is no variant {sku}"))["id"].as_str().unwrap().to_owned()
}

/// Changes something of the product, for which all its variants are written anew.
async fn rename(client: &Client, name: &str) {
    let id = product(client, "shirt").await["id"].as_str().unwrap().to_owned();
    let reply = fixture::update(client, "productUpdate", &id, json!({ "name": name })).await;
    assert_eq!(reply.user_errors(), Vec::<String>::new());
}

async fn picked(client: &Client, size: &str) -> Value {
    const QUERY: &str = "query($size: String!) { productBySlug(slug: \"shirt\") {
        variantByOptions(options: [{ option: \"Size\", value: $size }]) { id } } }";
    client.run(QUERY, json!({ "size": size })).await.at("/productBySlug/variantByOptions/id").clone()
}

#[tokio::test]
async fn a_variant_does_not_come_back_beside_another_of_the_same_values() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, &["Size", "Colour"], &[(&["S", "Red"], "A"), (&["S", "Blue"], "B")]).await;
        import_shirt(app, &["Size"], &[(&["S"], "C")]).await;
        let (archived, live) = (id_of(&owner, "A").await, id_of(&owner, "C").await);

        let refused = fixture::change(&owner, "productVariantUnpublish", &archived).await;

        assert_eq!(refused.user_errors(), ["TAKEN id"]);
        assert_eq!(refused.at("/productVariantUnpublish/variant/status"), "ARCHIVED");
        rename(&owner, "Tee").await;
        assert_eq!(picked(&owner, "S").await, live.as_str());

        fixture::change(&owner, "productVariantArchive", &live).await.data();
        let refused = fixture::change(&owner, "productVariantUnpublish", &archived).await;
        assert_eq!(refused.user_errors(), ["TAKEN id"], "the other one is archived, but may come back itself");
        assert_eq!(fixture::change(&owner, "productVariantUnpublish", &live).await.user_errors(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_variant_comes_back_under_the_values_that_it_now_has() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, &["Size", "Colour"], &[(&["S", "Red"], "A"), (&["M", "Red"], "B")]).await;
        import_shirt(app, &["Size"], &[(&["S"], "C"), (&["M"], "D")]).await;
        let (archived, live) = (id_of(&owner, "A").await, id_of(&owner, "C").await);
        let delete = "mutation($id: ID!) { productVariantDelete(id: $id) { userErrors { code message field } } }";
        assert!(owner.run(delete, json!({ "id": live })).await.user_errors().is_empty());

        for verb in ["Unpublish", "Publish"] {
            let reply = fixture::change(&owner, &format!("productVariant{verb}"), &archived).await;
            assert_eq!(reply.user_errors(), Vec::<String>::new(), "{verb}");
        }

        assert_eq!(picked(&app.anonymous(), "S").await, archived.as_str());
        let again = json!({ "price": "1", "optionValues": [{ "option": "Size", "value": "s" }] });
        let id = product(&owner, "shirt").await["id"].as_str().unwrap().to_owned();
        assert_eq!(fixture::create_variant(&owner, &id, again).await.user_errors(), ["TAKEN input.optionValues"]);
        rename(&owner, "Tee").await;
    })
    .await;
}

#[tokio::test]
async fn a_change_of_something_else_gives_an_archived_variant_no_value_that_it_lacks() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_shirt(app, &["Outside"], &[(&["Red"], "A")]).await;
        import_shirt(app, &["Inside", "Outside"], &[(&["Red", "Red"], "B")]).await;
        let archived = id_of(&owner, "A").await;

        let reply = fixture::update(&owner, "productVariantUpdate", &archived, json!({ "barcode": "7" })).await;

        assert_eq!(reply.user_errors(), Vec::<String>::new());
        let selected =
            fixture::read(&owner, &archived, "selectedOptions { name value }").await["selectedOptions"].clone();
        assert_eq!(selected, json!([{ "name": "Outside", "value": "Red" }]));
        let refused = fixture::change(&owner, "productVariantUnpublish", &archived).await;
        assert_eq!(refused.user_errors(), ["INVALID id"]);
        assert_eq!(each(&product(&owner, "shirt").await["variants"], "/sku").len(), 2);
        assert_eq!(variant(&product(&owner, "shirt").await, &["Red", "Red"])["sku"], "B");
    })
    .await;
}
