//! The sample shop.
pub fn picture(_name: &str) -> Option<&'static [u8]> {
    None
}
