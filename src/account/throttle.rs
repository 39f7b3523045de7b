//! Delays attempts to sign in after failures, per account and per address of the network, on all nodes alike.
//!
//! The first failure costs no time; from the second on each doubles the wait for the account, up to a quarter of an hour.
//! An address may be that of many people, so there it takes eight failures to double the wait. Whether an account exists
//! makes no difference. What is counted fades after a day.
//!
//! Many attempts at once gain little: each is checked when it is its turn to have its password looked at, of which there
//! are few at a time, and holds the turn until its failure is written down.

use std::net::IpAddr;
use std::time::Duration;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use secrecy::ExposeSecret;
use sha2::Sha256;

use crate::account::account::Kind;
use crate::auth::AccountId;
use crate::clock::Timestamp;
use crate::config::AuthConfig;
use crate::db::{Db, all_set};
use crate::entity::sign_in_throttle as row;
use crate::error::{Error, Result, UserError, UserErrorCode};

/// How long a failure counts.
pub const FADES_AFTER: Duration = Duration::from_hours(24);
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_mins(15);

#[derive(Clone)]
pub struct Throttle {
    db: Db,
    /// Hides of whom the keys are from who reads the database.
    key: Arc<Hmac<Sha256>>,
}

/// What an attempt counts for: an account, which need not exist, and maybe an address.
#[derive(Clone, Debug)]
pub struct Attempt {
    account: String,
    address: Option<String>,
}

impl Attempt {
    /// An attempt to come in, which counts if it fails.
    /// Where the person has signed in of late is counted apart, so that nobody shuts them out from elsewhere.
    pub fn to_sign_in(kind: Kind, email: &str, address: Option<IpAddr>, is_known: bool) -> Self {
        Self::new(&format!("{kind:?}{}", if is_known { " where known" } else { "" }), email, address)
    }

    /// An attempt of who has signed in to prove the password once more, which counts if it fails.
    pub fn to_prove(account: AccountId, address: Option<IpAddr>) -> Self {
        Self::new("proof", &account.to_string(), address)
    }

    /// A wish for a mail to an address, which always counts, or anybody could have many sent to somebody.
    pub fn to_have_mail_sent(purpose: &str, kind: Kind, email: &str, address: Option<IpAddr>) -> Self {
        Self::new(&format!("mail {purpose} {kind:?}"), email, address)
    }

    fn new(what: &str, email: &str, address: Option<IpAddr>) -> Self {
        Self {
            account: format!("account:{what}:{email}"),
            address: address.map(|address| format!("address:{what}:{}", network(address))),
        }
    }
}

impl Throttle {
    pub fn new(db: Db, config: &AuthConfig) -> Result<Self> {
        let secret = config.secret.expose_secret().as_bytes();
        let key = Hmac::<Sha256>::new_from_slice(secret).map_err(Error::internal)?.chain_update(b"throttle:");
        Ok(Self { db, key: Arc::new(key) })
    }

    /// What is counted, each with the number of failures that doubles the wait. All attempts have the account first.
    fn keys(&self, attempt: &Attempt) -> Vec<(String, u32)> {
        let hidden = |text: &str| {
            let mac = Hmac::<Sha256>::clone(&self.key).chain_update(text.as_bytes());
            URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
        };
        let account = (hidden(&attempt.account), 1);
        std::iter::once(account).chain(attempt.address.as_deref().map(|address| (hidden(address), 8))).collect()
    }

    /// Fails if the attempt has to wait, and tells for how long.
    pub async fn check(&self, attempt: &Attempt) -> Result<()> {
        let keys = self.keys(attempt).into_iter().map(|(key, _)| key);
        let rows = row::Entity::find().filter(row::COLUMN.key.is_in(keys)).all(self.db.reader()).await?;
        let now = Timestamp::now();
        let wait = rows.iter().map(|row| now.until(row.free_at)).max().unwrap_or_default();
        if wait.is_zero() { Ok(()) } else { Err(throttled(wait)) }
    }

