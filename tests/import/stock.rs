//! Stock by CSV: what was counted, where, and which lines are refused.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tradepost::clock::Timestamp;
use tradepost::entity::{stock_level, stock_location, stock_movement};
use tradepost::error::{Error, UserErrorCode};
use tradepost::id::StockLocationId;
use tradepost::transfer::StockImportOptions;

use super::lines::{LineReport, count, import_stock, product_of};
use super::{count_events, count_movements};
use crate::support::{Client, TestApp, fixture, on_both};

async fn insert_location(app: &TestApp, name: &str) {
    let row = stock_location::ActiveModel {
        id: Set(StockLocationId::generate()),
        name: Set(name.to_owned()),
        name_key: Set(name.to_lowercase()),
        is_default: Set(false),
        created_at: Set(Timestamp::now()),
        updated_at: Set(Timestamp::now()),
        version: Set(1),
    };
    let tx = app.app.db().begin().await.unwrap();
    row.insert(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// The levels of each variant of a product, each as `5 at Main`.
async fn levels(staff: &Client, product: &str) -> Vec<Vec<String>> {
    const LEVELS: &str = "variants { stockLevels { onHand location { name } } }";
    let product = fixture::read(staff, product, LEVELS).await;
    let shown = |level: &Value| format!("{} at {}", level["onHand"], level["location"]["name"].as_str().unwrap());
    let of_variant = |row: &Value| {
        let mut levels: Vec<String> = row["stockLevels"].as_array().unwrap().iter().map(shown).collect();
        levels.sort();
        levels
    };
    product["variants"].as_array().unwrap().iter().map(of_variant).collect()
}

fn to_location(name: &str) -> StockImportOptions {
    StockImportOptions { location: Some(name.to_owned()), is_dry_run: false }
}

#[tokio::test]
async fn counts_are_set_at_the_default_location() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B", "C"]).await;
        let file = "SKU,On hand\nA,7\nb,5\nC,\n";

        assert_eq!(count(app, file).await, [1, 2]);

        assert_eq!(levels(&owner, &mug).await, [["7 at Main"], ["5 at Main"], ["5 at Main"]]);
        assert_eq!(count(app, file).await, [0, 3]);
        assert_eq!(count_movements(app).await, 4);
    })
    .await;
}

#[tokio::test]
async fn an_import_leaves_what_the_mutation_leaves() {
    on_both(async |app| {
        let owner = app.owner().await;
        let by_file = product_of(&owner, "By file", &["A"]).await;
        let by_hand = product_of(&owner, "By hand", &["B"]).await;
        let [a, b] = [fixture::variant(&owner, &by_file).await, fixture::variant(&owner, &by_hand).await];
        let input = json!({ "variant": b, "onHand": 0, "reason": "import" });
        assert_eq!(fixture::stock(&owner, "stockLevelSet", input).await.user_errors(), Vec::<String>::new());

        assert_eq!(count(app, "SKU,On hand\nA,0\n").await, [1, 0]);

        assert_eq!(levels(&owner, &by_file).await, levels(&owner, &by_hand).await);
        assert_eq!(fixture::history(app, &a).await, ["1 stock.changed", "2 stock.changed"]);
        assert_eq!(fixture::history(app, &a).await, fixture::history(app, &b).await);
        assert_eq!(fixture::history(app, &by_file).await, fixture::history(app, &by_hand).await);
        assert_eq!(movements(app, &a).await, [(5, None), (-5, Some("import".to_owned()))]);
        assert_eq!(movements(app, &a).await, movements(app, &b).await);
        let listed = app.anonymous().query("{ products { nodes { isAvailable } } }").await;
        assert_eq!(super::each(listed.at("/products/nodes"), "/isAvailable"), [false, false]);
    })
    .await;
}

/// Change and reason of each movement of a variant.
async fn movements(app: &TestApp, variant: &str) -> Vec<(i64, Option<String>)> {
    let rows = stock_movement::Entity::find().all(app.app.db().reader()).await.unwrap().into_iter();
    let own = rows.filter(|row| row.variant_id.to_string() == variant);
    own.map(|row| (row.on_hand_change, row.reason)).collect()
}

#[tokio::test]
async fn lines_can_name_a_location() {
    on_both(async |app| {
        let owner = app.owner().await;
        insert_location(app, "Harbour").await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;
        let file = "SKU,Location,On hand (new)\nA,harbour,3\nA,Main,4\nB,,6\nB,Moon,1\nA,main,9\n";

        let report = import_stock(app, file, &StockImportOptions::default()).await;

        assert_eq!(report.counts(), [3, 0, 2]);
        assert_eq!(
            report.errors,
            [
                "Line 5, SKU “B”: The shop has no location “Moon”; correct the name.",
                "Line 6, column “SKU”, SKU “A”: Line 3 speaks of the same variant; leave one of the two.",
            ]
        );
        assert_eq!(levels(&owner, &mug).await, [vec!["3 at Harbour", "4 at Main"], vec!["6 at Main"]]);
    })
    .await;
}

