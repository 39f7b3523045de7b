//! What staff change of cards.

use super::*;
use crate::support::on_both;

pub async fn update(staff: &Client, id: &str, input: Value) -> Reply {
    let operation = format!(
        "mutation($id: ID!, $input: GiftCardUpdateInput!) {{ giftCardUpdate(id: $id, input: $input) {{
            giftCard {{ {FIELDS} }} userErrors {{ code message field limit }} }} }}"
    );
    staff.run(&operation, json!({ "id": id, "input": input })).await
}

#[tokio::test]
async fn staff_change_what_they_have_read() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({ "note": "For a fair.", "externalId": "pos-1" })).await;
        let entry = json!([{ "key": "design", "value": "stars" }]);
        let input = json!({ "expectedVersion": 1, "expiresAt": "2099-01-01T00:00:00Z", "metadata": entry,
            "privateMetadata": entry });

        let reply = update(&staff, &id, input).await;

        let card = reply.at("/giftCardUpdate/giftCard");
        assert_eq!((&card["version"], &card["note"]), (&json!(2), &json!("For a fair.")));
        assert_eq!((&card["expiresAt"], &card["metadata"]), (&json!("2099-01-01T00:00:00Z"), &entry));
        let late = update(&staff, &id, json!({ "note": null, "expectedVersion": 1 })).await;
        assert_eq!(late.user_errors(), ["CONFLICT input.expectedVersion"]);
        let cleared = update(&staff, &id, json!({ "note": null, "expiresAt": null, "externalId": null })).await;
        let card = cleared.at("/giftCardUpdate/giftCard");
        assert_eq!((&card["note"], &card["expiresAt"], &card["externalId"]), (&json!(""), &json!(null), &json!(null)));
        let same = update(&staff, &id, json!({ "note": "" })).await;
        assert_eq!(same.at("/giftCardUpdate/giftCard/version"), 3);
        assert_eq!(fixture::history(app, &id).await[1..], ["2 gift_card.updated", "3 gift_card.updated"]);
        assert_eq!(balance(&staff, &id).await, "50.00");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_change_is_told() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;
        issued(&staff, json!({ "externalId": "pos-1" })).await;

        for (wrong, expected) in [
            (json!({ "expiresAt": "2020-01-01T00:00:00Z" }), "INVALID input.expiresAt"),
            (json!({ "customer": fixture::unknown("customer") }), "NOT_FOUND input.customer"),
            (json!({ "externalId": "pos-1" }), "TAKEN input.externalId"),
            (json!({ "note": "x".repeat(5_001) }), "TOO_LONG input.note"),
        ] {
            assert_eq!(update(&staff, &id, wrong.clone()).await.user_errors(), [expected], "{wrong}");
        }

        let unknown = update(&staff, &fixture::unknown("giftcard"), json!({})).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(read(&staff, &id).await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_card_is_given_to_a_customer_and_taken_back() {
    on_both(async |app| {
        let owner = app.owner().await;
        let create = "mutation { customerCreate(input: { email: \"ada@example.com\" }) { customer { id } } }";
        let customer = owner.query(create).await.text("/customerCreate/customer/id");
        let (id, _) = issued(&owner, json!({})).await;
        let whose = "query($id: ID!) { giftCard(id: $id) { customer { id } } }";

        update(&owner, &id, json!({ "customer": customer })).await.data();

        let card = owner.run(whose, json!({ "id": id })).await;
        assert_eq!(card.text("/giftCard/customer/id"), customer);
        update(&owner, &id, json!({ "customer": null })).await.data();
        assert!(owner.run(whose, json!({ "id": id })).await.at("/giftCard/customer").is_null());
    })
    .await;
}

#[tokio::test]
async fn a_card_is_disabled_and_enabled() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;

        for _ in 0..2 {
            let card = switch(&staff, "giftCardDisable", &id).await.at("/giftCardDisable/giftCard").clone();
            assert_eq!((&card["status"], &card["version"]), (&json!("DISABLED"), &json!(2)));
            assert!(card["disabledAt"].is_string());
        }
        for _ in 0..2 {
            let card = switch(&staff, "giftCardEnable", &id).await.at("/giftCardEnable/giftCard").clone();
            assert_eq!((&card["status"], &card["version"]), (&json!("USABLE"), &json!(3)));
            assert!(card["disabledAt"].is_null());
        }

        assert_eq!(fixture::history(app, &id).await.len(), 3);
        for mutation in ["giftCardDisable", "giftCardEnable"] {
            let reply = switch(&staff, mutation, &fixture::unknown("giftcard")).await;
            assert_eq!(reply.user_errors(), ["NOT_FOUND id"]);
        }
    })
    .await;
}
