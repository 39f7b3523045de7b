//! Two at once.

use futures::future::join_all;
use tradepost::auth::Actor;
use tradepost::db::Db;
use tradepost::error::{Error, Result};
use tradepost::gift_card::{credit, debit};
use tradepost::id::CartId;
use tradepost::pricing::Amount;

use super::*;
use crate::support::on_both;

/// Takes from a card, or gives back, in a transaction of its own.
async fn pay(db: &Db, card: GiftCardId, minor: i64) -> Result<()> {
    let (tx, reference) = (db.begin().await?, CartId::generate().uuid());
    if minor > 0 {
        debit(&tx, &Actor::System, card, Amount::new(minor), reference).await?;
    } else {
        credit(&tx, &Actor::System, card, Amount::new(-minor), reference).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[tokio::test]
async fn of_two_who_take_the_last_money_one_gets_it() {
    on_both(async |app| {
        let staff = staff(app).await;
        for _ in 0..5 {
            let (id, _) = issued(&staff, json!({})).await;

            let (first, second) =
                tokio::join!(pay(app.app.db(), parse(&id), 5_000), pay(app.app.db(), parse(&id), 5_000));

            let refused = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
            assert!(matches!(&refused[..], [Error::User(_)]), "{refused:?}");
            assert_eq!(balance(&staff, &id).await, "0.00");
        }
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn many_who_take_and_give_at_once_all_count() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;
        let card = parse(&id);

        let payments = join_all((0..10).map(|_| pay(app.app.db(), card, 100)));
        let refunds = join_all((0..4).map(|_| pay(app.app.db(), card, -50)));
        let adjustments = join_all((0..4).map(|_| adjust(&staff, &id, json!({ "change": "-1" }))));
        let (payments, refunds, adjustments) = tokio::join!(payments, refunds, adjustments);

        assert!(payments.iter().chain(&refunds).all(Result::is_ok), "{payments:?} {refunds:?}");
        assert!(adjustments.iter().all(|reply| reply.user_errors().is_empty()));
        assert_eq!(balance(&staff, &id).await, "38.00");
        assert_eq!(fixture::history(app, &id).await.len(), 19);
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn of_many_who_take_more_than_there_is_as_many_get_some_as_it_lasts() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;

        let taken = join_all((0..10).map(|_| pay(app.app.db(), parse(&id), 1_500))).await;

        assert_eq!(taken.iter().filter(|result| result.is_ok()).count(), 3);
        assert_eq!(balance(&staff, &id).await, "5.00");
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_change_of_the_card_leaves_what_is_paid_at_the_same_time() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;
        let update = |index: usize| {
            let (staff, id) = (staff.clone(), id.clone());
            async move { super::update::update(&staff, &id, json!({ "note": format!("Note {index}.") })).await }
        };

        let payments = join_all((0..10).map(|_| pay(app.app.db(), parse(&id), 100)));
        let (payments, updates) = tokio::join!(payments, join_all((0..5).map(update)));

        assert!(payments.iter().all(Result::is_ok), "{payments:?}");
        assert!(updates.iter().all(|reply| reply.user_errors().is_empty()));
        assert_eq!(balance(&staff, &id).await, "40.00");
        assert_eq!(read(&staff, &id).await["version"], 6);
        assert_proved(app).await;
    })
    .await;
}
