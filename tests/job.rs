//! Jobs: done at least once, by one worker at a time, whatever happens to it.

mod news;
mod runner;
mod seen;

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tradepost::app::App;
use tradepost::error::Result;
use tradepost::job::{self, NewJob, Next, Runner, RunnerSettings, Task, Work};

pub const KIND: &str = "test";

type Deed = dyn Fn(&Task) -> Pin<Box<dyn Future<Output = Result<Next>> + Send>> + Send + Sync;

/// Notes what it is given to do, and then does something.
#[derive(Clone)]
pub struct Worker {
    pub tasks: Arc<Mutex<Vec<Task>>>,
    deed: Arc<Deed>,
}

impl Worker {
    pub fn new<F>(deed: impl Fn(u32) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Next>> + Send + 'static,
    {
        Self { tasks: Arc::default(), deed: Arc::new(move |task| Box::pin(deed(task.attempt))) }
    }

    /// One that succeeds.
    pub fn able() -> Self {
        Self::new(async |_| Ok(Next::Done))
    }

    /// How often it was given something.
    pub fn count(&self) -> usize {
        self.tasks.lock().unwrap().len()
    }
}

impl Work for Worker {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn run<'a>(&'a self, task: &'a Task) -> Pin<Box<dyn Future<Output = Result<Next>> + Send + 'a>> {
        self.tasks.lock().unwrap().push(task.clone());
        (self.deed)(task)
    }
}

/// Settings under which a test need not wait.
pub const QUICK: RunnerSettings = RunnerSettings {
    at_once: 4,
    lease: Duration::from_secs(30),
    look_every: Duration::from_millis(20),
    drain: Duration::from_secs(5),
};

/// A runner at work.
pub struct Running {
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Running {
    pub fn start(app: &App, worker: &Worker, settings: RunnerSettings) -> Self {
        let work: Arc<dyn Work> = Arc::new(worker.clone());
        let runner = Runner::new(app.db().clone(), [work], app.job_signal.clone(), settings);
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move { runner.run(async { drop(stopped.await) }).await });
        Self { stop: Some(stop), task }
    }

    /// Has it finish what it has begun.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        (&mut self.task).await.unwrap();
    }

    /// Ends it in the midst of what it does.
    pub fn kill(self) {
        self.task.abort();
    }
}

/// Adds jobs that are due after a time.
pub async fn add(app: &App, count: u32, delay: Duration) {
    let tx = app.db().begin().await.unwrap();
    for n in 0..count {
        let job = NewJob { kind: KIND, payload: json!({ "n": n }), event: None, delay };
        job::add(&tx, job).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Waits until something is so.
pub async fn until(is_so: impl AsyncFn() -> bool) {
    let wait = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(20), wait).await.is_ok(), "it never came to that");
}
