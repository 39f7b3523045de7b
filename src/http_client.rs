//! How the server calls services elsewhere.
//!
//! Every call has an end: a time limit covers it from connecting to the last byte, and an answer is read up to a size.
//! Redirects are not followed, so that what is sent goes where the configuration says and nowhere else. Answers of
//! HTTPS are believed by the roots that browsers ship.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use http::{HeaderValue, Request, Response, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::crypto::ring;
use tokio::time::timeout;

use crate::error::{Error, Result};

/// The most bytes of an answer.
const LONGEST: usize = 1024 * 1024;

/// Connections are kept for less long than servers usually keep them: one that is just being closed fails a call.
const IDLE: Duration = Duration::from_secs(4);

const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("tradepost/", env!("CARGO_PKG_VERSION")));

/// Why a call came to nothing. It says nothing of what was sent.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    #[error("there was no answer within {} ms", .0.as_millis())]
    Timeout(Duration),
    #[error("the answer has more than {LONGEST} bytes")]
    TooLong,
    #[error("{0}")]
    Failed(String),
}

/// Calls services; cloning it is cheap, and clones share connections.
///
/// What is inside has a type of great depth, which the compiler would look through again for whatever holds a client.
#[derive(Clone)]
pub struct HttpClient(Arc<Exchange>);

type Exchange = dyn Fn(Request<Bytes>) -> BoxFuture<'static, Result<Response<Bytes>, CallError>> + Send + Sync;

impl HttpClient {
    pub fn new() -> Result<Self> {
        let mut sockets = HttpConnector::new();
        sockets.enforce_http(false);
        sockets.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(ring::default_provider())
            .map_err(Error::internal)?
            .https_or_http()
            .enable_http1()
            .wrap_connector(sockets);
        let client: Connections = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(connector);
        Ok(Self(Arc::new(move |request| Box::pin(exchange(client.clone(), request)))))
    }

    /// Sends a request and reads the whole answer, whatever its status.
    pub async fn send(&self, mut request: Request<Bytes>, limit: Duration) -> Result<Response<Bytes>, CallError> {
        request.headers_mut().entry(header::USER_AGENT).or_insert(USER_AGENT);
        timeout(limit, (self.0)(request)).await.unwrap_or(Err(CallError::Timeout(limit)))
    }
}

type Connections = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

async fn exchange(client: Connections, request: Request<Bytes>) -> Result<Response<Bytes>, CallError> {
    let response = client.request(request.map(Full::new)).await.map_err(|error| failed(&error))?;
    let (parts, body) = response.into_parts();
    let body = Limited::new(body, LONGEST).collect().await.map_err(|error| match error {
        error if error.is::<LengthLimitError>() => CallError::TooLong,
        error => failed(error.as_ref()),
    })?;
    Ok(Response::from_parts(parts, body.to_bytes()))
}

/// All causes in a row: the first alone seldom says what went wrong.
fn failed(error: &(dyn StdError + 'static)) -> CallError {
    let mut causes = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        causes = format!("{causes}: {error}");
        next = error.source();
    }
    CallError::Failed(causes)
}
