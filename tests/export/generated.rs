//! Products made at random go round, too.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::{assert_round_trip, create};
use crate::support::on_both;

const PRODUCTS: usize = 60;

/// A text as people and programs write them, with all that has a meaning in CSV.
fn text() -> impl Strategy<Value = String> {
    "[a-cA-C0-9é日🧵 \"',;=+@\\-\n\t%<>&.]{0,12}[a-zé日0-9\"',=]".prop_map(|text| text.trim().to_owned())
}

fn maybe<T: std::fmt::Debug + Clone + 'static>(
    some: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(some)
}

/// The options' values of each variant: the first few combinations of some sizes and colours.
fn combinations(options: usize, variants: usize) -> Vec<Vec<String>> {
    let value = |option: usize, variant: usize| format!("v{}", if option == 0 { variant } else { variant % 2 });
    (0..variants).map(|variant| (0..options).map(|option| value(option, variant)).collect()).collect()
}

fn variant() -> impl Strategy<Value = Value> {
    let price = maybe((0_i64..10_000_000, maybe(0_i64..10_000_000)));
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let weight = maybe((0_i64..2_000_000, prop::sample::select(vec!["G", "KG", "OZ", "LB"])));
    (price, flags, weight, maybe(text()), maybe(0..1000), maybe(Just(0))).prop_map(
        |(price, (ships, taxed, tracked), weight, barcode, stock, backorder_limit)| {
            let amount = |minor: i64| format!("{}.{:02}", minor / 100, minor % 100);
            json!({
                "price": price.map(|(price, _)| amount(price)),
                "compareAtPrice": price.and_then(|(_, compare_at)| compare_at).map(amount),
                "requiresShipping": ships, "isTaxable": taxed, "tracksStock": tracked, "barcode": barcode,
                "weight": weight.map(|(grams, unit)| json!({ "grams": grams, "unit": unit })),
                "stock": stock, "backorderLimit": backorder_limit,
            })
        },
    )
}

fn product() -> impl Strategy<Value = Value> {
    let texts = (text(), maybe(text()), maybe(text()), maybe(text()), maybe(text()), "[a-z<>/&\" \n]{0,30}");
    let parts = (0..6_usize, prop::collection::vec(variant(), 0..5), prop::collection::vec(maybe(text()), 0..5));
    let tags = prop::collection::vec("[a-z =\"é]{0,6}[a-z]", 0..4);
    let status = prop::sample::select(vec!["ACTIVE", "DRAFT", "ARCHIVED"]);
    (texts, parts, tags, status).prop_map(|(texts, (options, mut variants, pictures), tags, status)| {
        let (name, vendor, r#type, seo_title, seo_description, description) = texts;
        let options = if variants.is_empty() { 0 } else { options };
        variants.truncate(if options == 0 { 1 } else { usize::MAX });
        let values = combinations(options, variants.len());
        let option = |place: usize| {
            let mut known: Vec<&String> = values.iter().map(|values| &values[place]).collect();
            known.dedup();
            let known: Vec<_> = known.iter().take(if place == 0 { known.len() } else { 2 }).collect();
            json!({ "name": format!("o{place}"), "values": known })
        };
        let options: Vec<Value> = (0..options).map(option).collect();
        let images: Vec<Value> = (0..)
            .zip(&pictures)
            .map(|(place, alt_text): (usize, _)| json!({ "url": format!("/{place}.jpg"), "altText": alt_text }))
            .collect();
        for (place, (variant, values)) in variants.iter_mut().zip(&values).enumerate() {
            let pairs = values.iter().enumerate();
            let pairs = pairs.map(|(place, value)| json!({ "option": format!("o{place}"), "value": value }));
            variant["optionValues"] = pairs.collect();
            variant["imageUrl"] = json!((place < pictures.len()).then(|| format!("/{place}.jpg")));
        }
        json!({
            "name": name, "vendor": vendor, "type": r#type, "description": description, "status": status,
            "tags": tags, "seo": { "title": seo_title, "description": seo_description },
            "options": options, "images": images, "variants": variants,
        })
    })
}

#[tokio::test]
async fn generated_products_go_round() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut runner = TestRunner::default();
        for number in 0..PRODUCTS {
            let mut input = product().new_tree(&mut runner).unwrap().current();
            input["slug"] = json!(format!("p-{number}"));
            for (place, variant) in (0..).zip(input["variants"].as_array_mut().unwrap()) {
                variant["sku"] =
                    if (number + place) % 3 == 0 { Value::Null } else { json!(format!("{number}={place}")) };
            }
            create(&owner, input).await;
        }

        assert_round_trip(app).await;
    })
    .await;
}
