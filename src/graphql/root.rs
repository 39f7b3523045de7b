//! Root fields fail one by one: a nullable one that fails is null, and its siblings keep what they found.
//!
//! The library gives up the whole answer when a resolver or a guard refuses, also where the field may be null.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaTypeName, Registry};
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value,
};

/// A root object whose fields are independent of each other.
#[derive(Default)]
pub struct Root<T>(pub T);

fn is_nullable<T: OutputType>(context: &Context<'_>) -> bool {
    let root = context.schema_env.registry.types.get(&*T::type_name());
    root.and_then(|root| root.field_by_name(&context.item.node.name.node))
        .is_some_and(|field| !MetaTypeName::create(&field.ty).is_non_null())
}

impl<T: ContainerType> ContainerType for Root<T> {
    async fn resolve_field(&self, context: &Context<'_>) -> ServerResult<Option<Value>> {
        match self.0.resolve_field(context).await {
            Err(error) if is_nullable::<T>(context) => {
                context.add_error(error);
                Ok(Some(Value::Null))
            }
            resolved => resolved,
        }
    }
}

impl<T: OutputType> OutputType for Root<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(context, field).await
    }
}

impl<T: ObjectType> ObjectType for Root<T> {}
