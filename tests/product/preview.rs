//! Looking at a product before it is published.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use tradepost::app::App;
use tradepost::auth::Permission;

use crate::support::{Client, Reply, TestApp, config, fixture, on_both};

const CREATE: &str = "mutation($id: ID!) { productPreviewCreate(id: $id) {
    preview { token expiresAt } userErrors { code message field } } }";

async fn token(staff: &Client, id: &str) -> String {
    staff.run(CREATE, json!({ "id": id })).await.text("/productPreviewCreate/preview/token")
}

async fn preview(client: &Client, token: &str, fields: &str) -> Reply {
    let query = format!("query($token: String!) {{ productPreview(token: $token) {{ {fields} }} }}");
    client.run(&query, json!({ "token": token })).await
}

/// What a token shows; null if it shows nothing any more.
async fn seen(client: &Client, token: &str, fields: &str) -> Value {
    preview(client, token, fields).await.at("/productPreview").clone()
}

fn sized(size: &str) -> Value {
    json!({ "price": "10", "optionValues": [{ "option": "Size", "value": size }] })
}

/// A draft with something in every field, whose variants are active, a draft, and archived.
async fn draft(owner: &Client) -> String {
    let input = json!({
        "name": "Wool Scarf", "status": "DRAFT", "tags": ["warm"], "images": [{ "url": "/a" }],
        "options": [{ "name": "Size" }], "variants": [sized("S"), sized("M"), sized("L")],
        "privateMetadata": [{ "key": "cost", "value": "3" }], "externalId": "x"
    });
    let id = fixture::product(owner, input).await;
    let variants = fixture::variants(owner, &id).await;
    fixture::change(owner, "productVariantUnpublish", &variants[1]).await.data();
    fixture::change(owner, "productVariantArchive", &variants[2]).await.data();
    id
}

#[tokio::test]
async fn who_holds_a_token_sees_the_draft_with_all_that_is_its_own() {
    on_both(async |app| {
        let staff = app.staff(&[Permission::ProductRead]).await;
        let id = draft(&app.owner().await).await;

        let token = token(&staff, &id).await;

        let fields = "id slug name status tags images { url } image { url } options { name values { name } }
            priceRange { lowest { amount } } isAvailable
            variants { status price { amount } selectedOptions { value } product { id status } }";
        let url = app.app.address("/a");
        let product = json!({ "id": id, "status": "DRAFT" });
        let variant = |status: &str, size: &str| {
            json!({
                "status": status, "price": { "amount": "10.00" }, "selectedOptions": [{ "value": size }],
                "product": product
            })
        };
        let expected = json!({
            "id": id, "slug": "wool-scarf", "name": "Wool Scarf", "status": "DRAFT", "tags": ["warm"],
            "images": [{ "url": url }], "image": { "url": url },
            "options": [{ "name": "Size", "values": [{ "name": "S" }, { "name": "M" }, { "name": "L" }] }],
            "priceRange": { "lowest": { "amount": "10.00" } }, "isAvailable": false,
            "variants": [variant("ACTIVE", "S"), variant("DRAFT", "M")]
        });
        assert_eq!(seen(&app.anonymous(), &token, fields).await, expected);
        assert!(fixture::read(&app.anonymous(), &id, "id").await.is_null(), "without the token nothing is there");
    })
    .await;
}

#[tokio::test]
async fn a_preview_shows_the_product_in_any_channel() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({ "slug": "japan" })).await;
        let token = token(&owner, &draft(&owner).await).await;
        let query = "query($token: String!, $channel: String!) {
            productPreview(token: $token, channel: $channel) { name variants { price { amount } } } }";
        let in_channel =
            async |channel: &str| app.anonymous().run(query, json!({ "token": token, "channel": channel })).await;

        let variants = json!([{ "price": null }, { "price": null }]);
        let expected = json!({ "name": "Wool Scarf", "variants": variants });
        assert_eq!(in_channel("japan").await.at("/productPreview"), &expected);
        assert_eq!(in_channel("nowhere").await.code(), Some("BAD_USER_INPUT"));
    })
    .await;
}

#[tokio::test]
async fn what_is_guarded_stays_guarded() {
    on_both(async |app| {
        let owner = app.owner().await;
        let token = token(&owner, &draft(&owner).await).await;

        for field in ["externalId", "privateMetadata { key }", "variants { externalId }"] {
            let reply = preview(&app.anonymous(), &token, field).await;

            assert_eq!(reply.code(), Some("UNAUTHENTICATED"), "{field}");
        }
        assert_eq!(seen(&owner, &token, "externalId").await["externalId"], "x");
    })
    .await;
}

