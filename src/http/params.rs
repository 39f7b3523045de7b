//! What a request asks for, from a JSON body or from a query string, with an own sentence for each mistake.

use std::fmt;
use std::marker::PhantomData;

use async_graphql::Variables;
use axum::extract::Query;
use http::Uri;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::graphql::document::PersistedQuery;

#[derive(Debug, Default)]
pub(super) struct Params {
    pub query: Option<String>,
    pub operation_name: Option<String>,
    pub variables: Variables,
    pub persisted: Option<PersistedQuery>,
}

type Parsed<T> = Result<T, String>;

impl Params {
    pub(super) fn from_body(body: &[u8]) -> Parsed<Self> {
        // `null` and a bare text are JSON, too; what comes first says more than a parser's complaint.
        match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
            None => return Err("The body is empty. Send a JSON object with a query.".to_owned()),
            Some(b'[') => {
                return Err("Batches are not supported. Send each operation in a request of its own.".to_owned());
            }
            Some(_) => {}
        }
        let members: Given<Members> = serde_json::from_slice(body).map_err(|error| {
            format!("The body is not valid JSON: see line {}, column {}.", error.line(), error.column())
        })?;
        match members {
            Given::Right(members) => members.check(),
            Given::Wrong(kind) => Err(format!("The body must be a JSON object, but is {kind}.")),
            Given::Absent => Err("The body must be a JSON object, but is null.".to_owned()),
        }
    }

    pub(super) fn from_uri(uri: &Uri) -> Parsed<Self> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|_| "The query string cannot be read.".to_owned())?;
        let mut members = Members::default();
        for (name, value) in pairs {
            match name.as_str() {
                _ if value.is_empty() => {}
                "query" => members.query = Given::Right(value),
                "operationName" => members.operation_name = Given::Right(value),
                "variables" => members.variables = from_parameter("variables", &value)?,
                "extensions" => members.extensions = from_parameter("extensions", &value)?,
                _ => {}
            }
        }
        members.check()
    }
}

fn from_parameter<'de, T>(name: &str, value: &'de str) -> Parsed<Given<T>>
where
    Given<T>: Deserialize<'de>,
{
    serde_json::from_str(value).map_err(|_| format!("The parameter \"{name}\" is not valid JSON."))
}

#[derive(Default)]
struct Members {
    query: Given<String>,
    operation_name: Given<String>,
    variables: Given<Variables>,
    extensions: Given<Extensions>,
}

#[derive(Default)]
struct Extensions {
    persisted_query: Given<Persisted>,
}

#[derive(Default)]
struct Persisted {
    version: Given<i64>,
    sha256: Given<String>,
}

impl Members {
    fn check(self) -> Parsed<Params> {
        let extensions = self.extensions.named("extensions", "an object")?;
        let persisted = extensions
            .map(|extensions| extensions.persisted_query.named("extensions.persistedQuery", "an object"))
            .transpose()?
            .flatten();
        Ok(Params {
            query: self.query.named("query", "a string")?,
            operation_name: self.operation_name.named("operationName", "a string")?,
            variables: self.variables.named("variables", "an object")?.unwrap_or_default(),
            persisted: persisted.map(Persisted::check).transpose()?,
        })
    }
}

impl Persisted {
    fn check(self) -> Parsed<PersistedQuery> {
        let lacks = |member: &str| format!("\"extensions.persistedQuery\" lacks its \"{member}\".");
        Ok(PersistedQuery {
            version: self
                .version
                .named("extensions.persistedQuery.version", "a whole number")?
                .ok_or_else(|| lacks("version"))?,
            sha256: self
                .sha256
                .named("extensions.persistedQuery.sha256Hash", "a string")?
                .ok_or_else(|| lacks("sha256Hash"))?,
        })
    }
}

/// A member of a JSON object that may be missing, right, or of a kind that is not meant.
#[derive(Default)]
enum Given<T> {
    #[default]
    Absent,
    Right(T),
    Wrong(&'static str),
}

impl<T> Given<T> {
    fn named(self, name: &str, expected: &str) -> Parsed<Option<T>> {
        match self {
            Self::Absent => Ok(None),
            Self::Right(value) => Ok(Some(value)),
            Self::Wrong(kind) => Err(format!("\"{name}\" must be {expected}, but is {kind}.")),
        }
    }
}

/// Takes the one kind of JSON value that fits; every other kind is refused by its name.
trait Kind: Sized {
    fn from_text(_text: &str) -> Option<Self> {
        None
    }

    fn from_whole(_number: i64) -> Option<Self> {
        None
    }

    /// Must take all entries of the object.
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

impl Kind for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Kind for i64 {
    fn from_whole(number: i64) -> Option<Self> {
        Some(number)
    }
}

impl Kind for Variables {
    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        let value = async_graphql::Value::deserialize(MapAccessDeserializer::new(object))?;
        Ok(Some(Self::from_value(value)))
    }
}

impl Kind for Members {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut members = Self::default();
        while let Some(name) = object.next_key::<String>()? {
            match name.as_str() {
                "query" => members.query = object.next_value()?,
                "operationName" => members.operation_name = object.next_value()?,
                "variables" => members.variables = object.next_value()?,
                "extensions" => members.extensions = object.next_value()?,
                _ => _ = object.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(members))
    }
}

impl Kind for Extensions {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut extensions = Self::default();
        while let Some(name) = object.next_key::<String>()? {
            match name.as_str() {
                "persistedQuery" => extensions.persisted_query = object.next_value()?,
                _ => _ = object.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(extensions))
    }
}

impl Kind for Persisted {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut persisted = Self::default();
        while let Some(name) = object.next_key::<String>()? {
            match name.as_str() {
                "version" => persisted.version = object.next_value()?,
                "sha256Hash" => persisted.sha256 = object.next_value()?,
                _ => _ = object.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Some(persisted))
    }
}

impl<'de, T: Kind> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor(PhantomData))
    }
}

struct GivenVisitor<T>(PhantomData<T>);

impl<'de, T: Kind> Visitor<'de> for GivenVisitor<T> {
    type Value = Given<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Given::Absent)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Given::Wrong("a boolean"))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(T::from_whole(number).map_or(Given::Wrong("a number"), Given::Right))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        let number = i64::try_from(number).ok().and_then(T::from_whole);
        Ok(number.map_or(Given::Wrong("a number"), Given::Right))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Given::Wrong("a number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(T::from_text(text).map_or(Given::Wrong("a string"), Given::Right))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Given::Wrong("an array"))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        Ok(T::from_object(object)?.map_or(Given::Wrong("an object"), Given::Right))
    }
}

#[cfg(test)]
mod tests;
