//! Commands that change the database and end: migrations, the sample shop, imports.

use serde_json::json;

use super::Shop;
use crate::support::TestApp;

const PRODUCTS: &str = "Handle,Title,Variant Price\nmug,Mug,12.50\nbowl,Bowl,20\n";

#[test]
fn migrations_go_up_and_down_and_are_listed() {
    let shop = Shop::new();

    let pending = shop.run(&["migrate", "status"], &[]);
    let up = shop.run(&["migrate", "up"], &[]);
    let again = shop.run(&["migrate"], &[]);
    let down = shop.run(&["migrate", "down"], &[]);
    let lacking = shop.run(&["migrate", "status"], &[]);
    let forward = shop.run(&["migrate", "up", "--steps", "1"], &[]);
    let applied = shop.run(&["migrate", "status"], &[]);

    for ended in [&pending, &up, &again, &down, &lacking, &forward, &applied] {
        assert_eq!(ended.code, 0, "{ended:?}");
    }
    let count = |ended: &super::Ended, state: &str| ended.stdout.lines().filter(|line| line.starts_with(state)).count();
    let all = count(&pending, "pending");
    assert!(all > 5);
    assert_eq!(up.stdout, format!("Applied {all} migrations.\n"));
    assert_eq!(again.stdout, "The database has all migrations.\n");
    assert_eq!((count(&lacking, "applied"), count(&lacking, "pending")), (all - 1, 1));
    assert_eq!((count(&applied, "applied"), count(&applied, "pending")), (all, 0));
}

#[test]
fn commands_refuse_an_unmigrated_database_and_say_what_to_run() {
    let shop = Shop::new();
    shop.write("products.csv", PRODUCTS);

    for command in [&["sample"][..], &["import", "products", "products.csv"]] {
        let ended = shop.run(command, &[]);

        assert_eq!(ended.code, 1, "{ended:?}");
        assert!(ended.stderr.contains("tradepost migrate up"), "{}", ended.stderr);
    }
}

#[test]
fn the_sample_shop_is_loaded_on_request_and_only_once() {
    let shop = Shop::migrated();

    let first = shop.run(&["sample"], &[]);
    let second = shop.run(&["sample"], &[]);

    assert_eq!([first.code, second.code], [0, 0], "{first:?} {second:?}");
    assert!(first.stdout.contains(" 0 unchanged"), "{}", first.stdout);
    assert!(second.stdout.contains(" 0 products created, 0 updated"), "{}", second.stdout);
}

#[test]
fn an_import_counts_and_is_quiet_without_a_terminal() {
    let shop = Shop::migrated();
    shop.write("products.csv", PRODUCTS);

    let dry = shop.run(&["import", "products", "products.csv", "--dry-run"], &[]);
    let first = shop.run(&["import", "products", "products.csv"], &[]);
    let second = shop.run(&["import", "products", "products.csv", "--format", "shopify", "--channel", "default"], &[]);

    let expected = [
        (dry, "Nothing was changed. An import would have been: 2 created, 0 updated, 0 unchanged, 0 failed.\n"),
        (first, "Products: 2 created, 0 updated, 0 unchanged, 0 failed.\n"),
        (second, "Products: 0 created, 0 updated, 2 unchanged, 0 failed.\n"),
    ];
    for (ended, stdout) in expected {
        assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (0, stdout, ""));
    }
}

#[test]
fn a_bad_row_is_reported_and_the_exit_code_tells() {
    let shop = Shop::migrated();
    shop.write("products.csv", &format!("{PRODUCTS}plate,Plate,cheap\n"));

    let ended = shop.run(&["import", "products", "products.csv"], &[]);

    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(ended.stdout, "Products: 2 created, 0 updated, 0 unchanged, 1 failed.\n");
    assert!(
        ended.stderr.starts_with("Line 4, column “Variant Price”, product “plate”: “cheap” is "),
        "{}",
        ended.stderr
    );
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
}

#[test]
fn a_file_that_cannot_be_read_is_wrong_usage() {
    let shop = Shop::migrated();
    for path in ["no-such-file.csv", "."] {
        let ended = shop.run(&["import", "products", path], &[]);

        assert_eq!(ended.code, 2, "{path}: {ended:?}");
        assert!(ended.stderr.starts_with(&format!("The file {path} cannot be read: ")), "{}", ended.stderr);
    }
}

#[test]
fn an_unknown_channel_is_named() {
    let shop = Shop::migrated();
    shop.write("products.csv", PRODUCTS);

    let ended = shop.run(&["import", "products", "products.csv", "--channel", "moon"], &[]);

    assert_ne!(ended.code, 0);
    assert!(ended.stderr.contains("channel"), "{ended:?}");
    assert_eq!(ended.stdout, "");
}

#[tokio::test]
async fn commands_work_on_postgres_too() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let shop = Shop::new();
    shop.write("products.csv", PRODUCTS);
    let environment = [("DATABASE_URL", app.url.as_str())];

    let migrated = shop.run(&["migrate"], &environment);
    let imported = shop.run(&["import", "products", "products.csv"], &environment);

    assert_eq!(migrated.stdout, "The database has all migrations.\n", "{migrated:?}");
    assert_eq!(imported.stdout, "Products: 2 created, 0 updated, 0 unchanged, 0 failed.\n", "{imported:?}");
    let reply = app.anonymous().query("{ products { totalCount } }").await;
    assert_eq!(reply.at("/products/totalCount"), &json!(2));
}
