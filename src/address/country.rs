//! What each country asks of an address.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::address::input::{AddressFieldName, RegionKind};
use crate::address::label::LabelLine;
use crate::address::postal_code::PostalCodeRule;
use crate::text;

static COUNTRIES: LazyLock<Countries> = LazyLock::new(Countries::read);

/// The countries of ISO 3166-1 in the alphabet of their names.
pub fn all() -> &'static [Country] {
    &COUNTRIES.in_order
}

/// The country of a code of two capital letters.
pub fn find(code: &str) -> Option<&'static Country> {
    COUNTRIES.positions.get(code).and_then(|position| COUNTRIES.in_order.get(*position))
}

struct Countries {
    in_order: Vec<Country>,
    positions: HashMap<String, usize>,
}

impl Countries {
    fn read() -> Self {
        #[derive(Deserialize)]
        struct File {
            countries: Vec<Country>,
        }

        // A test reads the same text, so it is never found to be wrong here.
        let file: Option<File> = serde_json::from_str(include_str!("countries.json")).ok();
        let mut in_order = file.map(|file| file.countries).unwrap_or_default();
        in_order.sort_by_cached_key(|country| text::fold(&country.name));
        let positions = in_order.iter().enumerate().map(|(position, country)| (country.code.clone(), position));
        Self { positions: positions.collect(), in_order }
    }
}

/// The rules of one country.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Country {
    /// Two letters, from ISO 3166-1.
    pub code: String,
    /// The name in English.
    pub name: String,
    /// The lines of an address in the country's own script, without the country.
    pub(super) label: Vec<LabelLine>,
    /// The lines of an address in Latin letters, where that is another order.
    pub(super) latin_label: Option<Vec<LabelLine>>,
    required: Vec<AddressFieldName>,
    /// What the post wants to see in capital letters.
    #[serde(default)]
    pub(super) capitals: Vec<AddressFieldName>,
    /// `None` where the country has no postal codes.
    pub postal_code: Option<PostalCodeRule>,
    /// `None` where addresses name no region.
    pub region: Option<RegionRule>,
}

/// A field of the form for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    pub name: AddressFieldName,
    pub is_required: bool,
    pub is_in_capitals: bool,
    /// The line of the label, counted from one; `None` for what is not written on it.
    pub line: Option<i32>,
}

impl Country {
    pub fn requires(&self, field: AddressFieldName) -> bool {
        self.required.contains(&field)
    }

    /// The fields of the form: those of the label in the order in which the country writes them, then the others.
    pub fn form(&self) -> Vec<FormField> {
        use AddressFieldName::{Country, LastName, Phone, VatId};
        let field = |name, line| FormField {
            name,
            is_required: self.requires(name) || [LastName, Country].contains(&name),
            is_in_capitals: self.capitals.contains(&name) || name == Country,
            line,
        };
        let lines = (1..).zip(&self.label);
        let mut fields: Vec<_> =
            lines.flat_map(|(number, line)| line.fields().map(move |name| field(name, Some(number)))).collect();
        fields.push(field(Country, i32::try_from(self.label.len() + 1).ok()));
        fields.extend([field(Phone, None), field(VatId, None)]);
        fields
    }

    /// The regions to choose from; none where any text will do.
    pub fn regions(&self) -> &[Region] {
        self.region.as_ref().map_or(&[], |region| &region.options)
    }

    /// The region of a code, or of a name in any of its spellings.
    pub fn find_region(&self, text: &str) -> Option<&Region> {
        let sought = text::fold(text);
        let is_named = |region: &&Region| region.names().any(|name| text::fold(name) == sought);
        let by_code = self.regions().iter().find(|region| region.code.eq_ignore_ascii_case(text));
        by_code.or_else(|| self.regions().iter().find(is_named))
    }

    /// How a region stands on a label: of a code its name, or the code where the post wants that.
    pub(super) fn written_region<'a>(&'a self, code: &'a str, is_latin: bool) -> &'a str {
        let Some(region) = self.regions().iter().find(|region| region.code == code) else { return code };
        let writes_codes = self.region.as_ref().is_some_and(|rule| rule.written_as == WrittenAs::Code);
        match (&region.local_name, &region.written) {
            _ if writes_codes => &region.code,
            (Some(name), _) if !is_latin => name,
            (_, Some(written)) => written,
            _ => &region.name,
        }
    }
}

/// The regions that a country's addresses name.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegionRule {
    pub r#type: RegionKind,
    #[serde(default)]
    written_as: WrittenAs,
    #[serde(default)]
    pub options: Vec<Region>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum WrittenAs {
    #[default]
    Name,
    Code,
}

/// A region of a country.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Region {
    /// The part of ISO 3166-2 after the country, where there is one.
    pub code: String,
    /// The name in Latin letters.
    pub name: String,
    /// The name in the country's own script, where that is another.
    pub local_name: Option<String>,
    /// What stands on labels instead of the name.
    written: Option<String>,
    /// Other names and codes by which it is known.
    #[serde(default)]
    also: Vec<String>,
}

