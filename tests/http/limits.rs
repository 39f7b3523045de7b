//! What one request may ask for, and that nothing of one that asks for more is run.

use http::StatusCode;

use super::*;
use crate::support::fixture;

/// What can be asked of a product, so many fields deep.
fn nested(depth: usize) -> String {
    let parents = ["variants", "product"].iter().cycle().take(depth - 1).collect::<Vec<_>>();
    parents.iter().rev().fold("id".to_owned(), |inner, parent| format!("{parent} {{ {inner} }}"))
}

fn assert_too_complex(reply: &Reply, variable: &str) {
    assert_eq!(codes(reply), ["QUERY_TOO_COMPLEX"], "{}", reply.json);
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.json.get("data").is_none(), "{}", reply.json);
    assert!(reply.message().contains(variable), "{}", reply.message());
}

#[tokio::test]
async fn an_operation_nests_no_deeper_than_the_limit() {
    let app = TestApp::on_sqlite().await;
    let server = with_options(&app, &["--limit-depth", "5"]).await;
    let depth = |inner: &str| format!("{{ products {{ nodes {{ {inner} }} }} }}");

    server.query(&depth("variants { price { amount } }")).await.data();
    assert_too_complex(&server.query(&depth("variants { product { variants { id } } }")).await, "LIMIT_DEPTH");
    let hidden = "query { ...a } fragment a on Query { products { nodes { ...b } } }
        fragment b on Product { variants { product { ...c } } } fragment c on Product { variants { id } }";
    assert_too_complex(&server.query(hidden).await, "LIMIT_DEPTH");
}

#[tokio::test]
async fn the_default_depth_is_twelve() {
    let app = TestApp::on_sqlite().await;
    let server = with_options(&app, &["--limit-complexity", "1000000"]).await;
    let deep = |depth: usize| format!("{{ products(first: 1) {{ nodes {{ {} }} }} }}", nested(depth - 2));

    server.query(&deep(12)).await.data();

    assert_too_complex(&server.query(&deep(13)).await, "LIMIT_DEPTH");
}

#[tokio::test]
async fn an_operation_costs_no_more_than_the_limit() {
    let app = TestApp::on_sqlite().await;
    let server = with_options(&app, &["--limit-complexity", "200"]).await;

    server.query("{ products(first: 20) { nodes { id name } } }").await.data();
    let reply = server.query("{ products(first: 100) { nodes { id name slug } } }").await;
    assert_too_complex(&reply, "LIMIT_COMPLEXITY");
    let reply =
        server.run("query($n: Int!) { products(first: $n) { nodes { id name slug } } }", json!({ "n": 100 })).await;
    assert_too_complex(&reply, "LIMIT_COMPLEXITY");
}

#[tokio::test]
async fn nested_lists_multiply_what_they_cost() {
    let app = TestApp::on_sqlite().await;
    let query = "{ collections(first: 100) { nodes { products(first: 100) { nodes { id } } } } }";

    assert_too_complex(&app.anonymous().query(query).await, "LIMIT_COMPLEXITY");
}

#[tokio::test]
async fn an_operation_uses_no_more_aliases_than_the_limit() {
    let app = TestApp::on_sqlite().await;
    let aliased = |count: usize| {
        let fields: String = (0..count).map(|number| format!("v{number}: version ")).collect();
        format!("{{ shop {{ {fields} }} }}")
    };

    app.anonymous().query(&aliased(30)).await.data();
    assert_too_complex(&app.anonymous().query(&aliased(31)).await, "LIMIT_ALIASES");
}

#[tokio::test]
async fn an_operation_has_no_more_root_fields_than_the_limit() {
    let app = TestApp::on_sqlite().await;
    let server = with_options(&app, &["--limit-aliases", "100", "--limit-root-fields", "3"]).await;
    let fields = |count: usize| (0..count).map(|number| format!("s{number}: shop {{ version }} ")).collect::<String>();

    server.query(&format!("{{ {} }}", fields(3))).await.data();
    assert_too_complex(&server.query(&format!("{{ {} }}", fields(4))).await, "LIMIT_ROOT_FIELDS");
    let spread = format!("{{ ...a ...a }} fragment a on Query {{ {} }}", fields(2));
    assert_too_complex(&server.query(&spread).await, "LIMIT_ROOT_FIELDS");
}

#[tokio::test]
async fn the_editors_question_about_the_schema_is_within_the_limits() {
    let app = TestApp::on_sqlite().await;
    let deep = |levels: usize| {
        let kind = (0..levels).fold("name".to_owned(), |inner, _| format!("name ofType {{ {inner} }}"));
        format!("{{ __schema {{ types {{ fields {{ type {{ {kind} }} }} }} }} }}")
    };

    app.anonymous().query(&deep(9)).await.data();
    assert_too_complex(&app.anonymous().query(&deep(30)).await, "LIMIT_INTROSPECTION_DEPTH");
}

