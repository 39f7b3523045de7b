//! An address that keeps to the rules of its country.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::address::country::{self, Country, Region};
use crate::address::input::{AddressFieldName, AddressInput};
use crate::address::label::LabelLine;
use crate::address::{phone, vat_id};
use crate::checks::Checks;
use crate::error::UserError;
use crate::text::fold;

const LINE_LENGTH: usize = 200;
const NAME_LENGTH: usize = 100;
const PHONE_LENGTH: usize = 40;
const POSTAL_CODE_LENGTH: usize = 20;
const VAT_ID_LENGTH: usize = 40;
/// How many regions a message names.
const NAMED_REGIONS: usize = 5;

/// A postal address that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    pub first_name: Option<String>,
    /// It or the company is there.
    pub last_name: Option<String>,
    pub company: Option<String>,
    pub line1: String,
    pub line2: Option<String>,
    pub district: Option<String>,
    pub city: Option<String>,
    /// The code of one of the country's regions; any text where the country has no list of them.
    pub region: Option<String>,
    /// As the country writes it.
    pub postal_code: Option<String>,
    /// Two letters, from ISO 3166-1.
    pub country: String,
    pub phone: Option<String>,
    /// With the letters of its country, without what groups it.
    pub vat_id: Option<String>,
}

impl Address {
    /// Turns what was sent into what is kept, and tells everything that is wrong with it.
    pub fn check(checks: &mut Checks, input: AddressInput) -> Self {
        let code = input.country.0;
        let Some(rules) = country::find(&code) else {
            checks.push(UserError::invalid(checks.path("country"), "Mail cannot be sent to this country."));
            return Self::empty(code);
        };
        let mut parts = Parts { checks, rules, given: Vec::new() };
        let address = Self {
            first_name: parts.text("firstName", input.first_name, "The first name", NAME_LENGTH),
            last_name: parts.text("lastName", input.last_name, "The last name", NAME_LENGTH),
            company: parts.text("company", input.company, "The company", LINE_LENGTH),
            line1: parts.text("line1", input.line1, "The first line", LINE_LENGTH).unwrap_or_default(),
            line2: parts.text("line2", input.line2, "The second line", LINE_LENGTH),
            district: parts.text("district", input.district, "The district", NAME_LENGTH),
            city: parts.text("city", input.city, "The city", NAME_LENGTH),
            region: parts.region(input.region),
            postal_code: parts.postal_code(input.postal_code),
            phone: parts.phone(input.phone),
            vat_id: parts.vat_id(input.vat_id),
            country: code,
        };
        parts.require();
        address
    }

    /// The rules of its country.
    pub fn rules(&self) -> Option<&'static Country> {
        country::find(&self.country)
    }

    /// The region of its code; `None` where the country has no list of them.
    pub fn known_region(&self) -> Option<&'static Region> {
        let code = self.region.as_deref()?;
        self.rules()?.regions().iter().find(|region| region.code == code)
    }

    /// The label as the country writes it, the country last in capital letters as the post of any other wants it. What
    /// the country's labels do not know stands under the street.
    pub fn lines(&self) -> Vec<String> {
        let Some(rules) = self.rules() else { return Vec::new() };
        let is_latin = self.is_latin();
        let label = rules.latin_label.as_ref().filter(|_| is_latin).unwrap_or(&rules.label);
        let value = |field| self.written(rules, field, is_latin);
        let country = rules.name.to_uppercase();
        let mut lines = Vec::new();
        for line in label {
            lines.extend(line.write(value));
            if line.fields().any(|field| field == AddressFieldName::Line2) {
                lines.extend(self.beside(label, &country, value));
            }
        }
        lines.push(country);
        lines
    }

    /// The values that a label has no place for and that nothing on it says already.
    fn beside(
        &self,
        label: &[LabelLine],
        country: &str,
        value: impl Fn(AddressFieldName) -> Option<String>,
    ) -> Vec<String> {
        use AddressFieldName::{City, District, PostalCode, Region};
        let has_place = |field| label.iter().any(|line| line.fields().any(|known| known == field));
        // What a street or a firm is called after says nothing of the place.
        let is_place =
            |line: &&LabelLine| line.fields().all(|field| [District, City, Region, PostalCode].contains(&field));
        let places = label.iter().filter(is_place).filter_map(|line| line.write(&value));
        let mut said: Vec<_> = places.map(|line| fold(&line)).chain([fold(country)]).collect();
        let mut beside = Vec::new();
        for text in
            [District, City, Region, PostalCode].into_iter().filter(|field| !has_place(*field)).filter_map(value)
        {
            let folded = fold(&text);
            if !said.iter().any(|line| has_words(line, &folded)) {
                said.push(folded);
                beside.push(text);
            }
        }
        beside
    }

    fn written(&self, rules: &Country, field: AddressFieldName, is_latin: bool) -> Option<String> {
        let value = self.value(field)?;
        let value = if field == AddressFieldName::Region { rules.written_region(value, is_latin) } else { value };
        let is_in_capitals = rules.capitals.contains(&field);
        Some(if is_in_capitals { value.to_uppercase() } else { value.to_owned() })
    }

    fn value(&self, field: AddressFieldName) -> Option<&str> {
        match field {
            AddressFieldName::FirstName => self.first_name.as_deref(),
            AddressFieldName::LastName => self.last_name.as_deref(),
            AddressFieldName::Company => self.company.as_deref(),
            AddressFieldName::Line1 => Some(self.line1.as_str()).filter(|line| !line.is_empty()),
            AddressFieldName::Line2 => self.line2.as_deref(),
            AddressFieldName::District => self.district.as_deref(),
            AddressFieldName::City => self.city.as_deref(),
            AddressFieldName::Region => self.region.as_deref(),
            AddressFieldName::PostalCode => self.postal_code.as_deref(),
            AddressFieldName::Country => Some(&self.country),
            AddressFieldName::Phone => self.phone.as_deref(),
            AddressFieldName::VatId => self.vat_id.as_deref(),
        }
    }

    /// Whether the place is written in Latin letters: then so is the rest of the label, in the order of that script.
    fn is_latin(&self) -> bool {
        let place = [Some(self.line1.as_str()), self.line2.as_deref(), self.district.as_deref(), self.city.as_deref()];
        let mut letters = place.into_iter().flatten().flat_map(str::chars).filter(|c| c.is_alphabetic());
        letters.all(|c| matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
    }

    const fn empty(country: String) -> Self {
        Self {
            first_name: None,
            last_name: None,
            company: None,
            line1: String::new(),
            line2: None,
            district: None,
            city: None,
            region: None,
            postal_code: None,
            country,
            phone: None,
            vat_id: None,
        }
    }
}

