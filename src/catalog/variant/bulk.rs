//! What staff do to many variants at once.

pub mod mutation;

use crate::auth::Actor;
use crate::bulk::{self, Outcome};
use crate::catalog::publication::reach;
use crate::catalog::variant::input::ProductVariantBulkPriceSetInput;
use crate::catalog::variant::named::{Name, NamedVariants};
use crate::catalog::variant::service::{VariantService, change_price, wanted_price};
use crate::checks::Checks;
use crate::error::{Result, UserError};
use crate::id::{ProductId, ProductVariantId, StockLocationId};

/// A variant, and the slug of the channel in which its price was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    pub variant: ProductVariantId,
    pub channel: Option<String>,
}

impl VariantService {
    /// Sets prices in channels, or takes variants out of them.
    pub async fn bulk_set_prices(
        &self,
        actor: &Actor,
        input: Vec<ProductVariantBulkPriceSetInput>,
    ) -> Result<Vec<Outcome<Priced>>> {
        bulk::check_size("input", input.len())?;
        let slugs = input.iter().map(|item| item.channel.as_deref());
        reach::check_channels(self.products.reader(), actor, slugs).await?;
        let names = input.iter().map(ProductVariantBulkPriceSetInput::name);
        let variants = NamedVariants::find(self.products.reader(), names).await?;
        let location = self.products.default_location().await?;
        let mut outcomes = Vec::with_capacity(input.len());
        for (index, item) in input.into_iter().enumerate() {
            let mut checks = Checks::new("input");
            let named = variants.get(&mut checks, item.name());
            let result = match named {
                Some(named) => self.set_price_of(actor, named, location, &item).await,
                None => checks.finish(),
            };
            let channel = if result.is_ok() { item.channel } else { None };
            let object = named.map(|(variant, _)| Priced { variant, channel });
            outcomes.push(Outcome::of(&format!("input.{index}"), object, result)?);
        }
        Ok(outcomes)
    }

    async fn set_price_of(
        &self,
        actor: &Actor,
        (variant, product): (ProductVariantId, ProductId),
        location: StockLocationId,
        item: &ProductVariantBulkPriceSetInput,
    ) -> Result<()> {
        let (writing, markets) = self.products.write_next(product, location).await?;
        let market = markets.get(item.channel.as_deref());
        let market = market.ok_or_else(|| UserError::not_found("input.channel", "channel"))?;
        let price = wanted_price(&item.price, item.compare_at_price.as_ref(), market.currency)?;
        change_price(writing, actor, variant, (market.channel.id, price)).await
    }
}

impl ProductVariantBulkPriceSetInput {
    fn name(&self) -> Name<'_> {
        Name { id: self.variant, sku: self.sku.as_deref() }
    }
}
