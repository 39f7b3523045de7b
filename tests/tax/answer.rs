//! Which rates hold where and when, by what staff have entered.

use tradepost::db::StatementCounter;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn where_nothing_is_entered_no_tax_is_due() {
    on_both(async |app| {
        let staff = staff(app).await;
        let books = fixture::tax_class(&staff, "Books").await;
        let asked = question(Place::of_country("DE"), &[None, Some(&books)]);

        assert_eq!(plain(&ask(&app.app, &asked).await.unwrap()), pair("0", "0"));
        fixture::tax_zone(&staff, "Germany", json!([{ "country": "DE" }])).await;
        let answer = ask(&app.app, &asked).await.unwrap();
        assert_eq!(plain(&answer), pair("0", "0"), "a zone without rates");
        assert_eq!(percentages(answer.of(Some(books.parse().unwrap()))), pair("0", "0"));
    })
    .await;
}

#[tokio::test]
async fn home_and_place_have_rates_of_their_own() {
    on_both(async |app| {
        let staff = staff(app).await;
        let germany = fixture::tax_zone(&staff, "Germany", json!([{ "country": "DE" }])).await;
        let alps = fixture::tax_zone(&staff, "Alps", json!([{ "country": "AT" }, { "country": "CH" }])).await;
        fixture::tax_rate(&staff, &germany, "19", json!({})).await;
        fixture::tax_rate(&staff, &alps, "7.7", json!({})).await;

        for (country, zone) in [("DE", "19"), ("AT", "7.7"), ("CH", "7.7"), ("FR", "0")] {
            let answer = ask(&app.app, &question(Place::of_country(country), &[None])).await.unwrap();
            assert_eq!(plain(&answer), pair("19", zone), "{country}");
        }
        let abroad = Question { home_country: "FR".to_owned(), ..question(Place::of_country("DE"), &[None]) };
        assert_eq!(plain(&ask(&app.app, &abroad).await.unwrap()), pair("0", "19"));
    })
    .await;
}

