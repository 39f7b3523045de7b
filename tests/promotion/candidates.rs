//! Which promotions a cart can be asked for, by channel, instant and code.

use tradepost::clock::Timestamp;
use tradepost::db::StatementCounter;
use tradepost::id::ChannelId;
use tradepost::pricing::{Action, OrderDiscount, Rate, Stacking};
use tradepost::promotion::{Asker, Candidates, CodeState, candidates, conflicts};

use super::*;
use crate::support::on_both;

/// An instant as the API writes it.
fn instant(text: &str) -> Timestamp {
    text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
}

pub struct Ask {
    pub channel: ChannelId,
    pub at: Timestamp,
    pub codes: Vec<String>,
    pub customer: Option<tradepost::id::CustomerId>,
    pub email: Option<String>,
}

impl Ask {
    /// Anonymously, now, in the default channel.
    pub async fn new(client: &Client, codes: &[&str]) -> Self {
        Self {
            channel: channel(client).await.parse().unwrap(),
            at: Timestamp::now(),
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            customer: None,
            email: None,
        }
    }

    pub async fn run(&self, app: &TestApp) -> Candidates {
        let Self { channel, at, codes, customer, email } = self;
        let asker = Asker { channel: *channel, at: *at, codes, customer: *customer, email: email.as_deref() };
        candidates(app.app.db().reader(), &asker).await.unwrap()
    }
}

pub fn names(found: &Candidates) -> Vec<&str> {
    found.promotions.iter().map(|candidate| candidate.row.name.as_str()).collect()
}

pub fn states(found: &Candidates) -> Vec<CodeState> {
    found.codes.iter().map(|(_, state)| *state).collect()
}

#[tokio::test]
async fn automatic_promotions_of_the_channel_come_the_higher_first() {
    on_both(async |app| {
        let owner = app.owner().await;
        let japan = fixture::channel(&owner, json!({})).await;
        promotion(&owner, json!({ "name": "Older" })).await;
        promotion(&owner, json!({ "name": "Younger" })).await;
        promotion(&owner, json!({ "name": "High", "priority": 5, "stacking": "EXCLUSIVE" })).await;
        promotion(&owner, json!({ "name": "Low", "priority": -5 })).await;
        promotion(&owner, json!({ "name": "Off", "isActive": false })).await;
        promotion(&owner, json!({ "name": "Coded", "needsCode": true })).await;
        promotion(&owner, json!({ "name": "Japan", "channels": [japan] })).await;
        let mut ask = Ask::new(&owner, &[]).await;

        let found = ask.run(app).await;

        assert_eq!(names(&found), ["High", "Older", "Younger", "Low"]);
        let high = &found.promotions[0];
        assert!(high.code.is_none() && found.codes.is_empty());
        assert_eq!((high.rule.id, high.rule.priority, high.rule.stacking), (high.row.id, 5, Stacking::Exclusive));
        let tenth = OrderDiscount::Percentage(Rate::from_millionths(100_000));
        assert_eq!(high.rule.action, Action::Order { discount: tenth });
        ask.channel = japan.parse().unwrap();
        assert_eq!(names(&ask.run(app).await), ["Japan"]);
    })
    .await;
}

