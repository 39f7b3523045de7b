//! Takes connections until told to stop, then lets what has begun come to its end.

use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::sleep;

use super::drain::Drain;
use super::router;
use crate::app::App;
use crate::error::{Error, Result};

/// How long requests and mutations under way may take once the server is told to stop.
const GRACE: Duration = Duration::from_secs(30);

/// Serves HTTP/1.1 and HTTP/2 without TLS until `shutdown` is over, and then at most [`GRACE`] longer.
pub async fn serve(app: App, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    let drain = Drain::default();
    let router = router::with_drain(app, drain.clone())?;
    let listener = listener.tap_io(|stream| {
        // Answers are written whole; waiting for more would only delay them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let (stop, mut stopping) = watch::channel(false);
    let signal = {
        let drain = drain.clone();
        async move {
            shutdown.await;
            drain.begin();
            tracing::info!("stopping: what is under way is finished, new connections are refused");
            stop.send_replace(true);
        }
    };
    let grace_is_over = async move {
        // An error means that the server has ended before it was told to.
        if stopping.wait_for(|stopping| *stopping).await.is_ok() {
            sleep(GRACE).await;
        }
    };
    let server = async {
        let served = axum::serve(listener, router).with_graceful_shutdown(signal).await;
        drain.idle().await;
        served
    };
    tokio::select! {
        served = server => served.map_err(Error::internal),
        () = grace_is_over => {
            tracing::warn!("stopped, although some work was still under way");
            Ok(())
        }
    }
}

/// Ends when the process is asked to stop: by a service manager, or from the keyboard.
pub async fn shutdown_signal() {
    use tokio::signal;

    let keyboard = async {
        if let Err(error) = signal::ctrl_c().await {
            tracing::error!(%error, "the keyboard's signal cannot be received");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let manager = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => _ = terminate.recv().await,
            Err(error) => {
                tracing::error!(%error, "the service manager's signal cannot be received");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let manager = std::future::pending::<()>();
    tokio::select! {
        () = keyboard => {}
        () = manager => {}
    }
}
