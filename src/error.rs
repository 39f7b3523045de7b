//! Every failure by who can act on it: the shopper or merchant, the developer, or the operator.
//!
//! What a person can mend travels as [`UserError`]s in the payload of a mutation; the rest is a top-level GraphQL
//! error with a code in `extensions.code`. An internal failure tells its cause to the log, never to the client.

use std::fmt;
use std::sync::Arc;

use async_graphql::{Enum, SimpleObject};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use crate::db::constraint;
use crate::money::Money;

pub type Result<T, E = Error> = std::result::Result<T, E>;
type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody can mend the input or the state of the shop.
    #[error("{}", .0.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join(" "))]
    User(Vec<UserError>),
    /// The request itself is wrong.
    #[error("{0}")]
    BadInput(String),
    #[error("{0}")]
    Unauthenticated(String),
    #[error("{0}")]
    Forbidden(String),
    /// The operation finds more than it may; what it was about to do was left undone.
    #[error("{0}")]
    TooComplex(String),
    /// The operator has to change the configuration before the server can start.
    #[error("{0}")]
    Misconfigured(String),
    #[error("The request took too long.")]
    Timeout,
    /// The database cannot be reached or is not migrated.
    #[error("The service is not available at the moment.")]
    Unavailable(#[source] BoxError),
    #[error("Something went wrong on our side.")]
    Internal(#[source] BoxError),
}

/// What `extensions.code` of a top-level error can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    BadUserInput,
    Unauthenticated,
    Forbidden,
    QueryTooComplex,
    RateLimited,
    Timeout,
    Unavailable,
    PersistedQueryNotFound,
    Internal,
}

impl ErrorCode {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::QueryTooComplex => "QUERY_TOO_COMPLEX",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::Internal => "INTERNAL",
        }
    }
}

impl Error {
    pub fn internal(cause: impl Into<BoxError>) -> Self {
        Self::Internal(cause.into())
    }

    /// `None` for user errors, which are no top-level errors.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::User(_) | Self::BadInput(_) => ErrorCode::BadUserInput,
            Self::Unauthenticated(_) => ErrorCode::Unauthenticated,
            Self::Forbidden(_) => ErrorCode::Forbidden,
            Self::TooComplex(_) => ErrorCode::QueryTooComplex,
            Self::Timeout => ErrorCode::Timeout,
            Self::Unavailable(_) => ErrorCode::Unavailable,
            Self::Internal(_) | Self::Misconfigured(_) => ErrorCode::Internal,
        }
    }
}

impl From<UserError> for Error {
    fn from(error: UserError) -> Self {
        Self::User(vec![error])
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if constraint::is_timeout(&error) {
            Self::Timeout
        } else if constraint::is_unavailable(&error) {
            Self::Unavailable(error.into())
        } else {
            Self::internal(error)
        }
    }
}

/// A failure that several fields of one answer share, as when one batch served them all.
#[derive(Clone, Debug)]
pub struct SharedError(Arc<Error>);

impl From<Error> for SharedError {
    fn from(error: Error) -> Self {
        Self(Arc::new(error))
    }
}

impl From<DbErr> for SharedError {
    fn from(error: DbErr) -> Self {
        Error::from(error).into()
    }
}

impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Our own error behind an error of the GraphQL library, which keeps what a resolver failed with as its source.
pub fn cause_of(error: &async_graphql::ServerError) -> Option<&Error> {
    error.source::<Error>().or_else(|| error.source::<SharedError>().map(|shared| shared.0.as_ref()))
}

/// Turns the breaking of one named constraint into the error of the person who can mend it.
pub trait OnUnique<T> {
    fn on_unique(self, constraint: &str, error: impl FnOnce() -> UserError) -> Result<T>;
}

impl<T> OnUnique<T> for Result<T, DbErr> {
    fn on_unique(self, constraint: &str, error: impl FnOnce() -> UserError) -> Result<T> {
        self.map_err(Error::from).on_unique(constraint, error)
    }
}

impl<T> OnUnique<T> for Result<T> {
    fn on_unique(self, constraint: &str, error: impl FnOnce() -> UserError) -> Result<T> {
        self.map_err(|failure| match &failure {
            Error::Internal(cause)
                if cause
                    .downcast_ref::<DbErr>()
                    .and_then(constraint::broken_unique)
                    .is_some_and(|name| name == constraint) =>
            {
                error().into()
            }
            _ => failure,
        })
    }
}

