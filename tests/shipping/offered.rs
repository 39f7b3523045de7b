//! Which ways of delivery are offered for a place.

use std::iter;

use tradepost::address::Place;
use tradepost::db::StatementCounter;
use tradepost::entity::channel;
use tradepost::id::{ChannelId, ShippingMethodId};
use tradepost::money::Currency;
use tradepost::pricing::{Amount, RateStep, RateTable, TaxPair};
use tradepost::shipping::{OfferedMethod, find_for_shopper, offered};

use super::*;
use crate::support::{fixture, on_both};

/// Somewhere in a country, as `DE`, `DE-BY` or `DE 80331`.
fn place(text: &str) -> Place {
    let (text, postal_code) = text.split_once(' ').map_or((text, None), |(text, code)| (text, Some(code)));
    let (country, region) = text.split_once('-').map_or((text, None), |(country, region)| (country, Some(region)));
    Place {
        country: country.to_owned(),
        region: region.map(str::to_owned),
        postal_code: postal_code.map(str::to_owned),
    }
}

async fn default_channel(app: &TestApp) -> ChannelId {
    channel::Entity::find_default(app.app.db().reader()).await.unwrap().unwrap().id
}

async fn all(app: &TestApp, channel: ChannelId, currency: Currency, at: &str) -> Vec<OfferedMethod> {
    offered(app.app.db().reader(), channel, currency, &place(at)).await.unwrap()
}

/// The names of what is offered in dollars in the default channel.
async fn names(app: &TestApp, at: &str) -> Vec<String> {
    let channel = default_channel(app).await;
    all(app, channel, Currency::USD, at).await.into_iter().map(|method| method.row.name.clone()).collect()
}

/// A zone with one method of the same name.
async fn zone_of(staff: &Client, name: &str, areas: Value) -> String {
    let id = zone(staff, json!({ "name": name, "areas": areas })).await;
    method(staff, &id, json!({ "name": name })).await
}

fn codes(from: &str, to: &str) -> Value {
    json!([{ "country": "DE", "postalCodes": { "from": from, "to": to } }])
}

