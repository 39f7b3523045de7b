//! Answers objects whose fields are there already without a future in memory for each field.
//!
//! async-graphql runs the fields of an object side by side, and each of them costs an allocation as large as the
//! largest resolver of the type. Fields that wait for nothing gain nothing by that, and of a page of products they are
//! nearly all.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::ContainerType;
use async_graphql::{ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value};

/// An object that can tell which of its fields wait for nothing.
pub trait Prompt: OutputType + ContainerType {
    /// Whether a field is answered from what the object holds.
    fn is_prompt(&self, _field: &str) -> bool {
        false
    }
}

impl<T: Prompt> Prompt for &T {
    fn is_prompt(&self, field: &str) -> bool {
        T::is_prompt(self, field)
    }
}

/// An object that is answered one field after the other if none that was asked for waits. Extensions of the schema are
/// not told of such fields; what runs operations has none.
#[derive(Clone, Debug)]
pub struct Prompted<T>(pub T);

impl<T: Prompt> OutputType for Prompted<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let Some(fields) = prompt_fields(ctx, &self.0) else { return self.0.resolve(ctx, field).await };
        // One place in memory serves all fields of the object.
        let answer = async {
            let mut answer = IndexMap::with_capacity(fields.len());
            for (name, field) in fields {
                let value = self.0.resolve_field(&ctx.with_field(field)).await?;
                answer.insert(name.clone(), value.unwrap_or_default());
            }
            Ok(Value::Object(answer))
        };
        Box::pin(answer).await
    }
}

type Asked<'a> = (&'a Name, &'a Positioned<Field>);

/// What is asked for, by the names in the answer, if it is nothing but fields that wait for nothing, each once.
fn prompt_fields<'a>(ctx: &ContextSelectionSet<'a>, object: &impl Prompt) -> Option<Vec<Asked<'a>>> {
    let selections = &ctx.item.node.items;
    let mut fields: Vec<Asked<'a>> = Vec::with_capacity(selections.len());
    for selection in selections {
        let Selection::Field(field) = &selection.node else { return None };
        let name = &field.node.response_key().node;
        let is_plain = field.node.directives.is_empty() && object.is_prompt(&field.node.name.node);
        if !is_plain || fields.iter().any(|(known, _)| *known == name) {
            return None;
        }
        fields.push((name, field));
    }
    Some(fields)
}
