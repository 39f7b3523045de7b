//! A service on this machine that tells rates, and can be told to do it badly.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What the service does when it is asked.
#[derive(Clone)]
pub enum Mood {
    /// Tells each class the same two percentages.
    Told(&'static str, &'static str),
    /// The same after a while.
    Slow(Duration),
    /// Says nothing.
    Silent,
    Answer(StatusCode, String),
}

pub struct TaxService {
    pub address: SocketAddr,
    state: Arc<Shared>,
    listening: JoinHandle<()>,
}

struct Shared {
    mood: Mutex<Mood>,
    asked: Mutex<Vec<(HeaderMap, Value)>>,
}

impl TaxService {
    pub async fn start(mood: Mood) -> Self {
        Self::start_on(SocketAddr::from(([127, 0, 0, 1], 0)), mood).await
    }

    pub async fn start_on(address: SocketAddr, mood: Mood) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Shared { mood: Mutex::new(mood), asked: Mutex::default() });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&state));
        let listening = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, state, listening }
    }

    pub fn url(&self) -> String {
        format!("http://{}/rates?v=1", self.address)
    }

    /// From now on the service does so.
    pub fn set(&self, mood: Mood) {
        *self.state.mood.lock().unwrap() = mood;
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<(HeaderMap, Value)> {
        self.state.asked.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.asked().len()
    }
}

impl Drop for TaxService {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn answer(State(state): State<Arc<Shared>>, request: http::Request<axum::body::Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    assert_eq!((parts.method.as_str(), parts.uri.to_string().as_str()), ("POST", "/rates?v=1"));
    let question: Value = serde_json::from_slice(&body).unwrap();
    state.asked.lock().unwrap().push((parts.headers, question.clone()));
    let mood = state.mood.lock().unwrap().clone();
    match mood {
        Mood::Told(home, zone) => told(&question, home, zone),
        Mood::Slow(time) => {
            tokio::time::sleep(time).await;
            told(&question, "19", "20")
        }
        Mood::Silent => std::future::pending().await,
        Mood::Answer(status, body) => (status, [(header::LOCATION, "/elsewhere")], body).into_response(),
    }
}

fn told(question: &Value, home: &str, zone: &str) -> Response {
    let classes = question["classes"].as_array().unwrap().iter();
    let rates: Vec<_> = classes.map(|class| json!({ "class": class["class"], "home": home, "zone": zone })).collect();
    axum::Json(json!({ "rates": rates })).into_response()
}