#[tokio::test]
async fn a_promotion_applies_from_its_first_instant_until_before_its_last() {
    on_both(async |app| {
        let staff = staff(app).await;
        let span = json!({ "startsAt": "2026-03-01T00:00:00Z", "endsAt": "2026-04-01T00:00:00Z" });
        promotion(&staff, fixture::with(span.clone(), json!({ "name": "Automatic" }))).await;
        let id = coded(&staff, "SPRING", fixture::with(span, json!({ "name": "Coded" }))).await;
        let valid = CodeState::Valid(id.parse().unwrap());
        let mut ask = Ask::new(&staff, &["spring"]).await;

        let both = vec!["Automatic", "Coded"];
        let cases = [
            ("2026-02-28T23:59:59.999999Z", vec![], CodeState::NotYet),
            ("2026-03-01T00:00:00Z", both.clone(), valid),
            ("2026-03-31T23:59:59.999999Z", both, valid),
            ("2026-04-01T00:00:00Z", vec![], CodeState::Expired),
        ];
        for (at, expected, state) in cases {
            ask.at = instant(at);
            let found = ask.run(app).await;
            assert_eq!((names(&found), states(&found)), (expected, vec![state]), "{at}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_is_found_however_it_is_written_and_told_as_it_was_given() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = coded(&staff, "Été-5", json!({ "name": "Summer" })).await;
        add(&staff, &id, json!({ "codes": ["other"] })).await.data();
        let valid = CodeState::Valid(id.parse().unwrap());

        let found = Ask::new(&staff, &["nothing", " ETE-5 ", "été-5", "OTHER"]).await.run(app).await;

        assert_eq!(names(&found), ["Summer"]);
        assert_eq!(states(&found), [CodeState::Unknown, valid, valid, valid]);
        assert_eq!(found.codes[1].0, " ETE-5 ");
        assert_eq!(found.promotions[0].code.as_ref().unwrap().code, "Été-5");
    })
    .await;
}

#[tokio::test]
async fn a_code_of_another_channel_or_of_what_is_switched_off_is_unknown() {
    on_both(async |app| {
        let owner = app.owner().await;
        let japan = fixture::channel(&owner, json!({})).await;
        let id = coded(&owner, "JAPAN", json!({ "channels": [japan] })).await;
        coded(&owner, "OFF", json!({ "isActive": false })).await;
        let ended = json!({ "channels": [japan], "endsAt": "2020-01-01T00:00:00Z" });
        coded(&owner, "ENDED", ended).await;
        let mut ask = Ask::new(&owner, &["JAPAN", "OFF", "ENDED"]).await;

        assert_eq!(states(&ask.run(app).await), [CodeState::Unknown; 3]);
        ask.channel = japan.parse().unwrap();
        let valid = CodeState::Valid(id.parse().unwrap());
        assert_eq!(states(&ask.run(app).await), [valid, CodeState::Unknown, CodeState::Expired]);
    })
    .await;
}

#[tokio::test]
async fn it_takes_three_statements_however_many_there_are() {
    on_both(async |app| {
        let staff = staff(app).await;
        for index in 0..5 {
            let limits = json!({ "usageLimit": 5, "usageLimitPerCustomer": 1 });
            promotion(&staff, limits.clone()).await;
            coded(&staff, &format!("code{index}"), limits).await;
        }
        let codes: Vec<_> = (0..5).map(|index| format!("code{index}")).collect();
        let codes: Vec<_> = codes.iter().map(String::as_str).collect();
        let mut ask = Ask::new(&staff, &codes).await;
        ask.email = Some("ada@example.com".to_owned());
        let counter = StatementCounter::default();

        let found = counter.scope(ask.run(app)).await;

        assert_eq!(found.promotions.len(), 10);
        assert_eq!(counter.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn exclusive_promotions_conflict_with_all_or_with_their_class() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let percentage = json!({ "discount": { "percentage": "10" } });
    for (name, stacking, action) in [
        ("order", "STACKABLE", "order"),
        ("order in class", "EXCLUSIVE_IN_CLASS", "order"),
        ("shipping", "STACKABLE", "shipping"),
        ("shipping in class", "EXCLUSIVE_IN_CLASS", "shipping"),
        ("all", "EXCLUSIVE", "items"),
        ("catalogue", "EXCLUSIVE", "catalogue"),
    ] {
        promotion(&owner, json!({ "name": name, "stacking": stacking, "action": { action: percentage } })).await;
    }
    let found = Ask::new(&owner, &[]).await.run(&app).await;
    let rule = |name: &str| &found.promotions.iter().find(|candidate| candidate.row.name == name).unwrap().rule;

    for (one, other, expected) in [
        ("order", "order", false),
        ("order", "shipping", false),
        ("order", "order in class", true),
        ("shipping", "order in class", false),
        ("shipping in class", "order in class", false),
        ("order", "all", true),
        ("shipping in class", "all", true),
        ("catalogue", "all", false),
        ("catalogue", "order", false),
    ] {
        assert_eq!(conflicts(rule(one), rule(other)), expected, "{one}, {other}");
        assert_eq!(conflicts(rule(other), rule(one)), expected, "{other}, {one}");
    }
}
