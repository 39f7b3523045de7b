//! What shoppers see of promotions of the catalogue.

use std::time::Duration;

use tradepost::clock::Timestamp;

use super::*;
use crate::support::on_both;

fn percent(percentage: &str) -> Value {
    json!({ "percentage": percentage })
}

fn amount(amount: &str) -> Value {
    json!([{ "amount": amount, "currency": "USD" }])
}

fn only(named: Value) -> Value {
    json!({ "only": named })
}

#[tokio::test]
async fn a_percentage_an_amount_and_a_price_show_per_unit() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, _) = product(&owner, "Shirt", &["9.99", "3.00"]).await;
        // Half a cent goes away from zero: 9.99 less 5 % is 9.99 less 0.50.
        let cases = [
            (percent("5"), ["2.85-9.49", "9.49 9.99 9.99", "2.85 3.00 3.00"]),
            (json!({ "amountEach": amount("4") }), ["0.00-5.99", "5.99 9.99 9.99", "0.00 3.00 3.00"]),
            (json!({ "priceEach": amount("4") }), ["3.00-4.00", "4.00 9.99 9.99", "3.00 3.00 -"]),
        ];

        for (discount, expected) in cases {
            let id = promotion(&owner, discount, Value::Null, json!({})).await;
            assert_eq!(seen(&app.anonymous(), &shirt).await, expected);
            delete_promotion(&owner, &id).await;
        }
        assert_eq!(seen(&app.anonymous(), &shirt).await[0], "3.00-9.99");
    })
    .await;
}

async fn delete_promotion(owner: &Client, id: &str) {
    let operation = "mutation($id: ID!) { promotionDelete(id: $id) { userErrors { code message } } }";
    assert_eq!(owner.run(operation, json!({ "id": id })).await.user_errors(), [""; 0]);
}

#[tokio::test]
async fn in_a_channel_with_gross_prices_the_gross_price_is_reduced() {
    on_both(async |app| {
        let owner = app.owner().await;
        let channel = fixture::channel(&owner, json!({ "slug": "eu", "currency": "EUR", "homeCountry": "DE" })).await;
        let shirt = fixture::product(&owner, json!({})).await;
        fixture::show(&owner, &shirt, json!({ "channel": "eu" })).await.data();
        fixture::price(&owner, &shirt, "eu", "19.99").await.data();
        let variant = fixture::variant(&owner, &shirt).await;
        let euros = |amount: &str| json!([{ "amount": amount, "currency": "EUR" }]);
        let cases = [
            (percent("10"), "17.99"),
            (json!({ "amountEach": euros("5") }), "14.99"),
            (json!({ "priceEach": euros("9.99") }), "9.99"),
            // Without an amount in the channel's currency nothing is cheaper.
            (json!({ "amountEach": amount("5") }), "19.99"),
        ];

        for (discount, expected) in cases {
            let id = promotion(&owner, discount, Value::Null, json!({ "channels": [channel] })).await;
            let query = "query($id: ID!) { productVariant(id: $id, channel: \"eu\") { price { amount currency } }
                other: productVariant(id: $id) { price { amount } } }";
            let reply = app.anonymous().run(query, json!({ "id": variant })).await;
            assert_eq!(reply.at("/productVariant/price"), &json!({ "amount": expected, "currency": "EUR" }));
            assert_eq!(reply.at("/other/price/amount"), "10.00");
            delete_promotion(&owner, &id).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_best_of_several_holds_and_says_what_it_is() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10", "40"]).await;
        promotion(&owner, percent("10"), Value::Null, json!({ "name": "Ten percent", "description": "" })).await;
        let change = json!({ "name": "Two off", "endsAt": "2100-03-01T12:30:00Z" });
        let two_off = promotion(&owner, json!({ "amountEach": amount("2") }), Value::Null, change).await;

        assert_eq!(seen(&app.anonymous(), &shirt).await, ["8.00-36.00", "8.00 10.00 10.00", "36.00 40.00 40.00"]);
        let fields = "priceReason { kind id name description endsAt }";
        let first = fixture::read(&app.anonymous(), &variants[0], fields).await;
        let expected = json!({ "kind": "PROMOTION", "id": two_off, "name": "Two off",
            "description": "While it lasts", "endsAt": "2100-03-01T12:30:00Z" });
        assert_eq!(first["priceReason"], expected);
        let second = fixture::read(&app.anonymous(), &variants[1], fields).await;
        assert_eq!(second["priceReason"]["name"], "Ten percent");
        assert_eq!(second["priceReason"]["description"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_promotion_comes_after_the_price_list() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10", "20"]).await;
        let id = list(&owner, json!({})).await;
        price(&owner, &id, &variants[0], 1, "8").await;
        promotion(&owner, percent("50"), Value::Null, json!({})).await;

        assert_eq!(seen(&app.anonymous(), &shirt).await, ["4.00-10.00", "4.00 10.00 10.00", "10.00 20.00 20.00"]);
    })
    .await;
}

#[tokio::test]
async fn it_begins_and_ends_at_its_instants_without_anybody_doing_anything() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, _) = product(&owner, "Shirt", &["10"]).await;
        let begins = Timestamp::now().after(Duration::from_millis(1_500));
        let ends = begins.after(Duration::from_millis(1_500));
        let change = json!({ "startsAt": begins.to_utc().to_rfc3339(), "endsAt": ends.to_utc().to_rfc3339() });
        promotion(&owner, percent("10"), Value::Null, change).await;
        let shown = async || seen(&app.anonymous(), &shirt).await;
        let (plain, reduced) = (["10.00-10.00", "10.00 10.00 -"], ["9.00-9.00", "9.00 10.00 10.00"]);

        assert_eq!(shown().await, plain);
        tokio::time::sleep(Timestamp::now().until(begins)).await;
        assert_eq!(shown().await, reduced);
        tokio::time::sleep(Timestamp::now().until(ends)).await;
        assert_eq!(shown().await, plain);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_promotion_shows_at_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, _) = product(&owner, "Shirt", &["10"]).await;
        let id = promotion(&owner, percent("10"), Value::Null, json!({})).await;
        assert_eq!(seen(&app.anonymous(), &shirt).await[0], "9.00-9.00");

        let operation = "mutation($id: ID!, $input: PromotionUpdateInput!) { promotionUpdate(id: $id, input: $input) {
            userErrors { code message } } }";
        owner.run(operation, json!({ "id": id, "input": { "isActive": false } })).await.data();

        assert_eq!(seen(&app.anonymous(), &shirt).await[0], "10.00-10.00");
    })
    .await;
}

