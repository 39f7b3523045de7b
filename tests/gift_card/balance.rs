//! What comes onto cards and goes from them.

use sea_orm::DatabaseTransaction;
use tradepost::auth::Actor;
use tradepost::clock::Timestamp;
use tradepost::error::{Error, Result, UserErrorCode};
use tradepost::gift_card::{Standing, credit, debit, find_all, standing};
use tradepost::id::CartId;
use tradepost::money::Currency;
use tradepost::pricing::Amount;

use super::*;
use crate::support::on_both;

/// Does something in a transaction of its own.
async fn within(app: &TestApp, work: impl AsyncFnOnce(&DatabaseTransaction) -> Result<()>) -> Result<()> {
    let tx = app.app.db().begin().await?;
    work(&tx).await?;
    tx.commit().await?;
    Ok(())
}

#[tokio::test]
async fn staff_put_on_and_take_off_what_is_there() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;

        let up = adjust(&staff, &id, json!({ "change": "0.5", "reason": " A sorry. " })).await;
        let down = adjust(&staff, &id, json!({ "change": "-50.50" })).await;

        assert_eq!(up.at("/giftCardBalanceAdjust/giftCard/balance/amount"), "50.50");
        let card = down.at("/giftCardBalanceAdjust/giftCard");
        assert_eq!((&card["balance"]["amount"], &card["status"]), (&json!("0.00"), &json!("EMPTY")));
        assert_eq!((&card["version"], &card["entries"]["totalCount"]), (&json!(1), &json!(3)));
        let told = card["entries"]["nodes"].as_array().unwrap().iter();
        let told: Vec<_> = told.map(|entry| format!("{} {}", entry["kind"], entry["amount"]["amount"])).collect();
        assert_eq!(told, ["\"ADJUSTMENT\" \"-50.50\"", "\"ADJUSTMENT\" \"0.50\"", "\"ISSUE\" \"50.00\""]);
        assert_eq!(card["entries"]["nodes"][1]["reason"], "A sorry.");
        let history = fixture::history(app, &id).await;
        assert_eq!(history[1..], ["2 gift_card.balance_changed", "3 gift_card.balance_changed"]);
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_changed_is_refused_and_told() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;

        for (wrong, expected) in [
            (json!({ "change": "-50.01" }), "INVALID input.change"),
            (json!({ "change": "0" }), "INVALID input.change"),
            (json!({ "change": "0.001" }), "INVALID input.change"),
            (json!({ "change": "92233720368547758.07" }), "INVALID input.change"),
            (json!({ "change": "-92233720368547758.08" }), "INVALID input.change"),
            (json!({ "reason": " " }), "REQUIRED input.reason"),
            (json!({ "reason": "x".repeat(201) }), "TOO_LONG input.reason"),
            (json!({ "idempotencyKey": "" }), "REQUIRED input.idempotencyKey"),
        ] {
            let reply = adjust(&staff, &id, wrong.clone()).await;
            assert_eq!(reply.user_errors()[0], expected, "{wrong}");
        }

        let short = adjust(&staff, &id, json!({ "change": "-50.01" })).await;
        let told = short.at("/giftCardBalanceAdjust/userErrors/0/amount");
        assert_eq!(told, &json!({ "amount": "50.00", "currency": "EUR" }));
        assert_eq!(short.at("/giftCardBalanceAdjust/giftCard/balance/amount"), "50.00");
        let unknown = adjust(&staff, &fixture::unknown("giftcard"), json!({})).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(fixture::history(app, &id).await.len(), 1);
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_card_pays_and_takes_back() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;
        let (card, order) = (parse(&id), CartId::generate().uuid());

        within(app, async |tx| debit(tx, &Actor::Anonymous, card, Amount::new(3_000), order).await).await.unwrap();
        let refused = within(app, async |tx| debit(tx, &Actor::Anonymous, card, Amount::new(2_001), order).await).await;
        within(app, async |tx| debit(tx, &Actor::Anonymous, card, Amount::ZERO, order).await).await.unwrap();
        switch(&staff, "giftCardDisable", &id).await.data();
        within(app, async |tx| credit(tx, &Actor::System, card, Amount::new(500), order).await).await.unwrap();

        let Err(Error::User(errors)) = refused else { panic!("more was taken than there was") };
        assert_eq!(errors[0].code, UserErrorCode::CodeUsedUp);
        assert_eq!(errors[0].amount.unwrap().minor(), 2_000);
        let card = read(&staff, &id).await;
        assert_eq!(card["balance"]["amount"], "25.00");
        let told = card["entries"]["nodes"].as_array().unwrap();
        assert_eq!((&told[0]["kind"], &told[0]["actorKind"]), (&json!("REFUND"), &json!("SYSTEM")));
        assert_eq!((&told[1]["kind"], &told[1]["amount"]["amount"]), (&json!("PAYMENT"), &json!("-30.00")));
        assert_eq!((&told[1]["actorKind"], &told[1]["actor"]), (&json!("ANONYMOUS"), &json!(null)));
        assert_eq!(told.len(), 3);
        let of_order = gift_card_entry::Entity::find().all(app.app.db().reader()).await.unwrap();
        assert_eq!(of_order.iter().filter(|entry| entry.reference == Some(order)).count(), 2);
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_undone_leaves_no_entry() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;

        let tx = app.app.db().begin().await.unwrap();
        debit(&tx, &Actor::System, parse(&id), Amount::new(1), CartId::generate().uuid()).await.unwrap();
        tx.rollback().await.unwrap();
        let negative = within(app, async |tx| {
            credit(tx, &Actor::System, parse(&id), Amount::new(-1), CartId::generate().uuid()).await
        });
        assert!(matches!(negative.await, Err(Error::Internal(_))));

        assert_eq!(balance(&staff, &id).await, "50.00");
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_holds_no_balance_below_zero() {
    on_both(async |app| {
        let staff = staff(app).await;
        issued(&staff, json!({})).await;

        let below = sql::execute(app.app.db(), "UPDATE gift_card SET balance_minor = -1").await;

        assert!(below.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_card_stands_as_it_was_left() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (disabled, _) = issued(&staff, json!({})).await;
        let (ending, _) = issued(&staff, json!({ "expiresAt": "2099-01-01T00:00:00Z" })).await;
        switch(&staff, "giftCardDisable", &disabled).await.data();
        let unknown = parse(&fixture::unknown("giftcard"));
        let ids = [parse(&disabled), parse(&ending), unknown];

        let cards = find_all(app.app.db().reader(), &ids).await.unwrap();

        let now = Timestamp::now();
        let of = |id: &str| cards.iter().find(|card| card.id == parse(id)).unwrap();
        assert_eq!(cards.len(), 2);
        assert_eq!(standing(of(&disabled), Currency::EUR, now), Standing::Disabled);
        let end = of(&ending).expires_at.unwrap();
        assert_eq!(standing(of(&ending), Currency::EUR, now), Standing::Usable);
        assert_eq!(standing(of(&ending), Currency::EUR, end), Standing::Expired);
        assert_eq!(standing(of(&ending), Currency::USD, now), Standing::OtherCurrency);
        assert!(find_all(app.app.db().reader(), &[]).await.unwrap().is_empty());
        sql::execute(app.app.db(), "UPDATE gift_card SET expires_at = created_at").await.unwrap();
        assert_eq!(read(&staff, &ending).await["status"], "EXPIRED");
    })
    .await;
}