/// Fragments that double at each level would be a million fields.
#[tokio::test]
async fn fragments_that_multiply_are_refused_before_they_are_spread_out() {
    let app = TestApp::on_sqlite().await;
    let mut query = "{ ...f0 } fragment f20 on Query { shop { version } }".to_owned();
    for number in 0..20 {
        query.push_str(&format!(" fragment f{number} on Query {{ ...f{} ...f{} }}", number + 1, number + 1));
    }
    let began = std::time::Instant::now();

    let reply = app.anonymous().query(&query).await;

    assert_eq!(codes(&reply), ["QUERY_TOO_COMPLEX"]);
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
}

#[tokio::test]
async fn hostile_documents_are_refused_quickly() {
    let app = TestApp::on_sqlite().await;

    for (query, code) in [
        ("{a".repeat(50_000), "QUERY_TOO_COMPLEX"),
        (format!("{{ shop(channel: {}", "[".repeat(100_000)), "QUERY_TOO_COMPLEX"),
        ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".to_owned(), "BAD_USER_INPUT"),
        (format!("{{ shop {{ version {} }} }}", "@include(if: true) ".repeat(100)), "QUERY_TOO_COMPLEX"),
        ("{ shop { version } } ".repeat(5), "BAD_USER_INPUT"),
        (String::new(), "BAD_USER_INPUT"),
    ] {
        let reply = app.anonymous().query(&query).await;
        assert_eq!(reply.code(), Some(code), "{query:.60} {}", reply.json);
        assert!(reply.body.len() < 20_000, "the refusal is {} bytes long", reply.body.len());
    }
}

/// Each of these is refused for its last field; the first one must not have run.
#[tokio::test]
async fn a_mutation_before_a_field_that_is_refused_does_not_run() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let create = "productCreate(input: { name: \"Cap\" }) { product { id } }";
    let aliases: String = (0..40).map(|number| format!("v{number}: id ")).collect();
    let update = "productPublish(id: \"product_00000000-0000-7000-8000-000000000000\")";

    for query in [
        format!("mutation {{ a: {create} b: {update} {{ product {{ {} }} }} }}", nested(13)),
        format!("mutation {{ a: {create} b: {update} {{ product {{ {aliases} }} }} }}"),
        format!("mutation {{ a: {create} b: {update} {{ product {{ nothingOfTheKind }} }} }}"),
        format!("mutation {{ a: {create} b: productPublish(id: 7.5) {{ product {{ id }} }} }}"),
        format!("mutation {{ a: {create} b: productPublish {{ product {{ id }} }} }}"),
        format!(
            "mutation {{ a: {create} b: {update} {{ product {{ collections {{ products(first: 100) {{ nodes {{ variants {{ product {{ variants {{ price {{ amount }} }} }} }} }} }} }} }} }} }}"
        ),
    ] {
        let reply = owner.query(&query).await;
        assert!(!codes(&reply).is_empty() && reply.json.get("data").is_none(), "{query} {}", reply.json);
    }

    assert_eq!(owner.query("{ products { totalCount } }").await.at("/products/totalCount"), 0);
}

#[tokio::test]
async fn a_wrong_variable_is_refused_before_an_earlier_mutation_runs() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let mutation = "mutation($input: ProductVariantPriceSetInput!, $id: ID!) {
        a: productCreate(input: { name: \"Cap\" }) { product { id } }
        b: productVariantPriceSet(id: $id, input: $input) { userErrors { code } } }";
    let id = "variant_00000000-0000-7000-8000-000000000000";

    for variables in [
        json!({ "id": id }),
        json!({ "input": { "price": "10.00" } }),
        json!({ "id": id, "input": null }),
        json!({ "id": 7.5, "input": { "price": "10.00" } }),
        json!({ "id": id, "input": { "price": "ten" } }),
        json!({ "id": id, "input": { "price": 10.5 } }),
        json!({ "id": id, "input": { "prise": "10.00" } }),
        json!({ "id": id, "input": [{ "price": "10.00" }, { "price": "10.00" }] }),
    ] {
        let reply = owner.run(mutation, variables.clone()).await;
        assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{variables} {}", reply.json);
        assert!(reply.json.get("data").is_none(), "{variables} {}", reply.json);
    }

    assert_eq!(owner.query("{ products { totalCount } }").await.at("/products/totalCount"), 0);
}

/// What is remembered of a document is only what holds for all variables and whoever asks.
#[tokio::test]
async fn a_remembered_document_is_checked_against_each_requests_variables_and_rights() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let id = fixture::product(&owner, json!({})).await;
    let query = "query($id: ID!, $n: Int) { product(id: $id) { externalId } products(first: $n) { nodes { id } } }";

    for _ in 0..2 {
        owner.run(query, json!({ "id": id, "n": 1 })).await.data();
        let anonymous = app.anonymous().run(query, json!({ "id": id, "n": 1 })).await;
        assert_eq!(codes(&anonymous), ["UNAUTHENTICATED"]);
        assert_eq!(codes(&owner.run(query, json!({ "id": id, "n": 1000 })).await), ["BAD_USER_INPUT"]);
        assert_eq!(codes(&owner.run(query, json!({ "id": id, "n": "1" })).await), ["BAD_USER_INPUT"]);
        assert_eq!(codes(&owner.run(query, json!({ "n": 1 })).await), ["BAD_USER_INPUT"]);
    }
}
