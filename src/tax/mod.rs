//! Taxes: which share of a price is due where the goods go.
//!
//! A **class** is a kind of goods that are taxed alike, a **zone** a part of the world with rates of its own, and a
//! **rate** holds in a zone for a class, or for all that has none, and for a time.
//!
//! [`Taxes`] is what carts and orders ask. For a place the zone counts whose area tells most precisely where it is, of
//! several the oldest. The rate is that of the class at the instant, else the zone's default rate, else zero; without a
//! zone it is zero. What an inclusive price holds is found the same way for the channel's home country.
//!
//! Who has no such tables but a service that knows rates names it in `TAX_PROVIDER_URL`; [`remote`] says how it is
//! asked. Whether something is taxed at all (`isTaxable`) and whether somebody pays tax (`isTaxExempt`) is for those who
//! ask.

pub mod class;
pub mod provider;
mod question;
pub mod rate;
pub mod remote;
mod services;
mod table;
pub mod zone;

pub use class::known::{check_all, check_class};
pub use class::{TaxClassMutation, TaxClassQuery, TaxClassService};
pub use provider::{TaxProvider, Taxes};
pub use question::{Answer, Failure, Question};
pub use rate::{TaxRateMutation, TaxRateService};
pub use services::TaxServices;
pub use zone::{TaxZoneMutation, TaxZoneQuery, TaxZoneService};
