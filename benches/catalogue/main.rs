//! `cargo bench`: how fast the catalogue is read, next to the least that it can cost.
//!
//! For each database and size it fills a shop with seeded random products, boots the server as it is built for
//! production, and beside it the *baseline*: a handler of a few lines that sends hand-written SQL with the same rules
//! of visibility over the same database and writes the same JSON. Both are asked the same questions over HTTP by a
//! generator of load in this process, in short turns, so that whatever else the machine does disturbs both alike.
//! Before anything is measured, their answers are compared fact by fact.
//!
//! W1 is a listing page of 24 products of a collection, W1n the same by way of the collection, W2 a product page. W3, the
//! counts of a filter bar over the whole shop, is asked by one client of the server alone.
//!
//! | option | default | meaning |
//! | --- | --- | --- |
//! | `--products` | `1000,10000,100000` | how many products the shops have |
//! | `--databases` | `sqlite,postgres` | on which databases |
//! | `--workloads` | all | which questions are asked, by the names in the table |
//! | `--seconds` | `10` | how long each measurement takes, for the server and for the baseline |
//! | `--warm-up` | `2` | seconds before each measurement that do not count |
//! | `--connections` | `16` | how many clients ask at the same time |
//!
//! Options follow two dashes: `cargo bench -- --products 1000 --databases sqlite`. It needs nothing but what builds the
//! server; PostgreSQL is left out where it is not installed. The table on standard output is Markdown.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what it finds is for whoever runs it")]

mod baseline;
mod database;
mod fill;
mod load;
mod postgres;
mod process;
#[expect(dead_code, reason = "tests ask it one thing more")]
#[path = "../../tests/support/postgres/programs.rs"]
mod programs;
mod report;
mod shop;
mod statements;
mod workload;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use tempfile::TempDir;

use database::{Database, Kind};
use load::Load;
use process::{Process, serve, serve_baseline};
use report::{Measured, Row};
use workload::Workload;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The turns that the server and the baseline take in one measurement.
const TURNS: u32 = 5;

#[derive(Parser)]
struct Options {
    /// How many products the shops have, comma-separated
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000")]
    products: Vec<usize>,
    /// On which databases, comma-separated
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    databases: Vec<Kind>,
    /// Which questions are asked, comma-separated [default: all]
    #[arg(long, value_delimiter = ',')]
    workloads: Vec<String>,
    /// How long each measurement takes, for the server and for the baseline
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Seconds before each measurement that do not count
    #[arg(long, default_value_t = 2)]
    warm_up: u64,
    /// How many clients ask at the same time
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// What Cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
    /// Be the baseline over this database
    #[arg(long, hide = true, requires = "port")]
    baseline: Option<String>,
    #[arg(long, hide = true)]
    port: Option<u16>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let runtime = tokio::runtime::Runtime::new()?;
    let outcome = runtime.block_on(async {
        if let (Some(url), Some(port)) = (&options.baseline, options.port) {
            return baseline::serve(url, port).await;
        }
        // Processes and files go when what holds them is dropped, which a signal by itself would not do.
        tokio::select! {
            outcome = measure_all(&options) => outcome,
            _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
        }
    });
    runtime.shutdown_background();
    outcome
}

async fn measure_all(options: &Options) -> Result<()> {
    let mut rows = Vec::new();
    for kind in &options.databases {
        for products in &options.products {
            let Some(database) = Database::make(*kind)? else {
                eprintln!("PostgreSQL is not installed, so it is left out. PG_BIN may name its folder of programs.");
                continue;
            };
            rows.extend(measure_shop(options, &database, *products).await?);
        }
    }
    println!("\n{}", report::table(&rows));
    Ok(())
}

async fn measure_shop(options: &Options, database: &Database, products: usize) -> Result<Vec<Row>> {
    let began = Instant::now();
    fill::fill(&database.url, products).await?;
    database.settle().await?;
    eprintln!("{} with {products} products: filled in {:.1} s", database.kind, began.elapsed().as_secs_f64());
    let folder = TempDir::new()?;
    let (server, baseline) = start(&database.url, folder.path())?;
    let workloads = workload::all(&server, &baseline, products)?;
    let wanted = |workload: &Workload| {
        options.workloads.is_empty() || options.workloads.iter().any(|name| name == workload.name)
    };
    let workloads: Vec<Workload> = workloads.into_iter().filter(wanted).collect();
    let statements = statements::count(&database.url, folder.path(), &workloads)?;
    let mut rows = Vec::new();
    for (workload, statements) in workloads.into_iter().zip(statements) {
        let row = Row {
            database: database.kind,
            products,
            workload: workload.name,
            statements,
            measured: measure(options, &server, &baseline, workload).await?,
        };
        eprintln!("{row}");
        rows.push(row);
    }
    Ok(rows)
}

fn start(url: &str, folder: &Path) -> Result<(Process, Process)> {
    let server = serve(url, "warn", &folder.join("server.log"))?;
    let baseline = serve_baseline(url, &folder.join("baseline.log"))?;
    Ok((server, baseline))
}

/// Asks the server and the baseline in turns.
async fn measure(
    options: &Options,
    server: &Process,
    baseline: &Process,
    workload: Workload,
) -> Result<(Measured, Option<Measured>)> {
    let warm_up = Duration::from_secs(options.warm_up);
    let turn = Duration::from_secs(options.seconds) / TURNS;
    let connections = if workload.baseline.is_empty() { 1 } else { options.connections };
    let both = [(server, workload.server), (baseline, workload.baseline)];
    let mut loads = Vec::new();
    for (process, exchanges) in both.into_iter().filter(|(_, exchanges)| !exchanges.is_empty()) {
        let load = Arc::new(Load::new(process.port, connections, exchanges)?);
        run(&load, warm_up).await?;
        loads.push((process, load, Measured::default()));
    }
    for _ in 0..TURNS {
        for (process, load, measured) in &mut loads {
            let (began, cpu) = (Instant::now(), process.cpu_time());
            let latencies = run(load, turn).await?;
            measured.add(
                began.elapsed(),
                cpu.zip(process.cpu_time()).map(|(before, after)| after.saturating_sub(before)),
                latencies,
            );
        }
    }
    let mut measured = loads.into_iter().map(|(_, _, measured)| measured);
    let server = measured.next().ok_or("nothing was measured")?;
    Ok((server, measured.next()))
}

async fn run(load: &Arc<Load>, duration: Duration) -> Result<Vec<Duration>> {
    let load = Arc::clone(load);
    tokio::task::spawn_blocking(move || load.run(duration)).await?
}
