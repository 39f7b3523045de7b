//! `tradepost work`.

use std::process::ExitCode;

use crate::app::App;
use crate::cli::{Failure, open};
use crate::config::Config;
use crate::http;

pub async fn work(config: Config) -> Result<ExitCode, Failure> {
    let app = open(config).await?;
    tracing::info!("doing jobs");
    run(&app, http::shutdown_signal()).await;
    app.db().close().await;
    Ok(ExitCode::SUCCESS)
}

/// Does jobs until it is told to stop, and hears of new ones from other processes.
pub async fn run(app: &App, stop: impl Future<Output = ()>) {
    let runner = app.runner();
    tokio::select! {
        () = runner.run(stop) => {}
        () = app.job_signal.listen(app.db()) => {}
    }
}
