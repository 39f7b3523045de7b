//! The codes of gift cards: how they are made, written and kept.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::auth::secret::hash_secret;
use crate::config::AuthConfig;
use crate::error::{Error, Result};
use crate::id::GiftCardId;

/// The fewest and the most letters and digits of a code that the shop makes up itself.
pub const LENGTHS: std::ops::RangeInclusive<usize> = 8..=32;
/// Letters and digits that nobody takes for one another.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Each is worth nearly 5 bits.
const LENGTH: usize = 16;
const GROUP: usize = 4;
/// By so many characters at its end people know a card.
pub const ENDING: usize = 4;

/// Makes the codes of cards.
#[derive(Clone)]
pub struct Codes {
    /// The first makes codes; the others made those of cards that were issued before.
    secrets: Vec<SecretString>,
}

impl Codes {
    pub fn new(config: &AuthConfig) -> Self {
        Self { secrets: std::iter::once(&config.secret).chain(&config.previous_secrets).cloned().collect() }
    }

    /// The code of a new card.
    pub fn make(&self, id: GiftCardId) -> Result<String> {
        let secret = self.secrets.first().ok_or_else(|| Error::internal("there is no secret to make codes of"))?;
        code(secret, id).ok_or_else(|| Error::internal("the secret cannot be used"))
    }

    /// The code of a card that has this hash, if we made it and the secret of then is still there.
    pub fn made(&self, id: GiftCardId, kept: &str) -> Option<String> {
        self.secrets.iter().filter_map(|secret| code(secret, id)).find(|code| hash(code) == kept)
    }
}

fn code(secret: &SecretString, id: GiftCardId) -> Option<String> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    let bytes = mac.chain_update(b"code of a gift card:").chain_update(id.uuid().as_bytes()).finalize().into_bytes();
    // 128 bits are so many more than the code has that every code is as likely as any other.
    let number = bytes.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    let base = u128::try_from(ALPHABET.len()).ok()?;
    let digits = std::iter::successors(Some(number), |rest| Some(rest / base)).take(LENGTH);
    let letters = digits.filter_map(|rest| ALPHABET.get(usize::try_from(rest % base).ok()?).copied().map(char::from));
    Some(grouped(&letters.collect::<String>()))
}

/// In groups of four, as people read and type it.
fn grouped(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A code without what people add or leave out: case, spaces, hyphens and dashes.
pub fn fold(code: &str) -> String {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    code.chars().filter(|c| !is_between(*c)).map(|c| c.to_ascii_uppercase()).collect()
}

/// How a code is kept.
pub fn hash(code: &str) -> String {
    hash_secret(&fold(code))
}

/// The last characters of a code.
pub fn ending(code: &str) -> String {
    let folded = fold(code);
    folded.chars().skip(folded.chars().count().saturating_sub(ENDING)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(secrets: &[&str]) -> Codes {
        Codes { secrets: secrets.iter().map(|secret| SecretString::from(secret.repeat(32))).collect() }
    }

    #[test]
    fn a_code_has_four_groups_without_look_alikes_and_is_made_alike_each_time() {
        let (codes, id) = (codes(&["a"]), GiftCardId::generate());

        let code = codes.make(id).unwrap();

        let groups: Vec<_> = code.split('-').collect();
        assert!(groups.len() == 4 && groups.iter().all(|group| group.len() == 4), "{code}");
        assert!(fold(&code).bytes().all(|byte| ALPHABET.contains(&byte)), "{code}");
        assert_eq!(codes.make(id).unwrap(), code);
        assert_ne!(codes.make(GiftCardId::generate()).unwrap(), code);
        assert!(LENGTH as f64 * (ALPHABET.len() as f64).log2() > 75.0);
    }

    #[test]
    fn a_code_is_told_again_as_long_as_its_secret_is_there() {
        let id = GiftCardId::generate();
        let code = codes(&["a"]).make(id).unwrap();

        assert_eq!(codes(&["b", "a"]).made(id, &hash(&code)), Some(code.clone()));
        assert_eq!(codes(&["b"]).made(id, &hash(&code)), None);
        assert_eq!(codes(&["a"]).made(id, &hash("SUMMER2026")), None);
    }

    #[test]
    fn every_letter_stands_at_every_place() {
        let codes = codes(&["a"]);
        let mut seen = vec![std::collections::BTreeSet::new(); LENGTH];

        for _ in 0..1_000 {
            let code = fold(&codes.make(GiftCardId::generate()).unwrap());
            for (letter, seen) in code.chars().zip(&mut seen) {
                seen.insert(letter);
            }
        }

        assert!(seen.iter().all(|seen| seen.len() == ALPHABET.len()));
    }

    #[test]
    fn case_spaces_and_dashes_make_no_difference() {
        for typed in ["abcd-efgh-2345", " ABCD EFGH\t2345 ", "AbCd\u{2013}EfGh\u{a0}2345", "abcdefgh2345"] {
            assert_eq!(hash(typed), hash("ABCD-EFGH-2345"), "{typed}");
        }
        assert_ne!(hash("ABCD-EFGH-2346"), hash("ABCD-EFGH-2345"));
        assert_eq!(ending("abcd-efgh-23 45"), "2345");
    }
}
