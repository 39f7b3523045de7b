//! A shop always has an owner who can come in.

use super::*;
use crate::support::{fixture, on_both, sql};

/// How many owners can come in.
async fn owners(app: &TestApp) -> i64 {
    let count = "SELECT COUNT(*) FROM staff_user INNER JOIN staff_user_role ON staff_user_id = staff_user.id \
        INNER JOIN role ON role.id = role_id WHERE role.is_owner AND staff_user.is_active AND password_hash <> ''";
    sql::number(app.app.db(), count).await
}

#[tokio::test]
async fn the_last_owner_stays_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (own, owners_role) = (own_id(&owner).await, owner_role(&owner).await);
        let clerk = role(&owner, "Clerk", &[]).await;

        // Neither who has not joined nor who is shut out can take over.
        invited(&owner, "Ada", &[&owners_role]).await;
        let (bob, _) = joined(app, &owner, "Bob", &[&owners_role]).await;
        update(&owner, &bob, json!({ "isActive": false })).await;
        let refused = update(&owner, &own, json!({ "roles": [clerk] })).await;

        assert_eq!(refused.user_errors(), ["INVALID input.roles"]);
        update(&owner, &bob, json!({ "isActive": true })).await;
        assert_eq!(update(&owner, &own, json!({ "roles": [clerk] })).await.user_errors(), [""; 0]);
        assert_eq!(owners(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_operator_does_not_shut_the_last_owner_out_either() {
    on_both(async |app| {
        let owner = app.owner().await;
        let own = own_id(&owner).await.parse().unwrap();
        let input = tradepost::staff::input::StaffUserUpdateInput {
            expected_version: None,
            name: tradepost::patch::Patch::Keep,
            is_active: tradepost::patch::Patch::Set(false),
            roles: tradepost::patch::Patch::Keep,
            language: tradepost::patch::Patch::Keep,
        };

        let refused = app.app.staff.update(&tradepost::auth::Actor::System, own, input).await;

        let Err(tradepost::error::Error::User(errors)) = refused else { panic!("{refused:?}") };
        assert_eq!(errors[0].field.as_deref().unwrap(), ["input", "isActive"]);
        assert_eq!(owners(app).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_owners_who_give_up_at_once_one_stays() {
    on_both(async |app| {
        let first = app.owner().await;
        let owners_role = owner_role(&first).await;
        let (a, clerk) = (own_id(&first).await, role(&first, "Clerk", &["STAFF_READ"]).await);
        for round in 0..6 {
            let (b, second) = joined(app, &first, &format!("Bob{round}"), &[&owners_role]).await;
            let step_back = json!({ "roles": [clerk] });

            let (one, other) =
                tokio::join!(update(&first, &a, step_back.clone()), update(&second, &b, step_back.clone()));

            let outcomes = [one.user_errors(), other.user_errors()];
            assert_eq!(outcomes.iter().filter(|errors| errors.is_empty()).count(), 1, "{outcomes:?}");
            assert_eq!(owners(app).await, 1);
            if outcomes[0].is_empty() {
                let raised = update(&second, &a, json!({ "roles": [owners_role] })).await;
                assert_eq!(raised.user_errors(), [""; 0]);
                assert_eq!(update(&first, &b, json!({ "roles": [] })).await.user_errors(), [""; 0]);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_owners_who_take_the_role_from_each_other_at_once_one_stays() {
    on_both(async |app| {
        let first = app.owner().await;
        let owners_role = owner_role(&first).await;
        let a = own_id(&first).await;
        for round in 0..6 {
            let (b, second) = joined(app, &first, &format!("Bob{round}"), &[&owners_role]).await;

            let (one, other) = tokio::join!(
                update(&first, &b, json!({ "roles": [] })),
                update(&second, &a, json!({ "isActive": true, "roles": [] })),
            );

            let is_refused = |reply: &crate::support::Reply| match reply.code() {
                Some(code) => code == "FORBIDDEN",
                None => !reply.user_errors().is_empty(),
            };
            assert!(is_refused(&one) != is_refused(&other), "{} {}", one.json, other.json);
            assert_eq!(owners(app).await, 1);
            if is_refused(&one) {
                assert_eq!(update(&second, &a, json!({ "roles": [owners_role] })).await.user_errors(), [""; 0]);
                assert_eq!(update(&first, &b, json!({ "roles": [] })).await.user_errors(), [""; 0]);
            }
        }
        assert!(!fixture::history(app, &a).await.is_empty());
    })
    .await;
}
