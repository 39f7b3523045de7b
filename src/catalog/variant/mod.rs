//! Variants: what is bought. A variant is one combination of its product's option values.
//!
//! A variant belongs to its product: its changes are changes of the product, whose version they bump.

pub mod bulk;
pub mod change;
pub mod combination;
pub mod events;
pub mod graphql;
pub mod input;
pub mod loader;
pub mod measure;
pub mod mutation;
pub mod named;
pub mod price;
pub mod price_list;
pub mod prior_price;
pub mod query;
pub mod read;
pub mod row;
pub mod service;
pub mod spec;
pub mod sync;

pub use bulk::mutation::ProductVariantBulkMutation;
pub use mutation::ProductVariantMutation;
pub use query::ProductVariantQuery;
pub use read::VariantReader;
pub use service::VariantService;