    /// Counts an attempt before it is made, unless it has to wait.
    pub async fn admit(&self, attempt: &Attempt) -> Result<()> {
        let now = Timestamp::now();
        let tx = self.db.begin().await?;
        for (key, to_double) in self.keys(attempt) {
            // Looked at under the lock, so that of many at once the others wait.
            count(&tx, (&key, to_double), now, true).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Counts a failure.
    pub async fn fail(&self, attempt: &Attempt) -> Result<()> {
        let now = Timestamp::now();
        let tx = self.db.begin().await?;
        for (key, to_double) in self.keys(attempt) {
            count(&tx, (&key, to_double), now, false).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Forgets the account's failures. Those of the address stay, or whoever has an account could try others for good.
    pub async fn succeed(&self, attempt: &Attempt) -> Result<()> {
        let Some((account, _)) = self.keys(attempt).into_iter().next() else { return Ok(()) };
        if row::Entity::find_by_id(&account).one(self.db.reader()).await?.is_none() {
            return Ok(());
        }
        let tx = self.db.begin().await?;
        row::Entity::delete_by_id(account).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Removes what has faded.
pub async fn clean_up(db: &Db) -> Result<()> {
    let faded = Timestamp::now().before(FADES_AFTER);
    let tx = db.begin().await?;
    row::Entity::delete_many().filter(row::Column::LastAt.lt(faded)).exec(&tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Counts one more for a key; where it has to be free, only if it is.
async fn count(
    tx: &DatabaseTransaction,
    (key, to_double): (&str, u32),
    now: Timestamp,
    has_to_be_free: bool,
) -> Result<()> {
    let standing = lock(tx, key, now).await?;
    let wait = now.until(standing.free_at);
    if has_to_be_free && !wait.is_zero() {
        return Err(throttled(wait));
    }
    let failures = standing.failures + 1;
    let free_at = now.after(wait_after(failures, to_double));
    let change = row::Model { key: key.to_owned(), failures, last_at: now, free_at };
    row::Entity::update(all_set::<row::Entity, _>(change)).exec_without_returning(tx).await?;
    Ok(())
}

/// The failures of a key so far, whose row is made if it is not there; it stays locked, so that failures take turns.
async fn lock(tx: &DatabaseTransaction, key: &str, now: Timestamp) -> Result<row::Model> {
    let fresh = row::Model { key: key.to_owned(), failures: 0, last_at: now, free_at: now };
    // An update that changes nothing locks a row that is there, which another one could remove in between otherwise.
    let is_there = OnConflict::column(row::Column::Key).update_column(row::Column::Key).to_owned();
    row::Entity::insert(all_set::<row::Entity, _>(fresh)).on_conflict(is_there).exec_without_returning(tx).await?;
    let row = row::Entity::find_by_id(key).one(tx).await?;
    let blank = row::Model { key: key.to_owned(), failures: 0, last_at: now, free_at: now };
    Ok(row.filter(|row| row.last_at.after(FADES_AFTER) >= now).unwrap_or(blank))
}

/// How long the next attempt has to wait after so many failures, of which some double the wait.
fn wait_after(failures: i64, to_double: u32) -> Duration {
    if failures < 2 {
        return Duration::ZERO;
    }
    let doublings = u32::try_from(failures - 2).unwrap_or(u32::MAX) / to_double;
    FIRST_WAIT.saturating_mul(2_u32.saturating_pow(doublings)).min(LONGEST_WAIT)
}

/// One household has a whole network of the newer addresses.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn throttled(wait: Duration) -> Error {
    let seconds = i32::try_from(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).unwrap_or(i32::MAX);
    let message = format!("This was tried too often; try again in {seconds} s.");
    UserError::new(UserErrorCode::Throttled, message).at("input").with_retry_after(seconds).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_begin_with_the_second_failure_and_double_up_to_the_longest() {
        let seconds = |failures| wait_after(failures, 1).as_secs();

        assert_eq!([0, 1, 2, 3, 4, 8].map(seconds), [0, 0, 1, 2, 4, 64]);
        assert_eq!([12, 40, i64::MAX].map(seconds), [900, 900, 900]);
        assert_eq!([1, 2, 9, 10, 17, 18].map(|failures| wait_after(failures, 8).as_secs()), [0, 1, 1, 2, 2, 4]);
    }

    #[test]
    fn newer_addresses_count_by_their_network() {
        let of = |address: &str| network(address.parse().unwrap());

        assert_eq!(of("203.0.113.7"), "203.0.113.7");
        assert_eq!(of("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
