//! How much of one product is held; what passes these is an error, not a larger memory.

/// Bytes of all rows of one product.
pub const PRODUCT_BYTES: usize = 16 << 20;

/// Rows of one product.
pub const PRODUCT_ROWS: usize = 2_000;

/// Errors reported for one product; further ones are only counted.
pub const PRODUCT_ERRORS: usize = 50;
