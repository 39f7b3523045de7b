//! Passwords, hashed by argon2id away from the async threads.
//!
//! At most as many are hashed at once as there are cores, so that a crowd signing in cannot exhaust memory or starve
//! other requests. Checking against nobody's password takes as long as against somebody's.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::auth::strength::is_guessable;
use crate::config::AuthConfig;
use crate::error::{Error, Result, UserError, UserErrorCode};

/// The shortest password, in characters (NIST SP 800-63B asks for at least eight).
pub const MIN_LENGTH: usize = 8;
/// The longest password, in bytes.
pub const MAX_LENGTH: usize = 256;

/// The right to have a password looked at.
pub struct Turn(#[expect(dead_code, reason = "holding it is what it is for")] OwnedSemaphorePermit);

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    turns: Arc<Semaphore>,
    nobody: Arc<str>,
}

impl Passwords {
    pub fn new(config: &AuthConfig) -> Result<Self> {
        let params = Params::new(config.password_memory_kib, config.password_iterations, 1, None)
            .map_err(|error| Error::internal(error.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let nobody = hash(&argon2, &SecretString::from("nobody's password"))?;
        Ok(Self { argon2, turns: Arc::new(Semaphore::new(cores)), nobody: nobody.into() })
    }

    /// The hash of a password that somebody has chosen, unless it is too short, too long, or one that others would
    /// guess, who may know some texts about the person.
    pub async fn hash_new(&self, password: SecretString, path: &str, known: &[&str]) -> Result<String> {
        check_length(&password, path)?;
        let argon2 = self.argon2.clone();
        let known: Vec<String> = known.iter().map(|text| (*text).to_owned()).collect();
        let (_, hash) = in_turn(self.turn().await?, move || {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            if is_guessable(password.expose_secret(), &known) { Ok(None) } else { hash(&argon2, &password).map(Some) }
        })
        .await?;
        let message = "Others would guess this password; use several words, or a longer one.";
        hash?.ok_or_else(|| UserError::new(UserErrorCode::PasswordTooCommon, message).at(path).into())
    }

    pub async fn hash(&self, password: SecretString) -> Result<String> {
        let argon2 = self.argon2.clone();
        in_turn(self.turn().await?, move || hash(&argon2, &password)).await?.1
    }

    /// Whether a hash was made at another cost than is asked for now.
    pub fn is_outdated(&self, hash: &str) -> bool {
        let params = PasswordHash::new(hash).ok().and_then(|hash| Params::try_from(&hash).ok());
        let wanted = self.argon2.params();
        params.is_none_or(|params| params.m_cost() != wanted.m_cost() || params.t_cost() != wanted.t_cost())
    }

    /// Waits until a password can be looked at. Whoever has the turn keeps others from theirs.
    pub async fn turn(&self) -> Result<Turn> {
        Ok(Turn(Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?))
    }

    /// Whether the password fits the hash; takes as long and fails where there is no hash. The turn is given back.
    pub async fn verify(&self, turn: Turn, password: SecretString, hash: Option<String>) -> Result<(Turn, bool)> {
        let argon2 = self.argon2.clone();
        let nobody = Arc::clone(&self.nobody);
        let (turn, fits) = in_turn(turn, move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| nobody.to_string());
            let hash = PasswordHash::new(&hash).map_err(|error| Error::internal(error.to_string()))?;
            let fits = argon2.verify_password(password.expose_secret().as_bytes(), &hash).is_ok();
            Ok::<_, Error>(known && fits)
        })
        .await?;
        Ok((turn, fits?))
    }
}

/// Refuses a password that is too short or too long.
pub fn check_length(password: &SecretString, path: &str) -> Result<(), UserError> {
    let password = password.expose_secret();
    if password.chars().count() < MIN_LENGTH {
        return Err(UserError::invalid(path, format!("A password has at least {MIN_LENGTH} characters.")));
    }
    if password.len() > MAX_LENGTH {
        return Err(UserError::too_long(path, "The password", MAX_LENGTH));
    }
    Ok(())
}

/// Held by the work, not by the waiting: a caller that leaves does not make room early.
async fn in_turn<T: Send + 'static>(turn: Turn, work: impl FnOnce() -> T + Send + 'static) -> Result<(Turn, T)> {
    tokio::task::spawn_blocking(move || {
        let done = work();
        (turn, done)
    })
    .await
    .map_err(Error::internal)
}

fn hash(argon2: &Argon2<'_>, password: &SecretString) -> Result<String> {
    argon2
        .hash_password(password.expose_secret().as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Error::internal(error.to_string()))
}
