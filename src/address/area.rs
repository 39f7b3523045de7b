//! Parts of the world, by which taxes and ways of delivery are told apart.

use serde::Serialize;

use crate::address::input::{AreaInput, PostalCodeRangeInput};
use crate::address::{Address, country};
use crate::checks::Checks;
use crate::error::UserError;

const POSTAL_CODE_LENGTH: usize = 20;

/// A country, or a region of it, or a range of its postal codes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Area {
    /// Two letters, from ISO 3166-1.
    pub country: String,
    /// The code of a region.
    pub region: Option<String>,
    /// The first and the last code of a range, without spaces and hyphens.
    pub postal_codes: Option<(String, String)>,
}

/// Where something goes, as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub country: String,
    pub region: Option<String>,
    pub postal_code: Option<String>,
}

impl Area {
    /// Turns what was sent into what is kept.
    pub fn check(checks: &mut Checks, input: AreaInput) -> Self {
        let country = input.country.0;
        let rules = country::find(&country);
        if rules.is_none() {
            checks.push(UserError::invalid(checks.path("country"), "Mail cannot be sent to this country."));
        }
        let region = checks.optional("region", input.region, "The region", 100).map(|text| {
            let rules = rules.filter(|rules| !rules.regions().is_empty());
            match rules.map(|rules| rules.find_region(&text)) {
                Some(Some(region)) => region.code.clone(),
                Some(None) => {
                    let message = format!("\"{text}\" is no region of {country}; `country(code:)` lists them.");
                    checks.push(UserError::invalid(checks.path("region"), message));
                    text
                }
                None => text,
            }
        });
        let postal_codes =
            input.postal_codes.map(|range| checks.within("postalCodes", |checks| of_range(checks, range)));
        Self { country, region, postal_codes }
    }

    /// Whether a place lies in it. What is not known of a place lies in no part of its country.
    pub fn contains(&self, place: &Place) -> bool {
        let is_in_region = self.region.as_ref().is_none_or(|region| place.region.as_ref() == Some(region));
        let is_in_range = self.postal_codes.as_ref().is_none_or(|(from, to)| {
            place.postal_code.as_ref().is_some_and(|code| {
                let code = bare(code);
                let begin = |length: usize| code.get(..length).unwrap_or(&code);
                begin(from.len()) >= from.as_str() && begin(to.len()) <= to.as_str()
            })
        });
        self.country == place.country && is_in_region && is_in_range
    }

    /// How closely it tells where a place is: of areas that hold one the most precise counts.
    pub const fn precision(&self) -> u8 {
        match (&self.postal_codes, &self.region) {
            (Some(_), _) => 2,
            (None, Some(_)) => 1,
            (None, None) => 0,
        }
    }
}

impl Place {
    /// A country of which no more is known.
    pub fn of_country(country: impl Into<String>) -> Self {
        Self { country: country.into(), region: None, postal_code: None }
    }
}

impl From<&Address> for Place {
    fn from(address: &Address) -> Self {
        Self {
            country: address.country.clone(),
            region: address.region.clone(),
            postal_code: address.postal_code.clone(),
        }
    }
}

fn of_range(checks: &mut Checks, range: PostalCodeRangeInput) -> (String, String) {
    let mut take = |field: &str, text: String| {
        let text = checks.optional(field, Some(text), "The postal code", POSTAL_CODE_LENGTH).map(|text| bare(&text));
        if text.as_ref().is_none_or(String::is_empty) {
            checks.push(UserError::required(checks.path(field), "A postal code, or how it begins,"));
        }
        text.unwrap_or_default()
    };
    let (from, to) = (take("from", range.from), take("to", range.to));
    let common = from.len().min(to.len());
    if from.get(..common) > to.get(..common) {
        checks.push(UserError::invalid(checks.path("to"), "The range ends before it begins."));
    }
    (from, to)
}

/// A postal code without what only makes it readable.
fn bare(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(region: Option<&str>, codes: Option<(&str, &str)>) -> Area {
        Area {
            country: "DE".to_owned(),
            region: region.map(str::to_owned),
            postal_codes: codes.map(|(from, to)| (from.to_owned(), to.to_owned())),
        }
    }

    fn at(code: &str) -> Place {
        Place { postal_code: Some(code.to_owned()), ..Place::of_country("DE") }
    }

    #[test]
    fn a_range_holds_all_codes_that_begin_like_its_ends() {
        let range = area(None, Some(("10", "12")));

        for (code, is_in) in [("09999", false), ("10000", true), ("11 500", true), ("12999", true), ("13000", false)] {
            assert_eq!(range.contains(&at(code)), is_in, "{code}");
        }
    }

    #[test]
    fn a_code_that_is_shorter_than_an_end_is_compared_as_it_is() {
        let range = area(None, Some(("10115", "10119")));

        assert!(!range.contains(&at("101")));
        assert!(range.contains(&at("10117")));
    }

    #[test]
    fn what_is_not_known_lies_in_no_part() {
        assert!(area(None, None).contains(&Place::of_country("DE")));
        assert!(!area(Some("BE"), None).contains(&Place::of_country("DE")));
        assert!(!area(None, Some(("1", "2"))).contains(&Place::of_country("DE")));
        assert!(!area(None, None).contains(&Place::of_country("AT")));
    }
}
