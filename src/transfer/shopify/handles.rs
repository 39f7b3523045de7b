//! Tells when a handle of a file comes back.

use crate::text::Slug;
use crate::transfer::table::FirstLines;

#[derive(Default)]
pub(super) struct Handles(FirstLines);

impl Handles {
    /// Returns the line on which the handle stood before, if it did.
    pub(super) fn insert(&mut self, handle: &str, line: u64) -> Option<u64> {
        self.0.insert(address(handle), line)
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
