//! What is sent to count and adjust stock.

use async_graphql::InputObject;

use crate::id::{ProductVariantId, StockLocationId};

/// The result of counting.
#[derive(Clone, Debug, InputObject)]
pub struct StockLevelSetInput {
    /// What was counted.
    pub variant: ProductVariantId,
    /// Where; the default location if absent.
    pub location: Option<StockLocationId>,
    /// The number of units that are there.
    pub on_hand: i32,
    /// Why, for the ledger; at most 200 characters.
    pub reason: Option<String>,
}

/// Units that came or went.
#[derive(Clone, Debug, InputObject)]
pub struct StockLevelAdjustInput {
    /// What came or went.
    pub variant: ProductVariantId,
    /// Where; the default location if absent.
    pub location: Option<StockLocationId>,
    /// The number of units that came, below zero if they went.
    pub change: i32,
    /// Why, for the ledger; at most 200 characters.
    pub reason: Option<String>,
}

/// What was counted of one of several variants. The variant is named by its id or by its SKU.
#[derive(Clone, Debug, InputObject)]
pub struct StockLevelBulkSetInput {
    /// The id of the variant.
    pub variant: Option<ProductVariantId>,
    /// The SKU of the variant, without regard to case and accents.
    pub sku: Option<String>,
    /// Where; the default location if absent.
    pub location: Option<StockLocationId>,
    /// The number of units that are there.
    pub on_hand: i32,
    /// Why, for the ledger; at most 200 characters.
    pub reason: Option<String>,
}
