//! Checks the values that are written into a document, around the variables in it.
//!
//! The framework leaves an argument unchecked that mixes literals with a variable, takes quoted enum values, and lets
//! a custom scalar refuse only when its field runs: too late for a field that follows another one's writes.

use std::collections::HashSet;
use std::convert::Infallible;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Pos, Positioned, ServerError, Value};
use bytes::Bytes;

use super::super::document::refusal;
use super::coerce::{Coercion, MOST_PROBLEMS};
use super::input_types::{InputField, InputTypes};
use super::leaf::Source;
use super::path::Path;
use crate::error::ErrorCode;

impl InputTypes {
    /// Checks an operation that has been validated, with the fragments that it uses.
    /// The answer names the variables that stand where null is not allowed.
    pub(crate) fn check_literals(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
    ) -> Result<HashSet<Name>, Vec<ServerError>> {
        let mut walk =
            Walk { types: self, document, seen: HashSet::new(), not_null: HashSet::new(), errors: Vec::new() };
        let root = match operation.ty {
            OperationType::Mutation => self.mutation.as_ref(),
            OperationType::Query | OperationType::Subscription => Some(&self.query),
        };
        walk.directives(&operation.directives);
        walk.selection_set(root, &operation.selection_set.node);
        if walk.errors.is_empty() { Ok(walk.not_null) } else { Err(walk.errors) }
    }
}

struct Walk<'a> {
    types: &'a InputTypes,
    document: &'a ExecutableDocument,
    seen: HashSet<&'a Name>,
    not_null: HashSet<Name>,
    errors: Vec<ServerError>,
}

impl<'a> Walk<'a> {
    fn selection_set(&mut self, parent: Option<&'a Name>, set: &'a SelectionSet) {
        for item in &set.items {
            if self.errors.len() >= MOST_PROBLEMS {
                return;
            }
            self.directives(item.node.directives());
            match &item.node {
                Selection::Field(field) => self.field(parent, &field.node),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|on| &on.node.on.node);
                    self.selection_set(on.or(parent), &fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
            }
        }
    }

    fn fragment(&mut self, name: &'a Name) {
        if let Some(fragment) = self.document.fragments.get(name)
            && self.seen.insert(name)
        {
            let on = &fragment.node.type_condition.node.on.node;
            self.selection_set(Some(on), &fragment.node.selection_set.node);
        }
    }

    /// Fields of the schema about itself are not in the table; validation knows them.
    fn field(&mut self, parent: Option<&'a Name>, field: &'a Field) {
        let known =
            parent.and_then(|parent| self.types.fields.get(parent)).and_then(|fields| fields.get(&field.name.node));
        if let Some(known) = known {
            for (name, value) in &field.arguments {
                if let Some(argument) = known.arguments.get(&name.node) {
                    let Ok(value) = value.node.clone().into_const_with(marker);
                    self.argument(argument, &name.node, value, name.pos);
                }
            }
        }
        self.selection_set(known.map(|known| &known.leads_to), &field.selection_set.node);
    }

    fn argument(&mut self, argument: &InputField, name: &Name, mut value: Value, at: Pos) {
        let mut coercion = Coercion::new(self.types, Source::Document);
        coercion.value(&argument.ty, &mut value, Path::root(name));
        self.not_null.extend(coercion.not_null);
        self.errors.extend(coercion.problems.into_iter().map(|problem| {
            let message = format!("Argument \"{}\" {}.", problem.path, problem.what);
            refusal(ErrorCode::BadUserInput, message, Some(at))
        }));
    }

    /// `@include` and `@skip` treat null as false instead of refusing it.
    fn directives(&mut self, directives: &'a [Positioned<Directive>]) {
        for (_, value) in directives.iter().flat_map(|directive| &directive.node.arguments) {
            let Ok(value) = value.node.clone().into_const_with(marker);
            if let Value::Binary(name) = value {
                self.not_null.insert(Name::new(String::from_utf8_lossy(&name)));
            }
        }
    }
}

/// Documents hold no binary values, so one can stand for a variable.
fn marker(name: Name) -> Result<Value, Infallible> {
    Ok(Value::Binary(Bytes::copy_from_slice(name.as_bytes())))
}
