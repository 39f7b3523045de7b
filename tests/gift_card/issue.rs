//! How cards are issued, and that their codes are told once and kept nowhere.

use tradepost::gift_card::{Standing, find_by_code, standing};
use tradepost::money::Currency;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn a_card_is_issued_with_a_code_that_nobody_guesses() {
    on_both(async |app| {
        let staff = staff(app).await;
        let entry = json!([{ "key": "design", "value": "stars" }]);

        let reply = issue(
            &staff,
            json!({ "note": "For a fair.", "externalId": "pos-1", "metadata": entry, "privateMetadata": entry,
                "expiresAt": "2099-01-01T00:00:00Z" }),
        )
        .await;

        assert_eq!(reply.user_errors(), [""; 0]);
        let (card, code) = (reply.at("/giftCardIssue/giftCard"), reply.text("/giftCardIssue/code"));
        assert_eq!(card["initialBalance"], json!({ "amount": "50.00", "currency": "EUR" }));
        assert_eq!((&card["balance"], &card["status"]), (&card["initialBalance"], &json!("USABLE")));
        assert_eq!((&card["note"], &card["externalId"]), (&json!("For a fair."), &json!("pos-1")));
        assert_eq!(card["expiresAt"], "2099-01-01T00:00:00Z");
        assert_eq!((&card["metadata"], &card["privateMetadata"][0]["key"]), (&entry, &json!("design")));
        let letters = code.replace('-', "");
        assert!(letters.len() == 16 && code.len() == 19, "{code}");
        assert!(!letters.contains(['0', 'O', '1', 'I', 'L']), "{code}");
        assert_eq!(card["ending"], format!("…{}", &letters[12..]));
        let first = &card["entries"]["nodes"][0];
        assert_eq!((&first["kind"], &first["balanceAfter"]["amount"]), (&json!("ISSUE"), &json!("50.00")));
        assert_eq!(first["actorKind"], "STAFF");
        assert!(first["actor"].as_str().unwrap().starts_with("staff_"), "{first}");
        assert_eq!(fixture::history(app, card["id"].as_str().unwrap()).await, ["1 gift_card.issued"]);
        assert_proved(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_code_is_kept_nowhere_and_found_however_it_is_typed() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, code) = issued(&staff, json!({})).await;
        let (own, own_code) = issued(&staff, json!({ "code": " Summer-Fair 2026 " })).await;

        let written = written(app).await;
        for code in [&code, &own_code] {
            let folded = code.replace(['-', ' '], "").to_uppercase();
            assert!(!written.contains(&code.to_uppercase()) && !written.contains(&folded), "{code} is written down");
        }
        assert!(!read(&staff, &id).await.to_string().contains(&code));
        assert_eq!(own_code, "Summer-Fair 2026");
        let db = app.app.db().reader();
        for (typed, id) in [
            (code.clone(), &id),
            (code.to_lowercase(), &id),
            (format!(" {} ", code.replace('-', " ")), &id),
            ("summerfair2026".to_owned(), &own),
        ] {
            let found = find_by_code(db, &typed).await.unwrap().unwrap();
            assert_eq!(found.id, parse(id), "{typed}");
            assert_eq!(standing(&found, Currency::EUR, tradepost::clock::Timestamp::now()), Standing::Usable);
        }
        for wrong in ["", "-", "2026", "summerfair2027", &code[1..], &format!("{code}2")] {
            assert!(find_by_code(db, wrong).await.unwrap().is_none(), "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_card_is_told() {
    on_both(async |app| {
        let staff = staff(app).await;
        issued(&staff, json!({ "code": "SUMMER2026", "externalId": "pos-1" })).await;
        let amount = |amount: &str, currency: &str| json!({ "amount": { "amount": amount, "currency": currency } });

        for (wrong, expected) in [
            (amount("0.00", "EUR"), "INVALID input.amount.amount"),
            (amount("-1", "EUR"), "INVALID input.amount.amount"),
            (amount("0.001", "EUR"), "INVALID input.amount.amount"),
            (amount("0.5", "JPY"), "INVALID input.amount.amount"),
            (amount("99999999999999999999", "EUR"), "INVALID input.amount.amount"),
            (json!({ "code": "SUMMER" }), "INVALID input.code"),
            (json!({ "code": "SÜMMER2026" }), "INVALID input.code"),
            (json!({ "code": "SUMMER_2026" }), "INVALID input.code"),
            (json!({ "code": "A".repeat(33) }), "TOO_LONG input.code"),
            (json!({ "code": "summer-2026" }), "TAKEN input.code"),
            (json!({ "externalId": "pos-1" }), "TAKEN input.externalId"),
            (json!({ "expiresAt": "2020-01-01T00:00:00Z" }), "INVALID input.expiresAt"),
            (json!({ "customer": fixture::unknown("customer") }), "NOT_FOUND input.customer"),
            (json!({ "note": "x".repeat(5_001) }), "TOO_LONG input.note"),
            (json!({ "idempotencyKey": " " }), "REQUIRED input.idempotencyKey"),
            (json!({ "idempotencyKey": "x".repeat(201) }), "TOO_LONG input.idempotencyKey"),
        ] {
            let reply = issue(&staff, wrong.clone()).await;
            assert_eq!(reply.user_errors(), [expected], "{wrong}");
            assert_eq!(
                (reply.at("/giftCardIssue/giftCard"), reply.at("/giftCardIssue/code")),
                (&json!(null), &json!(null))
            );
        }

        assert_eq!(count(app).await, 1);
        let yen = issue(&staff, amount("500", "JPY")).await;
        assert_eq!(yen.at("/giftCardIssue/giftCard/balance"), &json!({ "amount": "500", "currency": "JPY" }));
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM gift_card_entry").await, 2);
    })
    .await;
}

#[tokio::test]
async fn who_may_only_issue_is_told_the_code_and_sees_no_card() {
    on_both(async |app| {
        let clerk = app.staff(&[Permission::GiftCardWrite]).await;

        let reply = issue(&clerk, json!({})).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert!(reply.at("/giftCardIssue/giftCard").is_null());
        assert_eq!(reply.text("/giftCardIssue/code").len(), 19);
        let (id, _) = issued(&staff(app).await, json!({})).await;
        let node = "query($id: ID!) { node(id: $id) { id } }";
        let id = json!({ "id": id });
        for client in [clerk, app.anonymous()] {
            assert!(client.run(node, id.clone()).await.at("/node").is_null());
        }
        assert_eq!(staff(app).await.run(node, id.clone()).await.at("/node/id"), &id["id"]);
    })
    .await;
}

#[tokio::test]
async fn a_card_of_a_customer_who_is_erased_is_nobodys() {
    on_both(async |app| {
        let owner = app.owner().await;
        let create = "mutation { customerCreate(input: { email: \"ada@example.com\" }) { customer { id } } }";
        let customer = owner.query(create).await.text("/customerCreate/customer/id");
        let (id, _) = issued(&owner, json!({ "customer": customer })).await;
        let whose = "query($id: ID!) { giftCard(id: $id) { customer { id } balance { amount } } }";
        let card = owner.run(whose, json!({ "id": id })).await;
        assert_eq!(card.text("/giftCard/customer/id"), customer);
        let clerk = staff(app).await.run(whose, json!({ "id": id })).await;
        assert_eq!(clerk.code(), Some("FORBIDDEN"));
        assert!(clerk.json["data"]["giftCard"]["balance"].is_object());

        let erase = "mutation($id: ID!) { customerErase(id: $id) { userErrors { message } } }";
        owner.run(erase, json!({ "id": customer })).await.data();

        let card = owner.run(whose, json!({ "id": id })).await;
        assert_eq!(card.at("/giftCard"), &json!({ "customer": null, "balance": { "amount": "50.00" } }));
        let reply = issue(&owner, json!({ "customer": customer })).await;
        assert_eq!(reply.user_errors(), ["NOT_FOUND input.customer"]);
    })
    .await;
}