#[tokio::test]
async fn one_that_names_a_variant_moves_an_end_of_the_span() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10", "20", "30"]).await;
        let (hat, _) = product(&owner, "Hat", &["5"]).await;
        promotion(&owner, percent("90"), only(json!({ "variants": [variants[2]] })), json!({})).await;

        let expected = ["3.00-20.00", "10.00 10.00 -", "20.00 20.00 -", "3.00 30.00 30.00"];
        assert_eq!(seen(&app.anonymous(), &shirt).await, expected);
        assert_eq!(seen(&app.anonymous(), &hat).await, ["5.00-5.00", "5.00 5.00 -"]);
    })
    .await;
}

#[tokio::test]
async fn products_collections_and_what_is_excepted_are_looked_at() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, _) = product(&owner, "Shirt", &["10"]).await;
        let (hat, _) = product(&owner, "Hat", &["10"]).await;
        let (scarf, _) = product(&owner, "Scarf", &["10"]).await;
        let collection = fixture::collection(&owner, json!({ "products": [shirt, hat] })).await;
        let in_collection = json!({ "collections": [collection] });
        promotion(&owner, percent("10"), only(in_collection.clone()), json!({})).await;
        promotion(&owner, percent("20"), only(json!({ "products": [hat] })), json!({})).await;
        promotion(&owner, percent("30"), json!({ "except": in_collection }), json!({})).await;
        let low = async |id: &str| seen(&app.anonymous(), id).await.remove(0);

        assert_eq!(low(&shirt).await, "9.00-9.00");
        assert_eq!(low(&hat).await, "8.00-8.00");
        assert_eq!(low(&scarf).await, "7.00-7.00");
        fixture::members(&owner, "collectionProductsRemove", &collection, &[hat.clone()]).await.data();
        assert_eq!(low(&hat).await, "7.00-7.00");
    })
    .await;
}

