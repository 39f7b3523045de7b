//! A request with a key happens once, however often it is sent.

use futures::future::join_all;
use tradepost::id::JobId;
use tradepost::job::Task;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn a_request_that_is_sent_again_gets_the_first_answer() {
    on_both(async |app| {
        let staff = staff(app).await;

        for code in [json!(null), json!("SUMMER2026")] {
            let input = json!({ "idempotencyKey": fresh(), "code": code });
            let first = issued(&staff, input.clone()).await;
            assert_eq!(issued(&staff, input.clone()).await, first);
            let same = fixture::with(input, json!({ "amount": { "amount": "50.00", "currency": "EUR" } }));
            assert_eq!(issued(&staff, same).await, first);
        }

        assert_eq!(count(app).await, 2);
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_key_stands_for_one_input_of_one_actor_and_mutation() {
    on_both(async |app| {
        let (staff, other) = (staff(app).await, staff(app).await);
        let key = fresh();
        let (id, _) = issued(&staff, json!({ "idempotencyKey": key })).await;

        for change in [json!({ "note": "Another." }), json!({ "code": "SUMMER2026" })] {
            let reply = issue(&staff, fixture::with(change, json!({ "idempotencyKey": key }))).await;
            assert_eq!(reply.user_errors(), ["TAKEN input.idempotencyKey"]);
        }

        assert_eq!(count(app).await, 1);
        assert_ne!(issued(&other, json!({ "idempotencyKey": key })).await.0, id);
        assert_eq!(adjust(&staff, &id, json!({ "idempotencyKey": key })).await.user_errors(), [""; 0]);
        let elsewhere = issued(&staff, json!({})).await.0;
        let reply = adjust(&staff, &elsewhere, json!({ "idempotencyKey": key })).await;
        assert_eq!(reply.user_errors(), ["TAKEN input.idempotencyKey"]);
    })
    .await;
}

#[tokio::test]
async fn many_that_are_sent_at_once_make_one_card() {
    on_both(async |app| {
        let staff = staff(app).await;
        let input = json!({ "idempotencyKey": fresh() });

        let cards = join_all((0..8).map(|_| issued(&staff, input.clone()))).await;

        assert!(cards.iter().all(|card| *card == cards[0]), "{cards:?}");
        assert_eq!(count(app).await, 1);
        assert_eq!(fixture::history(app, &cards[0].0).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn many_adjustments_that_are_sent_at_once_under_one_key_count_once() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;
        let input = json!({ "idempotencyKey": fresh(), "change": "-20" });

        let replies = join_all((0..8).map(|_| adjust(&staff, &id, input.clone()))).await;

        assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
        assert_eq!(balance(&staff, &id).await, "30.00");
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_an_answer_that_is_told_again() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({ "code": "SUMMER2026" })).await;
        let input = json!({ "idempotencyKey": fresh(), "change": "-60" });
        let first = adjust(&staff, &id, input.clone()).await;
        assert_eq!(first.user_errors(), ["INVALID input.change"]);
        adjust(&staff, &id, json!({ "change": "20" })).await.data();

        let again = adjust(&staff, &id, input.clone()).await;

        let errors = "/giftCardBalanceAdjust/userErrors";
        assert_eq!(again.at(errors), first.at(errors));
        assert_eq!(first.at(errors)[0]["amount"], json!({ "amount": "50.00", "currency": "EUR" }));
        assert_eq!(balance(&staff, &id).await, "70.00");
        let anew = adjust(&staff, &id, json!({ "change": "-60" })).await;
        assert_eq!(anew.at("/giftCardBalanceAdjust/giftCard/balance/amount"), "10.00");
        // The database itself refuses this one, in the midst of what is to be done.
        let taken = json!({ "idempotencyKey": fresh(), "code": "SUMMER2026" });
        for _ in 0..2 {
            assert_eq!(issue(&staff, taken.clone()).await.user_errors(), ["TAKEN input.code"]);
        }
        assert_eq!(count(app).await, 1);
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn after_a_day_a_key_is_as_good_as_new() {
    on_both(async |app| {
        let staff = staff(app).await;
        let input = json!({ "idempotencyKey": fresh() });
        let (first, _) = issued(&staff, input.clone()).await;
        let kept = "SELECT COUNT(*) FROM idempotency_key";
        let a_day = "SELECT COUNT(*) FROM idempotency_key WHERE expires_at - created_at = 86400000000";
        assert_eq!(sql::number(app.app.db(), a_day).await, 1);

        sql::execute(app.app.db(), "UPDATE idempotency_key SET expires_at = created_at").await.unwrap();

        let (second, _) = issued(&staff, input.clone()).await;
        assert_ne!(second, first);
        assert_eq!(issued(&staff, input).await.0, second);
        let old = "INSERT INTO idempotency_key (scope, mutation, key, input_hash, created_at, expires_at)
            VALUES ('STAFF', 'giftCardIssue', 'old', '', 1, 2)";
        sql::execute(app.app.db(), old).await.unwrap();
        assert_eq!(sql::number(app.app.db(), kept).await, 2);
        clean_up(app).await;
        assert_eq!(sql::number(app.app.db(), kept).await, 1);
        assert_eq!(issued(&staff, json!({})).await.0.len(), second.len());
    })
    .await;
}

async fn clean_up(app: &TestApp) {
    let works = app.app.works();
    let work = works.iter().find(|work| work.kind() == "idempotency.clean_up").unwrap();
    let numbers: Vec<_> = works.iter().filter_map(|work| work.standing()).collect();
    let unlike: std::collections::BTreeSet<_> = numbers.iter().collect();
    assert_eq!(unlike.len(), numbers.len(), "two chores have one number");
    let task = Task { id: JobId::generate(), payload: json!({}), event: None, attempt: 1 };
    work.run(&task).await.unwrap();
}

#[tokio::test]
async fn a_code_is_told_again_as_long_as_the_secret_is_there_and_works_without() {
    on_both(async |app| {
        let staff = staff(app).await;
        let input = json!({ "idempotencyKey": fresh() });
        let (id, code) = issued(&staff, input.clone()).await;
        let secret = ["--auth-secret", "another secret that is long enough, too"];
        let previous = ["--auth-secret-previous", "a secret of tests that is long enough"];
        let (next, next_router) = app.sibling(&[&secret[..], &previous[..]].concat()).await;
        let (later, _) = app.sibling(&secret).await;

        let again = issued(&Client::new(next_router, Some(staff.token().to_owned())), input).await;

        assert_eq!(again, (id.clone(), code.clone()));
        for app in [next, later] {
            let found = tradepost::gift_card::find_by_code(app.db().reader(), &code).await.unwrap();
            assert_eq!(found.unwrap().id, parse(&id));
        }
    })
    .await;
}