#[tokio::test]
async fn a_preview_opens_no_other_draft() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = draft(&owner).await;
        let other = fixture::product(&owner, json!({ "name": "Other Draft", "status": "DRAFT" })).await;
        let shown = fixture::product(&owner, json!({ "name": "Shown" })).await;
        let products = json!([id, other, shown]);
        fixture::collection(&owner, json!({ "name": "Open", "products": products })).await;
        let closed = json!({ "name": "Closed", "status": "DRAFT", "products": products });
        fixture::collection(&owner, closed).await;
        let token = token(&owner, &id).await;

        let fields = "collections { name products { totalCount nodes { name variants { status } } } }
            variants { product { name collections { name products { nodes { name } } } } }";
        let names = seen(&app.anonymous(), &token, "collections { name }").await;
        let seen = seen(&app.anonymous(), &token, fields).await;

        assert_eq!(names["collections"], json!([{ "name": "Open" }]));
        let members = json!({ "totalCount": 1, "nodes": [{ "name": "Shown", "variants": [{ "status": "ACTIVE" }] }] });
        assert_eq!(seen["collections"], json!([{ "name": "Open", "products": members }]));
        let collections = json!([{ "name": "Open", "products": { "nodes": [{ "name": "Shown" }] } }]);
        let product = json!({ "product": { "name": "Wool Scarf", "collections": collections } });
        assert_eq!(seen["variants"], json!([product, product]));
    })
    .await;
}

#[tokio::test]
async fn a_token_of_another_kind_or_none_is_bad_input() {
    on_both(async |app| {
        let owner = app.owner().await;
        let token = token(&owner, &draft(&owner).await).await;
        let mut changed = token.clone();
        changed.replace_range(token.len() - 4.., "AAAA");

        for wrong in [owner.token(), "", "nonsense", &changed] {
            let reply = preview(&app.anonymous(), wrong, "id").await;

            assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{wrong}");
            assert!(reply.message().starts_with("The preview token is not valid"), "{}", reply.message());
        }
        let reply = Client::new(app.router.clone(), Some(token)).query("{ shop { version } }").await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "a preview token signs nobody in");
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_with_its_hours() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let id = draft(&owner).await;
    let mut hurried = config(&app.url, &[]);
    hurried.auth.preview_token_lifetime = Duration::ZERO;
    let hurried = tradepost::http::router(App::new(hurried).await.unwrap()).unwrap();

    let expired = token(&Client::new(hurried, Some(owner.token().to_owned())), &id).await;

    assert_eq!(preview(&app.anonymous(), &expired, "id").await.code(), Some("BAD_USER_INPUT"));
}

#[tokio::test]
async fn a_token_outlives_the_secret_that_signed_it_only_while_that_is_known() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let id = draft(&owner).await;
    let token = token(&owner, &id).await;
    let next = ["--auth-secret", "another secret that is long enough, too"];
    let previous = ["--auth-secret-previous", "a secret of tests that is long enough"];

    let (_, turned) = app.sibling(&[next, previous].concat()).await;
    let (_, forgetful) = app.sibling(&next).await;

    assert_eq!(seen(&Client::new(turned, None), &token, "id").await["id"], json!(id));
    assert_eq!(preview(&Client::new(forgetful, None), &token, "id").await.code(), Some("BAD_USER_INPUT"));
}

#[tokio::test]
async fn a_product_that_is_deleted_or_archived_is_shown_no_more() {
    on_both(async |app| {
        let owner = app.owner().await;
        for verb in ["Archive", "Delete"] {
            let id = fixture::product(&owner, json!({ "status": "DRAFT", "variants": [] })).await;
            let token = token(&owner, &id).await;
            assert_eq!(seen(&app.anonymous(), &token, "id").await["id"], json!(id));

            fixture::change(&owner, &format!("product{verb}"), &id).await.data();

            assert!(seen(&app.anonymous(), &token, "id").await.is_null(), "{verb}");
            fixture::change(&owner, "productDelete", &id).await.data();
        }
    })
    .await;
}

#[tokio::test]
async fn of_what_is_unknown_or_archived_there_is_no_preview() {
    on_both(async |app| {
        let owner = app.owner().await;
        let archived = fixture::product(&owner, json!({ "status": "ARCHIVED" })).await;
        let unknown = fixture::unknown("product");

        for (id, error) in [(unknown, "NOT_FOUND id"), (archived, "INVALID id")] {
            let reply = owner.run(CREATE, json!({ "id": id })).await;

            assert_eq!(reply.user_errors(), [error]);
            assert!(reply.at("/productPreviewCreate/preview").is_null());
        }
    })
    .await;
}
