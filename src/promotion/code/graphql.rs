//! Codes of promotions as staff see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::entity::promotion_code;
use crate::error;
use crate::graphql::connection::connection;
use crate::graphql::context::ContextExt;
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, date_time};
use crate::id::PromotionId;
use crate::promotion::code::loader::CodeCountOf;
use crate::promotion::loader::CodeUseCountOf;

#[derive(Clone)]
pub struct PromotionCode(pub Arc<promotion_code::Model>);

impl PromotionCode {
    /// What a mutation made, if it made something.
    pub fn list(ctx: &Context<'_>, rows: Option<Vec<promotion_code::Model>>) -> error::Result<Option<Vec<Self>>> {
        let Some(rows) = rows else { return Ok(None) };
        ctx.admit(rows.len())?;
        Ok(Some(rows.into_iter().map(|row| Self(Arc::new(row))).collect()))
    }
}

/// What a customer types to get a promotion.
#[Object]
impl PromotionCode {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The code as it was entered; customers write it as they like, case and accents do not matter.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// How often it can be used, beside the limits of its promotion; null for any number of times.
    async fn usage_limit(&self) -> Option<i32> {
        self.0.usage_limit.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX))
    }

    /// How often it was used: by orders that were placed and not cancelled.
    async fn use_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = ctx.loader().load_one(CodeUseCountOf(self.0.id)).await?.unwrap_or_default();
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }
}

impl Prompt for PromotionCode {
    fn is_prompt(&self, field: &str) -> bool {
        field != "useCount"
    }
}

connection!(
    /// A page of the codes of a promotion.
    PromotionCodeConnection,
    PromotionCodeEdge,
    PromotionCode,
    PromotionCodeCount
);

/// Counts the codes of a promotion.
pub struct PromotionCodeCount(pub PromotionId);

impl PromotionCodeCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.loader().load_one(CodeCountOf(self.0)).await?.unwrap_or(0))
    }
}
