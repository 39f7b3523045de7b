//! Postal addresses by the rules of their country.
//!
//! What a country asks for and how it writes an address lies in `countries.json`, which says where it comes from. Rules
//! here are pure: an [`input::AddressInput`] becomes an [`Address`], or what is wrong with it is told; and an address
//! that was checked once checks again to itself. What somebody says of an address beyond what the country uses is kept,
//! for people know their address better than a table does.

#[expect(clippy::module_inception, reason = "the noun of the capability")]
mod address;
pub mod area;
pub mod country;
pub mod graphql;
pub mod input;
mod label;
mod phone;
mod postal_code;
pub mod query;
mod vat_id;

pub use address::Address;
pub use area::{Area, Place};
pub use phone::is_phone;
pub use query::CountryQuery;
