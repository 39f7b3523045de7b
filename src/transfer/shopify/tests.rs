//! The rules of the format, each on a small file.

mod damage;
mod products;
mod robustness;

use super::ShopifyReader;
use crate::transfer::product_record::{ProductRecord, RowError};

type Outcome = Result<ProductRecord, Vec<RowError>>;

fn read(file: impl AsRef<[u8]>) -> Vec<Outcome> {
    ShopifyReader::new(file.as_ref()).unwrap().collect()
}

/// The only product of a file.
fn product(file: impl AsRef<[u8]>) -> ProductRecord {
    let mut outcomes = read(file);
    assert_eq!(outcomes.len(), 1, "{outcomes:?}");
    outcomes.remove(0).unwrap()
}

/// The errors of a file's only product, each as `line column: message`.
fn errors(file: impl AsRef<[u8]>) -> Vec<String> {
    let mut outcomes = read(file);
    assert_eq!(outcomes.len(), 1, "{outcomes:?}");
    outcomes.remove(0).unwrap_err().iter().map(shown).collect()
}

fn shown(error: &RowError) -> String {
    let column = error.column.as_deref().unwrap_or("-");
    format!("{} {column}: {}", error.line, error.message)
}

/// Why a file is refused as a whole.
fn refusal(file: impl AsRef<[u8]>) -> RowError {
    ShopifyReader::new(file.as_ref()).err().unwrap()
}
