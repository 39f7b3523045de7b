//! The public contract: how the schema reads, whatever it says.

use std::fs;

use crate::support::TestApp;
use crate::support::introspection::{Introspection, Type};

async fn introspection() -> Introspection {
    Introspection::read(&TestApp::on_sqlite().await.anonymous()).await
}

fn assert_empty(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// Every description with the name of what it describes.
fn descriptions(of: &Type) -> Vec<(String, Option<&str>)> {
    let mut all = vec![(of.name.clone(), of.description.as_deref())];
    for field in of.fields() {
        let name = format!("{}.{}", of.name, field.name);
        let arguments = field.args.iter();
        all.extend(arguments.map(|argument| (format!("{name}({})", argument.name), argument.description.as_deref())));
        all.push((name, field.description.as_deref()));
    }
    let inputs = of.input_fields().iter();
    all.extend(inputs.map(|input| (format!("{}.{}", of.name, input.name), input.description.as_deref())));
    let values = of.enum_values().iter();
    all.extend(values.map(|value| (format!("{}.{}", of.name, value.name), value.description.as_deref())));
    all
}

fn is_sentence(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '`' || c == '"');
    begins && text.ends_with('.')
}

#[test]
fn the_file_is_the_schema_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");

    let file = fs::read_to_string(path).unwrap_or_default();

    assert!(
        file.trim_end() == tradepost::graphql::sdl().trim_end(),
        "schema.graphql is not the schema of this code. Write it anew by `cargo run -- schema > schema.graphql` and \
         read what has changed: clients will."
    );
}

#[tokio::test]
async fn everything_is_described_by_a_sentence() {
    let schema = introspection().await;

    let mut problems = Vec::new();
    for (name, text) in schema.types.iter().flat_map(descriptions) {
        match text {
            None => problems.push(format!("{name} has no description.")),
            Some(text) if !is_sentence(text) => problems.push(format!("{name} is described by no sentence: {text}")),
            Some(_) => {}
        }
    }

    assert_empty(&problems);
}

#[tokio::test]
async fn names_follow_one_style() {
    let schema = introspection().await;
    let is_pascal = |name: &str| name.starts_with(char::is_uppercase) && !name.contains('_');
    let is_camel = |name: &str| name.starts_with(char::is_lowercase) && !name.contains('_');

    let mut problems = Vec::new();
    for of in &schema.types {
        if !is_pascal(&of.name) || of.name.ends_with("Enum") || of.name.ends_with("Type") {
            problems.push(format!("{} is no name of a type.", of.name));
        }
        let fields = of
            .fields()
            .iter()
            .flat_map(|field| field.args.iter().map(|argument| argument.name.as_str()).chain([field.name.as_str()]));
        for name in fields.chain(of.input_fields().iter().map(|input| input.name.as_str())) {
            if !is_camel(name) || name.starts_with("get") || name.starts_with("list") {
                problems.push(format!("{}.{name} is no name of a field.", of.name));
            }
            if name.len() > 2 && name.ends_with("Id") && !["externalId", "vatId"].contains(&name) {
                problems.push(format!("{}.{name} gives an id where the object itself can be given.", of.name));
            }
        }
        let is_upper = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        let values = of.enum_values().iter().filter(|value| !is_upper(&value.name));
        problems.extend(values.map(|value| format!("{}.{} is no name of an enum's value.", of.name, value.name)));
    }

    assert_empty(&problems);
}

