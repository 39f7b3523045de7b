//! An argument whose variable was left out counts as left out itself.
//!
//! The framework would not use the argument's default then, and would refuse to estimate the cost of its field.

use std::collections::HashSet;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Variables};
use async_graphql_value::Value;

pub(super) fn leave_out(document: &mut ExecutableDocument, operation: &OperationDefinition, variables: &Variables) {
    let absent: HashSet<&Name> = operation
        .variable_definitions
        .iter()
        .map(|definition| &definition.node.name.node)
        .filter(|name| !variables.contains_key(*name))
        .collect();
    if absent.is_empty() {
        return;
    }
    if let DocumentOperations::Single(operation) = &mut document.operations {
        visit(&mut operation.node.selection_set.node, &absent);
    }
    for fragment in document.fragments.values_mut() {
        visit(&mut fragment.node.selection_set.node, &absent);
    }
}

fn visit(set: &mut SelectionSet, absent: &HashSet<&Name>) {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) => {
                field
                    .node
                    .arguments
                    .retain(|(_, value)| !matches!(&value.node, Value::Variable(name) if absent.contains(name)));
                visit(&mut field.node.selection_set.node, absent);
            }
            Selection::InlineFragment(fragment) => visit(&mut fragment.node.selection_set.node, absent),
            Selection::FragmentSpread(_) => {}
        }
    }
}
