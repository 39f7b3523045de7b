//! Which operation of a document is meant, and which fragments it needs.

use std::collections::HashSet;

use async_graphql::parser::types::{
    ExecutableDocument, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, ServerError};

use super::refusal;
use crate::error::ErrorCode;

type Chosen<'a> = (Option<&'a Name>, &'a Positioned<OperationDefinition>);

pub(super) fn operation<'a>(document: &'a ExecutableDocument, wanted: Option<&str>) -> Result<Chosen<'a>, ServerError> {
    let mut operations = document.operations.iter();
    let message = match (wanted, operations.len()) {
        (Some(wanted), _) => match operations.find(|(name, _)| name.is_some_and(|name| name == wanted)) {
            Some(chosen) => return Ok(chosen),
            None => {
                format!("The document has no operation named \"{}\", which operationName asks for.", shortened(wanted))
            }
        },
        (None, 1) => match operations.next() {
            Some(chosen) => return Ok(chosen),
            None => "The document has no operation.".to_owned(),
        },
        (None, count) => format!("The document has {count} operations; say which one to run in operationName."),
    };
    Err(refusal(ErrorCode::BadUserInput, message, None))
}

fn shortened(name: &str) -> String {
    name.chars().take(64).collect()
}

/// The fragments that can be reached from the operation, in no particular order.
pub(super) fn fragments_of(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> Vec<(Name, Positioned<FragmentDefinition>)> {
    let mut used = HashSet::new();
    collect(document, &operation.selection_set.node, &mut used);
    used.into_iter().filter_map(|name| Some((name.clone(), document.fragments.get(name)?.clone()))).collect()
}

fn collect<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, used: &mut HashSet<&'a Name>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => collect(document, &field.node.selection_set.node, used),
            Selection::InlineFragment(fragment) => collect(document, &fragment.node.selection_set.node, used),
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if let Some(fragment) = document.fragments.get(name)
                    && used.insert(name)
                {
                    collect(document, &fragment.node.selection_set.node, used);
                }
            }
        }
    }
}
