//! Products: what the shop presents, with the variants that are bought.
//!
//! A product is written as a whole: a [`spec::ProductSpec`] says how it shall stand, [`aggregate::Aggregate`] how it
//! stands, and [`sync`] writes the difference. The API's create, the import and the sample shop all go this way.

pub mod aggregate;
pub mod bulk;
pub mod change;
mod duplicate;
pub mod filter;
pub mod graphql;
pub mod history;
pub mod input;
pub mod list;
pub mod loader;
pub mod look_ahead;
pub mod mutation;
pub mod option;
pub mod order;
pub mod parts;
pub mod preview;
pub mod publication;
pub mod query;
pub mod read;
pub mod related;
pub mod row;
pub mod service;
pub mod spec;
pub mod sync;
pub mod tags;
mod update;

pub use bulk::mutation::ProductBulkMutation;
pub use mutation::ProductMutation;
pub use query::ProductQuery;
pub use read::ProductReader;
pub use service::ProductService;