/// Values of the product concern all its variants, those of a variant it alone.
#[tokio::test]
async fn values_of_attributes_are_looked_at_on_products_and_on_variants() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10", "20"]).await;
        let (hat, _) = product(&owner, "Hat", &["10", "20"]).await;
        let choices = json!([{ "name": "Wool" }, { "name": "Silk" }]);
        for (name, subject) in [("Material", "PRODUCT"), ("Cloth", "VARIANT")] {
            let input = json!({ "name": name, "type": "CHOICE", "subject": subject, "choices": choices });
            fixture::define_attribute(&owner, input).await;
        }
        let material = json!([{ "attribute": "material", "choices": ["wool"] }]);
        fixture::set_attributes(&owner, "productAttributesSet", &hat, material).await.data();
        let cloth = json!([{ "attribute": "cloth", "choices": ["wool"] }]);
        fixture::set_attributes(&owner, "productVariantAttributesSet", &variants[1], cloth).await.data();
        let reply = owner.query("{ attributes { choices { id name } } }").await;
        let attributes = reply.at("/attributes").as_array().unwrap().clone();
        let wool: Vec<_> = attributes
            .iter()
            .flat_map(|attribute| attribute["choices"].as_array().unwrap().clone())
            .filter(|choice| choice["name"] == "Wool")
            .map(|choice| choice["id"].clone())
            .collect();
        promotion(&owner, percent("60"), only(json!({ "attributeChoices": wool })), json!({})).await;

        assert_eq!(seen(&app.anonymous(), &hat).await, ["4.00-8.00", "4.00 10.00 10.00", "8.00 20.00 20.00"]);
        assert_eq!(seen(&app.anonymous(), &shirt).await, ["8.00-10.00", "10.00 10.00 -", "8.00 20.00 20.00"]);
    })
    .await;
}

#[tokio::test]
async fn one_for_a_group_is_for_its_members_alone() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, _) = product(&owner, "Shirt", &["10"]).await;
        let club = group(&owner, "Club").await;
        let change = json!({ "conditions": { "customerGroups": [club] } });
        promotion(&owner, percent("10"), Value::Null, change).await;
        let member = member(app, &owner, "ada@example.com", &[&club]).await;
        let stranger = super::member(app, &owner, "bob@example.com", &[]).await;

        assert_eq!(seen(&member, &shirt).await, ["9.00-9.00", "9.00 10.00 10.00"]);
        for client in [&stranger, &app.anonymous()] {
            assert_eq!(seen(client, &shirt).await, ["10.00-10.00", "10.00 10.00 -"]);
        }
    })
    .await;
}

#[tokio::test]
async fn filters_sorts_and_what_is_told_of_them_keep_to_base_prices() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, _) = product(&owner, "Shirt", &["10"]).await;
        product(&owner, "Hat", &["8"]).await;
        promotion(&owner, percent("90"), only(json!({ "products": [shirt] })), json!({})).await;
        let query = "{ products(filter: { price: { from: \"9\" } }) { nodes { name
            priceRange { lowest { amount } } basePriceRange { lowest { amount } highest { amount } } } }
            sorted: products(sort: { field: PRICE }) { nodes { name } } }";

        let reply = app.anonymous().query(query).await;

        let range = json!({ "lowest": { "amount": "10.00" }, "highest": { "amount": "10.00" } });
        let expected = json!([{ "name": "Shirt", "priceRange": { "lowest": { "amount": "1.00" } },
            "basePriceRange": range }]);
        assert_eq!(reply.at("/products/nodes"), &expected);
        assert_eq!(reply.at("/sorted/nodes/0/name"), "Hat");
    })
    .await;
}

#[tokio::test]
async fn many_promotions_and_every_way_to_a_price_say_the_same() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (shirt, variants) = product(&owner, "Shirt", &["10", "20"]).await;
        for n in 1..=20 {
            promotion(&owner, percent(&n.to_string()), Value::Null, json!({ "name": format!("Sale {n}") })).await;
        }
        let shopper = app.anonymous();

        assert_eq!(seen(&shopper, &shirt).await, ["8.00-16.00", "8.00 10.00 10.00", "16.00 20.00 20.00"]);
        let fields = "priceRange { lowest { amount } } variants { price { amount } }";
        let reply = shopper.query(&format!("{{ productBySlug(slug: \"shirt\") {{ {fields} }} }}")).await;
        assert_eq!(reply.at("/productBySlug"), &fixture::read(&shopper, &shirt, fields).await);
        let variant =
            fixture::read(&shopper, &variants[1], "price { amount } product { priceRange { highest { amount } } }");
        let expected = json!({ "price": { "amount": "16.00" },
            "product": { "priceRange": { "highest": { "amount": "16.00" } } } });
        assert_eq!(variant.await, expected);
    })
    .await;
}
