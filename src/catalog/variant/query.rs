//! How clients find variants.

use async_graphql::{Context, Object, Result};

use crate::catalog::variant::graphql::ProductVariant;
use crate::graphql::context::ContextExt;
use crate::id::ProductVariantId;

#[derive(Default)]
pub struct ProductVariantQuery;

#[Object]
impl ProductVariantQuery {
    /// The variant of an id; null if there is none that you may see. Public.
    async fn product_variant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<ProductVariant>> {
        let market = ctx.market(channel.as_deref()).await?;
        let row = ctx.app().variant_reader.find(market.scope, id).await?;
        Ok(row.map(|row| ProductVariant::new(row, market)))
    }

    /// The variant of a stock keeping unit; null if there is none that you may see. Public.
    async fn product_variant_by_sku(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The SKU, without regard to case and accents.")] sku: String,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<ProductVariant>> {
        let market = ctx.market(channel.as_deref()).await?;
        let row = ctx.app().variant_reader.find_by_sku(market.scope, &sku).await?;
        Ok(row.map(|row| ProductVariant::new(row, market)))
    }

    /// The variant of a barcode; null if there is none that you may see. Several variants can have one barcode: of those
    /// that you may see, the one that was created first is meant. Public.
    async fn product_variant_by_barcode(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The barcode, such as an EAN or UPC, to the letter.")] barcode: String,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<ProductVariant>> {
        let market = ctx.market(channel.as_deref()).await?;
        let row = ctx.app().variant_reader.find_by_barcode(market.scope, &barcode).await?;
        Ok(row.map(|row| ProductVariant::new(row, market)))
    }
}
