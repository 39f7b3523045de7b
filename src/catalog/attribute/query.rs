//! How clients find attributes.

use async_graphql::{Context, Object, Result};

use crate::catalog::attribute::graphql::Attribute;
use crate::catalog::attribute::input::AttributeFilter;
use crate::graphql::context::ContextExt;
use crate::graphql::page;

#[derive(Default)]
pub struct AttributeQuery;

#[Object]
impl AttributeQuery {
    /// The attribute of a code; null if there is none. Public.
    async fn attribute(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code of the attribute.")] code: String,
    ) -> Result<Option<Attribute>> {
        Ok(ctx.app().attribute_reader.find_by_code(&code).await?.map(Attribute::new))
    }

    /// The shop's attributes in its own order, at most 500. Public.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn attributes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which attributes are wanted.")] filter: Option<AttributeFilter>,
    ) -> Result<Option<Vec<Attribute>>> {
        let rows = ctx.app().attribute_reader.list(&filter.unwrap_or_default()).await?;
        ctx.admit(rows.len())?;
        Ok(Some(rows.into_iter().map(Attribute::new).collect()))
    }
}
