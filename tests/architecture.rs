//! The rules by which the code is laid out, held against its files.

use std::fs;
use std::path::Path;

/// A source file with what is code in it: comments and the tests at its end are left out.
struct Source {
    /// Below `src/`, such as `catalog/product/service.rs`.
    path: String,
    text: String,
    code: String,
}

impl Source {
    fn read(path: &Path, root: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let path = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        Self { path, text, code }
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The top-level module that it belongs to.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// Paths that begin with `crate::`, as they are written.
    fn paths(&self) -> impl Iterator<Item = &str> {
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        self.code.split("crate::").skip(1).map(move |rest| &rest[..rest.find(|c| !is_path(c)).unwrap_or(rest.len())])
    }

    /// The top-level modules that it uses, but for its own. The listing is no part of the catalogue here: it knows
    /// tables and rules alone, and whoever makes what is listed stands above it.
    fn uses(&self) -> impl Iterator<Item = &str> {
        let paths = self.paths().filter(|path| !path.starts_with("catalog::listing"));
        paths.filter_map(|path| path.split("::").next()).filter(|module| *module != self.module())
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found = files(&root).iter().map(|path| Source::read(path, &root)).collect::<Vec<_>>();
    assert!(found.len() > 100, "where is the code?");
    found
}

/// Every Rust file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn assert_empty(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// Names every file that breaks a rule.
fn assert_none(rule: &str, is_broken: impl Fn(&Source) -> bool) {
    let broken = sources().into_iter().filter(|source| !source.is_test() && is_broken(source));
    assert_empty(&broken.map(|source| format!("{}: {rule}", source.path)).collect::<Vec<_>>());
}

/// What speaks GraphQL and so reads no table: types, root fields, payloads.
fn is_resolver(source: &Source) -> bool {
    ["graphql.rs", "query.rs", "mutation.rs"].contains(&source.name())
}

/// The modules that are capabilities, each of the one anatomy.
const CAPABILITIES: [&str; 20] = [
    "account",
    "address",
    "api_token",
    "audit",
    "cart",
    "catalog",
    "channel",
    "customer",
    "event",
    "gift_card",
    "job",
    "mail",
    "price_list",
    "promotion",
    "shipping",
    "staff",
    "stock",
    "tax",
    "transfer",
    "sample",
];

fn is_capability(source: &Source) -> bool {
    CAPABILITIES.contains(&source.module())
}

#[test]
fn every_module_begins_by_saying_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));

    let mut problems = Vec::new();
    for folder in ["src", "tests", "benches", "migration/src"] {
        for path in files(&root.join(folder)) {
            if !fs::read_to_string(&path).unwrap().starts_with("//! ") {
                problems.push(format!("{} does not begin with its documentation.", path.display()));
            }
        }
    }

    assert_empty(&problems);
}

#[test]
fn no_file_has_more_than_400_lines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));

    let mut problems = Vec::new();
    for folder in ["src", "tests", "benches", "migration/src"] {
        for path in files(&root.join(folder)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            if lines > 400 {
                problems.push(format!("{} has {lines} lines.", path.display()));
            }
        }
    }

    assert_empty(&problems);
}

#[test]
fn a_module_is_named_after_what_it_holds() {
    assert_none("a name that says nothing", |source| {
        let words = source.path.trim_end_matches(".rs").split(['/', '_']);
        words
            .into_iter()
            .any(|word| ["util", "utils", "helper", "helpers", "common", "manager", "misc"].contains(&word))
    });
}

#[test]
fn mod_files_of_capabilities_hold_no_code() {
    assert_none("code stands in files that are named after it", |source| {
        let has_anatomy = is_capability(source) && !["event", "sample"].contains(&source.module());
        source.name() == "mod.rs" && has_anatomy && source.code.contains("fn ")
    });
}

