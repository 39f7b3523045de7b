//! Rates from a service elsewhere, which the configuration names.
//!
//! It is asked by POST with JSON, and proves who asks by `Authorization: Bearer` and the secret, if there is one:
//!
//! ```json
//! { "homeCountry": "DE", "country": "US", "region": "CA", "postalCode": "94103", "at": "2026-03-01T12:30:00Z",
//!   "classes": [{ "class": null }, { "class": "books" }] }
//! ```
//!
//! `region` and `postalCode` are null where they are not known. A class is named by its code; null stands for what has
//! none. The answer has status 200 and, for each class, two percentages as decimal strings from 0 to 100 with at most
//! four decimal places: `home` is that of the home country, `zone` that of the place.
//!
//! ```json
//! { "rates": [{ "class": null, "home": "19", "zone": "8.625" }, { "class": "books", "home": "7", "zone": "0" }] }
//! ```
//!
//! Anything else is no answer, and neither is one that comes too late: no order is placed by rates that nobody told. The
//! log then says why, without where the goods go. An answer is remembered by place and classes for as long as the
//! configuration says, so a rate that changes at an instant may be told late by so much; a failure is remembered for
//! half a second, so that a service in trouble is left alone for a moment. Who asks the same at once shares one request.

mod protocol;
mod provider;

pub use provider::Remote;
