//! What a file says of whether a product is shown, and what it leaves unsaid.

use super::{Row, import_well, product};
use crate::support::{TestApp, fixture, on_both};

/// Imports a hat with cells of its own.
async fn import_hat(app: &TestApp, cells: &[(&str, &str)]) -> [u64; 3] {
    let row: Vec<_> = [("Handle", "hat"), ("Title", "Hat"), ("Variant Price", "5")]
        .into_iter()
        .chain(cells.iter().copied())
        .collect();
    let rows: &[Row<'_>] = &[&row];
    import_well(app, rows).await
}

#[tokio::test]
async fn a_file_that_tells_no_status_leaves_the_one_that_there_is() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_hat(app, &[("Status", "draft")]).await;
        let id = product(&owner, "hat").await["id"].as_str().unwrap().to_owned();

        for (verb, status) in [("Unpublish", "DRAFT"), ("Archive", "ARCHIVED")] {
            fixture::change(&owner, &format!("product{verb}"), &id).await.data();
            for blank in [&[("Status", ""), ("Published", "")][..], &[("Status", "")], &[("Published", "")], &[]] {
                assert_eq!(import_hat(app, blank).await, [0, 0, 1], "{status} {blank:?}");
            }
            assert_eq!(product(&owner, "hat").await["status"], status);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_only_said_to_be_published_or_not_moves_between_draft_and_active() {
    on_both(async |app| {
        let owner = app.owner().await;
        import_hat(app, &[("Status", "draft")]).await;
        let id = product(&owner, "hat").await["id"].as_str().unwrap().to_owned();

        for (published, status) in [("true", "ACTIVE"), ("false", "DRAFT")] {
            assert_eq!(import_hat(app, &[("Published", published), ("Status", "")]).await, [0, 1, 0]);
            assert_eq!(product(&owner, "hat").await["status"], status);
        }
        fixture::change(&owner, "productArchive", &id).await.data();
        for published in ["true", "false"] {
            assert_eq!(import_hat(app, &[("Published", published)]).await, [0, 0, 1]);
            assert_eq!(product(&owner, "hat").await["status"], "ARCHIVED");
        }
        assert_eq!(import_hat(app, &[("Published", "true"), ("Status", "active")]).await, [0, 1, 0]);
        assert_eq!(product(&owner, "hat").await["status"], "ACTIVE");
    })
    .await;
}

#[tokio::test]
async fn a_new_product_of_which_no_status_is_told_is_active() {
    on_both(async |app| {
        let owner = app.owner().await;

        assert_eq!(import_hat(app, &[("Status", ""), ("Published", "")]).await, [1, 0, 0]);

        assert_eq!(product(&owner, "hat").await["status"], "ACTIVE");
    })
    .await;
}