#[tokio::test]
async fn the_most_precise_area_counts_and_of_several_the_oldest_zone() {
    on_both(async |app| {
        let staff = staff(app).await;
        let codes = |from: &str, to: &str| json!({ "country": "US", "postalCodes": { "from": from, "to": to } });
        for (name, area, percentage) in [
            ("USA", json!({ "country": "US" }), "1"),
            ("California", json!({ "country": "US", "region": "CA" }), "2"),
            ("San Francisco", codes("941", "941"), "3"),
            ("California again", json!({ "country": "US", "region": "CA" }), "4"),
            ("San Francisco again", codes("940", "94199"), "5"),
        ] {
            let zone = fixture::tax_zone(&staff, name, json!([area])).await;
            fixture::tax_rate(&staff, &zone, percentage, json!({})).await;
        }

        for (region, code, zone) in [
            (None, None, "1"),
            (Some("NY"), Some("10001"), "1"),
            (Some("CA"), None, "2"),
            (Some("CA"), Some("90001"), "2"),
            (Some("CA"), Some("94100"), "3"),
            (Some("CA"), Some("94199-1234"), "3"),
            (None, Some("94103"), "3"),
            (Some("CA"), Some("94000"), "5"),
            (Some("CA"), Some("94200"), "2"),
        ] {
            let answer = ask(&app.app, &question(place("US", region, code), &[None])).await.unwrap();
            assert_eq!(plain(&answer).1, zone, "{region:?} {code:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_class_has_its_own_rate_or_that_of_the_zone() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (books, food) = (fixture::tax_class(&staff, "Books").await, fixture::tax_class(&staff, "Food").await);
        let germany = fixture::tax_zone(&staff, "Germany", json!([{ "country": "DE" }])).await;
        let austria = fixture::tax_zone(&staff, "Austria", json!([{ "country": "AT" }])).await;
        fixture::tax_rate(&staff, &germany, "19", json!({})).await;
        fixture::tax_rate(&staff, &germany, "7", json!({ "taxClass": books })).await;
        fixture::tax_rate(&staff, &austria, "0", json!({ "taxClass": food })).await;

        let asked = question(Place::of_country("AT"), &[None, Some(&books), Some(&food)]);
        let answer = ask(&app.app, &asked).await.unwrap();

        assert_eq!(plain(&answer), pair("19", "0"));
        assert_eq!(percentages(answer.of(Some(books.parse().unwrap()))), pair("7", "0"));
        assert_eq!(percentages(answer.of(Some(food.parse().unwrap()))), pair("19", "0"));
        fixture::tax_rate(&staff, &austria, "20", json!({})).await;
        let answer = ask(&app.app, &asked).await.unwrap();
        assert_eq!(percentages(answer.of(Some(books.parse().unwrap()))), pair("7", "20"));
        assert_eq!(percentages(answer.of(Some(food.parse().unwrap()))), pair("19", "0"), "zero is a rate, too");
        let unasked = ask(&app.app, &question(Place::of_country("DE"), &[])).await.unwrap();
        assert_eq!(plain(&unasked), pair("0", "0"));
    })
    .await;
}

#[tokio::test]
async fn a_rate_holds_from_its_first_instant_until_right_before_its_end() {
    on_both(async |app| {
        let staff = staff(app).await;
        let books = fixture::tax_class(&staff, "Books").await;
        let germany = fixture::tax_zone(&staff, "Germany", json!([{ "country": "DE" }])).await;
        let (begin, end) = ("2026-07-01T00:00:00+02:00", "2027-01-01T00:00:00+01:00");
        let of = |start: Value, end: Value| json!({ "startsAt": start, "endsAt": end });
        fixture::tax_rate(&staff, &germany, "19", of(Value::Null, json!(begin))).await;
        fixture::tax_rate(&staff, &germany, "16", of(json!(begin), json!(end))).await;
        fixture::tax_rate(&staff, &germany, "20", of(json!(end), Value::Null)).await;
        let of_books = fixture::with(of(json!(begin), json!(end)), json!({ "taxClass": books }));
        fixture::tax_rate(&staff, &germany, "5", of_books).await;

        let before = |instant: Timestamp| Timestamp::from_micros(instant.as_micros() - 1);
        let (begin, end) = (instant(begin), instant(end));
        for (at, rate, of_books) in [
            (before(begin), "19", "19"),
            (begin, "16", "5"),
            (before(end), "16", "5"),
            (end, "20", "20"),
            (instant("2040-01-01T00:00:00Z"), "20", "20"),
        ] {
            let asked = Question { at, ..question(Place::of_country("DE"), &[None, Some(&books)]) };
            let answer = ask(&app.app, &asked).await.unwrap();
            assert_eq!(plain(&answer), pair(rate, rate), "{at:?}");
            assert_eq!(percentages(answer.of(Some(books.parse().unwrap()))), pair(of_books, of_books), "{at:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn two_statements_do_for_any_number_of_classes() {
    on_both(async |app| {
        let staff = staff(app).await;
        let germany = fixture::tax_zone(&staff, "Germany", json!([{ "country": "DE" }])).await;
        let mut classes = Vec::new();
        for number in 0..12 {
            let class = fixture::tax_class(&staff, &format!("Class {number}")).await;
            fixture::tax_rate(&staff, &germany, &number.to_string(), json!({ "taxClass": class })).await;
            classes.push(class);
        }
        let classes: Vec<_> = classes.iter().map(|class| Some(class.as_str())).chain([None]).collect();
        let asked = question(place("DE", None, Some("10115")), &classes);

        let counter = StatementCounter::default();
        let answer = counter.scope(ask(&app.app, &asked)).await.unwrap();

        assert_eq!(counter.count(), 2);
        assert_eq!(percentages(answer.of(Some(classes[11].unwrap().parse().unwrap()))), pair("11", "11"));
    })
    .await;
}
