//! How somebody comes to run the shop.

use futures::future::join_all;
use tradepost::mail::MailName;

use super::*;
use crate::support::{fixture, on_both, sql};

#[tokio::test]
async fn who_is_invited_chooses_a_password_and_comes_in() {
    on_both(async |app| {
        let owner = app.owner().await;
        let clerk = role(&owner, "Clerk", &["PRODUCT_READ"]).await;
        let input = json!({ "email": "Ada@Example.com", "name": "Ada", "roles": [clerk, clerk], "language": "de" });

        let reply = invite_as(&owner, input).await;

        let ada = reply.at("/staffUserInvite/staffUser");
        let id = ada["id"].as_str().unwrap();
        let expected = json!({ "id": id, "email": "Ada@Example.com", "name": "Ada", "status": "INVITED",
            "language": "de", "roles": [{ "name": "Clerk" }], "version": 1 });
        assert_eq!(ada, &expected);
        assert_eq!(app.anonymous().sign_in("ada@example.com", "").await.user_errors(), ["INVALID_CREDENTIALS input"]);
        let token = token_for(app, id).await;
        let accepted = accept_as(app, json!({ "token": token, "name": "Ada L.", "password": PASSWORD })).await;
        let access = accepted.text("/staffInvitationAccept/session/accessToken");
        let client = Client::new(app.router.clone(), Some(access));
        let viewer = client.query("{ viewer { staffUser { id name status roles { name } } permissions } }").await;
        let staff = json!({ "id": id, "name": "Ada L.", "status": "ACTIVE", "roles": [{ "name": "Clerk" }] });
        assert_eq!(viewer.at("/viewer"), &json!({ "staffUser": staff, "permissions": ["PRODUCT_READ"] }));
        assert_eq!(app.anonymous().sign_in("ada@example.com", PASSWORD).await.user_errors(), [""; 0]);
        let history = ["1 staff_user.created", "2 staff_user.invited", "3 staff_user.joined"];
        assert_eq!(fixture::history(app, id).await, history);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_has_one_mail_sent() {
    on_both(async |app| {
        let owner = app.owner().await;
        let kind = MailName::Invitation.job();
        let jobs = format!("SELECT COUNT(*) FROM job WHERE kind = '{kind}'");
        let before = sql::number(app.app.db(), &jobs).await;

        invited(&owner, "Ada", &[]).await;
        let refused = invite(&owner, "Ada", &[]).await;

        assert_eq!(refused.user_errors(), ["TAKEN input.email"]);
        assert_eq!(sql::number(app.app.db(), &jobs).await, before + 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once_and_only_the_last_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = invited(&owner, "Ada", &[]).await;
        let first = token_for(app, &id).await;
        assert_eq!(resend(&owner, &id).await.user_errors(), [""; 0]);
        let second = token_for(app, &id).await;

        assert_eq!(accept(app, &first, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        assert_eq!(accept(app, &second, PASSWORD).await.user_errors(), [""; 0]);
        assert_eq!(accept(app, &second, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_has_expired_or_is_for_something_else_is_refused() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = invited(&owner, "Ada", &[]).await;
        let token = token_for(app, &id).await;
        let tampered = format!("{}{}", &token[..token.len() - 2], if token.ends_with("AA") { "BB" } else { "AA" });
        for wrong in ["", "nonsense", tampered.as_str()] {
            assert_eq!(accept(app, wrong, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        }

        sql::execute(app.app.db(), "UPDATE account_token SET purpose = 'PASSWORD_RESET'").await.unwrap();
        let other = accept(app, &token, PASSWORD).await;
        sql::execute(app.app.db(), "UPDATE account_token SET purpose = 'INVITATION', expires_at = created_at")
            .await
            .unwrap();
        let late = accept(app, &token, PASSWORD).await;

        assert_eq!(other.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        assert_eq!(late.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        assert_eq!(resend(&owner, &id).await.user_errors(), [""; 0]);
        assert_eq!(accept(app, &token_for(app, &id).await, PASSWORD).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_refused_password_or_name_leaves_the_link_as_it_is() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = invited(&owner, "Ada", &[]).await;
        let token = token_for(app, &id).await;

        for (password, expected) in [
            ("short", "INVALID input.password"),
            ("password", "PASSWORD_TOO_COMMON input.password"),
            ("ada@example.com", "PASSWORD_TOO_COMMON input.password"),
        ] {
            assert_eq!(accept(app, &token, password).await.user_errors(), [expected]);
        }
        let nameless = accept_as(app, json!({ "token": token, "name": " ", "password": PASSWORD })).await;

        assert_eq!(nameless.user_errors(), ["REQUIRED input.name"]);
        assert_eq!(accept(app, &token, PASSWORD).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_who_follow_a_link_at_once_one_comes_in() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = invited(&owner, "Ada", &[]).await;
        let token = token_for(app, &id).await;

        let replies = join_all((0..6).map(|_| accept(app, &token, PASSWORD))).await;

        assert_eq!(replies.iter().filter(|reply| reply.user_errors().is_empty()).count(), 1);
        let sessions = "SELECT CAST(COUNT(*) AS bigint) FROM session";
        assert_eq!(sql::number(app.app.db(), sessions).await, 2);
    })
    .await;
}

#[tokio::test]
async fn every_mistake_of_an_invitation_is_told_at_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let clerk = role(&owner, "Clerk", &[]).await;
        invited(&owner, "Ada", &[&clerk]).await;
        let unknown = fixture::unknown("role");
        let cases = [
            (json!({ "email": "nobody" }), vec!["INVALID input.email"]),
            (json!({ "email": "ADA@example.com" }), vec!["TAKEN input.email"]),
            (json!({ "name": "", "roles": [clerk, unknown] }), vec!["REQUIRED input.name", "NOT_FOUND input.roles.1"]),
        ];

        for (change, expected) in cases {
            let input = fixture::with(json!({ "email": "bob@example.com", "name": "Bob", "roles": [] }), change);
            let reply = invite_as(&owner, input).await;
            assert_eq!(reply.user_errors(), expected, "{}", reply.json);
            assert_eq!(reply.at("/staffUserInvite/staffUser"), &Value::Null);
        }
        assert_eq!(fixture::count::<tradepost::entity::staff_user::Entity>(app).await, 2);
    })
    .await;
}

#[tokio::test]
async fn only_who_is_invited_is_invited_again() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (joined, _) = joined(app, &owner, "Ada", &[]).await;
        let gone = invited(&owner, "Bob", &[]).await;
        let token = token_for(app, &gone).await;
        update(&owner, &gone, json!({ "isActive": false })).await;

        assert_eq!(resend(&owner, &joined).await.user_errors(), ["INVALID id"]);
        assert_eq!(resend(&owner, &gone).await.user_errors(), ["INVALID id"]);
        assert_eq!(resend(&owner, &fixture::unknown("staff")).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(accept(app, &token, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
    })
    .await;
}
