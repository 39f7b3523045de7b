//! The server's first start in development, and what is different in production.

use serde_json::json;

use super::{Ended, Shop, free_port, production};

const URL: &str = "sqlite://tradepost.db";

/// The password that the first start prints.
fn printed_password(output: &str) -> Option<&str> {
    output.lines().find_map(|line| line.trim().strip_prefix("password")).map(str::trim)
}

#[test]
fn the_first_start_loads_a_shop_and_tells_how_to_enter_it_once() {
    let shop = Shop::new();

    let server = shop.serve(&[]);
    let output = server.output();

    assert!(output.contains(&format!("http://127.0.0.1:{}/graphql", server.port)), "{output}");
    assert!(output.contains("owner@example.com"), "{output}");
    for number in ["1.", "2.", "3."] {
        assert!(output.lines().any(|line| line.trim().starts_with(number)), "{output}");
    }
    let token = server.sign_in("owner@example.com", printed_password(&output).unwrap()).unwrap();
    let answer = server.graphql(Some(&token), "{ viewer { staffUser { email } } products { totalCount } }", json!({}));
    assert_eq!(answer.json()["data"]["products"]["totalCount"], 20);
    drop(server);

    let server = shop.serve(&[]);
    let output = server.output();

    assert!(output.contains("/graphql"), "{output}");
    assert_eq!(printed_password(&output), None, "{output}");
    assert!(!output.contains("owner@example.com"), "{output}");
}

#[test]
fn graphiql_and_introspection_are_on_in_development_and_off_in_production() {
    const INTROSPECTION: &str = "{ __schema { queryType { name } } }";
    let shop = Shop::migrated();

    let server = shop.serve(&[]);
    assert!(server.get("/graphql").body.contains("<html"));
    assert!(server.graphql(None, INTROSPECTION, json!({})).json()["data"]["__schema"].is_object());
    drop(server);

    let server = shop.serve(&production(URL));
    let page = server.get("/graphql");
    assert!(page.status >= 400 && !page.body.contains("<html"), "{page:?}");
    assert!(server.graphql(None, INTROSPECTION, json!({})).json().get("errors").is_some());
    assert_eq!(server.graphql(None, "{ shop { version } }", json!({})).status, 200);
}

#[test]
fn production_changes_nothing_of_its_own_accord() {
    let shop = Shop::new();

    let refused = shop.run(&["serve"], &with_port(&production(URL), &free_port().to_string()));
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.stderr.contains("tradepost migrate up"), "{refused:?}");

    assert_eq!(shop.run(&["migrate"], &production(URL)).code, 0);
    let server = shop.serve(&production(URL));
    let answer = server.graphql(None, "{ products { totalCount } }", json!({}));
    assert_eq!(answer.json()["data"]["products"]["totalCount"], 0);
    assert_eq!(printed_password(&server.output()), None);
}

fn with_port<'a>(environment: &[(&'a str, &'a str)], port: &'a str) -> Vec<(&'a str, &'a str)> {
    [environment, &[("BACKEND_PORT", port)]].concat()
}

#[test]
fn logs_of_production_are_json_without_secrets() {
    let shop = Shop::migrated();
    let server = shop.serve(&production(URL));

    server.graphql(None, "query Look { shop { version } }", json!({}));
    drop(server.sign_in("ana@shop.example", "a password that is wrong"));

    let output = server.output();
    let lines: Vec<serde_json::Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty());
    assert!(output.contains("Look"), "{output}");
    for secret in [super::SECRET, "ana@shop.example", "a password that is wrong"] {
        assert!(!output.contains(secret), "{output}");
    }
}

#[test]
fn a_port_in_use_is_named_and_nothing_is_changed() {
    let shop = Shop::new();
    let holder = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port().to_string();

    let Ended { code, stdout, stderr } = shop.run(&["serve"], &[("BACKEND_PORT", port.as_str())]);

    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains(&port) && stderr.contains("BACKEND_PORT"), "{stderr}");
    assert_eq!(stdout, "");
    assert!(!shop.folder.path().join("tradepost.db").exists());
}