#[tokio::test]
async fn only_what_leads_there_is_offered() {
    on_both(async |app| {
        let staff = staff(app).await;
        zone_of(&staff, "Countries", json!([{ "country": "DE" }, { "country": "AT" }])).await;
        zone_of(&staff, "France", json!([{ "country": "FR" }])).await;
        zone_of(&staff, "Nowhere", json!([])).await;

        assert_eq!(names(app, "DE").await, ["Countries"]);
        assert_eq!(names(app, "AT-9 1010").await, ["Countries"]);
        assert_eq!(names(app, "FR").await, ["France"]);
        assert_eq!(names(app, "IT").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn the_most_precise_area_counts() {
    on_both(async |app| {
        let staff = staff(app).await;
        zone_of(&staff, "Country", json!([{ "country": "DE" }])).await;
        zone_of(&staff, "Region", json!([{ "country": "DE", "region": "BY" }])).await;
        zone_of(&staff, "Codes", codes("80", "81")).await;

        assert_eq!(names(app, "DE").await, ["Country"]);
        assert_eq!(names(app, "DE-BE 10119").await, ["Country"]);
        assert_eq!(names(app, "DE-BY").await, ["Region"]);
        assert_eq!(names(app, "DE-BY 90402").await, ["Region"]);
        assert_eq!(names(app, "DE-BY 80331").await, ["Codes"]);
        assert_eq!(names(app, "DE 81999").await, ["Codes"]);
    })
    .await;
}

#[tokio::test]
async fn zones_that_are_equally_precise_all_count() {
    on_both(async |app| {
        let staff = staff(app).await;
        let both = json!([{ "country": "DE" }, { "country": "DE", "postalCodes": { "from": "1", "to": "1" } }]);
        zone_of(&staff, "Both", both).await;
        zone_of(&staff, "Codes", codes("10", "12")).await;
        zone_of(&staff, "Country", json!([{ "country": "DE" }])).await;

        assert_eq!(names(app, "DE 11000").await, ["Both", "Codes"]);
        assert_eq!(names(app, "DE 19000").await, ["Both"]);
        assert_eq!(names(app, "DE 20000").await, ["Both", "Country"]);
    })
    .await;
}

#[tokio::test]
async fn a_zone_without_methods_for_a_place_hides_wider_ones() {
    on_both(async |app| {
        let staff = staff(app).await;
        zone_of(&staff, "Country", json!([{ "country": "DE" }])).await;
        zone(&staff, json!({ "name": "Island", "areas": codes("25938", "25938") })).await;

        assert_eq!(names(app, "DE 25938").await, [""; 0], "nothing goes there");
        assert_eq!(names(app, "DE 25937").await, ["Country"]);
    })
    .await;
}

#[tokio::test]
async fn only_zones_of_the_channel_count() {
    on_both(async |app| {
        let staff = staff(app).await;
        let japan: ChannelId = fixture::channel(&staff, json!({ "slug": "japan" })).await.parse().unwrap();
        let here = zone_of(&staff, "Here", json!([{ "country": "DE" }])).await;
        let both = zone(&staff, json!({ "name": "Both", "channels": ["default", "japan"] })).await;
        method(&staff, &both, json!({ "name": "Both" })).await;
        let none = zone(&staff, json!({ "name": "None", "channels": [] })).await;
        method(&staff, &none, json!({})).await;
        // More precise, and still of no concern to others.
        let there = zone(&staff, json!({ "name": "There", "areas": codes("1", "1"), "channels": ["japan"] })).await;
        method(&staff, &there, json!({ "name": "There" })).await;

        assert_eq!(names(app, "DE 10119").await, ["Here", "Both"]);
        let found = all(app, japan, Currency::USD, "DE 10119").await;
        assert_eq!(found.iter().map(|method| method.row.name.as_str()).collect::<Vec<_>>(), ["There"]);
        let (db, here): (_, ShippingMethodId) = (app.app.db().reader(), here.parse().unwrap());
        assert!(find_for_shopper(db, default_channel(app).await, here).await.unwrap().is_some());
        assert!(find_for_shopper(db, japan, here).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_method_costs_something_in_the_currency_or_is_not_offered() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let rates = json!([
            { "currency": "EUR", "flat": "3", "freeFrom": "30", "priceFrom": "1", "priceTo": "99" },
            { "currency": "JPY", "byWeight": [{ "fromGrams": 0, "price": "400" }, { "fromGrams": 900, "price": "700" }] },
        ]);
        let weight = json!({ "fromGrams": 10, "toGrams": 5000 });
        method(&staff, &zone, json!({ "name": "Two", "rates": rates, "weight": weight })).await;
        method(&staff, &zone, json!({ "name": "Dollars" })).await;
        let channel = default_channel(app).await;

        let euros = all(app, channel, Currency::EUR, "DE").await;
        assert_eq!(euros.len(), 1);
        let rule = &euros[0].rule;
        assert_eq!((rule.id, &rule.rates), (euros[0].row.id, &RateTable::Flat(Amount::new(300))));
        assert_eq!(rule.free_from, Some(Amount::new(3_000)));
        assert_eq!((rule.price.from, rule.price.to), (Some(Amount::new(100)), Some(Amount::new(9_900))));
        assert_eq!((rule.weight.from, rule.weight.to), (Some(10), Some(5_000)));
        assert_eq!((rule.tax, euros[0].tax_class), (TaxPair::default(), None));
        let yen = all(app, channel, Currency::JPY, "DE").await;
        let step = |from, price| RateStep { from, price: Amount::new(price) };
        assert_eq!(yen[0].rule.rates, RateTable::ByWeight(vec![step(0, 400), step(900, 700)]));
        assert_eq!(yen[0].rule.free_from, None);
        assert_eq!(names(app, "DE").await, ["Dollars"]);
        assert!(all(app, channel, Currency::GBP, "DE").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_a_method_asks_for_is_part_of_its_rule() {
    on_both(async |app| {
        let staff = merchant(app).await;
        let zone = zone(&staff, json!({})).await;
        let product = fixture::product(&staff, json!({})).await;
        let group = "mutation { customerGroupCreate(input: { name: \"Trade\" }) {
            customerGroup { id } userErrors { message } } }";
        let group = staff.query(group).await.text("/customerGroupCreate/customerGroup/id");
        let class = fixture::tax_class(&staff, "Delivery").await;
        method(&staff, &zone, json!({ "customerGroups": [group], "excludedProducts": [product], "taxClass": class }))
            .await;

        let found = all(app, default_channel(app).await, Currency::USD, "DE").await;

        assert_eq!(found[0].rule.groups, [group.parse().unwrap()]);
        assert_eq!(found[0].rule.excluded_products, [product.parse().unwrap()]);
        assert_eq!(found[0].tax_class, Some(class.parse().unwrap()));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_active_is_not_offered() {
    on_both(async |app| {
        let staff = staff(app).await;
        let zone = zone(&staff, json!({})).await;
        let (open, shut) = (
            location(&staff, json!({ "name": "Open" })).await,
            location(&staff, json!({ "name": "Shut", "isActive": false })).await,
        );
        let pick_up = |name: &str, at: &str| json!({ "name": name, "kind": "PICKUP", "pickupLocation": at });
        method(&staff, &zone, pick_up("Open", &open)).await;
        method(&staff, &zone, pick_up("Shut", &shut)).await;
        let off = method(&staff, &zone, json!({ "name": "Off", "isActive": false })).await;

        let (channel, off) = (default_channel(app).await, off.parse().unwrap());
        let found = all(app, channel, Currency::USD, "DE").await;

        assert_eq!(found.len(), 1);
        assert_eq!(found[0].row.name, "Open");
        assert_eq!(found[0].pickup.as_ref().unwrap().name, "Open");
        assert!(find_for_shopper(app.app.db().reader(), channel, off).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn offers_come_in_order_over_all_zones() {
    on_both(async |app| {
        let staff = staff(app).await;
        let first = zone(&staff, json!({ "name": "A" })).await;
        let second = zone(&staff, json!({ "name": "B" })).await;
        for (zone, name, position) in [(&first, "2", 1), (&second, "1", 0), (&second, "3", 1), (&first, "4", 5)] {
            method(&staff, zone, json!({ "name": name, "position": position })).await;
        }

        assert_eq!(names(app, "DE").await, ["1", "2", "3", "4"]);
    })
    .await;
}

#[tokio::test]
async fn offers_take_two_statements_however_many_there_are() {
    on_both(async |app| {
        let staff = staff(app).await;
        let channel = default_channel(app).await;
        let location = location(&staff, json!({})).await;

        for zones in [1, 3] {
            for n in 0..zones {
                let zone = zone(&staff, json!({ "name": format!("{zones} {n}") })).await;
                let kinds = [json!({ "kind": "PICKUP", "pickupLocation": location }), json!({})];
                for change in iter::repeat_n(kinds, 3).flatten() {
                    method(&staff, &zone, change).await;
                }
            }
            let counter = StatementCounter::default();
            let found = counter.scope(all(app, channel, Currency::USD, "DE")).await;
            assert!(found.len() >= zones * 6);
            assert_eq!(counter.count(), 2);
        }
    })
    .await;
}
