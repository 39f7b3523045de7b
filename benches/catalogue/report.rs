//! What was measured, as a table in Markdown.

use std::fmt;
use std::time::Duration;

use crate::database::Kind;

/// The requests that one process answered, over all its turns.
#[derive(Default)]
pub struct Measured {
    time: Duration,
    cpu: Option<Duration>,
    latencies: Vec<Duration>,
}

impl Measured {
    pub fn add(&mut self, time: Duration, cpu: Option<Duration>, latencies: Vec<Duration>) {
        self.time += time;
        self.cpu = cpu.map(|cpu| self.cpu.unwrap_or_default() + cpu);
        self.latencies.extend(latencies);
        self.latencies.sort_unstable();
    }

    #[expect(clippy::cast_precision_loss, reason = "nobody counts so many requests")]
    fn count(&self) -> f64 {
        self.latencies.len() as f64
    }

    fn per_second(&self) -> f64 {
        self.count() / self.time.as_secs_f64()
    }

    /// The time in milliseconds within which so many percent were answered.
    fn percentile(&self, percent: usize) -> f64 {
        let place = self.latencies.len() * percent / 100;
        self.latencies.get(place).map_or(f64::NAN, |latency| latency.as_secs_f64() * 1e3)
    }

    /// Microseconds of a processor for one request.
    fn cpu_each(&self) -> Option<f64> {
        self.cpu.map(|cpu| cpu.as_secs_f64() * 1e6 / self.count())
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cpu = self.cpu_each().map_or_else(|| "–".to_owned(), |cpu| format!("{cpu:.0}"));
        let (rate, half, most) = (self.per_second(), self.percentile(50), self.percentile(99));
        write!(f, "{rate:.0} | {half:.2} | {most:.2} | {cpu}")
    }
}

pub struct Row {
    pub database: Kind,
    pub products: usize,
    pub workload: &'static str,
    pub statements: u64,
    /// The server, then the baseline if it was asked, too.
    pub measured: (Measured, Option<Measured>),
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { database, products, workload, statements, measured: (server, baseline) } = self;
        write!(f, "| {database} | {products} | {workload} | {statements} | {server} | ")?;
        match baseline {
            Some(baseline) => write!(f, "{baseline} | {:.2} |", server.per_second() / baseline.per_second()),
            None => write!(f, "– | – | – | – | – |"),
        }
    }
}

/// Requests a second, milliseconds at the 50th and 99th percentile, and microseconds of a processor for one request, in
/// the process itself; the last column is the server's rate by the baseline's.
pub fn table(rows: &[Row]) -> String {
    let head = "| database | products | workload | statements | server rps | p50 | p99 | CPU µs \
                | baseline rps | p50 | p99 | CPU µs | ratio |\n\
                | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";
    let rows = rows.iter().map(|row| format!("\n{row}"));
    format!("{head}{}", rows.collect::<String>())
}
