//! Measures a parsed document: depth, aliases, root fields, directives and how far fragments multiply it.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Pos, Positioned, ServerError};

use super::super::document::refusal;
use crate::config::Limits;
use crate::error::ErrorCode;

/// Fields, inline fragments and fragment spreads inside one another. The configurable depth stays below it.
pub(crate) const MAX_NESTING: usize = 48;
const MAX_DIRECTIVES: usize = 50;
const MAX_SELECTIONS: usize = 10_000;
const MAX_VARIABLES: usize = 500;

/// What an operation asks for, with its fragments spread out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measure {
    pub depth: usize,
    /// Zero where the operation does not look at the schema.
    pub introspection_depth: usize,
    pub aliases: usize,
    pub root_fields: usize,
    pub directives: usize,
    pub selections: usize,
    pub nesting: usize,
}

impl Measure {
    /// Beside one another, in the same selection set.
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            introspection_depth: self.introspection_depth.max(other.introspection_depth),
            aliases: self.aliases.saturating_add(other.aliases),
            root_fields: self.root_fields.saturating_add(other.root_fields),
            directives: self.directives.saturating_add(other.directives),
            selections: self.selections.saturating_add(other.selections),
            nesting: self.nesting.max(other.nesting),
        }
    }

    /// The same selections, one fragment further in.
    fn in_fragment(self, directives: usize) -> Self {
        Self {
            directives: self.directives.saturating_add(directives),
            selections: self.selections.saturating_add(1),
            nesting: self.nesting.saturating_add(1),
            ..self
        }
    }

    fn under_field(self, field: &Field) -> Self {
        let looks_at_schema = matches!(field.name.node.as_str(), "__schema" | "__type");
        let deeper = |depth: usize| depth.saturating_add(1);
        let (depth, introspection_depth) = if looks_at_schema {
            (0, deeper(self.depth.max(self.introspection_depth)))
        } else if self.introspection_depth > 0 {
            (deeper(self.depth), deeper(self.introspection_depth))
        } else {
            (deeper(self.depth), 0)
        };
        Self {
            depth,
            introspection_depth,
            aliases: self.aliases.saturating_add(usize::from(field.alias.is_some())),
            root_fields: 1,
            ..self.in_fragment(field.directives.len())
        }
    }
}

/// Measures every operation and fragment, and refuses a document whose fragments form a circle or multiply it beyond
/// reason. The answer is the measure of the named operation, or of the only one.
pub(crate) fn measure<'a>(
    document: &'a ExecutableDocument,
    chosen: &'a Positioned<OperationDefinition>,
) -> Result<Measure, ServerError> {
    let mut walk = Walk { document, known: HashMap::with_capacity(document.fragments.len()) };
    for name in document.fragments.keys() {
        walk.fragment(name, chosen.pos, 0)?;
    }
    let (mut variables, mut selections) = (0_usize, 0_usize);
    for (_, operation) in document.operations.iter() {
        let measured = walk.selection_set(&operation.node.selection_set.node, 0)?;
        selections = selections.saturating_add(measured.selections);
        variables = variables.saturating_add(operation.node.variable_definitions.len());
    }
    check("selects", selections, "fields and fragments once its fragments are spread out", MAX_SELECTIONS, None)?;
    check("declares", variables, "variables", MAX_VARIABLES, None)?;
    let measured = walk.selection_set(&chosen.node.selection_set.node, 0)?;
    Ok(Measure { directives: measured.directives.saturating_add(chosen.node.directives.len()), ..measured })
}

pub(crate) fn check_operation(measured: &Measure, limits: &Limits) -> Result<(), ServerError> {
    let fields = "fields deep";
    check("nests", measured.depth, fields, limits.depth, Some("LIMIT_DEPTH"))?;
    check(
        "looks at the schema and nests",
        measured.introspection_depth,
        fields,
        limits.introspection_depth,
        Some("LIMIT_INTROSPECTION_DEPTH"),
    )?;
    check("uses", measured.aliases, "aliases", limits.aliases, Some("LIMIT_ALIASES"))?;
    check("selects", measured.root_fields, "root fields", limits.root_fields, Some("LIMIT_ROOT_FIELDS"))?;
    check("uses", measured.directives, "directives", MAX_DIRECTIVES, None)
}

fn check(verb: &str, found: usize, what: &str, limit: usize, variable: Option<&str>) -> Result<(), ServerError> {
    if found <= limit {
        return Ok(());
    }
    let remedy = match variable {
        Some(variable) => format!("Ask for less, or let the operator raise {variable}."),
        None => "Ask for less; this limit is fixed.".to_owned(),
    };
    let message = format!("The operation {verb} {found} {what}; the limit is {limit}. {remedy}");
    Err(refusal(ErrorCode::QueryTooComplex, message, None))
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    /// `None` while a fragment is being measured: to meet it again then means a circle.
    known: HashMap<&'a Name, Option<Measure>>,
}

impl<'a> Walk<'a> {
    fn selection_set(&mut self, set: &'a SelectionSet, level: usize) -> Result<Measure, ServerError> {
        check("nests", level, "fields and fragments deep", MAX_NESTING, None)?;
        set.items
            .iter()
            .try_fold(Measure::default(), |sum, item| Ok(sum.beside(self.selection(&item.node, level + 1)?)))
    }

    fn selection(&mut self, selection: &'a Selection, level: usize) -> Result<Measure, ServerError> {
        match selection {
            Selection::Field(field) => {
                let inner = self.selection_set(&field.node.selection_set.node, level)?;
                Ok(inner.under_field(&field.node))
            }
            Selection::InlineFragment(fragment) => {
                let inner = self.selection_set(&fragment.node.selection_set.node, level)?;
                Ok(inner.in_fragment(fragment.node.directives.len()))
            }
            Selection::FragmentSpread(spread) => {
                let inner = self.fragment(&spread.node.fragment_name.node, spread.pos, level)?;
                Ok(inner.in_fragment(spread.node.directives.len()))
            }
        }
    }

    /// A fragment that does not exist counts nothing: validation reports it.
    fn fragment(&mut self, name: &'a Name, spread_at: Pos, level: usize) -> Result<Measure, ServerError> {
        match self.known.get(name) {
            Some(Some(known)) => {
                let reached = level.saturating_add(known.nesting);
                check("nests", reached, "fields and fragments deep", MAX_NESTING, None)?;
                return Ok(*known);
            }
            Some(None) => return Err(circle(name, spread_at)),
            None => {}
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Measure::default());
        };
        self.known.insert(name, None);
        let inner = self.selection_set(&fragment.node.selection_set.node, level)?;
        let own: &[Positioned<Directive>] = &fragment.node.directives;
        let measured = Measure { directives: inner.directives.saturating_add(own.len()), ..inner };
        self.known.insert(name, Some(measured));
        Ok(measured)
    }
}

fn circle(name: &Name, at: Pos) -> ServerError {
    let message = format!("Fragment \"{name}\" spreads itself, directly or through other fragments.");
    refusal(ErrorCode::BadUserInput, message, Some(at))
}

#[cfg(test)]
mod tests;
