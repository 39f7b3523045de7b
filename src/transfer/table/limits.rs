//! How much of a file is held at a time; what passes these is an error, not a larger memory.

/// Bytes of one cell.
pub const FIELD_BYTES: usize = 1 << 20;

/// Bytes of one row. A row that passes it is nearly always a quotation mark that is never closed, so reading ends.
pub const ROW_BYTES: usize = 8 << 20;
