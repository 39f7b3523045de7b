//! Which variables fit, what becomes of them, and where the others are said to be wrong.

use async_graphql::parser::parse_query;

use super::super::{ScalarCheck, ScalarChecks};
use super::*;

const SDL: &str = r#"
    scalar Decimal
    scalar Anything
    enum Sort { NAME PRICE }
    input Variant { sku: ID, price: Decimal!, count: Int! = 1 }
    input Product { name: String!, variants: [Variant!], tags: [String], sort: Sort, weight: Float, next: Product }
    input By @oneOf { id: ID, slug: String }
    type Query { a(product: Product, by: By, sort: Sort = NAME, list: [[Int!]]): Int }
    type Mutation { b(count: Int!, price: Decimal): Int }
    schema { query: Query mutation: Mutation }
"#;

fn decimal(value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) if text.parse::<f64>().is_ok() => Ok(()),
        _ => Err("Failed to parse \"Decimal\": a decimal is written as text.".to_owned()),
    }
}

fn types() -> InputTypes {
    let checks = ScalarChecks::from([("Decimal", decimal as ScalarCheck)]);
    InputTypes::from_sdl(SDL, &checks).unwrap()
}

/// Coerces the variables of `query($v: TYPE)` and answers them, or the messages.
fn coerced(ty: &str, json: serde_json::Value) -> Result<serde_json::Value, Vec<String>> {
    let document = parse_query(format!("query($v: {ty}) {{ a }}")).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    let mut variables = Variables::from_json(json);
    types()
        .coerce(&operation.node.variable_definitions, &mut variables)
        .map(|()| serde_json::to_value(&variables).unwrap())
        .map_err(|errors| errors.into_iter().map(|error| error.message).collect())
}

#[track_caller]
fn fits(ty: &str, given: &str, expected: &str) {
    let json = |value: &str| serde_json::from_str(&format!("{{\"v\":{value}}}")).unwrap();
    assert_eq!(coerced(ty, json(given)), Ok(json(expected)), "{ty} of {given}");
}

#[track_caller]
fn refused(ty: &str, given: &str, expected: &str) {
    let json = serde_json::from_str(&format!("{{\"v\":{given}}}")).unwrap();
    assert_eq!(coerced(ty, json).unwrap_err()[0], expected, "{ty} of {given}");
}

#[test]
fn built_in_scalars_take_their_own_kind() {
    fits("Int!", "-2147483648", "-2147483648");
    fits("Int", "3.0", "3");
    fits("Float", "1", "1");
    fits("Float", "1.5", "1.5");
    fits("String", "\"ü\"", "\"ü\"");
    fits("Boolean", "false", "false");
    fits("ID", "\"a\"", "\"a\"");
    fits("ID", "7", "\"7\"");
    fits("Int", "null", "null");
    for (ty, given) in [
        ("Int", "2147483648"),
        ("Int", "1.5"),
        ("Int", "1e300"),
        ("Int", "\"1\""),
        ("Int", "true"),
        ("Float", "\"1\""),
        ("String", "1"),
        ("String", "[]"),
        ("Boolean", "\"true\""),
        ("Boolean", "0"),
        ("ID", "1.5"),
        ("ID", "true"),
        ("ID", "{}"),
    ] {
        let json = serde_json::from_str(&format!("{{\"v\":{given}}}")).unwrap();
        assert!(coerced(ty, json).is_err(), "{ty} of {given}");
    }
}

#[test]
fn null_and_absent_are_told_apart() {
    let none = || serde_json::json!({});
    assert_eq!(coerced("Int", none()), Ok(none()));
    assert_eq!(coerced("Int = 5", none()), Ok(serde_json::json!({"v": 5})));
    fits("Int = 5", "null", "null");
    refused("Int!", "null", "Variable \"$v\" must not be null: its type is \"Int!\".");
    assert_eq!(
        coerced("Int!", none()).unwrap_err(),
        ["Variable \"$v\" is of the required type \"Int!\" and was not given."]
    );
}

#[test]
fn lists_take_single_values_and_check_each_item() {
    fits("[Int!]", "1", "[1]");
    fits("[[Int!]]", "1", "[[1]]");
    fits("[[Int!]]", "[1, [2, 3], null]", "[[1], [2, 3], null]");
    fits("[Int]", "[]", "[]");
    refused("[Int!]!", "[1, null]", "Variable \"$v[1]\" must not be null: its type is \"Int!\".");
    refused("[Int]", "[1, \"x\"]", "Variable \"$v[1]\" must be a whole number, but is text.");
}

#[test]
fn enums_are_known_by_name() {
    fits("Sort", "\"PRICE\"", "\"PRICE\"");
    refused("Sort", "\"COLOUR\"", "Variable \"$v\" must be one of NAME, PRICE, but is \"COLOUR\".");
    refused("Sort", "1", "Variable \"$v\" must be one of NAME, PRICE, but is a number.");
}

