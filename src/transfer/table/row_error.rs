//! What is wrong with a file, by line.

use std::fmt;

/// Something in the file that a person must mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    pub line: u64,
    /// The column's name as the file's header writes it.
    pub column: Option<String>,
    /// The product that the line is about, if the file tells products by handles.
    pub handle: Option<String>,
    /// The variant that the line is about, if the file tells variants by SKUs.
    pub sku: Option<String>,
    /// A full sentence; it repeats none of the others.
    pub message: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column “{column}”")?;
        }
        if let Some(handle) = &self.handle {
            write!(f, ", product “{handle}”")?;
        }
        if let Some(sku) = &self.sku {
            write!(f, ", SKU “{sku}”")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for RowError {}

impl RowError {
    /// An error about a line as a whole.
    pub fn at(line: u64, message: impl Into<String>) -> Self {
        Self { line, column: None, handle: None, sku: None, message: message.into() }
    }
}