#[tokio::test]
async fn a_location_can_be_named_for_the_whole_file() {
    on_both(async |app| {
        let owner = app.owner().await;
        insert_location(app, "Harbour").await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;

        let report = import_stock(app, "SKU,On hand,Location\nA,1,\nB,2,Main\n", &to_location("HARBOUR")).await;

        assert_eq!(report.counts(), [2, 0, 0]);
        assert_eq!(levels(&owner, &mug).await, [vec!["1 at Harbour", "5 at Main"], vec!["2 at Main"]]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_location_ends_the_import() {
    on_both(async |app| {
        let file = std::io::Cursor::new("SKU,On hand\n");
        let options = to_location("Moon");

        let result = app.app.imports.import_stock(&tradepost::auth::Actor::System, file, &options, |_| {}).await;

        let Err(Error::User(errors)) = result else { panic!("{result:?}") };
        assert_eq!(errors[0].code, UserErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn available_units_are_those_beside_the_promised_ones() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;
        let variant = fixture::variants(&owner, &mug).await.remove(0);
        let tx = app.app.db().begin().await.unwrap();
        stock_level::Entity::update_many()
            .set(stock_level::ActiveModel { allocated: Set(2), ..Default::default() })
            .filter(stock_level::Column::VariantId.eq(variant.parse::<tradepost::id::ProductVariantId>().unwrap()))
            .exec(&tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        assert_eq!(count(app, "SKU,Available\nA,10\nB,10\n").await, [2, 0]);

        assert_eq!(levels(&owner, &mug).await, [["12 at Main"], ["10 at Main"]]);
        let report = import_stock(app, "SKU,Available\nA,-2\nB,-1\n", &StockImportOptions::default()).await;
        assert_eq!(report.counts(), [1, 0, 1]);
        assert_eq!(report.errors, ["Line 3, SKU “B”: The number of units is between 0 and 2147483647."]);
        assert_eq!(levels(&owner, &mug).await, [["0 at Main"], ["10 at Main"]]);
    })
    .await;
}

#[tokio::test]
async fn an_inventory_file_of_shopify_is_understood() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B", "C"]).await;
        let file = "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Incoming (not editable),\
            Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),\
            On hand (new)\n\
            mug,Mug,Kind,A,A,,,Main,0,0,0,5,5,8\nmug,Mug,Kind,B,B,,,Main,0,0,0,5,5,\n\
            mug,Mug,Kind,C,C,,,Main,not stocked,not stocked,not stocked,not stocked,not stocked,not stocked\n";

        let report = import_stock(app, file, &StockImportOptions::default()).await;

        assert_eq!(report.counts(), [1, 2, 0], "{report:?}");
        assert_eq!(report.unused.len(), 11);
        assert_eq!(levels(&owner, &mug).await, [["8 at Main"], ["5 at Main"], ["5 at Main"]]);
    })
    .await;
}

#[tokio::test]
async fn a_bad_line_is_refused_and_the_others_go_in() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;
        let file = "SKU,On hand\nA,-1\nA,2.5\nA,2147483648\nZ,1\n,1\nB,6.0\n";

        let report = import_stock(app, file, &StockImportOptions::default()).await;

        assert_eq!(report.counts(), [1, 0, 5]);
        assert_eq!(
            report.errors,
            [
                "Line 2, column “On hand”, SKU “A”: The number of units is between 0 and 2147483647.",
                "Line 3, column “On hand”, SKU “A”: “2.5” is not a whole number; write digits only, for example 12.",
                "Line 4, column “On hand”, SKU “A”: The number of units is between 0 and 2147483647.",
                "Line 5, SKU “Z”: No variant of the shop has this SKU; correct it, or import the variant's product first.",
                "Line 6, column “SKU”: The row has no SKU, so it belongs to no variant.",
            ]
        );
        assert_eq!(levels(&owner, &mug).await, [["5 at Main"], ["6 at Main"]]);
    })
    .await;
}

#[tokio::test]
async fn a_header_without_a_number_of_units_is_refused() {
    on_both(async |app| {
        let cases = [
            (
                "SKU,Location\nA,Main\n",
                "Line 1: The required column On hand, or else Available, is missing from the header; \
                                       the first line must name the columns.",
            ),
            (
                "SKU,On hand,Available\nA,1,1\n",
                "Line 1: The header has both On hand and Available, which say the same in \
                                               two ways; remove one of them.",
            ),
        ];
        for (file, error) in cases {
            let report = import_stock(app, file, &StockImportOptions::default()).await;

            assert_eq!((report.counts(), report.errors), ([0, 0, 1], vec![error.to_owned()]));
        }
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_counts_and_changes_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mug = product_of(&owner, "Mug", &["A", "B"]).await;
        let before = (levels(&owner, &mug).await, count_events(app).await, count_movements(app).await);
        let options = StockImportOptions { location: None, is_dry_run: true };

        let report = import_stock(app, "SKU,On hand\nA,1\nB,5\nC,1\n", &options).await;

        assert_eq!(report.counts(), [1, 1, 1]);
        assert_eq!((levels(&owner, &mug).await, count_events(app).await, count_movements(app).await), before);
    })
    .await;
}

#[tokio::test]
async fn two_imports_at_once_end_like_one_after_the_other() {
    on_both(async |app| {
        let owner = app.owner().await;
        let names: Vec<String> = (0..150).map(|number| format!("S{number:03}")).collect();
        for three in names.chunks(3) {
            product_of(&owner, &three[0], &three.iter().map(String::as_str).collect::<Vec<_>>()).await;
        }
        let lines: Vec<String> = names.iter().map(|name| format!("{name},9\n")).collect();
        let forwards = format!("SKU,On hand\n{}", lines.concat());
        let backwards = format!("SKU,On hand\n{}", lines.iter().rev().cloned().collect::<String>());
        let options = StockImportOptions::default();

        let reports: [LineReport; 2] =
            tokio::join!(import_stock(app, &forwards, &options), import_stock(app, &backwards, &options)).into();

        let counts = reports.each_ref().map(LineReport::counts);
        assert_eq!(counts[0][0] + counts[1][0], 150, "{counts:?}");
        assert_eq!(counts[0][1] + counts[1][1], 150, "{counts:?}");
        assert_eq!(count(app, &forwards).await, [0, 150]);
        assert_eq!(count_movements(app).await, 300);
    })
    .await;
}
