//! What is remembered, what is checked again, and what is refused before it is looked at.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::super::PersistedQuery;
use super::*;

fn limits() -> Limits {
    Limits {
        body_bytes: 262_144,
        depth: 12,
        introspection_depth: 20,
        complexity: 10_000,
        aliases: 30,
        root_fields: 20,
        request_time: Duration::from_secs(10),
        cached_documents: 100,
    }
}

fn documents(introspection: bool) -> Documents {
    Documents::new(&limits(), introspection, &ScalarChecks::new()).unwrap()
}

const fn text(query: &str) -> Source<'_> {
    Source { query: Some(query), persisted: None }
}

async fn message(documents: &Documents, query: &str, name: Option<&str>) -> String {
    match documents.find(text(query), name).await {
        Ok(_) => String::new(),
        Err(errors) => errors[0].message.clone(),
    }
}

#[tokio::test]
async fn a_document_is_checked_once() {
    let documents = documents(true);

    let first = documents.find(text("{ __typename }"), None).await.unwrap();
    let second = documents.find(text("{ __typename }"), None).await.unwrap();

    assert!(Arc::ptr_eq(&first, &second));
}

#[tokio::test]
async fn each_operation_of_a_document_is_kept_apart() {
    let documents = documents(true);
    let query = "query A { __typename } mutation B { __typename }";

    let a = documents.find(text(query), Some("A")).await.unwrap();
    let b = documents.find(text(query), Some("B")).await.unwrap();

    assert_eq!((a.name(), b.name()), (Some("A"), Some("B")));
    assert_ne!(a.kind(), b.kind());
    assert!(message(&documents, query, None).await.contains("2 operations"));
    assert!(message(&documents, query, Some("C")).await.contains("no operation named \"C\""));
}

#[tokio::test]
async fn what_is_not_valid_is_not_remembered() {
    let documents = documents(true);

    assert!(message(&documents, "{ noSuchField }", None).await.contains("noSuchField"));
    documents.operations.run_pending_tasks();

    assert_eq!(documents.operations.entry_count(), 0);
}

#[tokio::test]
async fn all_operations_must_be_valid_though_one_runs() {
    let query = "query A { __typename } query B { noSuchField }";

    assert!(message(&documents(true), query, Some("A")).await.contains("noSuchField"));
}

#[tokio::test]
async fn introspection_can_be_switched_off() {
    let off = documents(false);
    for query in ["{ __schema { types { name } } }", "{ ...F } fragment F on Query { __type(name: \"A\") { name } }"] {
        assert!(message(&off, query, None).await.contains("INTROSPECTION"), "{query}");
        assert_eq!(message(&documents(true), query, None).await, "");
    }
    assert_eq!(message(&off, "{ __typename }", None).await, "");
}

#[tokio::test]
async fn directives_on_typename_count() {
    let documents = documents(true);

    let used = "query($b: Boolean!) { __typename @include(if: $b) }";
    let undeclared = "{ __typename @include(if: $b) }";
    let null = "query($b: Boolean = true) { __typename @include(if: $b) }";

    assert_eq!(message(&documents, used, None).await, "");
    assert!(message(&documents, undeclared, None).await.contains("not defined"));
    let operation = documents.find(text(null), None).await.unwrap();
    let given = Variables::from_json(serde_json::json!({"b": null}));
    assert!(documents.bind(operation, given).is_err());
}

#[tokio::test]
async fn memory_is_bounded_by_the_length_of_texts() {
    let documents = documents(true);
    for number in 0..400 {
        let query = format!("query Q{number} {{ __typename }} # {}", "x".repeat(2000));
        documents.find(text(&query), None).await.unwrap();
        documents.operations.run_pending_tasks();
    }

    assert!(documents.operations.weighted_size() <= 100);
}

#[tokio::test]
async fn a_persisted_query_is_registered_once_it_is_valid() {
    let documents = documents(true);
    let hash = |query: &str| PersistedQuery {
        version: 1,
        sha256: Sha256::digest(query).iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    let (good, bad) = ("query Good { __typename }", "query Bad { noSuchField }");
    for (query, known) in [(good, true), (bad, false)] {
        let persisted = hash(query);
        let by_both = Source { query: Some(query), persisted: Some(&persisted) };
        let by_hash = || Source { query: None, persisted: Some(&persisted) };
        assert!(documents.find(by_hash(), None).await.is_err());
        assert_eq!(documents.find(by_both, None).await.is_ok(), known);
        assert_eq!(documents.find(by_hash(), None).await.is_ok(), known);
    }
}

#[tokio::test]
async fn the_cost_limit_holds_and_is_explained() {
    let documents = Documents::new(&Limits { complexity: 2, ..limits() }, true, &ScalarChecks::new()).unwrap();
    let run = async |query: &str| {
        let operation = documents.find(text(query), None).await.unwrap();
        let ready = documents.bind(operation, Variables::default()).unwrap();
        documents.execute(ready.into_request()).await
    };

    assert!(run("{ __typename }").await.errors.is_empty());
    let refused = run("{ a: __typename b: __schema { queryType { name } } }").await;
    assert!(refused.errors[0].message.contains("LIMIT_COMPLEXITY"));
}

/// Brackets that a parser would follow to the end of its stack.
#[tokio::test]
async fn deep_texts_are_refused() {
    let documents = documents(true);
    for query in ["{a".repeat(60_000), "{a(b:".to_owned() + &"[".repeat(120_000), "[".repeat(200_000)] {
        assert!(message(&documents, &query, None).await.contains("brackets"));
    }
}
