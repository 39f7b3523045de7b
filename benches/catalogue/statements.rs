//! How many SQL statements a request takes, as the server's access log tells.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::Result;
use crate::load::Connection;
use crate::process::serve;
use crate::workload::Workload;

const REQUESTS: usize = 21;
/// The line of a request is written before its answer is, but by another process.
const WRITTEN: Duration = Duration::from_millis(200);

/// One number for each workload, by a server of its own, so that the one that is measured need not log.
pub fn count(url: &str, folder: &Path, workloads: &[Workload]) -> Result<Vec<u64>> {
    let server = serve(url, "warn,tradepost::access=info", &folder.join("statements.log"))?;
    let mut connection = Connection::open(server.port)?;
    let mut asked = Vec::new();
    for workload in workloads {
        let exchanges = workload.server.iter().take(REQUESTS);
        asked.push(exchanges.len());
        for exchange in exchanges {
            connection.ask(&exchange.request)?;
        }
    }
    sleep(WRITTEN);
    let log = server.log()?;
    let mut counts = log.lines().filter_map(statements);
    // What the server remembers for a second is sometimes asked for anew: the usual number counts.
    let usual = |count: usize| {
        let mut some: Vec<u64> = counts.by_ref().take(count).collect();
        some.sort_unstable();
        some.get(some.len() / 2).copied().ok_or_else(|| "the access log tells no number of statements".into())
    };
    asked.into_iter().map(usual).collect()
}

fn statements(line: &str) -> Option<u64> {
    serde_json::from_str::<Value>(line).ok()?.get("db.statements")?.as_u64()
}
