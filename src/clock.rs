//! Instants, cut to microseconds so that both databases give back what was stored.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use sea_orm::DeriveValueType;
use serde::{Serialize, Serializer};

/// An instant as microseconds since 1970 UTC: the one form of time in the database.
///
/// A number rather than the database's own type, because SQLite keeps that as text of varying precision,
/// which neither sorts nor compares exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Timestamp(i64);

impl Timestamp {
    /// This instant.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now() -> Self {
        Self(Utc::now().timestamp_micros())
    }

    /// The instant `duration` after this one, or the latest that can be told.
    pub fn after(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(micros(duration)))
    }

    /// The instant `duration` before this one.
    pub fn before(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(micros(duration)))
    }

    /// How long it is until another instant; nothing if that is over.
    pub fn until(self, other: Self) -> Duration {
        Duration::from_micros(u64::try_from(other.0.saturating_sub(self.0)).unwrap_or_default())
    }

    pub const fn as_micros(self) -> i64 {
        self.0
    }

    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Whole seconds since 1970 UTC, as tokens count them.
    pub const fn as_secs(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The same instant for the API.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::microseconds(self.0)).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// As the API writes it.
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.timestamp_micros())
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_survives_the_way_to_the_api_and_back() {
        let now = Timestamp::now();

        assert_eq!(Timestamp::from(now.to_utc()), now);
    }
}
