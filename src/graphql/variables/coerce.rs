//! Makes values fit the types that the schema gives them, or says which one does not and why.

use std::collections::HashSet;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{BaseType, Type, VariableDefinition};
use async_graphql::{Name, Positioned, ServerError, Value, Variables};

use super::super::document::refusal;
use super::input_types::{Input, InputTypes, Object};
use super::leaf::{self, Source};
use super::path::Path;
use crate::error::ErrorCode;

/// One mistake repeated in a long list would make a long answer.
pub(super) const MOST_PROBLEMS: usize = 10;

impl InputTypes {
    /// Fills in defaults, wraps single values into lists where lists are due and refuses what does not fit.
    /// Variables that the operation does not declare are ignored.
    pub(crate) fn coerce(
        &self,
        definitions: &[Positioned<VariableDefinition>],
        variables: &mut Variables,
    ) -> Result<(), Vec<ServerError>> {
        let mut errors = Vec::new();
        for definition in definitions {
            let mut coercion = Coercion::new(self, Source::Json);
            coercion.variable(&definition.node, variables);
            errors.extend(coercion.problems.into_iter().map(|problem| {
                let message = format!("Variable \"${}\" {}.", problem.path, problem.what);
                refusal(ErrorCode::BadUserInput, message, Some(definition.pos))
            }));
        }
        errors.truncate(MOST_PROBLEMS);
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

pub(super) struct Problem {
    pub path: String,
    pub what: String,
}

/// Fits one value and remembers what was wrong with it.
pub(super) struct Coercion<'a> {
    types: &'a InputTypes,
    source: Source,
    pub problems: Vec<Problem>,
    /// Variables met where null is not allowed.
    pub not_null: HashSet<Name>,
}

impl<'a> Coercion<'a> {
    pub(super) fn new(types: &'a InputTypes, source: Source) -> Self {
        Self { types, source, problems: Vec::new(), not_null: HashSet::new() }
    }

    fn variable(&mut self, definition: &VariableDefinition, variables: &mut Variables) {
        let (name, ty) = (&definition.name.node, &definition.var_type.node);
        let path = Path::root(name);
        if let Some(value) = variables.get_mut(name) {
            return self.value(ty, value, path);
        }
        match &definition.default_value {
            Some(default) => {
                let mut value = default.node.clone();
                self.value(ty, &mut value, path);
                variables.insert(name.clone(), value);
            }
            None if !ty.nullable => {
                self.refuse(path, format!("is of the required type \"{ty}\" and was not given"));
            }
            None => {}
        }
    }

    pub(super) fn value(&mut self, ty: &Type, value: &mut Value, path: Path<'_>) {
        if self.problems.len() >= MOST_PROBLEMS {
            return;
        }
        match value {
            Value::Null if ty.nullable => {}
            Value::Null => self.refuse(path, format!("must not be null: its type is \"{ty}\"")),
            // A variable: its own value is checked on every request, its type by validation.
            Value::Binary(name) if self.source == Source::Document => {
                if !ty.nullable {
                    let name = String::from_utf8_lossy(name);
                    self.not_null.insert(Name::new(name));
                }
            }
            value => match &ty.base {
                BaseType::List(inner) => self.list(inner, value, path),
                BaseType::Named(name) => self.named(name, value, path),
            },
        }
    }

    fn list(&mut self, inner: &Type, value: &mut Value, path: Path<'_>) {
        if let Value::List(items) = value {
            for (index, item) in items.iter_mut().enumerate() {
                self.value(inner, item, path.index(index));
            }
            return;
        }
        self.value(inner, value, path);
        *value = Value::List(vec![std::mem::take(value)]);
    }

    fn named(&mut self, name: &Name, value: &mut Value, path: Path<'_>) {
        match (self.types.inputs.get(name), value) {
            (Some(Input::Leaf(leaf)), value) => {
                if let Err(what) = leaf::fit(leaf, value, self.source) {
                    self.refuse(path, what);
                }
            }
            (Some(Input::Object(object)), Value::Object(given)) => self.object(object, given, path),
            (Some(Input::Object(_)), other) => {
                let what = format!("must be an object of type \"{name}\", but is {}", leaf::kind(other));
                self.refuse(path, what);
            }
            (None, _) => {
                let what = format!("is of type \"{name}\", which is no input type of this schema");
                self.refuse(path, what);
            }
        }
    }

    fn object(&mut self, object: &Object, given: &mut IndexMap<Name, Value>, path: Path<'_>) {
        for (name, value) in given.iter_mut() {
            match object.fields.get(name) {
                Some(field) => self.value(&field.ty, value, path.field(name)),
                None => self.refuse(path, format!("has no field \"{}\"", leaf::shortened(name))),
            }
        }
        for name in object.required.iter().filter(|name| !given.contains_key(*name)) {
            self.refuse(path, format!("lacks its required field \"{name}\""));
        }
        if object.one_of {
            self.one_of(given, path);
        }
    }

    /// A variable in the place of the only field must not be null either, though the field's type allows it.
    fn one_of(&mut self, given: &IndexMap<Name, Value>, path: Path<'_>) {
        if given.len() != 1 || given.values().any(|value| matches!(value, Value::Null)) {
            self.refuse(path, "must have exactly one field, and that field must not be null".to_owned());
        }
        for value in given.values() {
            if let (Value::Binary(name), Source::Document) = (value, self.source) {
                self.not_null.insert(Name::new(String::from_utf8_lossy(name)));
            }
        }
    }

    fn refuse(&mut self, path: Path<'_>, what: String) {
        let path = path.write();
        self.problems.push(Problem { path, what });
    }
}

#[cfg(test)]
mod tests;
