//! Arguments and environment: what is wrong is told at once, with exit code 2.

use super::{SECRET, Shop, free_port, production};

#[test]
fn every_wrong_variable_is_named_at_once() {
    let shop = Shop::new();
    let environment =
        [("BACKEND_PORT", "high"), ("DATABASE_URL", "mysql://x"), ("LIMIT_DEPTH", "0"), ("AUTH_SECRET", "short")];

    for command in [&["serve"][..], &[], &["migrate"], &["sample"], &["staff", "create", "--email", "a@b.example"]] {
        let ended = shop.run(command, &environment);

        assert_eq!(ended.code, 2, "{ended:?}");
        for (name, _) in environment {
            assert!(ended.stderr.contains(name), "{name} is not in {}", ended.stderr);
        }
        assert!(!ended.stderr.contains("short"), "a secret is shown: {}", ended.stderr);
        assert_eq!(ended.stdout, "");
    }
}

#[test]
fn production_names_every_variable_that_it_lacks() {
    let ended = Shop::new().run(&["serve"], &[("NODE_ENV", "production")]);

    assert_eq!(ended.code, 2, "{ended:?}");
    for name in ["DATABASE_URL", "AUTH_SECRET", "PUBLIC_URL", "STOREFRONT_URL", "MAIL_FROM", "SMTP_URL"] {
        assert!(ended.stderr.contains(name), "{name} is not in {}", ended.stderr);
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let shop = Shop::new();
    for command in [
        &["sell"][..],
        &["migrate", "sideways"],
        &["import", "customers", "x.csv"],
        &["import", "products"],
        &["import", "products", "x.csv", "--format", "xml"],
        &["staff", "create"],
        &["serve", "--no-such-option"],
        &["staff", "create", "--email", "a@b.example", "--role", "Odd", "--permission", "EVERYTHING"],
    ] {
        let ended = shop.run(command, &[]);

        assert_eq!(ended.code, 2, "{command:?}: {ended:?}");
        assert!(!ended.stderr.is_empty(), "{command:?}");
    }
}

#[test]
fn help_of_each_command_names_its_arguments() {
    let shop = Shop::new();
    let cases: [(&[&str], &[&str]); 9] = [
        (&[], &["serve", "migrate", "schema", "import", "staff", "mail", "sample", "DATABASE_URL", "SMTP_URL"]),
        (&["serve"], &["BACKEND_PORT", "NODE_ENV", "--database-url", "LIMIT_DEPTH"]),
        (&["migrate"], &["up", "down", "status"]),
        (&["migrate", "down"], &["--steps"]),
        (&["import", "products"], &["<FILE>", "--channel", "--dry-run", "--format", "shopify"]),
        (&["staff", "create"], &["--email", "--name", "--role", "--permission", "--password-stdin"]),
        (&["mail", "preview"], &["verification", "--language", "--html", "--text"]),
        (&["schema"], &["schema"]),
        (&["sample"], &["sample shop"]),
    ];
    for (command, mentioned) in cases {
        let ended = shop.run(&[command, &["--help"]].concat(), &[("AUTH_SECRET", SECRET)]);

        assert_eq!(ended.code, 0, "{command:?}: {ended:?}");
        for word in mentioned {
            assert!(ended.stdout.contains(word), "{word} is not in the help of {command:?}: {}", ended.stdout);
        }
        assert!(!ended.stdout.contains(SECRET), "help shows a secret");
    }
}

#[test]
fn the_schema_is_printed_whatever_the_environment() {
    let shop = Shop::new();
    shop.write(".env", "this is no line of a .env file\n");

    let ended = shop.run(&["schema"], &[("BACKEND_PORT", "high"), ("DATABASE_URL", "mysql://x")]);

    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!(ended.stdout.trim_end(), include_str!("../../schema.graphql").trim_end());
}

#[test]
fn a_broken_env_file_is_named() {
    let shop = Shop::new();
    shop.write(".env", "AUTH_SECRET=\"a secret without its end\n");

    let ended = shop.run(&["migrate", "status"], &[]);

    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains(".env"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("without its end"), "a secret is shown: {}", ended.stderr);
}

#[test]
fn the_env_file_is_read_in_development() {
    let shop = Shop::new();
    let port = free_port();
    shop.write(".env", "DATABASE_URL=sqlite://from-file.db\nBACKEND_PORT=high\n");

    let server = shop.start(port, &[]).wait_until_live();

    assert!(shop.folder.path().join("from-file.db").exists(), "{}", server.output());
    assert!(!shop.folder.path().join("tradepost.db").exists());
}

#[test]
fn the_env_file_is_not_read_in_production() {
    let shop = Shop::new();
    shop.write(".env", "AUTH_SECRET=a secret of the file that is long enough\n");
    let mut environment = production("sqlite://tradepost.db");
    environment.retain(|(name, _)| *name != "AUTH_SECRET");

    let ended = shop.run(&["serve"], &environment);

    assert_eq!(ended.code, 2, "{ended:?}");
    assert!(ended.stderr.contains("AUTH_SECRET"), "{}", ended.stderr);
}
