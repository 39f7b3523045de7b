//! One operation that has passed every check that does not depend on the request.

use std::collections::HashSet;
use std::sync::Arc;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition, OperationType,
};
use async_graphql::{Name, Positioned, Request, ServerError, Value, Variables};

use super::super::variables::InputTypes;
use super::{absent, refusal};
use crate::error::ErrorCode;

#[derive(Debug)]
pub(crate) struct Operation {
    pub(super) name: Option<Name>,
    pub(super) definition: Positioned<OperationDefinition>,
    /// The fragments that the operation uses, and no others.
    pub(super) fragments: Vec<(Name, Positioned<FragmentDefinition>)>,
    /// Variables that stand where null is not allowed, though their own type may allow it.
    pub(super) not_null: HashSet<Name>,
}

/// An operation with variables that fit it.
pub(crate) struct Ready {
    operation: Arc<Operation>,
    variables: Variables,
}

impl Operation {
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub(crate) fn kind(&self) -> OperationType {
        self.definition.node.ty
    }

    /// Joins the operation with a request's variables, after making them fit.
    pub(super) fn bind(
        self: Arc<Self>,
        types: &InputTypes,
        mut variables: Variables,
    ) -> Result<Ready, Vec<ServerError>> {
        types.coerce(&self.definition.node.variable_definitions, &mut variables)?;
        let null = self.not_null.iter().find(|name| matches!(variables.get(*name), Some(Value::Null)));
        if let Some(name) = null {
            let message = format!("Variable \"${name}\" must not be null where the operation uses it.");
            return Err(vec![refusal(ErrorCode::BadUserInput, message, None)]);
        }
        Ok(Ready { operation: self, variables })
    }

    pub(super) fn document(&self) -> ExecutableDocument {
        ExecutableDocument {
            operations: DocumentOperations::Single(self.definition.clone()),
            fragments: self.fragments.iter().cloned().collect(),
        }
    }
}

impl Ready {
    /// The request as the executor takes it: parsed, and without the arguments that were left out.
    pub(crate) fn into_request(self) -> Request {
        let mut document = self.operation.document();
        absent::leave_out(&mut document, &self.operation.definition.node, &self.variables);
        let mut request = Request::new(String::new()).variables(self.variables);
        request.set_parsed_query(document);
        request
    }
}
