//! `tradepost migrate`.

use std::process::ExitCode;

use crate::app::App;
use crate::cli::{Failure, MigrateAction, terminal};
use crate::config::Config;

pub async fn migrate(config: Config, action: Option<MigrateAction>) -> Result<ExitCode, Failure> {
    let app = App::new(config).await?;
    let message = match action.unwrap_or(MigrateAction::Up { steps: None }) {
        MigrateAction::Up { steps } => match app.db().migrate_up(steps).await? {
            0 => "The database has all migrations.".to_owned(),
            count => format!("Applied {count} migrations."),
        },
        MigrateAction::Down { steps } => {
            format!("Undid {} migrations.", app.db().migrate_down(Some(steps)).await?)
        }
        MigrateAction::Status => status(&app).await?,
    };
    app.db().close().await;
    Ok(terminal::say(&message))
}

async fn status(app: &App) -> Result<String, Failure> {
    let lines = app.db().migrations().await?.into_iter().map(|migration| {
        let state = if migration.is_applied { "applied" } else { "pending" };
        format!("{state}  {}", migration.name)
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}
