//! Accounts made at the command line, which sign in over HTTP.

use serde_json::{Value, json};

use super::{Ended, Server, Shop};

const EMAIL: &str = "ana@shop.example";
const PASSWORD: &str = "correct horse battery";

/// What the account may do.
fn permissions(server: &Server, password: &str) -> Vec<Value> {
    let token = server.sign_in(EMAIL, password).unwrap();
    let answer = server.graphql(Some(&token), "{ viewer { permissions } }", json!({})).json();
    answer.pointer("/data/viewer/permissions").and_then(Value::as_array).unwrap().clone()
}

fn create(shop: &Shop, options: &[&str], input: &str) -> Ended {
    shop.run_with_input(&[&["staff", "create", "--email", EMAIL], options].concat(), &[], input)
}

#[test]
fn a_random_password_is_printed_once_and_works() {
    let shop = Shop::migrated();

    let ended = create(&shop, &[], "");

    assert_eq!(ended.code, 0, "{ended:?}");
    let password = ended.stdout.trim_end().rsplit(' ').next().unwrap().to_owned();
    assert!(password.len() >= 12, "{}", ended.stdout);
    assert_eq!(ended.stderr, "");
    let server = shop.serve(&[]);
    assert!(permissions(&server, &password).contains(&json!("PRODUCT_WRITE")));
    assert!(!server.output().contains(&password));
}

#[test]
fn a_password_can_be_given_on_standard_input_and_is_not_shown() {
    let shop = Shop::migrated();

    let ended = create(&shop, &["--password-stdin", "--name", "Ana"], &format!("{PASSWORD}\n"));

    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(!ended.stdout.contains(PASSWORD));
    let server = shop.serve(&[]);
    assert!(server.sign_in(EMAIL, PASSWORD).is_ok());
    assert!(server.sign_in(EMAIL, "another password").is_err());
}

#[test]
fn a_role_has_just_the_permissions_that_are_given() {
    let shop = Shop::migrated();

    let options = ["--role", "Editor", "--permission", "PRODUCT_WRITE", "--password-stdin"];
    let ended = create(&shop, &options, PASSWORD);

    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(permissions(&shop.serve(&[]), PASSWORD), [json!("PRODUCT_WRITE")]);
}

#[test]
fn what_cannot_be_made_is_said_in_a_sentence() {
    let shop = Shop::migrated();
    assert_eq!(create(&shop, &["--password-stdin"], PASSWORD).code, 0);

    let twice = create(&shop, &["--password-stdin"], PASSWORD);
    let short =
        shop.run_with_input(&["staff", "create", "--email", "b@shop.example", "--password-stdin"], &[], "short");
    let odd = shop.run(&["staff", "create", "--email", "nobody"], &[]);

    for (ended, reason) in [(twice, EMAIL), (short, "password"), (odd, "nobody")] {
        assert_eq!(ended.code, 1, "{ended:?}");
        assert!(ended.stderr.contains(reason) && ended.stderr.trim_end().ends_with('.'), "{ended:?}");
        assert_eq!(ended.stdout, "");
    }
}

#[test]
fn no_other_role_can_take_the_name_of_the_owners() {
    let shop = Shop::migrated();

    let refused = create(&shop, &["--role", "owner", "--permission", "PRODUCT_READ"], "");
    let made = create(&shop, &["--password-stdin"], PASSWORD);

    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.stderr.contains("holds every permission"), "{}", refused.stderr);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(permissions(&shop.serve(&[]), PASSWORD).contains(&json!("STOCK_WRITE")));
}
