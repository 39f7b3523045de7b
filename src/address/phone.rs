//! Telephone numbers for the carrier: kept as people write them.

const DIGITS: std::ops::RangeInclusive<usize> = 5..=20;

/// Whether a text can be a telephone number. Which country's it is does not matter: people take theirs with them.
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    DIGITS.contains(&digits) && rest.chars().all(|c| c.is_ascii_digit() || " -.()".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_has_digits_and_what_groups_them() {
        for text in ["+1 (555) 123-4567", "030 1234567", "112 45", "555.123.4567", "12345678901234567890"] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["", "1234", "+", "555-CALL-NOW", "1+23456", "123456789012345678901", "++4930123456"] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
