//! `tradepost import`.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::process::ExitCode;

use indicatif::ProgressBar;

use crate::app::App;
use crate::auth::Actor;
use crate::cli::{Failure, ImportPrices, ImportProducts, ImportStock, ProductFormat, open, progress, terminal};
use crate::config::Config;
use crate::transfer::{ImportOptions, Progress, StockImportOptions, Summary};

pub async fn products(config: Config, arguments: ImportProducts) -> Result<ExitCode, Failure> {
    let ImportProducts { file, channel, dry_run, format: ProductFormat::Shopify } = arguments;
    let file = Watched::open(&file)?;
    let (app, bar) = (open(config).await?, file.bar.clone());
    let options = ImportOptions { channel, is_dry_run: dry_run };
    let summary = app.imports.import_shopify(&Actor::System, file, &options, |progress| tell(&bar, &progress)).await?;
    let Summary { created, updated, unchanged, failed } = summary;
    let counts = format!("{created} created, {updated} updated, {unchanged} unchanged, {failed} failed.");
    end(&app, &bar, dry_run, ("Products", &counts, failed)).await
}

pub async fn prices(config: Config, arguments: ImportPrices) -> Result<ExitCode, Failure> {
    let ImportPrices { file, channel, dry_run } = arguments;
    let file = Watched::open(&file)?;
    let (app, bar) = (open(config).await?, file.bar.clone());
    let options = ImportOptions { channel, is_dry_run: dry_run };
    let summary = app.imports.import_prices(&Actor::System, file, &options, |progress| tell(&bar, &progress)).await?;
    end(&app, &bar, dry_run, ("Prices", &describe_lines(&summary), summary.failed)).await
}

pub async fn stock(config: Config, arguments: ImportStock) -> Result<ExitCode, Failure> {
    let ImportStock { file, location, dry_run } = arguments;
    let file = Watched::open(&file)?;
    let (app, bar) = (open(config).await?, file.bar.clone());
    let options = StockImportOptions { location, is_dry_run: dry_run };
    let summary = app.imports.import_stock(&Actor::System, file, &options, |progress| tell(&bar, &progress)).await?;
    end(&app, &bar, dry_run, ("Stock levels", &describe_lines(&summary), summary.failed)).await
}

/// Lines are about what is there already: none creates anything.
fn describe_lines(Summary { updated, unchanged, failed, .. }: &Summary) -> String {
    format!("{updated} updated, {unchanged} unchanged, {failed} failed.")
}

/// Tells what somebody has to mend, or should know.
fn tell(bar: &ProgressBar, progress: &Progress<'_>) {
    match progress {
        Progress::Done(_) => {}
        Progress::Failed(errors) => {
            bar.suspend(|| errors.iter().for_each(|error| terminal::complain(&error.to_string())));
        }
        Progress::Unused(columns) => {
            bar.suspend(|| terminal::complain(&format!("These columns are not used: {}.", columns.join(", "))));
        }
    }
}

/// Says what came of an import of so many things of a kind.
async fn end(
    app: &App,
    bar: &ProgressBar,
    is_dry_run: bool,
    (what, counts, failed): (&str, &str, u64),
) -> Result<ExitCode, Failure> {
    bar.finish_and_clear();
    app.db().close().await;
    let prefix = if is_dry_run { "Nothing was changed. An import would have been" } else { what };
    terminal::say(&format!("{prefix}: {counts}"));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A file that moves the bar as it is read.
struct Watched {
    file: File,
    bar: ProgressBar,
}

impl Watched {
    fn open(path: &Path) -> Result<Self, Failure> {
        let refused =
            |error: io::Error| Failure::usage(format!("The file {} cannot be read: {error}.", path.display()));
        let file = File::open(path).map_err(refused)?;
        let found = file.metadata().map_err(refused)?;
        if found.is_dir() {
            return Err(refused(ErrorKind::IsADirectory.into()));
        }
        Ok(Self { file, bar: progress::bar(found.len()) })
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.bar.inc(u64::try_from(count).unwrap_or(0));
        Ok(count)
    }
}
