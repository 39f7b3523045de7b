//! Takes connections until told to stop, then lets what has begun come to its end.

use std::convert::Infallible;
use std::future::pending;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal;
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

use super::drain::Drain;
use super::router;
use crate::app::App;
use crate::error::Result;

/// How long requests and mutations under way may take once the server is told to stop.
const GRACE: Duration = Duration::from_secs(30);
/// A connection that has not sent the head of a request for so long is given up, be it idle or slow on purpose.
const SILENCE: Duration = Duration::from_secs(75);
const PING_EVERY: Duration = Duration::from_secs(30);
const STREAMS_PER_CONNECTION: u32 = 128;
/// When the process has no file left for a connection, others have to end first.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves HTTP/1.1 and HTTP/2 without TLS until `shutdown` is over, and then at most 30 seconds longer.
pub async fn serve(app: App, listener: TcpListener, shutdown: impl Future<Output = ()> + Send) -> Result<()> {
    let drain = Drain::default();
    let router = router::with_drain(app, drain.clone())?;
    let connections = GracefulShutdown::new();
    tokio::select! {
        never = accept(&listener, &router, &connections) => match never {},
        () = shutdown => {}
    }
    drain.begin();
    drop(listener);
    tracing::info!("stopping: what is under way is finished, new connections are refused");
    let finished = async {
        connections.shutdown().await;
        drain.idle().await;
    };
    if timeout(GRACE, finished).await.is_err() {
        tracing::warn!("stopped, although some work was still under way");
    }
    Ok(())
}

async fn accept(listener: &TcpListener, router: &Router, connections: &GracefulShutdown) -> Infallible {
    let builder = builder();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => open(&builder, stream, peer, router.clone(), connections),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                sleep(PAUSE).await;
            }
        }
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(SILENCE);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING_EVERY)
        .max_concurrent_streams(STREAMS_PER_CONNECTION);
    builder
}

fn open(
    builder: &Builder<TokioExecutor>,
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    connections: &GracefulShutdown,
) {
    // Answers are written whole; waiting for more would only delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let service = router.map_request(move |request: Request<_>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    });
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = connections.watch(connection.into_owned());
    tokio::spawn(async move {
        // Clients come and go; what they asked is in the log by itself.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

/// Ends when the process is asked to stop: by a service manager, or from the keyboard.
pub async fn shutdown_signal() {
    let keyboard = async {
        if let Err(error) = signal::ctrl_c().await {
            tracing::error!(%error, "the keyboard's signal cannot be received");
            pending::<()>().await;
        }
    };
    tokio::select! {
        () = keyboard => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => _ = terminate.recv().await,
        Err(error) => {
            tracing::error!(%error, "the service manager's signal cannot be received");
            pending::<()>().await;
        }
    }
}

#[cfg(not(unix))]
async fn terminated() {
    pending::<()>().await;
}
