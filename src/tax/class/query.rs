//! How staff find classes of goods.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::id::TaxClassId;
use crate::tax::class::graphql::TaxClass;

#[derive(Default)]
pub struct TaxClassQuery;

#[Object]
impl TaxClassQuery {
    /// The tax class of an id; null if there is none. Requires `TAX_READ`.
    #[graphql(guard = "Can(Permission::TaxRead)")]
    async fn tax_class(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the class.")] id: TaxClassId,
    ) -> Result<Option<TaxClass>> {
        Ok(ctx.app().tax.classes.find(id).await?.map(|row| TaxClass(Arc::new(row))))
    }

    /// The tax classes, in the alphabet of their names, at most 100. Requires `TAX_READ`.
    #[graphql(guard = "Can(Permission::TaxRead)", complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn tax_classes(&self, ctx: &Context<'_>) -> Result<Option<Vec<TaxClass>>> {
        let rows = ctx.app().tax.classes.list().await?;
        ctx.admit(rows.len())?;
        Ok(Some(rows.into_iter().map(|row| TaxClass(Arc::new(row))).collect()))
    }
}
