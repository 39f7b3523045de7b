//! Validation apart from execution: a schema that checks documents by every rule and never runs one.

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::parser::types::{ExecutableDocument, VariableDefinition};
use async_graphql::{Positioned, Request, Response, ServerError, Value};

use super::super::Schema;

/// Stops a request after its validation.
pub(super) struct ValidateOnly;

impl ExtensionFactory for ValidateOnly {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for ValidateOnly {
    async fn execute(
        &self,
        _context: &ExtensionContext<'_>,
        _operation_name: Option<&str>,
        _next: NextExecute<'_>,
    ) -> Response {
        Response::new(Value::Null)
    }
}

/// Checks all operations of the document without looking at variables.
pub(super) async fn validate(
    validator: &Schema,
    document: ExecutableDocument,
    operation_name: Option<&str>,
    variables: &[Positioned<VariableDefinition>],
) -> Result<(), Vec<ServerError>> {
    let mut request = Request::new(String::new());
    request.operation_name = operation_name.map(str::to_owned);
    request.set_parsed_query(document);
    let mut errors = validator.execute(request).await.errors;
    // Without variables the cost of a field cannot be estimated; that is done when the operation runs.
    errors.retain(|error| {
        !variables
            .iter()
            .any(|variable| error.message == format!("Variable {} is not defined.", variable.node.name.node))
    });
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
