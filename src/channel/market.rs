//! The reader's standpoint: in which channel an operation reads, at which instant, whether drafts are there for it, and
//! what makes prices other than those that were set.

use std::sync::Arc;

use iso_currency::Currency;

use crate::auth::{Scope, Sight};
use crate::channel::price_rule::{OpenRules, PriceRules};
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
    /// What makes prices for the reader other than those that were set; nothing most of the time.
    rules: Option<Arc<OpenRules>>,
    /// The market of all but the one product that is previewed in this one.
    around: Option<Arc<Self>>,
}

impl Market {
    pub fn new(channel: Arc<channel::Model>, now: Timestamp, sight: Sight) -> Result<Self> {
        let currency = Currency::from_code(&channel.currency)
            .ok_or_else(|| Error::internal(format!("channel {} has an unknown currency", channel.id)))?;
        let sees_drafts = sight != Sight::Published;
        let scope = Scope {
            channel: channel.id,
            now,
            sees_drafts,
            only_assigned: sight == Sight::Assigned,
            sees_archived: sees_drafts,
        };
        Ok(Self { channel, currency, scope, rules: None, around: None })
    }

    /// The same market with what makes prices other than those that were set, for a reader who is a customer or not.
    #[must_use]
    pub fn with_rules(mut self, rules: &PriceRules, is_customer: bool) -> Self {
        self.rules = rules.open_at(self.scope.now, &self.channel.currency, is_customer).map(Arc::new);
        self
    }

    /// What makes prices for the reader other than those that were set, if anything does.
    pub fn rules(&self) -> Option<&OpenRules> {
        self.rules.as_deref()
    }

    /// The market in which one product is shown with all that is its own, though it is not published. What it leads to is
    /// read in [`Self::around`] it.
    pub fn preview(around: Arc<Self>) -> Self {
        let scope = Scope { sees_drafts: true, only_assigned: false, sees_archived: false, ..around.scope };
        let (channel, rules) = (Arc::clone(&around.channel), around.rules.clone());
        Self { channel, currency: around.currency, scope, rules, around: Some(around) }
    }

    /// The market in which other objects are read than the one that this market is for: the same unless that is a
    /// preview.
    pub fn around(self: &Arc<Self>) -> Arc<Self> {
        Arc::clone(self.around.as_ref().unwrap_or(self))
    }

    /// An amount in this market's currency.
    pub const fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }
}
