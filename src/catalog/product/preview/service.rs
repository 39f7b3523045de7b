//! Makes tokens for previews, and finds the products that they show.

use std::sync::Arc;

use crate::auth::SignedToken;
use crate::auth::preview::PreviewTokens;
use crate::catalog::product::parts::{FoundProduct, PartSet, Wanted};
use crate::catalog::product::read::ProductReader;
use crate::catalog::product::row::ProductFields;
use crate::channel::Market;
use crate::clock::Timestamp;
use crate::entity::publication_status::PublicationStatus;
use crate::error::{Result, UserError};
use crate::id::ProductId;

#[derive(Clone)]
pub struct PreviewService {
    products: ProductReader,
    tokens: Arc<PreviewTokens>,
}

impl PreviewService {
    pub const fn new(products: ProductReader, tokens: Arc<PreviewTokens>) -> Self {
        Self { products, tokens }
    }

    /// A token that shows a product that is there for the reader.
    pub async fn create(&self, market: &Market, id: ProductId) -> Result<SignedToken> {
        let status = Wanted { fields: ProductFields::STATUS, parts: PartSet::empty() };
        let product = self.products.find(market, id, status).await?;
        match product.map(|(row, _)| row.status()) {
            None => Err(UserError::not_found("id", "product").into()),
            Some(PublicationStatus::Archived) => {
                let message = "This is archived; unpublish it first, which makes it a draft.";
                Err(UserError::invalid("id", message).into())
            }
            Some(PublicationStatus::Draft | PublicationStatus::Active) => self.tokens.sign(id, Timestamp::now()),
        }
    }

    /// The product that a token shows, with the market to read it in; `None` once it is deleted or archived.
    pub async fn find(
        &self,
        around: Arc<Market>,
        token: &str,
        asked: Wanted,
    ) -> Result<Option<(FoundProduct, Arc<Market>)>> {
        let id = self.tokens.verify(token)?;
        let market = Arc::new(Market::preview(around));
        // Collections are not the product's own: they are loaded as they are there around the preview.
        let parts = asked.parts.difference(PartSet::COLLECTIONS);
        let wanted = Wanted { fields: asked.fields | ProductFields::STATUS, parts };
        let found = self.products.find(&market, id, wanted).await?;
        let found = found.filter(|(row, _)| row.status() != PublicationStatus::Archived);
        Ok(found.map(|found| (found, market)))
    }
}
