//! Postal codes in the form in which their country writes them.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::address::input::PostalCodeKind;

/// The form of a country's postal codes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostalCodeRule {
    pub r#type: PostalCodeKind,
    /// A regular expression that a whole code has to match.
    pub pattern: String,
    /// One for each way in which letters and separators stand.
    examples: Vec<String>,
    /// What people write before a code though it is no part of it, or leave out though it is one; the code of the country
    /// always counts as such.
    prefix: Option<String>,
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

impl PostalCodeRule {
    pub fn example(&self) -> &str {
        self.examples.first().map_or("", String::as_str)
    }

    /// The code as the country writes it; `None` if it is none. The text is in capitals, with single spaces.
    pub fn normalise(&self, country: &str, text: &str) -> Option<String> {
        let prefixes = || self.prefix.iter().map(String::as_str).chain([country]);
        let without =
            prefixes().filter_map(|prefix| text.strip_prefix(prefix)).map(|rest| rest.trim_start_matches(SEPARATORS));
        let with =
            prefixes().filter(|prefix| self.example().starts_with(prefix)).map(|prefix| format!("{prefix}{text}"));
        let spellings = std::iter::once(text.to_owned()).chain(without.map(str::to_owned)).chain(with);
        spellings.into_iter().find_map(|spelling| self.in_form(&spelling))
    }

    /// The text with its separators where an example has them, or as it is, or without any.
    fn in_form(&self, text: &str) -> Option<String> {
        let bare: String = text.chars().filter(|c| !SEPARATORS.contains(c)).collect();
        let like_examples = self.examples.iter().filter_map(|example| like(example, &bare));
        like_examples.chain([text.to_owned(), bare.clone()]).find(|form| self.matches(form))
    }

    fn matches(&self, text: &str) -> bool {
        let compiled = self
            .compiled
            .get_or_init(|| RegexBuilder::new(&format!("^(?:{})$", self.pattern)).unicode(false).build().ok());
        compiled.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }
}

const SEPARATORS: [char; 2] = [' ', '-'];

/// The characters in the groups of an example; `None` if it has another number of them.
fn like(example: &str, bare: &str) -> Option<String> {
    let mut rest = bare.chars();
    let form = example.chars().map(|c| if SEPARATORS.contains(&c) { Some(c) } else { rest.next() });
    let form = form.collect::<Option<String>>()?;
    rest.next().is_none().then_some(form)
}

#[cfg(test)]
mod tests {
    use crate::address::country;

    #[test]
    fn every_example_is_a_code_in_its_form() {
        for country in country::all() {
            let Some(rule) = &country.postal_code else { continue };
            assert!(!rule.examples.is_empty(), "{}", country.code);
            for example in &rule.examples {
                assert!(rule.matches(example), "{} {example}", country.code);
                assert_eq!(rule.normalise(&country.code, example).as_ref(), Some(example), "{}", country.code);
            }
            assert!(!rule.matches(&format!("{}!", rule.example())), "{}", country.code);
        }
    }

    #[test]
    fn codes_are_kept_as_their_country_writes_them() {
        for (country, text, code) in [
            ("US", "90210", "90210"),
            ("US", "902101234", "90210-1234"),
            ("US", "90210 1234", "90210-1234"),
            ("GB", "SW1A1AA", "SW1A 1AA"),
            ("GB", "M25BQ", "M2 5BQ"),
            ("GB", "BFPO61", "BFPO 61"),
            ("GB", "BFPO 1234", "BFPO 1234"),
            ("JP", "1540023", "154-0023"),
            ("JP", "154 0023", "154-0023"),
            ("DE", "D-10115", "10115"),
            ("DE", "DE 10115", "10115"),
            ("CH", "CH-8001", "8001"),
            ("LU", "L-4750", "4750"),
            ("SE", "SE-11455", "114 55"),
            ("NL", "1234AB", "1234 AB"),
            ("CA", "K1A0B1", "K1A 0B1"),
            ("IE", "A65F4E2", "A65 F4E2"),
            ("LV", "1010", "LV-1010"),
            ("LV", "LV1010", "LV-1010"),
            ("AD", "500", "AD500"),
            ("PL", "00950", "00-950"),
            ("BR", "40301110", "40301-110"),
            ("IN", "110 001", "110001"),
            ("FR", "75 001", "75001"),
            ("SV", "1101", "CP 1101"),
        ] {
            let rule = country::find(country).and_then(|country| country.postal_code.as_ref()).unwrap();
            assert_eq!(rule.normalise(country, text).as_deref(), Some(code), "{country} {text}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for (country, text) in [
            ("US", "9021"),
            ("US", "90210-12"),
            ("US", "DE 90210"),
            ("GB", "ZZ1 1AA"),
            ("DE", "1011"),
            ("DE", "101155"),
            ("CA", "D1A 0B1"),
            ("JP", "154-002"),
            ("JP", "١٥٤٠٠٢٣"),
            ("DE", "10115\n"),
            ("BM", "12"),
        ] {
            let rule = country::find(country).and_then(|country| country.postal_code.as_ref()).unwrap();
            assert_eq!(rule.normalise(country, text), None, "{country} {text}");
        }
    }
}
