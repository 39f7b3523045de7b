//! How staff change classes of goods.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::TaxClassId;
use crate::tax::class::graphql::TaxClass;
use crate::tax::class::input::{TaxClassCreateInput, TaxClassUpdateInput};

payloads! {
    /// What came of creating a tax class.
    TaxClassCreatePayload {
        /// The new class.
        tax_class: TaxClass
    }
    /// What came of changing a tax class.
    TaxClassUpdatePayload {
        /// The class as it now stands.
        tax_class: TaxClass
    }
    /// What came of deleting a tax class.
    TaxClassDeletePayload {
        /// The class, if it could not be deleted.
        tax_class: TaxClass
    }
}

async fn reload(ctx: &Context<'_>, id: TaxClassId) -> error::Result<Option<TaxClass>> {
    Ok(ctx.app().tax.classes.find(id).await?.map(|row| TaxClass(Arc::new(row))))
}

#[derive(Default)]
pub struct TaxClassMutation;

#[Object]
impl TaxClassMutation {
    /// Creates a class of goods that are taxed alike. A shop has at most 100. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_class_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new class.")] input: TaxClassCreateInput,
    ) -> Result<Option<TaxClassCreatePayload>> {
        let (id, user_errors) = split(ctx.app().tax.classes.create(ctx.actor(), input).await)?;
        let tax_class = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(TaxClassCreatePayload { tax_class, user_errors }))
    }

    /// Changes a tax class. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_class_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the class.")] id: TaxClassId,
        #[graphql(desc = "The changes.")] input: TaxClassUpdateInput,
    ) -> Result<Option<TaxClassUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().tax.classes.update(ctx.actor(), id, input).await)?;
        Ok(Some(TaxClassUpdatePayload { tax_class: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a tax class that nothing is of and that no zone has a rate for. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_class_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the class.")] id: TaxClassId,
    ) -> Result<Option<TaxClassDeletePayload>> {
        let (_, user_errors) = split(ctx.app().tax.classes.delete(ctx.actor(), id).await)?;
        Ok(Some(TaxClassDeletePayload { tax_class: reload(ctx, id).await?, user_errors }))
    }
}
