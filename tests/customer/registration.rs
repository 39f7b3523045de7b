//! How people become customers, and what those learn who try addresses of others.

use std::time::Instant;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn who_registers_and_follows_the_link_can_sign_in() {
    on_both(async |app| {
        let input = json!({ "firstName": " Ada ", "lastName": "Lovelace", "phone": "+44 20 7946 0000",
            "language": "de", "acceptsMarketing": true });

        let reply = register(app, input).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(reply.at("/customerRegister/isAccepted"), true);
        assert_eq!(sign_in(app, EMAIL, PASSWORD).await.user_errors(), ["NOT_VERIFIED input.email"]);
        assert_eq!(mails(app, "verification").await, 1);
        let token = link(app, TokenPurpose::Verification).await;
        let reply = verify(app, &token).await;
        let client = Client::new(app.router.clone(), Some(reply.text("/customerVerify/session/accessToken")));
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/email"), EMAIL);
        assert_eq!(mails(app, "welcome").await, 1);
        let (client, _) = signed_in(app, "ada.lovelace@EXAMPLE.com").await;
        let reply = client.query(VIEWER).await;
        let customer = reply.at("/viewer/customer");
        assert_eq!(customer["email"], EMAIL);
        assert_eq!(customer["firstName"], "Ada");
        assert_eq!((&customer["language"], &customer["status"]), (&json!("de"), &json!("ACTIVE")));
        assert_eq!(customer["acceptsMarketing"], true);
        assert!(customer["marketingChangedAt"].is_string());
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    on_both(async |app| {
        let input = json!({ "email": "nobody", "firstName": "x".repeat(101), "phone": "call me" });
        let expected = ["TOO_LONG input.firstName", "INVALID input.phone", "INVALID input.email"];
        assert_eq!(register(app, input).await.user_errors(), expected);

        for (password, error) in [
            ("short", "INVALID input.password"),
            (&"x".repeat(300), "TOO_LONG input.password"),
            ("password123", "PASSWORD_TOO_COMMON input.password"),
            ("lovelace", "PASSWORD_TOO_COMMON input.password"),
        ] {
            assert_eq!(register(app, json!({ "password": password })).await.user_errors(), [error], "{password}");
        }
        let reply = register(app, json!({ "channel": "nowhere" })).await;
        assert_eq!(reply.code(), Some("BAD_USER_INPUT"));
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM customer").await, 0);
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM job WHERE kind LIKE 'mail%'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_known_gets_the_same_answer_and_another_mail() {
    on_both(async |app| {
        let first = register(app, json!({})).await;
        verify(app, &link(app, TokenPurpose::Verification).await).await;

        let again = register(app, json!({ "password": "another good one", "firstName": "Mallory" })).await;

        assert_eq!(again.json, first.json);
        assert_eq!((mails(app, "verification").await, mails(app, "already_registered").await), (1, 1));
        let (client, _) = signed_in(app, EMAIL).await;
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/firstName"), "");
        forget_attempts(app).await;
        let wrong = sign_in(app, EMAIL, "another good one").await;
        assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS input"]);
    })
    .await;
}

/// Otherwise whoever registers an address first would have a password on the account that its owner then verifies.
#[tokio::test]
async fn a_link_is_worth_nothing_without_the_password_that_was_chosen() {
    on_both(async |app| {
        register(app, json!({ "password": "a password of Mallory" })).await;
        register(app, json!({})).await;
        let token = link(app, TokenPurpose::Verification).await;

        let reply = verify(app, &token).await;

        assert_eq!(reply.user_errors(), ["INVALID_CREDENTIALS input.password"]);
        let reply = sign_in(app, EMAIL, "a password of Mallory").await;
        assert_eq!(reply.user_errors(), ["NOT_VERIFIED input.email"]);
        forget_attempts(app).await;
        let ask = "mutation($email: String!) { passwordResetRequest(input: { email: $email }) {
            isAccepted userErrors { code message } } }";
        app.anonymous().run(ask, json!({ "email": EMAIL })).await.data();
        let reset = "mutation($input: PasswordResetInput!) { passwordReset(input: $input) {
            isReset userErrors { code message } } }";
        let token = link(app, TokenPurpose::PasswordReset).await;
        app.anonymous().run(reset, json!({ "input": { "token": token, "password": PASSWORD } })).await.data();
        signed_in(app, EMAIL).await;
        let reply = sign_in(app, EMAIL, "a password of Mallory").await;
        assert_eq!(reply.user_errors(), ["INVALID_CREDENTIALS input"]);
    })
    .await;
}

#[tokio::test]
async fn while_a_link_is_open_another_registration_changes_nothing_but_the_link() {
    on_both(async |app| {
        register(app, json!({})).await;
        let first = link(app, TokenPurpose::Verification).await;

        register(app, json!({ "password": "a password of Mallory", "firstName": "Mallory" })).await;

        let second = link(app, TokenPurpose::Verification).await;
        assert_eq!(verify(app, &first).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        assert_eq!(verify(app, &second).await.user_errors(), [""; 0]);
        let (client, _) = signed_in(app, EMAIL).await;
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/firstName"), "");
    })
    .await;
}

#[tokio::test]
async fn what_staff_have_entered_of_a_person_stays_when_somebody_registers_the_address() {
    on_both(async |app| {
        let staff = app.staff(&[tradepost::auth::Permission::CustomerWrite]).await;
        let create = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) {
            userErrors { code message } } }";
        let known = json!({ "email": EMAIL, "firstName": "Ada", "phone": "+44 20 7946 0000" });
        staff.run(create, json!({ "input": known })).await.data();

        register(app, json!({ "firstName": "Mallory", "lastName": "Lovelace", "acceptsMarketing": true })).await;

        verify(app, &link(app, TokenPurpose::Verification).await).await.data();
        let (client, _) = signed_in(app, EMAIL).await;
        let reply = client.query(VIEWER).await;
        let customer = reply.at("/viewer/customer");
        assert_eq!((&customer["firstName"], &customer["lastName"]), (&json!("Ada"), &json!("Lovelace")));
        assert_eq!((&customer["phone"], &customer["acceptsMarketing"]), (&json!("+44 20 7946 0000"), &json!(false)));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_would_pass_for_another_is_none() {
    on_both(async |app| {
        let reply = register(app, json!({ "email": "\u{212A}ate@example.com" })).await;

        assert_eq!(reply.user_errors(), ["INVALID input.email"]);
    })
    .await;
}

#[tokio::test]
async fn once_the_link_has_expired_the_address_can_be_registered_again() {
    on_both(async |app| {
        register(app, json!({ "password": "nobody came back" })).await;
        let old = link(app, TokenPurpose::Verification).await;
        expire_links(app).await;
        assert_eq!(verify(app, &old).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);

        register(app, json!({ "firstName": "Ada" })).await;

        verify(app, &link(app, TokenPurpose::Verification).await).await;
        let (client, _) = signed_in(app, EMAIL).await;
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/firstName"), "Ada");
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM customer").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once_and_only_for_what_it_is() {
    on_both(async |app| {
        register(app, json!({})).await;
        let token = link(app, TokenPurpose::Verification).await;
        let reset = "mutation($input: PasswordResetInput!) { passwordReset(input: $input) {
            isReset userErrors { code message field } } }";
        let reply = app.anonymous().run(reset, json!({ "input": { "token": token, "password": PASSWORD } })).await;
        assert_eq!(reply.user_errors(), ["INVALID_CREDENTIALS input.token"]);

        assert_eq!(verify(app, &token).await.user_errors(), [""; 0]);

        forget_attempts(app).await;
        for wrong in [token.as_str(), "", "nonsense", &token[1..]] {
            assert_eq!(verify(app, wrong).await.user_errors(), ["INVALID_CREDENTIALS input.token"], "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_that_opens_an_account_lies_in_the_database() {
    on_both(async |app| {
        register(app, json!({})).await;
        let token = link(app, TokenPurpose::Verification).await;

        let dump = [
            "SELECT CAST(payload AS text) FROM job",
            "SELECT CAST(payload AS text) FROM event",
            "SELECT COALESCE(email, '') FROM account_token",
            "SELECT password_hash FROM customer",
        ];

        for sql in dump {
            for text in sql::texts(app.app.db(), sql).await {
                assert!(!text.contains(&token) && !text.contains(PASSWORD) && !text.contains("Lovelace"), "{text}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_mail_is_sent_to_who_waits_for_it_and_everybody_is_told_the_same() {
    on_both(async |app| {
        const AGAIN: &str = "mutation($input: CustomerVerificationRequestInput!) {
            customerVerificationRequest(input: $input) { isAccepted userErrors { code message field retryAfter } } }";
        register(app, json!({})).await;
        let first = link(app, TokenPurpose::Verification).await;
        let ask = async |email: &str| {
            forget_attempts(app).await;
            app.anonymous().run(AGAIN, json!({ "input": { "email": email } })).await
        };

        let waiting = ask(EMAIL).await;
        let unknown = ask("nobody@example.com").await;

        assert_eq!(waiting.json, unknown.json);
        assert_eq!(mails(app, "verification").await, 2);
        assert_eq!(verify(app, &first).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        verify(app, &link(app, TokenPurpose::Verification).await).await;
        assert_eq!(ask(EMAIL).await.json, unknown.json);
        assert_eq!(mails(app, "verification").await, 2, "who is verified gets no more");
        assert_eq!(ask("no address").await.user_errors(), ["INVALID input.email"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_can_have_many_mails_sent_to_an_address() {
    on_both(async |app| {
        let ask = async || {
            let input = json!({ "input": { "email": EMAIL, "password": PASSWORD } });
            app.anonymous().run(REGISTER, input).await.user_errors()
        };

        assert_eq!(ask().await, [""; 0]);
        assert_eq!(ask().await, [""; 0]);

        assert_eq!(ask().await, ["THROTTLED input"]);
        assert_eq!(mails(app, "verification").await, 2);
        let other = json!({ "input": { "email": "grace@example.com", "password": PASSWORD } });
        assert_eq!(app.anonymous().run(REGISTER, other).await.user_errors(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn registering_takes_as_long_whether_or_not_there_is_an_account() {
    let app = TestApp::on_sqlite().await;
    verified(&app, EMAIL).await;
    let mut times = Vec::new();

    for email in [EMAIL, "grace@example.com", EMAIL, "mary@example.com"] {
        let began = Instant::now();
        register(&app, json!({ "email": email })).await;
        times.push(began.elapsed().as_millis());
    }

    let (shortest, longest) = (times.iter().min().unwrap(), times.iter().max().unwrap());
    assert!(*shortest >= 250 && longest - shortest < 150, "{times:?}");
}

#[tokio::test]
async fn a_channel_leads_to_its_own_storefront_and_is_told() {
    on_both(async |app| {
        let owner = app.owner().await;
        let url = json!({ "storefrontUrl": "https://jp.example/" });
        let channel = crate::support::fixture::channel(&owner, url).await;

        register(app, json!({ "channel": "japan" })).await;

        verify(app, &link(app, TokenPurpose::Verification).await).await;
        let (client, _) = signed_in(app, EMAIL).await;
        let reply = client.query("{ viewer { customer { channel { id storefrontUrl } } } }").await;
        assert_eq!(reply.text("/viewer/customer/channel/id"), channel);
        assert_eq!(reply.text("/viewer/customer/channel/storefrontUrl"), "https://jp.example");
    })
    .await;
}

#[tokio::test]
async fn a_registration_that_nobody_follows_up_goes_after_a_month_and_others_stay() {
    on_both(async |app| {
        verified(app, "grace@example.com").await;
        let staff = app.staff(&[tradepost::auth::Permission::CustomerWrite]).await;
        let create = "mutation { customerCreate(input: { email: \"mary@example.com\" }) { userErrors { message } } }";
        staff.query(create).await.data();
        for email in [EMAIL, "mary@example.com", "new@example.com"] {
            register(app, json!({ "email": email })).await;
        }
        let old = "UPDATE customer SET updated_at = updated_at - 31 * CAST(86400000000 AS bigint)
                   WHERE email <> 'new@example.com'";
        sql::execute(app.app.db(), old).await.unwrap();

        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let runner = app.app.runner();
        let task = tokio::spawn(async move { runner.run(async { drop(stopped.await) }).await });
        let left = async || sql::texts(app.app.db(), "SELECT email FROM customer ORDER BY email").await;
        crate::job::until(async || left().await.len() == 3).await;
        drop(stop);
        task.await.unwrap();

        assert_eq!(left().await, ["grace@example.com", "mary@example.com", "new@example.com"]);
        register(app, json!({})).await;
        verify(app, &link(app, TokenPurpose::Verification).await).await.data();
    })
    .await;
}
