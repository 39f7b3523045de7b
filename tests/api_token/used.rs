//! What an API token is good for, and for how long.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::StatusCode;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::{Event, Subscriber, span};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tradepost::clock::Timestamp;

use super::*;
use crate::support::{fixture, on_both, sql};

const VIEWER: &str = "{ viewer { staffUser { id } apiToken { name createdBy { id } } permissions sessions { id }
    channelPermissions { channel { slug } permissions } } }";

#[tokio::test]
async fn a_token_does_what_it_was_made_for_and_no_more() {
    on_both(async |app| {
        let owner = app.owner().await;
        let draft = fixture::product(&owner, json!({ "status": "DRAFT" })).await;
        let (_, system) = made(app, &owner, json!({})).await;

        let viewer = system.query(VIEWER).await;

        let token = json!({ "name": "ERP", "createdBy": null });
        let expected = json!({ "staffUser": null, "apiToken": token, "permissions": ["PRODUCT_READ"],
            "sessions": [], "channelPermissions": [] });
        assert_eq!(viewer.at("/viewer"), &expected);
        assert_eq!(fixture::read(&system, &draft, "name").await["name"], "Linen Shirt");
        assert_eq!(fixture::change(&system, "productPublish", &draft).await.code(), Some("FORBIDDEN"));
        assert_eq!(system.query("{ roles { id } }").await.code(), Some("FORBIDDEN"));
    })
    .await;
}

#[tokio::test]
async fn a_limited_token_is_good_in_its_channels() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let wanted = json!({ "permissions": ["PRODUCT_READ", "PRODUCT_WRITE"], "channels": ["japan"] });
        let (_, system) = made(app, &owner, wanted).await;
        let product = fixture::product(&owner, json!({ "channels": ["default", "japan"] })).await;

        let there = fixture::price(&system, &product, "japan", "900").await;
        let variant = fixture::variant(&owner, &product).await;
        let elsewhere = json!({ "channel": "default", "price": "9.00" });
        let elsewhere = fixture::update(&system, "productVariantPriceSet", &variant, elsewhere).await;

        assert_eq!(there.user_errors(), [""; 0]);
        assert_eq!(elsewhere.code(), Some("FORBIDDEN"));
        let held = json!([{ "channel": { "slug": "japan" }, "permissions": ["PRODUCT_READ", "PRODUCT_WRITE"] }]);
        assert_eq!(system.query(VIEWER).await.at("/viewer/channelPermissions"), &held);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_unknown_revoked_or_over_is_refused() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, revoked) = made(app, &owner, json!({})).await;
        let tomorrow = Timestamp::now().after(Duration::from_hours(24)).to_utc().to_rfc3339();
        let (_, expired) = made(app, &owner, json!({ "name": "Old", "expiresAt": tomorrow })).await;
        for client in [&revoked, &expired] {
            assert_eq!(client.query(VIEWER).await.status, StatusCode::OK);
        }
        revoke(&owner, &id).await;
        let over = "UPDATE api_token SET expires_at = created_at WHERE name = 'Old'";
        sql::execute(app.app.db(), over).await.unwrap();
        let unknown = Client::new(app.router.clone(), Some(format!("tp_{}", "a".repeat(43))));
        let (_, router) = app.sibling(&[]).await;
        let elsewhere = Client::new(router, Some(revoked.token().to_owned()));

        for client in [&revoked, &expired, &unknown, &elsewhere] {
            let reply = client.query("{ shop { version } }").await;
            assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{}", reply.json);
            assert_eq!(reply.code(), Some("UNAUTHENTICATED"));
            assert!(reply.header("www-authenticate").unwrap().starts_with("Bearer"), "{:?}", reply.headers);
            assert!(reply.json.get("data").is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_for_accounts_is_not_for_tokens() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (_, system) = made(app, &owner, json!({})).await;
        let change = "mutation { passwordChange(input: { currentPassword: \"a long enough password\",
            newPassword: \"another long password\" }) { isChanged } }";
        let email = "mutation { emailChangeRequest(input: { email: \"x@example.com\", password: \"password\" }) {
            isAccepted } }";

        assert_eq!(system.query(change).await.code(), Some("FORBIDDEN"));
        assert_eq!(system.query(email).await.code(), Some("FORBIDDEN"));
        let end = "mutation { sessionRevoke { userErrors { code message field } } }";
        assert_eq!(system.query(end).await.user_errors(), ["NOT_FOUND id"]);
        let all = system.query("mutation { sessionRevokeAll { count userErrors { code message field } } }").await;
        assert_eq!(all.at("/sessionRevokeAll/count"), 0);
    })
    .await;
}

#[tokio::test]
async fn it_is_written_down_when_a_token_was_used_last() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, system) = made(app, &owner, json!({})).await;
        assert_eq!(find(&owner, &id).await["lastUsedAt"], Value::Null);

        system.query("{ shop { version } }").await.data();

        for _ in 0..500 {
            if find(&owner, &id).await["lastUsedAt"] != Value::Null {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the use was not written down");
    })
    .await;
}

/// Everything that is logged, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn visitor(&self) -> Writing<'_> {
        Writing(self)
    }
}

struct Writing<'a>(&'a Log);

impl Visit for Writing<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.0.lock().unwrap().push_str(&format!("{field}={value:?} "));
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_new_span(&self, attributes: &span::Attributes<'_>, _: &span::Id, _: Context<'_, S>) {
        attributes.record(&mut self.visitor());
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut self.visitor());
    }
}

#[tokio::test]
async fn no_token_is_logged() {
    on_both(async |app| {
        let owner = app.owner().await;
        let log = Log::default();
        let subscriber = tracing_subscriber::registry().with(log.clone());
        let secret = async {
            tracing::callsite::rebuild_interest_cache();
            let (id, system) = made(app, &owner, json!({})).await;
            system.query(VIEWER).await.data();
            revoke(&owner, &id).await;
            system.query(VIEWER).await;
            system.token().to_owned()
        };

        let secret = secret.with_subscriber(subscriber).await;

        let written = log.0.lock().unwrap().clone();
        assert!(written.contains("apiToken") || written.contains("status"), "nothing was logged: {written}");
        assert!(!written.contains(&secret[3..]), "{written}");
    })
    .await;
}
