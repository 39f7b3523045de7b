//! How often promotions and codes can be used: in all, by one code, and by one customer.

use sea_orm::EntityTrait;
use tradepost::clock::Timestamp;
use tradepost::db::all_set;
use tradepost::entity::promotion_use as row;
use tradepost::id::{CustomerId, PromotionUseId};
use tradepost::promotion::CodeState::{UsedUp, UsedUpByCustomer, Valid};

use super::candidates::{Ask, names, states};
use super::*;
use crate::support::on_both;

/// Lets a promotion have been used, as orders will tell it: `code`, `customer` and `email` if they are given.
pub async fn used(app: &TestApp, id: &str, times: usize, by: Value) {
    let uses = (0..times).map(|_| {
        all_set::<row::Entity, _>(row::Model {
            id: PromotionUseId::generate(),
            promotion_id: id.parse().unwrap(),
            code_id: by["code"].as_str().map(|code| code.parse().unwrap()),
            customer_id: by["customer"].as_str().map(|customer| customer.parse().unwrap()),
            email_key: by["email"].as_str().map(str::to_owned),
            cart_id: None,
            created_at: Timestamp::now(),
        })
    });
    let tx = app.app.db().begin().await.unwrap();
    row::Entity::insert_many(uses).exec_without_returning(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_promotion_is_used_up_when_its_limit_is_reached() {
    on_both(async |app| {
        let staff = staff(app).await;
        let automatic = promotion(&staff, json!({ "name": "Automatic", "usageLimit": 2 })).await;
        let code = coded(&staff, "CODE", json!({ "name": "Coded", "usageLimit": 2 })).await;
        let free = promotion(&staff, json!({ "name": "Free" })).await;
        used(app, &free, 5, json!({})).await;
        let ask = Ask::new(&staff, &["code"]).await;

        for id in [&automatic, &code] {
            used(app, id, 1, json!({})).await;
        }
        let found = ask.run(app).await;
        assert_eq!(names(&found), ["Automatic", "Coded", "Free"]);
        assert_eq!(states(&found), [Valid(code.parse().unwrap())]);
        for id in [&automatic, &code] {
            used(app, id, 1, json!({ "email": "ada@example.com" })).await;
        }
        let found = ask.run(app).await;
        assert_eq!((names(&found), states(&found)), (vec!["Free"], vec![UsedUp]));
        assert_eq!(read(&staff, &automatic, "useCount").await["useCount"], 2);
    })
    .await;
}

#[tokio::test]
async fn a_code_has_a_limit_of_its_own() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "needsCode": true, "usageLimit": 3 })).await;
        let reply = add(&staff, &id, json!({ "codes": ["once"], "usageLimit": 1 })).await;
        let once = reply.text("/promotionCodesAdd/codes/0/id");
        add(&staff, &id, json!({ "codes": ["often"] })).await.data();
        let valid = Valid(id.parse().unwrap());
        let ask = Ask::new(&staff, &["once", "often"]).await;
        assert_eq!(states(&ask.run(app).await), [valid, valid]);

        used(app, &id, 1, json!({ "code": once })).await;
        let found = ask.run(app).await;
        assert_eq!(states(&found), [UsedUp, valid]);
        assert_eq!(found.promotions[0].code.as_ref().unwrap().code, "often");
        let codes = read(&staff, &id, "codes { nodes { code useCount } }").await["codes"]["nodes"].take();
        assert_eq!(codes, json!([{ "code": "often", "useCount": 0 }, { "code": "once", "useCount": 1 }]));
        used(app, &id, 2, json!({})).await;
        assert_eq!(states(&ask.run(app).await), [UsedUp, UsedUp]);
    })
    .await;
}

#[tokio::test]
async fn a_customer_is_known_by_account_and_by_address() {
    on_both(async |app| {
        let staff = staff(app).await;
        let limits = json!({ "usageLimitPerCustomer": 2 });
        let automatic = promotion(&staff, limits.clone()).await;
        let code = coded(&staff, "CODE", limits).await;
        let (ada, grace) = (CustomerId::generate(), CustomerId::generate());
        for id in [&automatic, &code] {
            // By the account with the address, which is one use, and by the address as a guest.
            used(app, id, 1, json!({ "customer": ada.to_string(), "email": "ada@example.com" })).await;
            used(app, id, 1, json!({ "email": "ada@example.com" })).await;
            used(app, id, 5, json!({ "email": "others@example.com" })).await;
        }
        let valid = Valid(code.parse().unwrap());
        let asked = async |customer: Option<CustomerId>, email: Option<&str>| {
            let mut ask = Ask::new(&staff, &["code"]).await;
            (ask.customer, ask.email) = (customer, email.map(str::to_owned));
            let found = ask.run(app).await;
            (found.promotions.len(), states(&found)[0])
        };

        assert_eq!(asked(None, None).await, (2, valid), "who is not known has used nothing");
        assert_eq!(asked(None, Some(" ADA@Example.com ")).await, (0, UsedUpByCustomer));
        assert_eq!(asked(Some(ada), Some("Ada@example.com")).await, (0, UsedUpByCustomer));
        assert_eq!(asked(Some(ada), None).await, (2, valid), "the account alone has used it once");
        assert_eq!(asked(Some(grace), Some("grace@example.com")).await, (2, valid));
        assert_eq!(asked(Some(grace), Some("ada@example.com")).await, (0, UsedUpByCustomer));
        used(app, &code, 1, json!({ "customer": ada.to_string() })).await;
        assert_eq!(asked(Some(ada), None).await, (1, UsedUpByCustomer));
    })
    .await;
}

#[tokio::test]
async fn an_erased_customer_leaves_no_address_with_what_was_used() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = promotion(&owner, json!({})).await;
        let create = "mutation { customerCreate(input: { email: \"Ada@example.com\" }) { customer { id } } }";
        let ada = owner.query(create).await.text("/customerCreate/customer/id");
        used(app, &id, 1, json!({ "customer": ada, "email": "old@example.com" })).await;
        used(app, &id, 1, json!({ "email": "ada@example.com" })).await;
        used(app, &id, 1, json!({ "email": "grace@example.com" })).await;

        let erase = format!("mutation {{ customerErase(id: \"{ada}\") {{ userErrors {{ message }} }} }}");
        owner.query(&erase).await.data();

        let known = "SELECT email_key FROM promotion_use WHERE email_key IS NOT NULL";
        assert_eq!(crate::support::sql::texts(app.app.db(), known).await, ["grace@example.com"]);
        assert_eq!(read(&owner, &id, "useCount").await["useCount"], 3);
    })
    .await;
}
