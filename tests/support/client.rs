//! Clients that speak GraphQL over HTTP.

use axum::Router;
use axum::body::Body;
use http::{Request, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::Reply;

/// Somebody who sends requests, anonymous or with an access token.
#[derive(Clone)]
pub struct Client {
    router: Router,
    token: Option<String>,
}

impl Client {
    pub fn new(router: Router, token: Option<String>) -> Self {
        Self { router, token }
    }

    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    /// Runs an operation.
    pub async fn run(&self, query: &str, variables: Value) -> Reply {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let mut request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/graphql-response+json");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Runs an operation without variables.
    pub async fn query(&self, query: &str) -> Reply {
        self.run(query, json!({})).await
    }

    /// Sends any request.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        Reply::read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Reply {
        const SIGN_IN: &str = "mutation($input: StaffSignInInput!) { staffSignIn(input: $input) {
            session { accessToken accessTokenExpiresAt refreshToken expiresAt } userErrors { code message field } } }";
        self.run(SIGN_IN, json!({ "input": { "email": email, "password": password } })).await
    }
}
