//! The rules of countries as forms need them.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::address::input::{AddressFieldName, PostalCodeKind, RegionKind};
use crate::address::{self, country};
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::scalar::CountryCode;

pub struct Address(address::Address);

impl Address {
    pub const fn new(address: address::Address) -> Self {
        Self(address)
    }
}

/// A postal address.
#[Object]
impl Address {
    /// The given name of whoever gets the mail, if there is one.
    async fn first_name(&self) -> Option<&str> {
        self.0.first_name.as_deref()
    }

    /// The family name; it or the company is there.
    async fn last_name(&self) -> Option<&str> {
        self.0.last_name.as_deref()
    }

    /// The organisation, if there is one.
    async fn company(&self) -> Option<&str> {
        self.0.company.as_deref()
    }

    /// Street and number, or what takes their place.
    async fn line1(&self) -> &str {
        &self.0.line1
    }

    /// What else helps to find the door, if there is such a thing.
    async fn line2(&self) -> Option<&str> {
        self.0.line2.as_deref()
    }

    /// A part of the city, where the address names one.
    async fn district(&self) -> Option<&str> {
        self.0.district.as_deref()
    }

    /// The town or village, where the address names one.
    async fn city(&self) -> Option<&str> {
        self.0.city.as_deref()
    }

    /// The code of a region of the country, or its name where the country has no list of them; null where none is named.
    async fn region(&self) -> Option<&str> {
        self.0.region.as_deref()
    }

    /// The postal code as the country writes it; null where there is none.
    async fn postal_code(&self) -> Option<&str> {
        self.0.postal_code.as_deref()
    }

    /// The country.
    async fn country(&self) -> CountryCode {
        CountryCode(self.0.country.clone())
    }

    /// A telephone number for the carrier, if there is one.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// The number under which a business pays value added tax, if there is one.
    async fn vat_id(&self) -> Option<&str> {
        self.0.vat_id.as_deref()
    }

    /// The lines of a label, as the country writes them.
    async fn formatted(&self) -> Vec<String> {
        self.0.lines()
    }
}

pub struct Country(pub &'static country::Country);

/// A country, and how its addresses are written: what a form for them needs.
#[Object]
impl Country {
    /// Its code.
    async fn code(&self) -> CountryCode {
        CountryCode(self.0.code.clone())
    }

    /// Its name in English.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The fields of a form for an address: those that stand on the label in the order in which the country writes them,
    /// then the others. Inputs may name more than these; what they say is kept.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn address_fields(&self, ctx: &Context<'_>) -> Result<Vec<AddressField>> {
        let fields = self.0.form();
        ctx.admit(fields.len())?;
        Ok(fields.into_iter().map(AddressField::from).collect())
    }

    /// The form of its postal codes; null where the country has none.
    async fn postal_code(&self) -> Option<PostalCodeFormat> {
        self.0.postal_code.as_ref().map(|rule| PostalCodeFormat {
            r#type: rule.r#type,
            pattern: &rule.pattern,
            example: rule.example(),
        })
    }

    /// What its addresses name as region; null where they name none.
    async fn region(&self) -> Option<RegionChoice> {
        self.0.region.as_ref().map(RegionChoice)
    }
}

/// A field of a form for an address.
#[derive(SimpleObject)]
pub struct AddressField {
    /// Which field of the address it is.
    name: AddressFieldName,
    /// Whether an address is refused without it. Of the last name and the company one is enough.
    is_required: bool,
    /// Whether the post wants it in capital letters; labels have it so, whatever was typed.
    is_in_capitals: bool,
    /// On which line of the label it stands, counted from 1, so that a form can have the same lines. Null for what is
    /// not written on it.
    line: Option<i32>,
}

impl From<country::FormField> for AddressField {
    fn from(field: country::FormField) -> Self {
        let country::FormField { name, is_required, is_in_capitals, line } = field;
        Self { name, is_required, is_in_capitals, line }
    }
}

/// How a country writes its postal codes.
#[derive(SimpleObject)]
pub struct PostalCodeFormat {
    /// What the country calls them.
    r#type: PostalCodeKind,
    /// A regular expression that the whole code matches as it is kept, in the syntax that HTML's `pattern` has, too.
    /// Inputs are taken more generously: in small letters, without the separator, with the letters of the country.
    pattern: &'static str,
    /// A code of this form.
    example: &'static str,
}

pub struct RegionChoice(&'static country::RegionRule);

/// The regions that addresses of a country name.
#[Object]
impl RegionChoice {
    /// What the country calls them.
    async fn r#type(&self) -> RegionKind {
        self.0.r#type
    }

    /// Those to choose from, in the alphabet of their names; empty where any text will do.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<Region>> {
        ctx.admit(self.0.options.len())?;
        Ok(self.0.options.iter().map(Region::from).collect())
    }
}

/// A region of a country, such as a state or a province.
#[derive(SimpleObject)]
pub struct Region {
    /// Its code within the country, by ISO 3166-2 where that has one, such as `CA` for California.
    code: &'static str,
    /// Its name in Latin letters.
    name: &'static str,
    /// Its name as the country itself writes it; the same as `name` where that is in Latin letters.
    local_name: &'static str,
}

impl From<&'static country::Region> for Region {
    fn from(region: &'static country::Region) -> Self {
        let local_name = region.local_name.as_ref().unwrap_or(&region.name);
        Self { code: &region.code, name: &region.name, local_name }
    }
}

/// From one postal code to another, both included. A beginning stands for all codes that begin so.
#[derive(Clone, Debug, SimpleObject)]
pub struct PostalCodeRange {
    /// The first code, or its beginning.
    from: String,
    /// The last code, or its beginning.
    to: String,
}

/// A part of the world.
#[derive(Clone, Debug, SimpleObject)]
pub struct Area {
    /// The country.
    country: CountryCode,
    /// The code of a region of it; null where the area is not one of a region.
    region: Option<String>,
    /// The postal codes that belong to it; null where all of them do.
    postal_codes: Option<PostalCodeRange>,
}

impl From<address::Area> for Area {
    fn from(area: address::Area) -> Self {
        let postal_codes = area.postal_codes.map(|(from, to)| PostalCodeRange { from, to });
        Self { country: CountryCode(area.country), region: area.region, postal_codes }
    }
}
