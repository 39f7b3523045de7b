//! What is sent to the service and what it answers.

use std::collections::HashMap;

use bytes::Bytes;
use http::Response;
use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::address::Place;
use crate::clock::Timestamp;
use crate::http_client::CallError;
use crate::pricing::{Rate, TaxPair};

/// What answers are remembered by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    pub home_country: String,
    pub place: Place,
    /// Codes in their alphabet; `None` for what has no class.
    pub classes: Vec<Option<String>>,
}

/// The rates of each class by its code.
pub type Told = HashMap<Option<String>, TaxPair>;

/// Why there is no answer. It does not say where the goods go.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("the status is {0}")]
    Status(StatusCode),
    #[error("the answer is not of the agreed form: {0}")]
    Form(serde_json::Error),
    #[error("the class {0:?} is told twice")]
    Twice(Option<String>),
    #[error("the class {0:?} is not told")]
    Missing(Option<String>),
    #[error("the class {0:?} has a rate that is no percentage from 0 to 100")]
    Rate(Option<String>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Question<'a> {
    home_country: &'a str,
    country: &'a str,
    region: Option<&'a str>,
    postal_code: Option<&'a str>,
    at: Timestamp,
    classes: Vec<Class<'a>>,
}

#[derive(Serialize)]
struct Class<'a> {
    class: Option<&'a str>,
}

#[derive(Deserialize)]
struct Answer {
    rates: Vec<ClassRates>,
}

#[derive(Deserialize)]
struct ClassRates {
    // One that is left out is a mistake, and does not mean null.
    #[serde(deserialize_with = "Option::deserialize")]
    class: Option<String>,
    home: String,
    zone: String,
}

impl Asked {
    pub fn body(&self, at: Timestamp) -> Result<Bytes, serde_json::Error> {
        let question = Question {
            home_country: &self.home_country,
            country: &self.place.country,
            region: self.place.region.as_deref(),
            postal_code: self.place.postal_code.as_deref(),
            at,
            classes: self.classes.iter().map(|class| Class { class: class.as_deref() }).collect(),
        };
        serde_json::to_vec(&question).map(Bytes::from)
    }

    /// Takes an answer that tells everything that was asked for. What else it tells does not matter.
    pub fn read(&self, answer: &Response<Bytes>) -> Result<Told, NoAnswer> {
        if answer.status() != StatusCode::OK {
            return Err(NoAnswer::Status(answer.status()));
        }
        let answer: Answer = serde_json::from_slice(answer.body()).map_err(NoAnswer::Form)?;
        let mut told = Told::new();
        for ClassRates { class, home, zone } in answer.rates {
            if !self.classes.contains(&class) {
                continue;
            }
            let pair = percentage(&home).zip(percentage(&zone)).map(|(home, zone)| TaxPair { home, zone });
            let pair = pair.ok_or_else(|| NoAnswer::Rate(class.clone()))?;
            if told.insert(class.clone(), pair).is_some() {
                return Err(NoAnswer::Twice(class));
            }
        }
        match self.classes.iter().find(|class| !told.contains_key(*class)) {
            Some(missing) => Err(NoAnswer::Missing(missing.clone())),
            None => Ok(told),
        }
    }
}

fn percentage(text: &str) -> Option<Rate> {
    Rate::parse_percentage(text).filter(|rate| *rate <= Rate::WHOLE)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn asked() -> Asked {
        Asked {
            home_country: "DE".to_owned(),
            place: Place { postal_code: Some("94103".to_owned()), ..Place::of_country("US") },
            classes: vec![None, Some("books".to_owned())],
        }
    }

    fn answer(status: u16, body: impl Into<Bytes>) -> Response<Bytes> {
        Response::builder().status(status).body(body.into()).unwrap()
    }

    fn read(rates: Value) -> Result<Told, NoAnswer> {
        asked().read(&answer(200, json!({ "rates": rates }).to_string()))
    }

    #[test]
    fn a_question_names_what_is_not_known_as_null() {
        let body: Value = serde_json::from_slice(&asked().body(Timestamp::from_micros(0)).unwrap()).unwrap();

        assert_eq!(
            body,
            json!({ "homeCountry": "DE", "country": "US", "region": null, "postalCode": "94103",
                "at": "1970-01-01T00:00:00Z", "classes": [{ "class": null }, { "class": "books" }] })
        );
    }

    #[test]
    fn percentages_are_exact() {
        let told = read(json!([
            { "class": "books", "home": "7", "zone": "0.0000" },
            { "class": null, "home": "19.0", "zone": "8.6250" },
            { "class": "unasked", "home": "much", "zone": "" },
        ]))
        .unwrap();

        let pair = |home, zone| TaxPair { home: Rate::from_millionths(home), zone: Rate::from_millionths(zone) };
        assert_eq!(told[&None], pair(190_000, 86_250));
        assert_eq!(told[&Some("books".to_owned())], pair(70_000, 0));
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn what_is_not_as_agreed_is_no_answer() {
        let books = json!({ "class": "books", "home": "7", "zone": "7" });
        let rest = |home: Value| json!({ "class": null, "home": home, "zone": "1" });

        assert!(matches!(asked().read(&answer(201, "{}")), Err(NoAnswer::Status(_))));
        assert!(matches!(asked().read(&answer(200, "<html>")), Err(NoAnswer::Form(_))));
        assert!(matches!(read(json!([books])), Err(NoAnswer::Missing(None))));
        assert!(matches!(read(json!([books, books, rest(json!("1"))])), Err(NoAnswer::Twice(Some(_)))));
        assert!(matches!(read(json!([books, rest(json!(19))])), Err(NoAnswer::Form(_))));
        assert!(matches!(read(json!([books, { "home": "1", "zone": "1" }])), Err(NoAnswer::Form(_))));
        for wrong in ["", "-1", "100.0001", "1.00001", "19 %", "1e1", "NaN"] {
            assert!(matches!(read(json!([books, rest(json!(wrong))])), Err(NoAnswer::Rate(None))), "{wrong}");
        }
        assert!(read(json!([books, rest(json!("100"))])).is_ok());
    }
}
