//! How a customer shall stand, checked and free of any wire format.

use serde::Serialize;
use serde_json::Value;

use crate::address::is_phone;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::customer::input::{
    CustomerCreateInput, CustomerProfileUpdateInput, CustomerRegisterInput, CustomerUpdateInput,
};
use crate::entity::customer;
use crate::error::UserError;
use crate::graphql::scalar::LanguageCode;
use crate::patch::Patch;
use crate::text::fold;

const NAME_LENGTH: usize = 100;
const NOTE_LENGTH: usize = 5_000;

/// What the person says of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    pub first_name: String,
    pub last_name: String,
    pub phone: Option<String>,
    pub language: Option<String>,
    pub accepts_marketing: bool,
}

/// The profile, and what only staff say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerSpec {
    #[serde(flatten)]
    pub profile: Profile,
    pub is_active: bool,
    pub is_tax_exempt: bool,
    pub note: String,
    pub external_id: Option<String>,
    pub metadata: Value,
    pub private_metadata: Value,
}

impl Profile {
    pub fn of_registration(checks: &mut Checks, input: &mut CustomerRegisterInput) -> Self {
        Self {
            first_name: name(checks, "firstName", input.first_name.take(), "The first name"),
            last_name: name(checks, "lastName", input.last_name.take(), "The last name"),
            phone: phone(checks, input.phone.take()),
            language: input.language.take().map(|code| code.0),
            accepts_marketing: input.accepts_marketing,
        }
    }

    /// How it stands.
    pub fn of(row: &customer::Model) -> Self {
        Self {
            first_name: row.first_name.clone(),
            last_name: row.last_name.clone(),
            phone: row.phone.clone(),
            language: row.language.clone(),
            accepts_marketing: row.accepts_marketing,
        }
    }

    /// How it stands after a change by the person.
    pub fn apply(self, checks: &mut Checks, input: CustomerProfileUpdateInput) -> Self {
        let accepts_marketing = input.accepts_marketing.unwrap_or(self.accepts_marketing);
        let change = (input.first_name, input.last_name, input.phone, input.language);
        Self { accepts_marketing, ..self.patched(checks, change) }
    }

    fn patched(self, checks: &mut Checks, change: ProfilePatch) -> Self {
        let (first_name, last_name, phone_number, language) = change;
        Self {
            first_name: first_name
                .into_change()
                .map_or(self.first_name, |text| name(checks, "firstName", Some(text), "The first name")),
            last_name: last_name
                .into_change()
                .map_or(self.last_name, |text| name(checks, "lastName", Some(text), "The last name")),
            phone: match phone_number {
                Patch::Keep => self.phone,
                Patch::Clear => None,
                Patch::Set(text) => phone(checks, Some(text)),
            },
            language: language.map(|code| code.0).apply(self.language),
            accepts_marketing: self.accepts_marketing,
        }
    }

    /// Writes it into a row; when consent to marketing was given or taken back is kept.
    pub fn write(self, row: &mut customer::Model, now: Timestamp) {
        if row.accepts_marketing != self.accepts_marketing {
            row.marketing_changed_at = Some(now);
        }
        row.name_key = fold(&format!("{} {}", self.last_name, self.first_name));
        row.first_name = self.first_name;
        row.last_name = self.last_name;
        row.phone = self.phone;
        row.language = self.language;
        row.accepts_marketing = self.accepts_marketing;
    }
}

type ProfilePatch = (Patch<String>, Patch<String>, Patch<String>, Patch<LanguageCode>);

impl CustomerSpec {
    pub fn from_input(checks: &mut Checks, input: CustomerCreateInput) -> Self {
        Self {
            profile: Profile {
                first_name: name(checks, "firstName", input.first_name, "The first name"),
                last_name: name(checks, "lastName", input.last_name, "The last name"),
                phone: phone(checks, input.phone),
                language: input.language.map(|code| code.0),
                accepts_marketing: input.accepts_marketing,
            },
            is_active: true,
            is_tax_exempt: input.is_tax_exempt,
            note: checks.optional("note", input.note, "The note", NOTE_LENGTH).unwrap_or_default(),
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        }
    }

    /// How it stands.
    pub fn of(row: &customer::Model) -> Self {
        Self {
            profile: Profile::of(row),
            is_active: row.is_active,
            is_tax_exempt: row.is_tax_exempt,
            note: row.note.clone(),
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        }
    }

    /// How it stands after a change by staff.
    pub fn apply(self, checks: &mut Checks, input: CustomerUpdateInput) -> Self {
        let change = (input.first_name, input.last_name, input.phone, input.language);
        let accepts = checks.needed("acceptsMarketing", input.accepts_marketing);
        let accepts_marketing = accepts.unwrap_or(self.profile.accepts_marketing);
        Self {
            profile: Profile { accepts_marketing, ..self.profile.patched(checks, change) },
            is_active: checks.needed("isActive", input.is_active).unwrap_or(self.is_active),
            is_tax_exempt: checks.needed("isTaxExempt", input.is_tax_exempt).unwrap_or(self.is_tax_exempt),
            note: match input.note {
                Patch::Keep => self.note,
                Patch::Clear => String::new(),
                Patch::Set(note) => checks.optional("note", Some(note), "The note", NOTE_LENGTH).unwrap_or_default(),
            },
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        }
    }

    pub fn write(self, row: &mut customer::Model, now: Timestamp) {
        self.profile.write(row, now);
        row.is_active = self.is_active;
        row.is_tax_exempt = self.is_tax_exempt;
        row.note = self.note;
        row.external_id = self.external_id;
        row.metadata = self.metadata;
        row.private_metadata = self.private_metadata;
    }
}

fn name(checks: &mut Checks, field: &str, text: Option<String>, what: &str) -> String {
    let text = text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    checks.optional(field, text, what, NAME_LENGTH).unwrap_or_default()
}

fn phone(checks: &mut Checks, text: Option<String>) -> Option<String> {
    let text = text?.trim().to_owned();
    if text.is_empty() {
        return None;
    }
    if !is_phone(&text) {
        let message = "A phone number has 5 to 20 digits, such as \"+1 555 123 4567\".";
        checks.push(UserError::invalid(checks.path("phone"), message));
    }
    Some(text)
}
