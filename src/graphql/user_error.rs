//! What of a user error is money.

use async_graphql::ComplexObject;

use crate::error::UserError;
use crate::graphql::scalar::Money;

#[ComplexObject]
impl UserError {
    /// How much money there is, where the error is about that.
    async fn amount(&self) -> Option<Money> {
        self.amount.map(Money::from)
    }
}
