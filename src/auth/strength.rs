//! Whether a password is one that others would guess.

use zxcvbn::{Score, zxcvbn};

/// More than so many characters add nothing to what is guessed, and much to the time that it takes to find out.
const JUDGED: usize = 64;

/// Whether somebody who tries common passwords, words, names and patterns, and what is known of the person, would guess
/// the password with a million attempts (zxcvbn, Wheeler 2016).
pub fn is_guessable(password: &str, known: &[&str]) -> bool {
    let judged: String = password.chars().take(JUDGED).collect();
    let parts: Vec<&str> = known
        .iter()
        .flat_map(|text| std::iter::once(*text).chain(text.split(['@', '.', ' '])))
        .filter(|part| part.chars().count() > 2)
        .collect();
    zxcvbn(&judged, &parts).score() < Score::Two
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_passwords_and_what_is_known_of_the_person_are_guessed() {
        let known = ["ada.lovelace@example.com", "Ada Lovelace"];

        for password in [
            "password",
            "Passw0rd",
            "12345678",
            "qwertyuiop",
            "iloveyou",
            "aaaaaaaaaa",
            "lovelace",
            "ada.lovelace@example.com",
        ] {
            assert!(is_guessable(password, &known), "{password}");
        }
        for password in ["correct horse battery", "tr4de-w1nds-72", "Zürich im Regen"] {
            assert!(!is_guessable(password, &known), "{password}");
        }
    }

    #[test]
    fn a_long_password_is_judged_in_bounded_time() {
        assert!(is_guessable(&"a".repeat(100_000), &[]));
    }
}
