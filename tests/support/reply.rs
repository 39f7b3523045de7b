//! What came back.

use axum::response::Response;
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;

/// An answer over HTTP, read as JSON where it is JSON.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub json: Value,
}

impl Reply {
    pub async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Self { status: parts.status, headers: parts.headers, body, json }
    }

    /// The data, of an answer without errors.
    pub fn data(&self) -> &Value {
        assert!(self.json.get("errors").is_none(), "there are errors: {}", self.json);
        assert!(self.json.get("data").is_some(), "there is no data: {} {}", self.status, self.json);
        &self.json["data"]
    }

    /// What lies at a JSON pointer below the data, such as `/product/name`.
    pub fn at(&self, pointer: &str) -> &Value {
        self.data().pointer(pointer).unwrap_or_else(|| panic!("there is no {pointer} in {}", self.json))
    }

    /// The text at a JSON pointer below the data.
    pub fn text(&self, pointer: &str) -> String {
        let value = self.at(pointer);
        value.as_str().unwrap_or_else(|| panic!("{pointer} is no text in {}", self.json)).to_owned()
    }

    /// The user errors of the only mutation, as `CODE at.the.path`.
    pub fn user_errors(&self) -> Vec<String> {
        let payload = self.data().as_object().unwrap().values().next().unwrap();
        let errors = payload["userErrors"].as_array().unwrap_or_else(|| panic!("no userErrors in {}", self.json));
        errors.iter().map(describe).collect()
    }

    /// The code of the first top-level error.
    pub fn code(&self) -> Option<&str> {
        self.json.pointer("/errors/0/extensions/code")?.as_str()
    }

    /// The message of the first top-level error.
    pub fn message(&self) -> &str {
        self.json.pointer("/errors/0/message").and_then(Value::as_str).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

fn describe(error: &Value) -> String {
    let field =
        error["field"].as_array().map(|path| path.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("."));
    let code = error["code"].as_str().unwrap_or_default();
    assert!(error["message"].as_str().is_some_and(|message| message.ends_with('.')), "no sentence: {error}");
    field.map_or_else(|| code.to_owned(), |field| format!("{code} {field}"))
}
