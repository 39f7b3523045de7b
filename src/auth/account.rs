//! Who can sign in: customers and those who run the shop.

use std::fmt;
use std::str::FromStr;

use crate::id::{CustomerId, ParseIdError, StaffUserId};

/// An account of either kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountId {
    Customer(CustomerId),
    Staff(StaffUserId),
}

impl AccountId {
    pub const fn customer(self) -> Option<CustomerId> {
        match self {
            Self::Customer(id) => Some(id),
            Self::Staff(_) => None,
        }
    }

    pub const fn staff(self) -> Option<StaffUserId> {
        match self {
            Self::Staff(id) => Some(id),
            Self::Customer(_) => None,
        }
    }

    /// The account that a row names in one of its two columns.
    pub fn of(customer: Option<CustomerId>, staff: Option<StaffUserId>) -> Option<Self> {
        customer.map(Self::Customer).or_else(|| staff.map(Self::Staff))
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customer(id) => id.fmt(f),
            Self::Staff(id) => id.fmt(f),
        }
    }
}

impl FromStr for AccountId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::Customer).or_else(|_| text.parse().map(Self::Staff))
    }
}