impl Region {
    fn names(&self) -> impl Iterator<Item = &str> {
        let others = self.local_name.iter().chain(&self.written).chain(&self.also);
        std::iter::once(&self.name).chain(others).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::*;

    #[test]
    fn the_countries_are_those_of_the_scalar() {
        let text: serde_json::Value = serde_json::from_str(include_str!("countries.json")).unwrap();
        let countries: Vec<Country> = serde_json::from_value(text["countries"].clone()).unwrap();
        assert_eq!(countries.len(), all().len());

        let letters = || 'A'..='Z';
        let pairs = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
        let known: BTreeSet<_> = pairs.filter(|code| code.parse::<iso_currency::Country>().is_ok()).collect();
        assert_eq!(all().iter().map(|country| country.code.clone()).collect::<BTreeSet<_>>(), known);
        assert!(known.iter().all(|code| find(code).is_some_and(|country| country.code == *code)));
        assert!(find("XX").is_none() && find("us").is_none());
    }

    #[test]
    fn names_are_written_as_people_write_them_and_sorted() {
        let names: Vec<_> = all().iter().map(|country| text::fold(&country.name)).collect();
        assert!(names.is_sorted() && names.iter().collect::<HashSet<_>>().len() == names.len());
        assert_eq!(all().iter().position(|country| country.code == "AX"), Some(1), "Åland stands among the A");
        assert!(all().iter().all(|country| country.name.chars().any(char::is_lowercase)));
    }

    #[test]
    fn what_is_required_can_be_given() {
        for country in all() {
            let fields: Vec<_> = country.form().iter().map(|field| field.name).collect();
            assert!(country.required.iter().all(|field| fields.contains(field)), "{}", country.code);
            assert!(country.requires(AddressFieldName::Line1), "{}", country.code);
            assert_eq!(fields.iter().collect::<HashSet<_>>().len(), fields.len(), "{}", country.code);
            let has_options = !country.regions().is_empty();
            assert!(has_options || !country.requires(AddressFieldName::Region), "{}", country.code);
            assert_eq!(fields.contains(&AddressFieldName::Region), country.region.is_some(), "{}", country.code);
            assert_eq!(
                fields.contains(&AddressFieldName::PostalCode),
                country.postal_code.is_some(),
                "{}",
                country.code
            );
        }
    }

    #[test]
    fn both_orders_of_a_label_have_the_same_parts() {
        for country in all() {
            let parts = |lines: &[LabelLine]| lines.iter().flat_map(LabelLine::fields).collect::<HashSet<_>>();
            let Some(latin) = &country.latin_label else { continue };
            assert_eq!(parts(latin), parts(&country.label), "{}", country.code);
        }
    }

    #[test]
    fn each_spelling_means_one_region() {
        for country in all() {
            for region in country.regions() {
                for text in region.names().chain([region.code.as_str()]) {
                    let found = country.find_region(text).map(|found| &found.code);
                    assert_eq!(found, Some(&region.code), "{} {text}", country.code);
                }
            }
        }
    }

    #[test]
    fn regions_stand_in_the_alphabet() {
        for country in all() {
            assert!(country.regions().is_sorted_by_key(|region| text::fold(&region.name)), "{}", country.code);
        }
    }

    #[test]
    fn a_region_goes_by_code_or_name() {
        for (country, text, code) in [
            ("US", "ca", "CA"),
            ("US", "new  YORK", "NY"),
            ("CA", "Québec", "QC"),
            ("JP", "東京都", "13"),
            ("JP", "東京", "13"),
            ("JP", "Tokyo", "13"),
            ("IE", "County Cork", "CO"),
            ("IE", "Cork", "CO"),
            ("HK", "九龍", "KL"),
            ("IN", "Telangana", "TS"),
            ("IN", "TG", "TS"),
            ("AE", "dubai", "DU"),
            ("MX", "Jal.", "JAL"),
            ("CN", "Guangdong", "GD"),
            ("ES", "Madrid", "M"),
            ("ID", "Papua Selatan", "PS"),
        ] {
            let region = find(country).unwrap().find_region(text);
            assert_eq!(region.map(|region| region.code.as_str()), Some(code), "{country} {text}");
        }
        assert!(find("US").unwrap().find_region("Bavaria").is_none());
    }

    #[test]
    fn the_form_follows_the_order_of_the_country() {
        use AddressFieldName::{City, FirstName, LastName, PostalCode, Region};
        let order = |code: &str| find(code).unwrap().form().into_iter().map(|field| field.name).collect::<Vec<_>>();
        let is_before = |code: &str, first, second| {
            let order = order(code);
            order.iter().position(|name| *name == first) < order.iter().position(|name| *name == second)
        };

        assert!(is_before("US", City, Region) && is_before("US", Region, PostalCode));
        assert!(is_before("DE", PostalCode, City));
        assert!(is_before("JP", PostalCode, Region) && is_before("JP", LastName, FirstName));
        assert!(!order("DE").contains(&Region) && !order("AE").contains(&PostalCode));
    }
}
