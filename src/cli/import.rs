//! `tradepost import`.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::process::ExitCode;

use indicatif::ProgressBar;

use crate::auth::Actor;
use crate::cli::{Failure, ProductFormat, ImportProducts, open, progress, terminal};
use crate::config::Config;
use crate::transfer::{ImportOptions, Progress, Summary};

pub async fn products(config: Config, arguments: ImportProducts) -> Result<ExitCode, Failure> {
    let ImportProducts { file: path, channel, dry_run, format: ProductFormat::Shopify } = arguments;
    let refused = |error: io::Error| Failure::usage(format!("The file {} cannot be read: {error}.", path.display()));
    let file = File::open(&path).map_err(refused)?;
    let found = file.metadata().map_err(refused)?;
    if found.is_dir() {
        return Err(refused(ErrorKind::IsADirectory.into()));
    }
    let app = open(config).await?;
    let bar = progress::bar(found.len());
    let options = ImportOptions { channel, is_dry_run: dry_run };
    let file = Watched { file, bar: bar.clone() };
    let summary = app.imports.import_shopify(&Actor::System, file, &options, |progress| {
        if let Progress::Failed(errors) = progress {
            bar.suspend(|| errors.iter().for_each(|error| terminal::complain(&error.to_string())));
        }
    });
    let summary = summary.await?;
    bar.finish_and_clear();
    app.db().close().await;
    terminal::say(&describe(&summary, dry_run));
    Ok(if summary.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn describe(summary: &Summary, is_dry_run: bool) -> String {
    let Summary { created, updated, unchanged, failed } = summary;
    let prefix = if is_dry_run { "Nothing was changed. An import would have been: " } else { "Products: " };
    format!("{prefix}{created} created, {updated} updated, {unchanged} unchanged, {failed} failed.")
}

/// A file that moves the bar as it is read.
struct Watched {
    file: File,
    bar: ProgressBar,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.bar.inc(u64::try_from(count).unwrap_or(0));
        Ok(count)
    }
}