#[test]
fn resolvers_know_nothing_of_the_database() {
    assert_none("a resolver uses sea_orm", |source| is_resolver(source) && source.code.contains("sea_orm"));
}

/// `input.rs` declares what is sent, loaders answer batches, and `look_ahead.rs` reads what is asked for; rules and use
/// cases are free of the framework.
#[test]
fn services_know_nothing_of_graphql() {
    assert_none("a service uses async_graphql", |source| {
        let is_link = ["input.rs", "look_ahead.rs"].contains(&source.name()) || source.name().ends_with("loader.rs");
        let may = is_resolver(source) || is_link;
        is_capability(source) && !may && source.code.contains("async_graphql")
    });
    assert_none("a service reaches back to a resolver", |source| {
        let is_shared = ["graphql::page", "graphql::scalar"];
        let reaches = |path: &str| {
            let path = format!("{path}::");
            let is_resolver = ["graphql::", "::query::", "::mutation::"].iter().any(|part| path.contains(part));
            is_resolver && !is_shared.iter().any(|shared| path.starts_with(shared))
        };
        let may = is_resolver(source) || source.name().ends_with("loader.rs");
        is_capability(source) && !may && source.paths().any(reaches)
    });
}

#[test]
fn nothing_but_entities_is_made_into_a_table_and_entities_know_no_business() {
    assert_none("a table stands in entity/", |source| {
        source.module() != "entity" && source.code.contains("DeriveEntityModel")
    });
    assert_none("an entity uses more than ids, instants, rules of prices and the reader's rights", |source| {
        let known = ["auth", "clock", "id", "pricing"];
        source.module() == "entity" && source.uses().any(|module| !known.contains(&module))
    });
    assert_none("an entity is a GraphQL type", |source| {
        let is_object = ["SimpleObject", "InputObject", "#[Object"].iter().any(|derive| source.code.contains(derive));
        source.module() == "entity" && is_object
    });
}

#[test]
fn only_db_knows_which_database_it_is() {
    assert_none("it asks which database it is on", |source| {
        let asks = ["DbBackend", "DatabaseBackend", "get_database_backend", "sqlx::sqlite", "sqlx::postgres"];
        source.module() != "db" && asks.iter().any(|word| source.code.contains(word))
    });
}

#[test]
fn only_db_and_error_read_what_the_database_complains_about() {
    assert_none("it takes a database error apart", |source| {
        !["db", "error"].contains(&source.module()) && source.code.contains("RuntimeErr")
    });
}

/// A use case begins a transaction by `Db::begin`, which takes the writer's turn on SQLite.
#[test]
fn transactions_begin_in_one_place() {
    assert_none("it begins a transaction by itself", |source| {
        let ways = ["TransactionTrait", "begin_with_options", "transaction_async"];
        // The import undoes one product of many by a savepoint, within a transaction that began in its place.
        let may = source.module() == "db" || source.path == "transfer/import.rs";
        !may && ways.iter().any(|way| source.code.contains(way))
    });
}

#[test]
fn clock_random_ids_and_environment_are_read_in_one_place_each() {
    for (way, home) in [("Utc::now", "clock"), ("Uuid::now_v7", "id"), ("Uuid::new_v4", "id"), ("env::var", "config")] {
        assert_none(&format!("{way} belongs into {home}"), |source| {
            source.module() != home && source.code.contains(way)
        });
    }
}