/// What a program tells apart when input is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
pub enum UserErrorCode {
    /// The value is empty where something is needed.
    Required,
    /// The value has the wrong form; the message says what is expected.
    Invalid,
    /// The text or list is longer than `limit`.
    TooLong,
    /// Another object has this value already.
    Taken,
    /// There is no such object, or it is not yours to see.
    NotFound,
    /// The object was changed since you read it; read it again and repeat.
    Conflict,
    /// The object is in use and can only be archived.
    InUse,
    /// You lack a permission that this would give, or take, from somebody else.
    NotAllowed,
    /// The e-mail address and password do not fit together, or the token is not valid any more.
    InvalidCredentials,
    /// The e-mail address of the account is not verified yet.
    NotVerified,
    /// Others would guess the password.
    PasswordTooCommon,
    /// More than `limit` were asked for.
    LimitExceeded,
    /// There are not that many; `available` tells how many there are.
    InsufficientStock,
    /// The code is not valid yet or any more.
    CodeExpired,
    /// The code, or what is on the card, is used up.
    CodeUsedUp,
    /// The code gives nothing for what is in the cart.
    CodeNotApplicable,
    /// The tax cannot be found out at the moment; nothing was charged. Try again.
    TaxUnavailable,
    /// It was tried too often; `retryAfter` tells how long to wait.
    Throttled,
}

/// One thing that a person can mend, at one place of the input.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject, Serialize, Deserialize)]
#[graphql(complex)]
pub struct UserError {
    /// What kind of error it is, for programs.
    pub code: UserErrorCode,
    /// What is wrong and how to mend it, as a sentence for people.
    pub message: String,
    /// Where in the mutation's arguments: names of fields and positions in lists, such as
    /// `["input", "variants", "0", "sku"]`. Null where no single place is at fault.
    pub field: Option<Vec<String>>,
    /// The greatest length, count or amount of units that is allowed, where the error is about one.
    pub limit: Option<i32>,
    /// In how many seconds it may be tried again, where the error is about that.
    pub retry_after: Option<i32>,
    /// How many units are there, where the error is about that.
    pub available: Option<i32>,
    /// Shown as the schema writes money.
    #[graphql(skip)]
    pub amount: Option<Money>,
}

impl UserError {
    pub fn new(code: UserErrorCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message, field: None, limit: None, retry_after: None, available: None, amount: None }
    }

    /// Names the place in the arguments as dotted path, such as `input.variants.0.sku`.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<str>) -> Self {
        self.field = Some(path.as_ref().split('.').map(str::to_owned).collect());
        self
    }

    /// Says it in other words.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Tells a program the greatest value that would do.
    #[must_use]
    pub fn with_limit(mut self, limit: i64) -> Self {
        self.limit = i32::try_from(limit).ok();
        self
    }

    /// Tells a program how long to wait.
    #[must_use]
    pub const fn with_retry_after(mut self, seconds: i32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Tells a program how many units there are.
    #[must_use]
    pub fn with_available(mut self, units: i64) -> Self {
        self.available = i32::try_from(units).ok();
        self
    }

    /// Tells a program how much there is.
    #[must_use]
    pub const fn with_amount(mut self, amount: Money) -> Self {
        self.amount = Some(amount);
        self
    }

    pub fn limit_exceeded(path: impl AsRef<str>, message: impl Into<String>, limit: i64) -> Self {
        Self::new(UserErrorCode::LimitExceeded, message).at(path).with_limit(limit)
    }

    pub fn required(path: impl AsRef<str>, what: &str) -> Self {
        Self::new(UserErrorCode::Required, format!("{what} is needed.")).at(path)
    }

    pub fn invalid(path: impl AsRef<str>, message: impl Into<String>) -> Self {
        Self::new(UserErrorCode::Invalid, message).at(path)
    }

    pub fn too_long(path: impl AsRef<str>, what: &str, limit: usize) -> Self {
        let mut error = Self::new(UserErrorCode::TooLong, format!("{what} is longer than {limit}.")).at(path);
        error.limit = i32::try_from(limit).ok();
        error
    }

    pub fn taken(path: impl AsRef<str>, message: impl Into<String>) -> Self {
        Self::new(UserErrorCode::Taken, message).at(path)
    }

    pub fn not_found(path: impl AsRef<str>, what: &str) -> Self {
        Self::new(UserErrorCode::NotFound, format!("There is no such {what}.")).at(path)
    }

    pub fn conflict() -> Self {
        Self::new(UserErrorCode::Conflict, "The object was changed since you read it; read it again and repeat.")
            .at("input.expectedVersion")
    }

    pub fn not_allowed(path: impl AsRef<str>, message: impl Into<String>) -> Self {
        Self::new(UserErrorCode::NotAllowed, message).at(path)
    }

    pub fn in_use(message: impl Into<String>) -> Self {
        Self::new(UserErrorCode::InUse, message).at("id")
    }
}

/// Collects every error of one input before anything is done.
#[derive(Debug, Default)]
pub struct Problems(Vec<UserError>);

impl Problems {
    pub fn push(&mut self, error: UserError) {
        self.0.push(error);
    }

    /// Keeps the value, or the error for the end.
    pub fn take<T>(&mut self, result: Result<T, UserError>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    pub fn into_result(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::User(self.0)) }
    }
}
