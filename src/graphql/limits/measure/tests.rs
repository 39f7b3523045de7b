//! What counts towards which limit, and what is refused before anything is spread out.

use std::fmt::Write;
use std::time::Duration;

use async_graphql::parser::parse_query;

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

fn measured(query: &str) -> Result<Measure, ServerError> {
    let document = parse_query(query).unwrap();
    let (_, chosen) = document.operations.iter().next().unwrap();
    measure(&document, chosen)
}

fn refused(query: &str) -> String {
    measured(query).and_then(|measured| check_operation(&measured, &limits())).unwrap_err().message
}

#[test]
fn counts_what_is_there() {
    let found = measured("query @a { x: a { b @skip(if: true) ... on C { y: c } } d }").unwrap();

    assert_eq!(found.depth, 2);
    assert_eq!(found.introspection_depth, 0);
    assert_eq!((found.aliases, found.root_fields, found.directives), (2, 2, 2));
    assert_eq!((found.selections, found.nesting), (5, 3));
}

#[test]
fn fragments_count_where_they_are_spread() {
    let spread =
        measured("{ ...A ...A } fragment A on Query { x: a { ...B } } fragment B on T { y: b { c } }").unwrap();
    let written = measured("{ x: a { y: b { c } } x: a { y: b { c } } }").unwrap();

    assert_eq!(spread.depth, written.depth);
    assert_eq!(spread.aliases, written.aliases);
    assert_eq!(spread.root_fields, written.root_fields);
}

#[test]
fn depth_is_refused_with_the_number_found() {
    let query = |levels: usize| format!("{}{{ a }}{}", "{ a ".repeat(levels - 1), " }".repeat(levels - 1));

    assert_eq!(measured(&query(12)).unwrap().depth, 12);
    assert!(check_operation(&measured(&query(12)).unwrap(), &limits()).is_ok());
    assert_eq!(
        refused(&query(13)),
        "The operation nests 13 fields deep; the limit is 12. Ask for less, or let the operator raise LIMIT_DEPTH."
    );
}

#[test]
fn introspection_has_a_depth_of_its_own() {
    let query =
        |levels: usize| format!("{{ __schema {}{{ a }}{} b }}", "{ a ".repeat(levels - 2), " }".repeat(levels - 2));

    let found = measured(&query(20)).unwrap();
    assert_eq!((found.depth, found.introspection_depth), (1, 20));
    assert!(check_operation(&found, &limits()).is_ok());
    assert!(refused(&query(21)).contains("LIMIT_INTROSPECTION_DEPTH"));
}

#[test]
fn many_of_anything_is_refused() {
    let many = |count: usize, item: &str| format!("{{ a {{ {} }} }}", item.repeat(count));

    assert!(refused(&many(31, "b: c ")).contains("31 aliases; the limit is 30"));
    assert!(refused(&format!("{{ {} }}", "a ".repeat(21))).contains("21 root fields; the limit is 20"));
    assert!(refused(&many(51, "c @include(if: true) ")).contains("51 directives; the limit is 50"));
    assert!(refused(&many(10_001, "c ")).contains("10002 fields"));
}

#[test]
fn a_fragment_bomb_is_measured_quickly() {
    let mut query = "{ ...F0 }".to_owned();
    for level in 0..40 {
        let next = format!("...F{}", level + 1);
        write!(query, " fragment F{level} on Query {{ {next} {next} {next} {next} }}").unwrap();
    }
    query.push_str(" fragment F40 on Query { a }");

    assert!(refused(&query).contains("fields and fragments once its fragments are spread out"));
}

#[test]
fn a_long_chain_of_fragments_does_not_exhaust_the_stack() {
    for start in ["...F0", "a"] {
        let mut query = format!("{{ {start} }}");
        for level in 0..9_000 {
            write!(query, "fragment F{level} on Q{{...F{}}}", level + 1).unwrap();
        }
        query.push_str("fragment F9000 on Q{a}");

        assert!(refused(&query).contains("fields and fragments deep; the limit is 48"));
    }
}

#[test]
fn a_circle_of_fragments_is_named() {
    let message = refused("{ a ...A } fragment A on Q { ...B } fragment B on Q { x { ...A } }");

    assert!(message.contains("spreads itself"), "{message}");
}

#[test]
fn an_unknown_fragment_is_left_to_validation() {
    assert_eq!(measured("{ a ...Nowhere }").unwrap().depth, 1);
}

#[test]
fn unselected_operations_count_for_the_size_only() {
    let query = format!("query A {{ a }} query B {{ {} }}", "x: a ".repeat(100));
    let document = parse_query(query).unwrap();
    let (_, chosen) = document.operations.iter().find(|(name, _)| name.is_some_and(|name| name == "A")).unwrap();

    let found = measure(&document, chosen).unwrap();

    assert_eq!(found.aliases, 0);
}
