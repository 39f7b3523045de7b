//! Rates of tax as staff see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::entity::tax_rate;
use crate::graphql::context::{ContextExt, referred};
use crate::graphql::scalar::{DateTime, Decimal, date_time};
use crate::pricing::Rate;
use crate::tax::class::graphql::TaxClass;
use crate::tax::class::loader::TaxClassKey;

#[derive(Clone)]
pub struct TaxRate(pub Arc<tax_rate::Model>);

/// What share of a price is due as tax in a zone, for one class of goods and for a time.
#[Object]
impl TaxRate {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The class that it is for; null for the zone's default rate, which holds for what has no class and for classes
    /// that have no rate of their own.
    async fn tax_class(&self, ctx: &Context<'_>) -> Result<Option<TaxClass>> {
        let Some(id) = self.0.tax_class_id else { return Ok(None) };
        let row = referred(ctx.loader().load_one(TaxClassKey(id)).await?, "a tax class")?;
        Ok(Some(TaxClass(row)))
    }

    /// What people call it, such as "VAT".
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The percentage of the net price, such as "19" or "7.7".
    async fn percentage(&self) -> Decimal {
        Rate::from_millionths(self.0.rate_millionths).into()
    }

    /// The first instant at which it holds; null if it has always held.
    async fn starts_at(&self) -> Option<DateTime> {
        self.0.starts_at.map(date_time)
    }

    /// The first instant at which it holds no more; null if no end is known.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(date_time)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }
}
