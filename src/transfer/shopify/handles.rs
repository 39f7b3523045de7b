//! Remembers every handle of a file in about 32 bytes, whatever its length.
//!
//! Only a hash is kept. With 64 bits under a random key, two of a million handles share one about once in thirty
//! million files; the product is then refused with a message, not lost.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;

use crate::text::Slug;

#[derive(Default)]
pub(super) struct Handles {
    hasher: RandomState,
    first_lines: HashMap<u64, u64>,
}

impl Handles {
    /// Returns the line on which the handle stood before, if it did.
    pub(super) fn insert(&mut self, handle: &str, line: u64) -> Option<u64> {
        match self.first_lines.entry(self.hasher.hash_one(address(handle))) {
            Entry::Occupied(entry) => Some(*entry.get()),
            Entry::Vacant(entry) => {
                entry.insert(line);
                None
            }
        }
    }
}

/// What tells a product from the others in the shop.
fn address(handle: &str) -> String {
    Slug::from_name(handle).map_or_else(|| folded(handle), Slug::into_string)
}

/// Whether two handles are one product's, whatever their letter case.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || folded(one) == folded(other)
}

fn folded(handle: &str) -> String {
    handle.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returning_handle_is_found_with_its_first_line() {
        let mut handles = Handles::default();

        assert_eq!(handles.insert("wool-hat", 2), None);
        assert_eq!(handles.insert("scarf", 5), None);
        assert_eq!(handles.insert("Wool-Hat", 9), Some(2));
        assert_eq!(handles.insert("wool-hat", 12), Some(2));
        assert_eq!(handles.insert("Wool hat", 14), Some(2));
    }
}
