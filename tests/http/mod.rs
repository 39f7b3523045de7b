//! GraphQL over HTTP: what may be sent, what comes back, and what is refused before anything runs.

mod browser;
mod failure;
mod graphiql;
mod limits;
mod request;
mod response;

use axum::body::Body;
use http::{Method, Request, header};
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp};

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";
const SHOP: &str = "{ shop { version } }";

/// A request that can be varied by its headers.
struct Sending {
    request: Request<Body>,
}

impl Sending {
    fn new(method: Method, uri: &str, body: impl Into<Body>) -> Self {
        Self { request: Request::builder().method(method).uri(uri).body(body.into()).unwrap() }
    }

    fn get(uri: &str) -> Self {
        Self::new(Method::GET, uri, Body::empty())
    }

    /// A body that says it is JSON.
    fn post(body: impl Into<Body>) -> Self {
        Self::new(Method::POST, "/graphql", body).with("content-type", JSON)
    }

    fn query(query: &str) -> Self {
        Self::post(json!({ "query": query }).to_string())
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.request.headers_mut().insert(name, value.parse().unwrap());
        self
    }

    fn without(mut self, name: &'static str) -> Self {
        self.request.headers_mut().remove(name);
        self
    }

    async fn to(self, app: &TestApp) -> Reply {
        app.anonymous().send(self.request).await
    }

    async fn from(self, client: &Client) -> Reply {
        client.send(self.request).await
    }
}

/// A server of the same database with other options.
async fn with_options(app: &TestApp, options: &[&str]) -> Client {
    Client::new(app.sibling(options).await.1, None)
}

/// A GET with these parameters.
fn address(parameters: &[(&str, &str)]) -> String {
    let mut url = url::Url::parse("http://localhost/graphql").unwrap();
    url.query_pairs_mut().extend_pairs(parameters);
    format!("/graphql?{}", url.query().unwrap_or_default())
}

/// Every error has a message and a code.
fn codes(reply: &Reply) -> Vec<&str> {
    let errors = reply.json["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let code = |error: &'_ Value| -> Option<()> {
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{error}");
        error["extensions"]["code"].as_str().map(drop)
    };
    assert!(errors.iter().all(|error| code(error).is_some()), "{}", reply.json);
    errors.iter().filter_map(|error| error["extensions"]["code"].as_str()).collect()
}

fn content_type(reply: &Reply) -> &str {
    reply.header(header::CONTENT_TYPE.as_str()).unwrap_or_default()
}
