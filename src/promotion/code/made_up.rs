//! Codes that are made up: random, and easily read aloud.

use std::collections::BTreeMap;

use rand::RngExt as _;

use crate::text::fold;

/// Digits and letters of which none looks like another or, by chance, makes a word: without 0 and O, 1, I and L, and U.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many different codes, by their keys.
pub fn make_up(prefix: &str, length: usize, count: usize) -> BTreeMap<String, String> {
    let mut random = rand::rng();
    let mut codes = BTreeMap::new();
    while codes.len() < count {
        let letter = |_| ALPHABET.get(random.random_range(0..ALPHABET.len())).copied().map(char::from);
        let code: String = prefix.chars().chain((0..length).filter_map(letter)).collect();
        codes.insert(fold(&code), code);
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_prefix_and_the_length_that_was_asked_for() {
        let codes = make_up("Spring-", 8, 1_000);

        assert_eq!(codes.len(), 1_000);
        for (key, code) in codes {
            let random = code.strip_prefix("Spring-").unwrap();
            assert!(random.len() == 8 && random.bytes().all(|letter| ALPHABET.contains(&letter)), "{code}");
            assert_eq!(key, code.to_lowercase());
        }
    }

    #[test]
    fn every_letter_comes_up() {
        let codes: String = make_up("", 16, 100).into_values().collect();

        assert!(ALPHABET.iter().all(|letter| codes.contains(char::from(*letter))));
    }
}
