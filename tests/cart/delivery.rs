//! Ways of delivery, taxes where the goods go, and estimates before an address is known.

use serde_json::{Value, json};

use super::{add, address_in, cart_with, problems, run, ship_to, variant};
use crate::shipping::{method, zone};
use crate::support::{Client, fixture, on_both};

async fn choose(client: &Client, cart: &str, method: Value) -> crate::support::Reply {
    run(client, "cartDeliverySet", "id: $id, method: $method", json!({ "id": cart, "method": method })).await
}

#[tokio::test]
async fn a_way_of_delivery_is_offered_chosen_and_taxed() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "10.00", 99).await;
        let us = zone(&owner, json!({ "name": "Home", "areas": [{ "country": "US" }] })).await;
        let rates = json!([{ "currency": "USD", "flat": "4.90", "freeFrom": "50" }]);
        let standard = method(&owner, &us, json!({ "rates": rates })).await;
        let tax = fixture::tax_zone(&owner, "Home", json!([{ "country": "US" }])).await;
        fixture::tax_rate(&owner, &tax, "8.875", json!({})).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 3).await;
        ship_to(&client, &cart, address_in("US")).await.data();

        let options =
            "{ cart(id: \"ID\") { shippingOptions { isChosen method { id } total { net { amount } gross { amount } } }
            taxes { percentage net { amount } tax { amount } } } }";
        let offered = client.query(&options.replace("ID", &cart)).await;
        let chosen = choose(&client, &cart, json!(standard)).await;
        let more = add(&client, &cart, &shirt, 2).await;

        // Prices are without tax: 4.90 × 8.875 % = 0.434875, rounded 0.43; 30.00 × 8.875 % = 2.6625, rounded 2.66.
        let option = offered.at("/cart/shippingOptions/0");
        assert_eq!((&option["method"]["id"], &option["isChosen"]), (&json!(standard), &json!(false)));
        assert_eq!(option["total"], json!({ "net": { "amount": "4.90" }, "gross": { "amount": "5.33" } }));
        let priced = chosen.at("/cartDeliverySet/cart");
        assert_eq!(
            priced["total"],
            json!({ "net": { "amount": "34.90" }, "tax": { "amount": "3.09" },
            "gross": { "amount": "37.99" } })
        );
        assert_eq!(problems(priced), ["EMAIL_MISSING"]);
        assert_eq!(more.at("/cartLinesAdd/cart/shipping/total/gross/amount"), "0.00");
        assert_eq!(more.at("/cartLinesAdd/cart/total/gross/amount"), "54.44");
    })
    .await;
}

#[tokio::test]
async fn a_way_that_leads_elsewhere_is_refused_and_becomes_a_problem() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "10.00", 99).await;
        let us = zone(&owner, json!({ "name": "Home", "areas": [{ "country": "US" }] })).await;
        let standard = method(&owner, &us, json!({})).await;
        let de = zone(&owner, json!({ "name": "Abroad", "areas": [{ "country": "DE" }] })).await;
        let abroad = method(&owner, &de, json!({})).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;
        ship_to(&client, &cart, address_in("US")).await.data();

        let refused = choose(&client, &cart, json!(abroad)).await;
        choose(&client, &cart, json!(standard)).await.data();
        let moved = ship_to(&client, &cart, address_in("AT")).await;

        assert_eq!(refused.user_errors(), ["NOT_FOUND method"]);
        let found = problems(moved.at("/cartShippingAddressSet/cart"));
        assert!(found.contains(&"SHIPPING_METHOD_UNAVAILABLE") && found.contains(&"COUNTRY_NOT_SERVED"), "{found:?}");
        assert!(moved.at("/cartShippingAddressSet/cart/shipping").is_null());
    })
    .await;
}

#[tokio::test]
async fn what_delivery_would_cost_is_estimated_before_an_address_is_known() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "10.00", 99).await;
        let us = zone(&owner, json!({ "name": "Home", "areas": [{ "country": "US" }] })).await;
        method(&owner, &us, json!({})).await;
        let area = json!([{ "country": "US", "postalCodes": { "from": "96", "to": "96" } }]);
        let island = zone(&owner, json!({ "name": "Island", "areas": area })).await;
        method(&owner, &island, json!({ "name": "Boat", "rates": [{ "currency": "USD", "flat": "19" }] })).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let query = format!(
            "{{ cart(id: \"{cart}\") {{
                home: shippingEstimates(country: \"US\", postalCode: \"10001\") {{ method {{ name }} price {{ amount }} }}
                island: shippingEstimates(country: \"US\", postalCode: \"96801\") {{ method {{ name }} price {{ amount }} }}
                abroad: shippingEstimates(country: \"DE\") {{ method {{ name }} price {{ amount }} }} }} }}"
        );
        let reply = client.query(&query).await;

        let one = |name: &str, price: &str| json!([{ "method": { "name": name }, "price": { "amount": price } }]);
        assert_eq!(reply.at("/cart/home"), &one("Standard", "4.90"));
        assert_eq!(reply.at("/cart/island"), &one("Boat", "19.00"));
        assert_eq!(reply.at("/cart/abroad"), &json!([]));
    })
    .await;
}
