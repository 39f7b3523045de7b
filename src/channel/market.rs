//! The reader's standpoint: in which channel an operation reads, at which instant, and whether drafts are there for it.

use std::sync::Arc;

use iso_currency::Currency;

use crate::auth::Scope;
use crate::clock::Timestamp;
use crate::entity::channel;
use crate::error::{Error, Result};
use crate::money::Money;

/// A channel as an operation reads it; there is one for each root field.
#[derive(Clone, Debug)]
pub struct Market {
    pub channel: Arc<channel::Model>,
    pub currency: Currency,
    pub scope: Scope,
}

impl Market {
    pub fn new(channel: Arc<channel::Model>, now: Timestamp, sees_drafts: bool) -> Result<Self> {
        let currency = Currency::from_code(&channel.currency)
            .ok_or_else(|| Error::internal(format!("channel {} has an unknown currency", channel.id)))?;
        let scope = Scope { channel: channel.id, now, sees_drafts };
        Ok(Self { channel, currency, scope })
    }

    /// An amount in this market's currency.
    pub const fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }
}
