//! What is asked of whoever knows rates, and what comes back.

use std::collections::{BTreeSet, HashMap};

use sea_orm::DbErr;

use crate::address::Place;
use crate::clock::Timestamp;
use crate::error::{Error, UserError, UserErrorCode};
use crate::id::TaxClassId;
use crate::pricing::TaxPair;

/// At which rates something is taxed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Two letters, from ISO 3166-1: the country whose tax the channel's inclusive prices hold.
    pub home_country: String,
    /// Where the goods go.
    pub place: Place,
    /// What is bought; `None` for what has no class.
    pub classes: BTreeSet<Option<TaxClassId>>,
    pub at: Timestamp,
}

/// The rates of each class that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer(HashMap<Option<TaxClassId>, TaxPair>);

impl Answer {
    /// Zero for what was not asked for.
    pub fn of(&self, class: Option<TaxClassId>) -> TaxPair {
        self.0.get(&class).copied().unwrap_or_default()
    }
}

impl FromIterator<(Option<TaxClassId>, TaxPair)> for Answer {
    fn from_iter<T: IntoIterator<Item = (Option<TaxClassId>, TaxPair)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// Why rates cannot be told.
#[derive(Debug)]
pub enum Failure {
    /// The service that knows them does not answer, or not as agreed. The log says why; trying again may help.
    Unavailable,
    Error(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::Error(error.into())
    }
}

/// For use cases that end there.
impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unavailable => {
                let message = "The tax cannot be found out at the moment; nothing was done. Try again.";
                UserError::new(UserErrorCode::TaxUnavailable, message).into()
            }
            Failure::Error(error) => error,
        }
    }
}
