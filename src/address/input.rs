//! What clients send of addresses, and the words for their parts.

use async_graphql::{Enum, InputObject};
use serde::Deserialize;

use crate::graphql::scalar::CountryCode;

/// A part of a postal address, as the inputs and answers of addresses name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AddressFieldName {
    /// `firstName`: the given name of whoever gets the mail.
    FirstName,
    /// `lastName`: the family name.
    LastName,
    /// `company`: the organisation.
    Company,
    /// `line1`: street and number, or what takes their place.
    #[graphql(name = "LINE1")]
    Line1,
    /// `line2`: what else helps to find the door, such as a floor.
    #[graphql(name = "LINE2")]
    Line2,
    /// `district`: a part of the city, such as a suburb or a neighbourhood.
    District,
    /// `city`: the town or village, or the post town.
    City,
    /// `region`: the state, province, prefecture or the like.
    Region,
    /// `postalCode`: the code by which mail is sorted.
    PostalCode,
    /// `country`: the country.
    Country,
    /// `phone`: a telephone number for the carrier.
    Phone,
    /// `vatId`: the number under which a business pays value added tax.
    VatId,
}

/// What a country calls its postal codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PostalCodeKind {
    /// A postal code, or postcode.
    Postal,
    /// A ZIP code, as in the United States.
    Zip,
    /// A postal index number, as in India.
    Pin,
    /// An Eircode, as in Ireland.
    Eircode,
}

/// What a country calls the regions that its addresses name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegionKind {
    /// An area, as in Hong Kong.
    Area,
    /// A county, as in Ireland.
    County,
    /// A department, as in Colombia.
    Department,
    /// A district, as in Nauru.
    District,
    /// A province or a city of its own (do, si), as in South Korea.
    DoSi,
    /// An emirate.
    Emirate,
    /// An island, as in the Bahamas.
    Island,
    /// An oblast, as in Ukraine.
    Oblast,
    /// A parish, as in Jamaica.
    Parish,
    /// A prefecture, as in Japan.
    Prefecture,
    /// A province, as in Canada.
    Province,
    /// A region, as in Chile.
    Region,
    /// A state, as in the United States.
    State,
}

/// A postal address. What has to be there depends on the country, which `country(code:) { addressFields }` tells; white
/// space around and inside the texts does not matter.
#[derive(Clone, Debug, InputObject)]
pub struct AddressInput {
    /// The country.
    pub country: CountryCode,
    /// The given name, at most 100 characters.
    pub first_name: Option<String>,
    /// The family name, at most 100 characters; it or the company is needed.
    pub last_name: Option<String>,
    /// The organisation, at most 200 characters.
    pub company: Option<String>,
    /// Street and number, or what takes their place; at most 200 characters.
    pub line1: Option<String>,
    /// What else helps to find the door, at most 200 characters.
    pub line2: Option<String>,
    /// A part of the city, at most 100 characters.
    pub district: Option<String>,
    /// The town or village, at most 100 characters.
    pub city: Option<String>,
    /// The code or the name of one of the country's regions; where the country has no list of them, any text of at most
    /// 100 characters.
    pub region: Option<String>,
    /// The postal code in any usual spelling, at most 20 characters; it is kept as the country writes it. Where a
    /// country has none, what is given is kept.
    pub postal_code: Option<String>,
    /// A telephone number: 5 to 20 digits with a plus sign in front, and spaces, hyphens, dots and parentheses.
    pub phone: Option<String>,
    /// The number under which a business pays value added tax, of the country of the address. Its form is checked, not
    /// whether it was given to anybody.
    pub vat_id: Option<String>,
}

/// A part of the world: a whole country, or a region of it, or a range of its postal codes, or what is in both.
#[derive(Clone, Debug, InputObject)]
pub struct AreaInput {
    /// The country.
    pub country: CountryCode,
    /// The code or the name of one of its regions; the whole country if absent.
    pub region: Option<String>,
    /// A range of postal codes; all of them if absent.
    pub postal_codes: Option<PostalCodeRangeInput>,
}

/// From one postal code to another, both included. A beginning stands for all codes that begin so: from "10" to "12"
/// are 10000 to 12999 where codes have five digits. Spaces, hyphens and case do not matter.
#[derive(Clone, Debug, InputObject)]
pub struct PostalCodeRangeInput {
    /// The first code, or its beginning; at most 20 characters.
    pub from: String,
    /// The last code, or its beginning; at most 20 characters.
    pub to: String,
}