#[test]
fn objects_are_checked_field_by_field() {
    let product = r#"{"name": "Mug", "variants": {"price": "1.5", "sku": 7}, "tags": "x"}"#;
    let whole = r#"{"name": "Mug", "variants": [{"price": "1.5", "sku": "7"}], "tags": ["x"]}"#;
    fits("Product!", product, whole);
    refused(
        "Product",
        r#"{"name": "Mug", "variants": [{"price": "cheap"}]}"#,
        "Variable \"$v.variants[0].price\" is not accepted: a decimal is written as text.",
    );
    refused("Product", r#"{"name": "Mug", "colour": 1}"#, "Variable \"$v\" has no field \"colour\".");
    refused("Product", "{}", "Variable \"$v\" lacks its required field \"name\".");
    refused("Product", "[]", "Variable \"$v\" must be an object of type \"Product\", but is a list.");
    refused(
        "Product",
        r#"{"name": "a", "next": {"name": null}}"#,
        "Variable \"$v.next.name\" must not be null: its type is \"String!\".",
    );
}

#[test]
fn one_of_means_exactly_one() {
    fits("By", r#"{"id": "a"}"#, r#"{"id": "a"}"#);
    for given in ["{}", r#"{"id": "a", "slug": "b"}"#, r#"{"id": null}"#] {
        refused("By", given, "Variable \"$v\" must have exactly one field, and that field must not be null.");
    }
}

#[test]
fn custom_scalars_without_a_check_take_plain_values() {
    fits("Anything", "\"x\"", "\"x\"");
    fits("Anything", "1.5", "1.5");
    refused("Anything", "{}", "Variable \"$v\" must be text, a number or true or false, but is an object.");
}

#[test]
fn all_mistakes_are_told_up_to_a_bound() {
    let json = serde_json::json!({"v": {"variants": [{}, {"price": 1}], "sort": 1}});
    assert_eq!(coerced("Product", json).unwrap_err().len(), 4);
    let json = serde_json::json!({"v": vec!["x"; 1000]});
    assert_eq!(coerced("[Int]", json).unwrap_err().len(), MOST_PROBLEMS);
}

#[test]
fn undeclared_variables_are_ignored_and_unknown_types_refused() {
    assert!(coerced("Int", serde_json::json!({"other": {}})).is_ok());
    refused("Query", "1", "Variable \"$v\" is of type \"Query\", which is no input type of this schema.");
}

mod literals {
    use super::*;

    fn checked(query: &str) -> Result<Vec<String>, Vec<String>> {
        let document = parse_query(query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        types()
            .check_literals(&document, &operation.node)
            .map(|names| names.iter().map(ToString::to_string).collect())
            .map_err(|errors| errors.into_iter().map(|error| error.message).collect())
    }

    #[test]
    fn right_values_pass() {
        let query = "{ a(product: {name: \"a\", variants: {price: \"1\", sku: 7}, sort: NAME}, by: {id: 1}, list: 1) }";
        assert_eq!(checked(query), Ok(vec![]));
        assert_eq!(checked("mutation { b(count: 1, price: null) }"), Ok(vec![]));
    }

    #[test]
    fn wrong_values_are_found_beside_variables_and_in_fragments() {
        for (query, expected) in [
            ("{ a(sort: \"NAME\") }", "Argument \"sort\" must be one of NAME, PRICE without quotes, but is text."),
            (
                "{ a(product: {name: $x, sort: RED}) }",
                "Argument \"product.sort\" must be one of NAME, PRICE, but is \"RED\".",
            ),
            (
                "{ ...F } fragment F on Query { a(list: [[1], [true]]) }",
                "Argument \"list[1][0]\" must be a whole number, but is true or false.",
            ),
            (
                "mutation { b(count: 1, price: $x) c: b(count: 1, price: \"x\") }",
                "Argument \"price\" is not accepted: a decimal is written as text.",
            ),
            (
                "mutation { ... { b(count: 1.0) } }",
                "Argument \"count\" must be a whole number from -2147483648 to 2147483647, but is a fraction.",
            ),
            ("{ a(product: {}) }", "Argument \"product\" lacks its required field \"name\"."),
            (
                "{ a(by: {id: $x, slug: \"b\"}) }",
                "Argument \"by\" must have exactly one field, and that field must not be null.",
            ),
            ("{ a(by: {}) }", "Argument \"by\" must have exactly one field, and that field must not be null."),
        ] {
            assert_eq!(checked(query).unwrap_err(), [expected], "{query}");
        }
    }

    #[test]
    fn variables_where_null_is_not_allowed_are_named() {
        let mut found =
            checked("query { a(product: {name: $n, sort: $s}, by: {id: $b}) @include(if: $i) x: a(list: [[$l]]) }")
                .unwrap();
        found.sort();
        assert_eq!(found, ["b", "i", "l", "n"]);
    }
}