/// Whether words stand in a line as such; both are folded.
fn has_words(line: &str, words: &str) -> bool {
    format!(" {line} ").contains(&format!(" {words} "))
}

/// Checks one part after the other.
struct Parts<'a> {
    checks: &'a mut Checks,
    rules: &'static Country,
    /// What was said at all, be it right or wrong.
    given: Vec<String>,
}

impl Parts<'_> {
    fn text(&mut self, field: &str, text: Option<String>, what: &str, limit: usize) -> Option<String> {
        let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.given.push(field.to_owned());
        }
        if text.chars().any(is_control) {
            let message = format!("{what} has characters that cannot be written.");
            self.checks.push(UserError::invalid(self.checks.path(field), message));
            return None;
        }
        self.checks.optional(field, Some(text), what, limit)
    }

    /// A text whose letters and digits may have been typed in full width.
    fn code(&mut self, field: &str, text: Option<String>, what: &str, limit: usize) -> Option<String> {
        let text = text.map(|text| text.nfkc().collect::<String>().replace(DASHES, "-"));
        self.text(field, text, what, limit)
    }

    fn region(&mut self, text: Option<String>) -> Option<String> {
        let text = self.text("region", text, "The region", NAME_LENGTH)?;
        let rules = self.rules;
        if rules.regions().is_empty() {
            return Some(text);
        }
        let region = rules.find_region(&text);
        if region.is_none() {
            let names = rules.regions().iter().take(NAMED_REGIONS).map(|region| region.name.as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            let more = if rules.regions().len() > NAMED_REGIONS { " and others" } else { "" };
            let message = format!("{} knows no region \"{text}\"; there are {names}{more}.", rules.name);
            self.checks.push(UserError::invalid(self.checks.path("region"), message));
        }
        region.map(|region| region.code.clone())
    }

    fn postal_code(&mut self, text: Option<String>) -> Option<String> {
        let text = self.code("postalCode", text, "The postal code", POSTAL_CODE_LENGTH)?.to_uppercase();
        let (code, message) = match &self.rules.postal_code {
            Some(rule) => {
                let message = format!("A postal code of {} looks like {}.", self.rules.name, rule.example());
                (rule.normalise(&self.rules.code, &text), message)
            }
            None => {
                let is_possible = text.chars().all(|c| c.is_ascii_alphanumeric() || " -".contains(c));
                (Some(text).filter(|_| is_possible), "A postal code is made of letters and digits.".to_owned())
            }
        };
        if code.is_none() {
            self.checks.push(UserError::invalid(self.checks.path("postalCode"), message));
        }
        code
    }

    fn phone(&mut self, text: Option<String>) -> Option<String> {
        let text = self.code("phone", text, "The phone number", PHONE_LENGTH)?;
        if !phone::is_phone(&text) {
            let message = "A phone number has 5 to 20 digits, such as \"+1 555 123 4567\".";
            self.checks.push(UserError::invalid(self.checks.path("phone"), message));
        }
        Some(text)
    }

    fn vat_id(&mut self, text: Option<String>) -> Option<String> {
        let text = self.code("vatId", text, "The VAT id", VAT_ID_LENGTH)?;
        match vat_id::parse(&self.rules.code, &text) {
            Ok(number) => Some(number),
            Err(message) => {
                self.checks.push(UserError::invalid(self.checks.path("vatId"), message));
                None
            }
        }
    }

    /// Tells what is missing.
    fn require(&mut self) {
        if !self.has("lastName") && !self.has("company") {
            self.missing("lastName", "A last name or a company");
        }
        let names = [
            (AddressFieldName::Line1, "line1", "The first line of the address"),
            (AddressFieldName::District, "district", "The district"),
            (AddressFieldName::City, "city", "The city"),
            (AddressFieldName::Region, "region", "The region"),
            (AddressFieldName::PostalCode, "postalCode", "The postal code"),
        ];
        for (field, path, what) in names {
            if self.rules.requires(field) && !self.has(path) {
                self.missing(path, what);
            }
        }
    }

    fn missing(&mut self, field: &str, what: &str) {
        self.checks.push(UserError::required(self.checks.path(field), what));
    }

    fn has(&self, field: &str) -> bool {
        self.given.iter().any(|given| given == field)
    }
}

/// Hyphens, dashes and minus signs that people type for a hyphen.
const DASHES: [char; 7] = ['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}', '\u{30FC}'];

/// Characters that print nothing, and those that turn the direction of what follows.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
