//! Rates that a service elsewhere tells.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::join_all;
use http::StatusCode;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

use super::service::{Mood, TaxService};
use super::*;
use crate::support::on_both;

/// A little more than a failure is remembered for.
const REST: Duration = Duration::from_millis(600);

const OF_HERE: (&str, &str) = ("19", "20");

async fn asking(app: &TestApp, service: &TaxService, options: &[&str]) -> App {
    let url = service.url();
    app.sibling(&[&["--tax-provider-url", url.as_str()], options].concat()).await.0
}

fn anywhere() -> Question {
    question(place("AT", None, Some("1010")), &[None])
}

#[tokio::test]
async fn the_service_is_asked_by_codes_and_with_the_secret() {
    on_both(async |app| {
        let staff = staff(app).await;
        let books = fixture::tax_class(&staff, "Books").await;
        let service = TaxService::start(Mood::Told("19", "8.6250")).await;
        let shop = asking(app, &service, &["--tax-provider-secret", "s3cret"]).await;

        let asked = Question {
            at: instant("2026-03-01T12:30:00Z"),
            ..question(place("US", Some("CA"), Some("94103")), &[None, Some(&books)])
        };
        let answer = ask(&shop, &asked).await.unwrap();

        assert_eq!(plain(&answer), pair("19", "8.625"));
        assert_eq!(percentages(answer.of(Some(books.parse().unwrap()))), pair("19", "8.625"));
        let (headers, question) = service.asked().remove(0);
        assert_eq!(
            question,
            json!({ "homeCountry": "DE", "country": "US", "region": "CA", "postalCode": "94103",
                "at": "2026-03-01T12:30:00Z", "classes": [{ "class": null }, { "class": "books" }] })
        );
        assert_eq!(headers["authorization"], "Bearer s3cret");
        assert_eq!(headers["content-type"], "application/json");
        assert!(headers["user-agent"].to_str().unwrap().starts_with("tradepost/"), "{headers:?}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_remembered_by_place_and_classes() {
    let app = TestApp::on_sqlite().await;
    let staff = staff(&app).await;
    let books = fixture::tax_class(&staff, "Books").await;
    let service = TaxService::start(Mood::Told("19", "20")).await;
    let shop = asking(&app, &service, &[]).await;

    for _ in 0..3 {
        let later = Question { at: Timestamp::now(), ..anywhere() };
        assert_eq!(plain(&ask(&shop, &later).await.unwrap()), pair("19", "20"));
    }
    assert_eq!(service.count(), 1);
    service.set(Mood::Answer(StatusCode::INTERNAL_SERVER_ERROR, String::new()));
    assert!(ask(&shop, &anywhere()).await.is_ok(), "what is remembered serves while the service is away");
    let others = [
        question(place("AT", None, Some("1020")), &[None]),
        question(place("AT", None, Some("1010")), &[None, Some(&books)]),
        Question { home_country: "AT".to_owned(), ..anywhere() },
    ];
    for other in others {
        assert!(ask(&shop, &other).await.is_err());
    }
    assert_eq!(service.count(), 4);
}

#[tokio::test]
async fn nothing_is_remembered_where_that_is_switched_off_or_its_time_is_over() {
    let app = TestApp::on_sqlite().await;
    let service = TaxService::start(Mood::Told("19", "20")).await;
    let forgetful = asking(&app, &service, &["--tax-provider-cache-seconds", "0"]).await;
    for _ in 0..3 {
        ask(&forgetful, &anywhere()).await.unwrap();
    }
    assert_eq!(service.count(), 3);

    let short = asking(&app, &service, &["--tax-provider-cache-seconds", "1"]).await;
    ask(&short, &anywhere()).await.unwrap();
    service.set(Mood::Told("19", "21"));
    assert_eq!(plain(&ask(&short, &anywhere()).await.unwrap()), pair("19", "20"));
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(plain(&ask(&short, &anywhere()).await.unwrap()), pair("19", "21"));
    assert_eq!(service.count(), 5);
}

#[tokio::test]
async fn who_asks_the_same_at_once_shares_one_request() {
    let app = TestApp::on_sqlite().await;
    let service = TaxService::start(Mood::Slow(Duration::from_millis(200))).await;
    for cache in ["300", "0"] {
        let shop = asking(&app, &service, &["--tax-provider-cache-seconds", cache]).await;
        let before = service.count();

        let question = anywhere();
        let answers = join_all((0..20).map(|_| ask(&shop, &question))).await;

        assert!(answers.into_iter().all(|answer| plain(&answer.unwrap()) == pair("19", "20")));
        assert_eq!(service.count(), before + 1, "{cache}");
    }
}

#[tokio::test]
async fn a_service_that_does_not_answer_as_agreed_tells_nothing() {
    let app = TestApp::on_sqlite().await;
    let service = TaxService::start(Mood::Silent).await;
    let shop = asking(&app, &service, &["--tax-provider-timeout-ms", "150"]).await;
    let rates = |rates: Value| Mood::Answer(StatusCode::OK, json!({ "rates": rates }).to_string());
    let whole = json!({ "class": null, "home": "19", "zone": "20" });
    let mut moods = vec![
        Mood::Silent,
        Mood::Answer(StatusCode::INTERNAL_SERVER_ERROR, json!({ "rates": [whole] }).to_string()),
        Mood::Answer(StatusCode::CREATED, json!({ "rates": [whole] }).to_string()),
        Mood::Answer(StatusCode::TEMPORARY_REDIRECT, String::new()),
        Mood::Answer(StatusCode::OK, "<html>".to_owned()),
        Mood::Answer(StatusCode::OK, String::new()),
        Mood::Answer(StatusCode::OK, json!({ "rates": [whole], "pad": "x".repeat(1_100_000) }).to_string()),
        rates(json!([])),
        rates(json!([{ "class": "books", "home": "19", "zone": "20" }])),
        rates(json!([{ "class": null, "home": "19" }])),
        rates(json!([whole, whole])),
    ];
    for wrong in ["-1", "101", "20 %", "0.00001"] {
        moods.push(rates(json!([{ "class": null, "home": "19", "zone": wrong }])));
    }

    for (number, mood) in moods.into_iter().enumerate() {
        service.set(mood);
        let asked = question(place("AT", None, Some(&format!("20{number:02}"))), &[None]);
        let answer = ask(&shop, &asked).await;
        assert!(matches!(answer, Err(Failure::Unavailable)), "{number} {answer:?}");
        assert_eq!(service.count(), number + 1, "it is asked once, and nobody is redirected");
    }
    service.set(Mood::Told(OF_HERE.0, OF_HERE.1));
    assert!(ask(&shop, &anywhere()).await.is_ok());
}

#[tokio::test]
async fn a_failure_is_remembered_for_a_moment_alone() {
    let app = TestApp::on_sqlite().await;
    let service = TaxService::start(Mood::Answer(StatusCode::BAD_GATEWAY, String::new())).await;
    let shop = asking(&app, &service, &[]).await;

    for _ in 0..5 {
        assert!(matches!(ask(&shop, &anywhere()).await, Err(Failure::Unavailable)));
    }
    assert_eq!(service.count(), 1, "a service in trouble is left alone");
    service.set(Mood::Told(OF_HERE.0, OF_HERE.1));
    tokio::time::sleep(REST).await;

    assert_eq!(plain(&ask(&shop, &anywhere()).await.unwrap()), pair("19", "20"));
}

#[tokio::test]
async fn a_service_that_is_away_is_found_again() {
    let app = TestApp::on_sqlite().await;
    let service = TaxService::start(Mood::Silent).await;
    let address = service.address;
    let shop = asking(&app, &service, &[]).await;
    drop(service);
    tokio::time::sleep(Duration::from_millis(50)).await;

    assert!(matches!(ask(&shop, &anywhere()).await, Err(Failure::Unavailable)));
    let _service = TaxService::start_on(address, Mood::Told(OF_HERE.0, OF_HERE.1)).await;
    tokio::time::sleep(REST).await;

    assert_eq!(plain(&ask(&shop, &anywhere()).await.unwrap()), pair("19", "20"));
}

#[tokio::test]
async fn a_failure_is_logged_once_without_where_the_goods_go() {
    let app = TestApp::on_sqlite().await;
    let service = TaxService::start(Mood::Answer(StatusCode::BAD_GATEWAY, "94103".to_owned())).await;
    let shop = asking(&app, &service, &["--tax-provider-secret", "s3cret"]).await;
    let log = Log::default();
    let subscriber: Dispatch = tracing_subscriber::registry().with(log.clone()).into();

    let asked = question(place("US", Some("CA"), Some("94103")), &[None]);
    let run = async {
        tracing::callsite::rebuild_interest_cache();
        join_all((0..5).map(|_| ask(&shop, &asked))).await
    };
    run.with_subscriber(subscriber).await;

    let lines = log.0.lock().unwrap().clone();
    let told: Vec<_> = lines.iter().filter(|line| line.contains("tax provider")).collect();
    assert_eq!(told.len(), 1, "{lines:?}");
    assert!(told[0].contains("WARN") && told[0].contains("502"), "{told:?}");
    assert!(!lines.iter().any(|line| line.contains("94103") || line.contains("s3cret")), "{lines:?}");
}

/// Keeps the lines that are logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        if event.metadata().target().starts_with("tradepost") {
            self.0.lock().unwrap().push(line.0);
        }
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0 = format!("{} {}={value:?}", self.0, field.name());
    }
}
