//! What a request's body and query string may say, and what is answered to the rest.

use async_graphql::Value;

use super::*;

fn problem(body: &str) -> String {
    Params::from_body(body.as_bytes()).unwrap_err()
}

#[test]
fn a_whole_request_is_read() {
    let body = r#"{"query":"{ a }","operationName":"A","variables":{"b":[1,"ü",null]},"ignored":{"x":[1]},
        "extensions":{"persistedQuery":{"version":1,"sha256Hash":"ff","more":0},"other":[]}}"#;

    let params = Params::from_body(body.as_bytes()).unwrap();

    assert_eq!(params.query.as_deref(), Some("{ a }"));
    assert_eq!(params.operation_name.as_deref(), Some("A"));
    assert!(matches!(params.variables.get("b"), Some(Value::List(items)) if items.len() == 3));
    assert_eq!(params.persisted.map(|persisted| persisted.version), Some(1));
}

#[test]
fn null_counts_as_absent() {
    let body = br#"{"query":null,"operationName":null,"variables":null,"extensions":null}"#;

    let params = Params::from_body(body).unwrap();

    assert!(params.query.is_none() && params.operation_name.is_none() && params.persisted.is_none());
    assert!(params.variables.is_empty());
}

#[test]
fn members_of_the_wrong_kind_are_named() {
    for (body, expected) in [
        (r#"{"query":7}"#, "\"query\" must be a string, but is a number."),
        (r#"{"query":{}}"#, "\"query\" must be a string, but is an object."),
        (r#"{"query":["{a}"]}"#, "\"query\" must be a string, but is an array."),
        (r#"{"variables":7}"#, "\"variables\" must be an object, but is a number."),
        (r#"{"variables":[]}"#, "\"variables\" must be an object, but is an array."),
        (r#"{"variables":"{}"}"#, "\"variables\" must be an object, but is a string."),
        (r#"{"operationName":false}"#, "\"operationName\" must be a string, but is a boolean."),
        (r#"{"extensions":1.5}"#, "\"extensions\" must be an object, but is a number."),
        (
            r#"{"extensions":{"persistedQuery":{"version":"1","sha256Hash":"f"}}}"#,
            "\"extensions.persistedQuery.version\" must be a whole number, but is a string.",
        ),
        (
            r#"{"extensions":{"persistedQuery":{"version":1}}}"#,
            "\"extensions.persistedQuery\" lacks its \"sha256Hash\".",
        ),
    ] {
        assert_eq!(problem(body), expected, "{body}");
    }
}

#[test]
fn a_body_that_is_no_object_is_explained() {
    assert_eq!(problem(r#"{"query":"#), "The body is not valid JSON: see line 1, column 9.");
    assert_eq!(problem("\"{ a }\""), "The body must be a JSON object, but is a string.");
    assert_eq!(problem("null"), "The body must be a JSON object, but is null.");
    assert!(problem(r#"[{"query":"{a}"}]"#).starts_with("Batches are not supported"));
    assert!(problem(" \n").starts_with("The body is empty"));
    assert!(problem(&"[".repeat(100_000)).starts_with("Batches"));
    assert!(problem(&format!("{{\"variables\":{}", "{\"a\":".repeat(100_000))).contains("not valid JSON"));
    assert!(problem("{\"query\":\"\u{0}\"}").contains("not valid JSON"));
}

#[test]
fn a_query_string_holds_json_in_its_parameters() {
    let uri = |query: &str| format!("/graphql?{query}").parse::<Uri>().unwrap();

    let params = Params::from_uri(&uri("query=%7Ba%7D&variables=%7B%22b%22%3Atrue%7D&operationName=&x=1")).unwrap();

    assert_eq!(params.query.as_deref(), Some("{a}"));
    assert!(params.variables.contains_key("b") && params.operation_name.is_none());
    for (query, expected) in [
        ("variables=nope", "The parameter \"variables\" is not valid JSON."),
        ("variables=7", "\"variables\" must be an object, but is a number."),
        ("extensions=[]", "\"extensions\" must be an object, but is an array."),
    ] {
        assert_eq!(Params::from_uri(&uri(query)).err().as_deref(), Some(expected), "{query}");
    }
}
