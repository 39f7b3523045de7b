//! Directives on `__typename` move to a fragment around it.
//!
//! Validation passes over that field without a look at its directives: a variable used nowhere else would count as
//! unused, and an undeclared one as right.

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, InlineFragment, Selection, SelectionSet,
};
use async_graphql::{Pos, Positioned};

pub(super) fn wrap_directives(document: &mut ExecutableDocument) {
    match &mut document.operations {
        DocumentOperations::Single(operation) => visit(&mut operation.node.selection_set.node),
        DocumentOperations::Multiple(operations) => {
            operations.values_mut().for_each(|operation| visit(&mut operation.node.selection_set.node))
        }
    }
    for fragment in document.fragments.values_mut() {
        visit(&mut fragment.node.selection_set.node);
    }
}

fn visit(set: &mut SelectionSet) {
    for item in &mut set.items {
        let at = item.pos;
        match &mut item.node {
            Selection::Field(field) if field.node.name.node == "__typename" && !field.node.directives.is_empty() => {
                item.node = wrapped(field, at);
            }
            Selection::Field(field) => visit(&mut field.node.selection_set.node),
            Selection::InlineFragment(fragment) => visit(&mut fragment.node.selection_set.node),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn wrapped(field: &mut Positioned<Field>, at: Pos) -> Selection {
    let directives = std::mem::take(&mut field.node.directives);
    let items = vec![Positioned::new(Selection::Field(field.clone()), at)];
    let fragment =
        InlineFragment { type_condition: None, directives, selection_set: Positioned::new(SelectionSet { items }, at) };
    Selection::InlineFragment(Positioned::new(fragment, at))
}
