//! Two at once.

use futures::future::join_all;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn many_who_register_with_one_address_at_once_make_one_customer() {
    on_both(async |app| {
        let client = app.anonymous();
        let attempt = |index: usize| {
            let (client, app) = (client.clone(), app.app.clone());
            async move {
                sql::execute(app.db(), "DELETE FROM sign_in_throttle").await.unwrap();
                let input = json!({ "email": EMAIL, "password": format!("a password of {index}") });
                client.run(REGISTER, json!({ "input": input })).await
            }
        };

        let replies = join_all((0..6).map(attempt)).await;

        for reply in &replies {
            assert!(reply.json.get("errors").is_none(), "{}", reply.json);
        }
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM customer").await, 1);
        let open = "SELECT COUNT(*) FROM account_token WHERE used_at IS NULL";
        assert_eq!(sql::number(app.app.db(), open).await, 1, "one link is good");
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_followed_twice_at_once_works_once() {
    on_both(async |app| {
        register(app, json!({})).await;
        let token = link(app, TokenPurpose::Verification).await;

        let replies = join_all((0..6).map(|_| verify(app, &token))).await;

        let done = replies.iter().filter(|reply| !reply.at("/customerVerify/session").is_null()).count();
        assert_eq!(done, 1);
        assert_eq!(mails(app, "welcome").await, 1);
    })
    .await;
}

#[tokio::test]
async fn addresses_that_are_entered_at_once_all_stay_and_one_is_the_default() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        let create = "mutation { customerAddressCreate(input: { isDefaultShipping: true, address: { country: \"DE\",
            lastName: \"L\", line1: \"Torstr. 1\", postalCode: \"10119\", city: \"Berlin\" } }) {
            userErrors { code message field } } }";

        let replies = join_all((0..8).map(|_| client.query(create))).await;

        for reply in replies {
            assert_eq!(reply.user_errors(), [""; 0]);
        }
        let of = async |what: &str| sql::number(app.app.db(), &format!("SELECT COUNT(*) FROM address {what}")).await;
        assert_eq!(
            (of("").await, of("WHERE is_default_shipping").await, of("WHERE is_default_billing").await),
            (8, 1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn two_passwords_that_are_set_at_once_leave_one_that_works() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        let (client, _) = signed_in(app, EMAIL).await;
        let change = |new: &'static str| {
            let client = client.clone();
            let operation = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) {
                isChanged userErrors { code message field } } }";
            async move {
                let input = json!({ "currentPassword": PASSWORD, "newPassword": new });
                client.run(operation, json!({ "input": input })).await
            }
        };

        let passwords = ["first of the two words", "second of the two words"];
        join_all(passwords.map(change)).await;

        let mut works = 0;
        for password in passwords {
            forget_attempts(app).await;
            works += usize::from(sign_in(app, EMAIL, password).await.user_errors().is_empty());
        }
        assert_eq!(works, 1);
    })
    .await;
}
