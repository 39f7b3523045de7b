//! Files that go in and come out by commands: exports, prices and stock.

use std::fs;

use super::Shop;

const PRODUCTS: &str = "Handle,Title,Variant SKU,Variant Price\nbowl,Bowl,B,20\nmug,Mug,M,12.50\n";

fn stocked() -> Shop {
    let shop = Shop::migrated();
    shop.write("products.csv", PRODUCTS);
    assert_eq!(shop.run(&["import", "products", "products.csv"], &[]).code, 0);
    shop
}

/// The names of the files in the shop's folder, but for its database.
fn files(shop: &Shop) -> Vec<String> {
    let names =
        fs::read_dir(shop.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("tradepost.db")).collect();
    names.sort();
    names
}

#[test]
fn an_export_goes_to_standard_output_or_to_a_file_and_comes_back() {
    let shop = stocked();

    let printed = shop.run(&["export", "products"], &[]);
    let written = shop.run(&["export", "products", "export.csv", "--channel", "default", "--format", "shopify"], &[]);
    let again = shop.run(&["import", "products", "export.csv"], &[]);

    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
    assert!(printed.stdout.starts_with("Handle,Title,"), "{printed:?}");
    assert_eq!(printed.stdout.lines().count(), 3);
    assert_eq!((written.code, written.stdout.as_str(), written.stderr.as_str()), (0, "Products: 2 exported.\n", ""));
    assert_eq!(fs::read_to_string(shop.folder.path().join("export.csv")).unwrap(), printed.stdout);
    assert_eq!(again.stdout, "Products: 0 created, 0 updated, 2 unchanged, 0 failed.\n");
}

#[test]
fn an_export_that_fails_leaves_the_file_as_it_was() {
    let shop = stocked();
    shop.write("export.csv", "before");

    let failed = shop.run(&["export", "products", "export.csv", "--channel", "moon"], &[]);

    assert_eq!((failed.code, failed.stdout.as_str()), (1, ""), "{failed:?}");
    assert!(failed.stderr.contains("channel"), "{failed:?}");
    assert_eq!(fs::read_to_string(shop.folder.path().join("export.csv")).unwrap(), "before");
    assert_eq!(files(&shop), ["export.csv", "products.csv"]);
    assert_eq!(shop.run(&["export", "products", "export.csv"], &[]).code, 0);
    assert_eq!(files(&shop), ["export.csv", "products.csv"]);
    assert!(fs::read_to_string(shop.folder.path().join("export.csv")).unwrap().contains("bowl,Bowl,"));
}

#[test]
fn a_place_that_cannot_be_written_is_wrong_usage() {
    let shop = Shop::migrated();
    for path in ["no-such-folder/export.csv", "."] {
        let ended = shop.run(&["export", "products", path], &[]);

        assert_eq!(ended.code, 2, "{path}: {ended:?}");
        assert!(ended.stderr.starts_with(&format!("The file {path} cannot be written: ")), "{}", ended.stderr);
    }
}

#[test]
fn a_device_is_written_and_stays_one() {
    let shop = stocked();

    let ended = shop.run(&["export", "products", "/dev/null"], &[]);

    assert_eq!((ended.code, ended.stdout.as_str()), (0, "Products: 2 exported.\n"), "{ended:?}");
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn prices_and_stock_are_counted_and_quiet_without_a_terminal() {
    let shop = stocked();
    shop.write("prices.csv", "SKU,Price\nM,9.99\nB,20\n");
    shop.write("stock.csv", "SKU,On hand\nM,3\nB,0\n");
    for (what, file, name) in [("prices", "prices.csv", "Prices"), ("stock", "stock.csv", "Stock levels")] {
        let dry = shop.run(&["import", what, file, "--dry-run"], &[]);
        let first = shop.run(&["import", what, file], &[]);
        let second = shop.run(&["import", what, file], &[]);

        let expected = [
            (dry, "Nothing was changed. An import would have been: 1 updated, 1 unchanged, 0 failed.\n".to_owned()),
            (first, format!("{name}: 1 updated, 1 unchanged, 0 failed.\n")),
            (second, format!("{name}: 0 updated, 2 unchanged, 0 failed.\n")),
        ];
        for (ended, stdout) in expected {
            assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (0, stdout.as_str(), ""));
        }
    }
}

#[test]
fn bad_lines_and_unused_columns_are_told_and_the_exit_code_tells() {
    let shop = stocked();
    shop.write("prices.csv", "SKU,Price,Note,Day\nM,9.99,x,\nX,1,,\n");

    let ended = shop.run(&["import", "prices", "prices.csv", "--channel", "default"], &[]);

    assert_eq!((ended.code, ended.stdout.as_str()), (1, "Prices: 1 updated, 0 unchanged, 1 failed.\n"));
    let lines: Vec<&str> = ended.stderr.lines().collect();
    assert_eq!(lines[0], "These columns are not used: Note, Day.");
    assert!(lines[1].starts_with("Line 3, SKU “X”: "), "{lines:?}");
    assert_eq!(lines.len(), 2);
}

#[test]
fn wrong_arguments_of_imports_are_told() {
    let shop = stocked();
    shop.write("stock.csv", "SKU,On hand\nM,3\n");

    let nowhere = shop.run(&["import", "stock", "stock.csv", "--location", "Moon"], &[]);
    let missing = shop.run(&["import", "stock", "no-such-file.csv"], &[]);

    assert_eq!((nowhere.code, nowhere.stdout.as_str()), (1, ""));
    assert!(nowhere.stderr.contains("location"), "{nowhere:?}");
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(missing.stderr.starts_with("The file no-such-file.csv cannot be read: "), "{missing:?}");
}