#[tokio::test]
async fn instants_and_yes_or_no_say_so_in_their_names() {
    let schema = introspection().await;

    let mut problems = Vec::new();
    for of in &schema.types {
        for field in of.fields() {
            let (name, kind) = (field.name.as_str(), field.r#type.base());
            let is_end_of_range = ["from", "to"].contains(&name);
            let tells_an_instant = is_end_of_range || ["At", "From", "Until"].iter().any(|end| name.ends_with(end));
            if kind == "DateTime" && !tells_an_instant {
                problems.push(format!(
                    "{}.{name} is an instant; its name ends with \"At\", \"From\" or \"Until\".",
                    of.name
                ));
            }
        }
    }

    assert_empty(&problems);
}

/// One field that is refused must not take the answers of the others with it.
#[tokio::test]
async fn every_root_field_can_be_null() {
    let schema = introspection().await;

    let roots = ["Query", "Mutation"].into_iter().flat_map(|root| schema.of(root).fields());
    let strict: Vec<_> = roots.filter(|field| field.r#type.kind == "NON_NULL").map(|field| &field.name).collect();

    assert!(strict.is_empty(), "{strict:?}");
}

/// A guarded field is null for those who may not read it.
#[tokio::test]
async fn every_guarded_field_can_be_null() {
    let schema = introspection().await;

    let fields = schema.types.iter().flat_map(Type::fields);
    let guarded = fields.filter(|field| field.description.as_deref().is_some_and(|text| text.contains("Requires ")));
    let strict: Vec<_> = guarded.filter(|field| field.r#type.kind == "NON_NULL").map(|field| &field.name).collect();

    assert!(strict.is_empty(), "{strict:?}");
}

#[tokio::test]
async fn a_mutation_answers_with_a_payload_of_its_own() {
    let schema = introspection().await;

    for mutation in schema.of("Mutation").fields() {
        let mut payload = mutation.name.clone();
        payload[..1].make_ascii_uppercase();
        payload.push_str("Payload");
        assert_eq!(mutation.r#type.text(), payload);
        let payload = schema.of(&payload);
        assert_eq!(payload.field("userErrors").r#type.text(), "[UserError!]!", "{}", payload.name);
        let others = payload.fields().iter().filter(|field| field.name != "userErrors");
        for field in others.filter(|field| field.r#type.base() != "Boolean") {
            assert_ne!(field.r#type.kind, "NON_NULL", "{}.{} has nothing to show on failure", payload.name, field.name);
        }
        let inputs = mutation.args.iter().filter(|argument| argument.name == "input");
        for input in inputs {
            assert!(input.r#type.base().ends_with("Input") && input.is_required(), "{}", mutation.name);
        }
    }
}

#[tokio::test]
async fn a_list_holds_no_holes() {
    let schema = introspection().await;

    let mut problems = Vec::new();
    for of in &schema.types {
        for field in of.fields().iter().filter(|field| field.r#type.is_list()) {
            let text = field.r#type.text();
            // `nodes` answers in the order of the ids that it was given.
            let is_lookup = of.name == "Query" && field.name == "nodes";
            if !text.contains("!]") && !is_lookup {
                problems.push(format!("{}.{}: {text}", of.name, field.name));
            }
        }
    }

    assert_empty(&problems);
}

/// A list of main objects comes in pages, or says how long it can get.
#[tokio::test]
async fn a_list_that_can_grow_comes_in_pages() {
    let schema = introspection().await;
    let nodes = schema.nodes();

    let mut problems = Vec::new();
    for of in schema.types.iter().filter(|of| !of.name.ends_with("Connection")) {
        for field in of.fields().iter().filter(|field| field.r#type.is_list()) {
            let target = field.r#type.base();
            let texts = field.args.iter().map(|argument| &argument.description).chain([&field.description]);
            let is_bounded = texts.flatten().any(|text| text.contains("at most "));
            if (nodes.contains(&target) || target == "Node") && !is_bounded {
                problems.push(format!("{}.{} is a list of {target} without pages or bound.", of.name, field.name));
            }
        }
    }

    assert_empty(&problems);
}

#[tokio::test]
async fn a_connection_has_the_same_parts_everywhere() {
    let schema = introspection().await;
    let connections: Vec<_> = schema.types.iter().filter(|of| of.name.ends_with("Connection")).collect();

    assert!(!connections.is_empty());
    for connection in connections {
        let node = connection.name.trim_end_matches("Connection");
        let part = |name: &str| connection.field(name).r#type.text();
        assert_eq!(part("nodes"), format!("[{node}!]!"));
        assert_eq!(part("edges"), format!("[{node}Edge!]!"));
        assert_eq!(part("pageInfo"), "PageInfo!");
        assert_eq!(part("totalCount"), "Int!");
        let edge = schema.of(&format!("{node}Edge"));
        assert_eq!(edge.field("cursor").r#type.text(), "String!");
        assert_eq!(edge.field("node").r#type.text(), format!("{node}!"));
        let lists = schema.types.iter().flat_map(Type::fields).filter(|it| it.r#type.base() == connection.name);
        for list in lists {
            let names: Vec<_> = list.args.iter().map(|argument| argument.name.as_str()).collect();
            assert_eq!(names[..4], ["first", "after", "last", "before"], "{}", list.name);
        }
    }
}
