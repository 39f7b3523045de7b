//! Catalogues that come from elsewhere.

pub mod product_record;
pub mod shopify;
