//! `tradepost export`.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::cli::progress;
use crate::cli::target::Target;
use crate::cli::{ExportProducts, Failure, ProductFormat, open, terminal};
use crate::config::Config;

pub async fn products(config: Config, arguments: ExportProducts) -> Result<ExitCode, Failure> {
    let ExportProducts { file: path, channel, format: ProductFormat::Shopify } = arguments;
    let name = path.as_ref().map_or_else(|| "/dev/stdout".to_owned(), |path| path.display().to_string());
    let complaint = |error: io::Error| format!("The file {name} cannot be written: {error}.");
    let mut target = Target::open(path.as_deref()).map_err(|error| Failure::usage(complaint(error)))?;
    let app = open(config).await?;
    let mut export = app.exports.shopify(channel.as_deref()).await?;
    let (bar, total) = (progress::bar(export.total()), export.total());
    while let Some(part) = export.next().await? {
        match target.write_all(&part.text) {
            // A reader that has seen enough, as `head` does, ends the export without a word.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            written => written.map_err(|error| Failure::failed(complaint(error)))?,
        }
        bar.inc(part.products);
    }
    bar.finish_and_clear();
    drop(export);
    app.db().close().await;
    target.finish().map_err(|error| Failure::failed(complaint(error)))?;
    Ok(if path.is_some() { terminal::say(&format!("Products: {total} exported.")) } else { ExitCode::SUCCESS })
}
