//! How the lines of an address are put together.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::address::input::AddressFieldName;

/// A line of a label, such as `{city}, {region} {postalCode}`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct LabelLine(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Field(AddressFieldName),
}

impl TryFrom<String> for LabelLine {
    type Error = Error;

    fn try_from(line: String) -> Result<Self, Error> {
        let mut parts = Vec::new();
        for piece in line.split_inclusive('}') {
            let (text, field) = piece.split_once('{').map_or((piece, None), |(text, rest)| (text, Some(rest)));
            if !text.is_empty() {
                parts.push(Part::Text(text.to_owned()));
            }
            if let Some(field) = field {
                let name: StrDeserializer<'_, Error> = field.trim_end_matches('}').into_deserializer();
                parts.push(Part::Field(AddressFieldName::deserialize(name)?));
            }
        }
        Ok(Self(parts))
    }
}

impl LabelLine {
    pub fn fields(&self) -> impl Iterator<Item = AddressFieldName> {
        self.0.iter().filter_map(|part| match part {
            Part::Field(name) => Some(*name),
            Part::Text(_) => None,
        })
    }

    /// The line with its values. What stands between two of them falls away with either, what stands before the first
    /// with that; a line without values is left out.
    pub fn write(&self, value: impl Fn(AddressFieldName) -> Option<String>) -> Option<String> {
        if self.fields().next().is_none() {
            return Some(self.text()).filter(|text| !text.is_empty());
        }
        let (mut line, mut between, mut is_first) = (String::new(), "", true);
        for part in &self.0 {
            match part {
                Part::Text(text) => between = text,
                Part::Field(name) => {
                    if let Some(value) = value(*name) {
                        if is_first || !line.is_empty() {
                            line.push_str(between);
                        }
                        line.push_str(&value);
                        between = "";
                    }
                    is_first = false;
                }
            }
        }
        Some(line).filter(|line| !line.is_empty())
    }

    /// What stands there whatever the values are.
    fn text(&self) -> String {
        let texts = self.0.iter().map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Field(_) => "",
        });
        texts.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(format: &str, values: &[(AddressFieldName, &str)]) -> Option<String> {
        let line = LabelLine::try_from(format.to_owned()).unwrap();
        line.write(|name| values.iter().find(|(field, _)| *field == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn what_joins_values_goes_with_them() {
        use AddressFieldName::{City, PostalCode, Region};
        let american = "{city}, {region} {postalCode}";

        let all = [(City, "Reno"), (Region, "NV"), (PostalCode, "89501")];
        assert_eq!(line(american, &all).as_deref(), Some("Reno, NV 89501"));
        assert_eq!(line(american, &[all[0], all[2]]).as_deref(), Some("Reno 89501"));
        assert_eq!(line(american, &[all[0]]).as_deref(), Some("Reno"));
        assert_eq!(line(american, &[all[2]]).as_deref(), Some("89501"));
        assert_eq!(line(american, &[]), None);
        assert_eq!(line("CH-{postalCode} {city}", &[(City, "Bern")]).as_deref(), Some("Bern"));
        assert_eq!(
            line("CH-{postalCode} {city}", &[(PostalCode, "3000"), (City, "Bern")]).as_deref(),
            Some("CH-3000 Bern")
        );
        assert_eq!(line("{region}{city}", &[(Region, "東京都"), (City, "港区")]).as_deref(), Some("東京都港区"));
    }

    #[test]
    fn a_line_of_text_alone_always_stands() {
        assert_eq!(line("GUERNSEY", &[]).as_deref(), Some("GUERNSEY"));
    }

    #[test]
    fn a_line_names_fields_that_there_are() {
        assert!(LabelLine::try_from("{street}".to_owned()).is_err());
    }
}
