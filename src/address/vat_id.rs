//! Numbers for value added tax: the forms that Europe knows, and a loose one elsewhere.

use std::sync::LazyLock;

use regex::Regex;

/// The form of a country's numbers: the country, what they begin with, what follows, and an example.
type Form = (&'static str, &'static str, &'static str, &'static str);

/// The members of the European Union, its customs area and the neighbours whose numbers look alike. A country stands
/// twice where two kinds of numbers are given in it.
const FORMS: [Form; 33] = [
    ("AT", "AT", r"U\d{8}", "ATU12345678"),
    ("BE", "BE", r"[01]\d{9}", "BE0123456789"),
    ("BG", "BG", r"\d{9,10}", "BG123456789"),
    ("CH", "CHE", r"\d{9}(?:MWST|TVA|IVA|VAT)?", "CHE123456789"),
    ("CY", "CY", r"\d{8}[A-Z]", "CY12345678X"),
    ("CZ", "CZ", r"\d{8,10}", "CZ12345678"),
    ("DE", "DE", r"\d{9}", "DE123456789"),
    ("DK", "DK", r"\d{8}", "DK12345678"),
    ("EE", "EE", r"\d{9}", "EE123456789"),
    ("ES", "ES", r"[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z]", "ESX1234567X"),
    ("FI", "FI", r"\d{8}", "FI12345678"),
    ("FR", "FR", r"[A-HJ-NP-Z0-9]{2}\d{9}", "FR12123456789"),
    ("GB", "GB", r"\d{9}|\d{12}|(?:GD|HA)\d{3}", "GB123456789"),
    ("GB", "XI", r"\d{9}|\d{12}|(?:GD|HA)\d{3}", "XI123456789"),
    ("GR", "EL", r"\d{9}", "EL123456789"),
    ("HR", "HR", r"\d{11}", "HR12345678901"),
    ("HU", "HU", r"\d{8}", "HU12345678"),
    ("IE", "IE", r"\d{7}[A-Z]{1,2}|\d[A-Z]\d{5}[A-Z]", "IE1234567A"),
    ("IM", "GB", r"\d{9}|\d{12}", "GB123456789"),
    ("IT", "IT", r"\d{11}", "IT12345678901"),
    ("LT", "LT", r"\d{9}|\d{12}", "LT123456789"),
    ("LU", "LU", r"\d{8}", "LU12345678"),
    ("LV", "LV", r"\d{11}", "LV12345678901"),
    ("MC", "FR", r"[A-HJ-NP-Z0-9]{2}\d{9}", "FR12123456789"),
    ("MT", "MT", r"\d{8}", "MT12345678"),
    ("NL", "NL", r"\d{9}B\d{2}", "NL123456789B01"),
    ("NO", "NO", r"\d{9}(?:MVA)?", "NO123456789MVA"),
    ("PL", "PL", r"\d{10}", "PL1234567890"),
    ("PT", "PT", r"\d{9}", "PT123456789"),
    ("RO", "RO", r"\d{2,10}", "RO1234567890"),
    ("SE", "SE", r"\d{10}01", "SE123456789001"),
    ("SI", "SI", r"\d{8}", "SI12345678"),
    ("SK", "SK", r"\d{10}", "SK1234567890"),
];

static PATTERNS: LazyLock<Vec<(Form, Option<Regex>)>> = LazyLock::new(|| {
    let compile =
        |(_, prefix, rest, _): Form| Regex::new(&format!("^{prefix}(?:{rest})$").replace(r"\d", "[0-9]")).ok();
    FORMS.into_iter().map(|form| (form, compile(form))).collect()
});

/// The number in capitals without what groups it and with the letters that it begins with; or why it is none.
pub fn parse(country: &str, text: &str) -> Result<String, String> {
    let text: String = text.chars().filter(|c| !" .-/".contains(*c)).collect::<String>().to_uppercase();
    let mut known = PATTERNS.iter().filter(|(form, _)| form.0 == country).peekable();
    let Some(((_, _, _, example), _)) = known.peek() else {
        let is_possible = (4..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        return if is_possible { Ok(text) } else { Err("A VAT id has 4 to 20 letters and digits.".to_owned()) };
    };
    let found = known.find_map(|((_, prefix, _, _), pattern)| {
        // Greece is known by EL here and by GR everywhere else.
        let rest = text.strip_prefix(country).unwrap_or(&text);
        // Two letters are those of another country, though France could take them for the key of a number of its own.
        let is_bare = !rest.bytes().take(2).all(|byte| byte.is_ascii_alphabetic());
        let mut spellings = std::iter::once(text.clone()).chain(is_bare.then(|| format!("{prefix}{rest}")));
        spellings.find(|text| pattern.as_ref().is_some_and(|pattern| pattern.is_match(text)))
    });
    found.ok_or_else(|| format!("A VAT id of this country looks like {example}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_its_own_form() {
        for (country, prefix, _, example) in FORMS {
            assert!(example.starts_with(prefix));
            assert_eq!(parse(country, example), Ok(example.to_owned()));
        }
    }

    #[test]
    fn numbers_are_kept_with_their_country_and_without_what_groups_them() {
        for (country, text, number) in [
            ("DE", "de 123 456 789", "DE123456789"),
            ("DE", "123456789", "DE123456789"),
            ("AT", "U12345678", "ATU12345678"),
            ("GR", "GR123456789", "EL123456789"),
            ("GR", "123456789", "EL123456789"),
            ("GB", "XI 123 4567 89", "XI123456789"),
            ("GB", "123456789", "GB123456789"),
            ("CH", "CHE-123.456.789 MWST", "CHE123456789MWST"),
            ("NO", "123 456 789 MVA", "NO123456789MVA"),
            ("NL", "NL123456789.B01", "NL123456789B01"),
            ("BR", "12.345.678/0001-95", "12345678000195"),
        ] {
            assert_eq!(parse(country, text).as_deref(), Ok(number), "{country} {text}");
        }
    }

    #[test]
    fn numbers_of_another_country_or_form_are_refused() {
        let (of_france, of_germany) = ("FR12123456789", "DE123456789");
        let wrong = [("DE", of_france), ("FR", of_germany), ("DE", "DE12345678"), ("AT", "AT12345678"), ("US", "1-2")];
        for (country, text) in wrong {
            assert!(parse(country, text).is_err(), "{country} {text}");
        }
        assert!(parse("US", "123456789012345678901").is_err());
        assert!(parse("US", "fünf").is_err());
        assert!(parse("DE", "no").unwrap_err().contains("DE123456789"));
    }
}