/// What each module may not know, whatever else it uses.
#[test]
fn modules_lean_on_each_other_in_one_direction() {
    let ways_in = ["http", "main"];
    let beside = |known: &[&str]| -> Vec<&str> {
        CAPABILITIES.iter().filter(|capability| !known.contains(*capability)).copied().collect()
    };
    let above = |module: &str| -> Vec<&str> {
        let mut forbidden = match module {
            "clock" | "money" | "patch" | "pricing" | "text" | "id" => {
                vec!["app", "auth", "config", "db", "entity", "error", "event", "graphql"]
            }
            "config" => vec!["app", "auth", "db", "entity", "event", "graphql"],
            "db" => vec!["app", "auth", "entity", "event", "graphql"],
            "error" => vec!["app", "auth", "entity", "event", "graphql"],
            "auth" => vec!["app", "db", "entity", "event", "graphql"],
            "entity" => vec!["app", "db", "error", "event", "graphql"],
            "event" => vec!["app", "graphql"],
            _ => Vec::new(),
        };
        let is_ground = !forbidden.is_empty();
        forbidden.extend(match module {
            _ if is_ground => CAPABILITIES.iter().filter(|capability| **capability != module).copied().collect(),
            "mail" => CAPABILITIES.to_vec(),
            "address" => beside(&["channel"]),
            "account" => beside(&["channel", "event", "job", "mail"]),
            "channel" => beside(&["catalog::listing", "event"]),
            "tax" => beside(&["address", "channel", "event"]),
            "shipping" => beside(&["address", "catalog", "channel", "customer", "event", "tax"]),
            "promotion" => beside(&["catalog", "channel", "customer", "event", "shipping"]),
            "price_list" => beside(&["catalog", "channel", "customer", "event"]),
            "gift_card" => beside(&["channel", "customer", "event"]),
            "idempotency" => beside(&["job"]),
            "customer" => beside(&["account", "address", "cart", "channel", "event", "job", "mail"]),
            "catalog" | "stock" => {
                let mut above =
                    vec!["account", "address", "api_token", "audit", "cart", "customer", "gift_card", "mail"];
                above.extend(["price_list", "promotion", "sample", "shipping", "transfer"]);
                above
            }
            "staff" => beside(&["account", "channel", "event", "job", "mail"]),
            "api_token" => beside(&["account", "channel", "event", "staff"]),
            "audit" => beside(&["api_token", "channel", "event", "staff"]),
            "transfer" => {
                vec!["account", "address", "api_token", "audit", "cart", "customer", "mail", "staff", "sample"]
            }
            _ => Vec::new(),
        });
        if !["lib", "main", "http", "command", "commands", "cli"].contains(&module) {
            forbidden.extend(ways_in);
        }
        forbidden.retain(|other| *other != module);
        forbidden
    };

    let mut problems = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let forbidden = above(source.module());
        let wrong = source.uses().filter(|used| forbidden.contains(used));
        problems.extend(wrong.map(|used| format!("{} uses {used}, which stands above it.", source.path)));
    }

    problems.dedup();
    assert_empty(&problems);
}

/// Migrations are frozen once they are out: what entities look like today must not change them.
#[test]
fn migrations_stand_alone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migration/src");

    let mut problems = Vec::new();
    for path in files(&folder) {
        let (name, text) = (path.file_stem().unwrap().to_str().unwrap(), fs::read_to_string(&path).unwrap());
        if text.contains("tradepost") {
            problems.push(format!("{name} uses the server's code."));
        }
        let parts: Vec<&str> = name.split('_').collect();
        let is_dated = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
        let is_migration = name.starts_with('m') && name.len() > 8 && is_dated(&name[1..9], 8);
        if is_migration && !(parts.len() >= 4 && is_dated(parts[1], 6)) {
            problems.push(format!("{name} is not named mYYYYMMDD_NNNNNN_verb_object."));
        }
        if is_migration && !text.contains(&format!("\"{name}\"")) {
            problems.push(format!("{name} goes by another name in the database."));
        }
        if !is_migration && !["lib", "main", "sql"].contains(&name) {
            problems.push(format!("{name} is neither a migration nor known to this test."));
        }
    }

    assert_empty(&problems);
}

#[test]
fn no_comment_promises_what_nobody_tracks() {
    assert_none("a comment leaves work undone", |source| {
        ["TODO", "FIXME", "XXX", "HACK"].iter().any(|word| source.text.contains(word))
    });
}
