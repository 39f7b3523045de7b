//! What a way of delivery costs.

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn rates_read_back_as_they_were_given() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let rates = json!([
            { "currency": "USD", "flat": "4.9", "freeFrom": "50", "priceFrom": "1", "priceTo": "1000" },
            { "currency": "EUR", "byWeight": [
                { "fromGrams": 0, "price": "5" }, { "fromGrams": 5001, "price": "9.5" }] },
            { "currency": "JPY", "byPrice": [{ "from": "0", "price": "500" }, { "from": "5000", "price": "0" }] },
            { "currency": "KWD", "byQuantity": [{ "from": 2, "price": "0.125" }] },
        ]);

        let id = method(&staff, &zone, json!({ "rates": rates })).await;

        let fields = "rates { currency flat { amount currency } freeFrom { amount } priceFrom { amount }
            priceTo { amount } byWeight { fromGrams price { amount } }
            byPrice { from { amount } price { amount } } byQuantity { from price { amount } } }";
        let amount = |text: &str| json!({ "amount": text });
        let rate = |change: Value| {
            let base = json!({ "flat": null, "freeFrom": null, "priceFrom": null, "priceTo": null, "byWeight": null,
                "byPrice": null, "byQuantity": null });
            with(base, change)
        };
        let expected = json!([
            rate(json!({ "currency": "EUR", "byWeight": [
                { "fromGrams": 0, "price": amount("5.00") }, { "fromGrams": 5001, "price": amount("9.50") }] })),
            rate(json!({ "currency": "JPY", "byPrice": [
                { "from": amount("0"), "price": amount("500") },
                { "from": amount("5000"), "price": amount("0") }] })),
            rate(json!({ "currency": "KWD", "byQuantity": [{ "from": 2, "price": amount("0.125") }] })),
            rate(json!({ "currency": "USD", "flat": { "amount": "4.90", "currency": "USD" },
                "freeFrom": amount("50.00"), "priceFrom": amount("1.00"), "priceTo": amount("1000.00") })),
        ]);
        assert_eq!(read(&staff, &id, fields).await["rates"], expected);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_rate_is_told_where_it_stands() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let flat = json!({ "currency": "USD", "flat": "1" });
        let steps: Vec<_> = (0..101).map(|from| json!({ "fromGrams": from, "price": "1" })).collect();

        for (rates, error) in [
            (json!([{ "currency": "USD" }]), "REQUIRED input.rates.0"),
            (
                json!([with(flat.clone(), json!({ "byQuantity": [{ "from": 0, "price": "1" }] }))]),
                "INVALID input.rates.0",
            ),
            (json!([flat, flat]), "TAKEN input.rates.1.currency"),
            (json!([{ "currency": "USD", "flat": "-1" }]), "INVALID input.rates.0.flat"),
            (json!([{ "currency": "JPY", "flat": "1.5" }]), "INVALID input.rates.0.flat"),
            (json!([with(flat.clone(), json!({ "freeFrom": "-1" }))]), "INVALID input.rates.0.freeFrom"),
            (json!([with(flat.clone(), json!({ "priceFrom": "2", "priceTo": "1" }))]), "INVALID input.rates.0.priceTo"),
            (json!([{ "currency": "USD", "byWeight": [] }]), "REQUIRED input.rates.0.byWeight"),
            (json!([{ "currency": "USD", "byWeight": steps }]), "TOO_LONG input.rates.0.byWeight"),
            (
                json!([{ "currency": "USD", "byWeight": [{ "fromGrams": -1, "price": "1" }] }]),
                "INVALID input.rates.0.byWeight.0.fromGrams",
            ),
            (
                json!([{ "currency": "USD", "byPrice": [
                    { "from": "1", "price": "1" }, { "from": "1.00", "price": "2" }] }]),
                "INVALID input.rates.0.byPrice.1.from",
            ),
            (json!([flat, { "currency": "EUR", "byQuantity": [{ "from": 1, "price": "x" }] }]), ""),
        ] {
            let reply = create_method(&staff, &zone, json!({ "rates": rates })).await;
            if error.is_empty() {
                assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{rates}");
            } else {
                assert_eq!(reply.user_errors(), [error], "{rates}");
            }
        }
    })
    .await;
}
