//! The database's schema goes up, down and up again, in one go or step by step.

use tradepost::app::App;
use tradepost::db::Db;
use tradepost::error::Error;

use crate::support::{config, on_both, on_both_unmigrated, sql};

/// Everything that a migration can leave behind, one line each; the list of migrations itself stays.
async fn dump(db: &Db) -> Vec<String> {
    let statements: &[&str] = if sql::is_sqlite(db) {
        &["SELECT type || ' ' || name || ' ' || tbl_name || ' ' || COALESCE(sql, '') FROM sqlite_master \
           WHERE tbl_name <> 'seaql_migrations' ORDER BY 1"]
    } else {
        &[
            "SELECT concat_ws(' ', table_name, column_name, \
             rank() OVER (PARTITION BY table_name ORDER BY ordinal_position), data_type, collation_name, is_nullable, \
             column_default) FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' ORDER BY 1",
            "SELECT indexdef FROM pg_indexes \
             WHERE schemaname = 'public' AND tablename <> 'seaql_migrations' ORDER BY 1",
            "SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
             WHERE connamespace = 'public'::regnamespace AND conrelid <> 'seaql_migrations'::regclass ORDER BY 1",
            "SELECT typname::text FROM pg_type WHERE typnamespace = 'public'::regnamespace \
             AND typname NOT LIKE '%seaql_migrations' ORDER BY 1",
            "SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
        ]
    };
    let mut lines = Vec::new();
    for statement in statements {
        lines.extend(sql::texts(db, statement).await);
    }
    lines
}

async fn count(db: &Db) -> usize {
    db.migrations().await.unwrap().len()
}

#[tokio::test]
async fn everything_goes_up_down_and_up_again() {
    on_both_unmigrated(async |app| {
        let db = app.app.db();
        let all = count(db).await;

        assert_eq!(db.migrate_up(None).await.unwrap(), all);
        let first = dump(db).await;
        assert_eq!(db.migrate_down(None).await.unwrap(), all);
        let empty = dump(db).await;
        assert_eq!(db.migrate_up(None).await.unwrap(), all);

        assert!(first.len() > all, "{first:?}");
        assert_eq!(empty, [""; 0]);
        assert_eq!(dump(db).await, first);
    })
    .await;
}

#[tokio::test]
async fn each_step_undoes_what_it_did() {
    on_both_unmigrated(async |app| {
        let db = app.app.db();
        let all = count(db).await;
        assert_eq!(db.migrate_up(Some(1)).await.unwrap(), 1);

        for step in 1..all {
            let before = dump(db).await;
            assert_eq!(db.migrate_up(Some(1)).await.unwrap(), 1);
            let after = dump(db).await;
            assert_eq!(db.migrate_down(Some(1)).await.unwrap(), 1);
            assert_eq!(dump(db).await, before, "migration {}", step + 1);
            assert_eq!(db.migrate_up(Some(1)).await.unwrap(), 1);
            assert_eq!(dump(db).await, after, "migration {}", step + 1);
            assert_eq!(db.pending_migrations().await.unwrap(), all - step - 1);
        }

        assert_eq!(db.migrate_up(Some(1)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn steps_come_to_the_same_as_one_go() {
    on_both_unmigrated(async |app| {
        let db = app.app.db();
        let all = count(db).await;
        db.migrate_up(None).await.unwrap();
        let at_once = dump(db).await;
        for _ in 0..all {
            assert_eq!(db.migrate_down(Some(1)).await.unwrap(), 1);
        }
        assert_eq!(dump(db).await, [""; 0]);

        for _ in 0..all {
            assert_eq!(db.migrate_up(Some(1)).await.unwrap(), 1);
        }

        assert_eq!(dump(db).await, at_once);
    })
    .await;
}

#[tokio::test]
async fn migrating_again_does_nothing() {
    on_both_unmigrated(async |app| {
        let db = app.app.db();
        db.migrate_up(None).await.unwrap();
        app.app.prepare().await.unwrap();
        let before = dump(db).await;

        assert_eq!(db.migrate_up(None).await.unwrap(), 0);

        assert_eq!(dump(db).await, before);
        assert_eq!(sql::number(db, "SELECT COUNT(*) FROM channel").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nodes_that_migrate_at_once_take_turns() {
    on_both_unmigrated(async |app| {
        let (second, _) = app.sibling(&[]).await;
        let (third, _) = app.sibling(&[]).await;
        let all = count(app.app.db()).await;

        let (a, b, c) =
            tokio::join!(app.app.db().migrate_up(None), second.db().migrate_up(None), third.db().migrate_up(None));

        assert_eq!(a.unwrap() + b.unwrap() + c.unwrap(), all);
        second.db().ready().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nodes_that_start_at_once_make_one_channel_and_one_location() {
    on_both_unmigrated(async |app| {
        app.app.db().migrate_up(None).await.unwrap();
        let (second, _) = app.sibling(&[]).await;

        let (a, b) = tokio::join!(app.app.prepare(), second.prepare());

        a.unwrap();
        b.unwrap();
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM channel").await, 1);
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM stock_location").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_server_is_ready_once_nothing_is_pending() {
    on_both_unmigrated(async |app| {
        let db = app.app.db();
        assert!(matches!(db.ready().await, Err(Error::Unavailable(_))));
        db.migrate_up(Some(1)).await.unwrap();
        assert!(matches!(db.ready().await, Err(Error::Unavailable(_))));

        db.migrate_up(None).await.unwrap();

        db.ready().await.unwrap();
        assert_eq!(db.pending_migrations().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn the_status_names_each_migration_and_whether_it_is_there() {
    on_both_unmigrated(async |app| {
        let db = app.app.db();
        db.migrate_up(Some(2)).await.unwrap();

        let states = db.migrations().await.unwrap();

        let applied: Vec<_> = states.iter().map(|state| state.is_applied).collect();
        assert_eq!(applied[..3], [true, true, false]);
        let mut names: Vec<_> = states.iter().map(|state| state.name.clone()).collect();
        let given = names.clone();
        names.sort();
        assert_eq!(names, given, "migrations are not in the order of their names");
    })
    .await;
}

/// All steps or none: a version that fails half way leaves what was there.
#[tokio::test]
async fn a_migration_that_fails_leaves_the_schema_as_it_was() {
    on_both_unmigrated(async |app| {
        let db = app.app.db();
        db.migrate_up(Some(1)).await.unwrap();
        sql::execute(db, "CREATE TABLE product (obstacle bigint)").await.unwrap();
        let before = dump(db).await;

        let failure = db.migrate_up(None).await;

        assert!(matches!(failure, Err(Error::Internal(_))), "{failure:?}");
        assert_eq!(dump(db).await, before);
        assert_eq!(db.pending_migrations().await.unwrap(), count(db).await - 1);
    })
    .await;
}

#[tokio::test]
async fn a_second_app_on_a_migrated_database_finds_nothing_to_do() {
    on_both_unmigrated(async |app| {
        app.app.db().migrate_up(None).await.unwrap();

        let second = App::new(config(&app.url, &[])).await.unwrap();

        assert_eq!(second.db().migrate_up(None).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_server_goes_on_serving_when_a_newer_one_has_migrated() {
    on_both(async |app| {
        let db = app.app.db();
        sql::execute(db, "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000001_later', 0)")
            .await
            .unwrap();

        db.ready().await.unwrap();

        assert_eq!(db.pending_migrations().await.unwrap(), 0);
    })
    .await;
}
