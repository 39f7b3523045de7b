//! The memory of checked operations, and the two schemas that check and run them.

use std::sync::Arc;

use async_graphql::parser::parse_query;
use async_graphql::{Request, Response, ServerError, ValidationMode, Variables};
use moka::sync::Cache;

use super::super::limits::{MAX_NESTING, check_operation, check_text, measure};
use super::super::variables::{InputTypes, ScalarChecks};
use super::super::{Schema, builder};
use super::operation::{Operation, Ready};
use super::persisted::{self, Hash, Source, Text};
use super::validate::{ValidateOnly, validate};
use super::{refusal, select, typename};
use crate::config::Limits;
use crate::error::{ErrorCode, Result};

/// Texts up to this length weigh one, longer ones accordingly more.
const BYTES_PER_UNIT: usize = 1024;
/// Errors beyond these help nobody and would make an answer larger than its question.
const MOST_ERRORS: usize = 50;
/// Names in a document may be as long as the document.
const LONGEST_MESSAGE: usize = 600;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    text: Hash,
    operation: Option<Box<str>>,
}

pub(crate) struct Documents {
    validator: Schema,
    executor: Schema,
    types: InputTypes,
    limits: Limits,
    introspection: bool,
    operations: Cache<Key, (u32, Arc<Operation>)>,
    texts: Cache<Hash, Arc<str>>,
}

impl Documents {
    /// Fails only if the schema's own printed form cannot be read.
    pub(crate) fn new(limits: &Limits, introspection: bool, checks: &ScalarChecks) -> Result<Self> {
        let mut strict = builder()
            .validation_mode(ValidationMode::Strict)
            .limit_recursive_depth(MAX_NESTING + 1)
            .extension(ValidateOnly);
        if !introspection {
            // A suggestion tells names that introspection would not.
            strict = strict.disable_suggestions();
        }
        let validator = strict.finish();
        let executor = builder()
            .validation_mode(ValidationMode::Fast)
            .limit_recursive_depth(MAX_NESTING + 1)
            .limit_complexity(limits.complexity)
            .finish();
        Ok(Self {
            types: InputTypes::from_sdl(&validator.sdl(), checks)?,
            validator,
            executor,
            limits: limits.clone(),
            introspection,
            operations: Cache::builder()
                .max_capacity(limits.cached_documents)
                .weigher(|_, (weight, _): &(u32, Arc<Operation>)| *weight)
                .build(),
            texts: Cache::builder()
                .max_capacity(limits.cached_documents)
                .weigher(|_, text: &Arc<str>| weight(text))
                .build(),
        })
    }

    /// The operation that a request means, checked by everything but its variables.
    pub(crate) async fn find(
        &self,
        source: Source<'_>,
        operation_name: Option<&str>,
    ) -> Result<Arc<Operation>, Vec<ServerError>> {
        let text = persisted::resolve(&source, &self.texts)?;
        let key = Key { text: text.hash, operation: operation_name.map(Box::from) };
        let operation = match self.operations.get(&key) {
            Some((_, operation)) => operation,
            None => self.check_and_remember(key, &text, operation_name).await?,
        };
        // Only what proved valid may be named by its hash.
        if text.to_register && !self.texts.contains_key(&text.hash) {
            self.texts.insert(text.hash, text.query.as_str().into());
        }
        Ok(operation)
    }

    pub(crate) fn bind(&self, operation: Arc<Operation>, variables: Variables) -> Result<Ready, Vec<ServerError>> {
        operation.bind(&self.types, variables)
    }

    /// Runs the request of a [`Ready`] operation.
    pub(crate) async fn execute(&self, request: Request) -> Response {
        let mut response = self.executor.execute(request).await;
        for error in &mut response.errors {
            if error.extensions.is_none() && error.path.is_empty() && error.message == "Query is too complex." {
                *error = self.too_costly();
            }
        }
        response
    }

    fn too_costly(&self) -> ServerError {
        let message = format!(
            "The operation costs more than the limit of {}: each field counts once for every item of the pages that it \
             is in. Ask for smaller pages or fewer fields, or let the operator raise LIMIT_COMPLEXITY.",
            self.limits.complexity
        );
        refusal(ErrorCode::QueryTooComplex, message, None)
    }

    async fn check_and_remember(
        &self,
        key: Key,
        text: &Text<'_>,
        operation_name: Option<&str>,
    ) -> Result<Arc<Operation>, Vec<ServerError>> {
        let query = text.query.as_str();
        let mut checked = self.check(query, operation_name).await;
        if let Err(errors) = &mut checked {
            errors.dedup();
            errors.truncate(MOST_ERRORS);
            errors.iter_mut().for_each(|error| shorten(&mut error.message));
        }
        let operation = Arc::new(checked?);
        self.operations.insert(key, (weight(query), operation.clone()));
        Ok(operation)
    }

    /// Cheap refusals first: nothing below is reached by a document that only costs time.
    async fn check(&self, query: &str, operation_name: Option<&str>) -> Result<Operation, Vec<ServerError>> {
        check_text(query)?;
        let mut document = parse_query(query).map_err(unreadable)?;
        typename::wrap_directives(&mut document);
        let (name, chosen) = select::operation(&document, operation_name)?;
        let measured = measure(&document, chosen)?;
        check_operation(&measured, &self.limits)?;
        if measured.introspection_depth > 0 && !self.introspection {
            let message =
                "This server does not answer questions about its schema. The operator can allow them by INTROSPECTION.";
            return Err(refusal(ErrorCode::BadUserInput, message, None).into());
        }
        let (name, definition) = (name.cloned(), chosen.clone());
        let fragments = select::fragments_of(&document, &definition.node);
        validate(&self.validator, document, operation_name, &definition.node.variable_definitions).await?;
        let mut operation = Operation { name, definition, fragments, not_null: Default::default() };
        operation.not_null = self.types.check_literals(&operation.document(), &operation.definition.node)?;
        Ok(operation)
    }
}

/// The parser shows the whole line at fault, which can be the whole text. What it expected is at the end.
fn unreadable(error: async_graphql::parser::Error) -> ServerError {
    let (at, reason) = (error.positions().next(), error.to_string());
    let reason = reason.rsplit_once("= ").map_or(reason.as_str(), |(_, reason)| reason);
    let place = at.map(|at| format!(" at line {}, column {}", at.line, at.column)).unwrap_or_default();
    let message = format!("The query cannot be read{place}: {}.", reason.trim_end_matches('.'));
    refusal(ErrorCode::BadUserInput, message, at)
}

fn shorten(message: &mut String) {
    if let Some((end, _)) = message.char_indices().nth(LONGEST_MESSAGE) {
        message.truncate(end);
        message.push('…');
    }
}

fn weight(text: &str) -> u32 {
    u32::try_from(text.len() / BYTES_PER_UNIT).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests;
