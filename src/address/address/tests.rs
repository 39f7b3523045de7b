//! What becomes of addresses that are sent.

use proptest::prelude::*;

use super::*;
use crate::error::{Error, UserErrorCode};
use crate::graphql::scalar::CountryCode;

fn input(country: &str, fields: &[(&str, &str)]) -> AddressInput {
    let field = |name: &str| fields.iter().find(|(field, _)| *field == name).map(|(_, text)| (*text).to_owned());
    AddressInput {
        country: CountryCode(country.to_owned()),
        first_name: field("firstName"),
        last_name: field("lastName"),
        company: field("company"),
        line1: field("line1"),
        line2: field("line2"),
        district: field("district"),
        city: field("city"),
        region: field("region"),
        postal_code: field("postalCode"),
        phone: field("phone"),
        vat_id: field("vatId"),
    }
}

fn check(input: AddressInput) -> Result<Address, Vec<UserError>> {
    let mut checks = Checks::new("input.address");
    let address = Address::check(&mut checks, input);
    match checks.finish() {
        Ok(()) => Ok(address),
        Err(Error::User(errors)) => Err(errors),
        Err(error) => panic!("{error}"),
    }
}

/// Codes and last steps of the paths of what is refused.
fn refused(country: &str, fields: &[(&str, &str)]) -> Vec<(UserErrorCode, String)> {
    let errors = check(input(country, fields)).unwrap_err();
    errors.into_iter().map(|error| (error.code, error.field.unwrap().pop().unwrap())).collect()
}

/// What one would send to get an address again.
fn again(address: &Address) -> AddressInput {
    let Address { country, line1, .. } = address.clone();
    AddressInput {
        country: CountryCode(country),
        first_name: address.first_name.clone(),
        last_name: address.last_name.clone(),
        company: address.company.clone(),
        line1: Some(line1),
        line2: address.line2.clone(),
        district: address.district.clone(),
        city: address.city.clone(),
        region: address.region.clone(),
        postal_code: address.postal_code.clone(),
        phone: address.phone.clone(),
        vat_id: address.vat_id.clone(),
    }
}

/// The label of somebody at a place.
fn label(country: &str, place: &[(&str, &str)]) -> String {
    let fields = [&[("firstName", "Ada"), ("lastName", "Byron"), ("company", "Looms Ltd")], place].concat();
    check(input(country, &fields)).unwrap().lines().join(" | ")
}

const STREET: (&str, &str) = ("line1", "5 Mill Lane");

/// A country, a place in it, and the label of somebody there.
type Label = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const LABELS: [Label; 17] = [
    (
        "US",
        &[STREET, ("line2", "Apt 2"), ("city", "Reno"), ("region", "nevada"), ("postalCode", "89501")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | Apt 2 | RENO, NV 89501 | UNITED STATES",
    ),
    (
        "GB",
        &[STREET, ("city", "London"), ("postalCode", "sw1a1aa")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | LONDON | SW1A 1AA | UNITED KINGDOM",
    ),
    (
        "GB",
        &[STREET, ("city", "Ashford"), ("region", "Kent"), ("postalCode", "TN23 1AA")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | Kent | ASHFORD | TN23 1AA | UNITED KINGDOM",
    ),
    (
        "DE",
        &[STREET, ("city", "Gießen"), ("postalCode", "D-35390")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | 35390 GIESSEN | GERMANY",
    ),
    (
        "FR",
        &[STREET, ("city", "Paris"), ("postalCode", "75001")],
        "Looms Ltd | Ada Byron | 5 Mill Lane | 75001 PARIS | FRANCE",
    ),
    (
        "IE",
        &[STREET, ("city", "Mallow"), ("region", "Cork"), ("postalCode", "a65f4e2")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | MALLOW | Co. Cork | A65 F4E2 | IRELAND",
    ),
    (
        "JP",
        &[("line1", "芝公園4-2-8"), ("city", "港区"), ("region", "東京都"), ("postalCode", "１０５００１１")],
        "〒105-0011 | 東京都港区 | 芝公園4-2-8 | Looms Ltd | Byron Ada | JAPAN",
    ),
    (
        "JP",
        &[("line1", "4-2-8 Shibakoen"), ("city", "Minato"), ("region", "Tokyo"), ("postalCode", "105 0011")],
        "Ada Byron | Looms Ltd | 4-2-8 Shibakoen | Minato, TOKYO | 105-0011 | JAPAN",
    ),
    (
        "BR",
        &[STREET, ("district", "Centro"), ("city", "Salvador"), ("region", "Bahia"), ("postalCode", "40301110")],
        "Looms Ltd | Ada Byron | 5 Mill Lane | Centro | SALVADOR-BA | 40301-110 | BRAZIL",
    ),
    (
        "CA",
        &[STREET, ("city", "Montréal"), ("region", "Quebec"), ("postalCode", "h3z2y7")],
        "ADA BYRON | LOOMS LTD | 5 MILL LANE | MONTRÉAL QC H3Z 2Y7 | CANADA",
    ),
    (
        "HK",
        &[STREET, ("city", "Mong Kok"), ("region", "Kowloon"), ("postalCode", "999077")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | 999077 | Mong Kok | KOWLOON | HONG KONG",
    ),
    (
        "AE",
        &[STREET, ("city", "Dubai"), ("region", "DU")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | Dubai | UNITED ARAB EMIRATES",
    ),
    (
        "IN",
        &[STREET, ("city", "Pune"), ("region", "Maharashtra"), ("postalCode", "411 001")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | PUNE 411001 | Maharashtra | INDIA",
    ),
    (
        "CH",
        &[STREET, ("city", "Bern"), ("postalCode", "CH-3000")],
        "Looms Ltd | Ada Byron | 5 Mill Lane | CH-3000 Bern | SWITZERLAND",
    ),
    (
        "SG",
        &[STREET, ("city", "Singapore"), ("postalCode", "546080")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | SINGAPORE 546080 | SINGAPORE",
    ),
    ("MO", &[("line1", "5 Taipa Road"), ("city", "Taipa")], "Ada Byron | Looms Ltd | 5 Taipa Road | Taipa | MACAO"),
    (
        "GH",
        &[STREET, ("city", "Accra"), ("postalCode", "ga-184-1234")],
        "Ada Byron | Looms Ltd | 5 Mill Lane | GA-184-1234 | ACCRA | GHANA",
    ),
];

#[test]
fn labels_are_written_as_each_country_writes_them() {
    for (country, place, lines) in LABELS {
        assert_eq!(label(country, place), lines, "{country}");
    }
}

#[test]
fn texts_are_kept_without_what_does_not_matter() {
    let fields = [
        ("firstName", "  "),
        ("lastName", " Byron\n King "),
        ("line1", "5\tMill  Lane"),
        ("city", "Berlin"),
        ("postalCode", " de–10115 "),
        ("phone", "＋49 (30) 123 456"),
        ("vatId", "123.456.789"),
    ];

    let address = check(input("DE", &fields)).unwrap();

    assert_eq!(address.first_name, None);
    assert_eq!(address.last_name.as_deref(), Some("Byron King"));
    assert_eq!(address.line1, "5 Mill Lane");
    assert_eq!(address.postal_code.as_deref(), Some("10115"));
    assert_eq!(address.phone.as_deref(), Some("+49 (30) 123 456"));
    assert_eq!(address.vat_id.as_deref(), Some("DE123456789"));
    assert_eq!(address.country, "DE");
}

#[test]
fn what_a_country_asks_for_has_to_be_there() {
    let required = |country: &str| {
        let missing = refused(country, &[("line2", "Floor 2"), ("city", " ")]);
        assert!(missing.iter().all(|(code, _)| *code == UserErrorCode::Required));
        missing.into_iter().map(|(_, field)| field).collect::<Vec<_>>().join(" ")
    };

    assert_eq!(required("US"), "lastName line1 city region postalCode");
    assert_eq!(required("GB"), "lastName line1 city postalCode");
    assert_eq!(required("IE"), "lastName line1 city");
    assert_eq!(required("AE"), "lastName line1 region");
    assert_eq!(required("HK"), "lastName line1 region");
    assert_eq!(required("JP"), "lastName line1 region postalCode");
}

#[test]
fn a_company_does_instead_of_a_last_name() {
    let place = [("line1", "5 Mill Lane"), ("city", "Bern"), ("postalCode", "3000")];
    let with = |name| check(input("CH", &[&place[..], &[name]].concat()));

    assert!(with(("company", "Looms Ltd")).is_ok());
    assert!(with(("lastName", "Byron")).is_ok());
    assert!(with(("firstName", "Ada")).is_err());
}

#[test]
fn what_is_wrong_is_told_once_with_what_would_be_right() {
    let fields = [
        ("lastName", "By\u{0}ron"),
        ("line1", "5 Mill \u{202E}Lane"),
        ("city", "Reno"),
        ("region", "Bavaria"),
        ("postalCode", "8950"),
        ("phone", "call me"),
        ("vatId", "12"),
    ];

    let errors = check(input("US", &fields)).unwrap_err();

    let found: Vec<_> = errors.iter().map(|error| error.field.clone().unwrap().join(".")).collect();
    let all =
        ["lastName", "line1", "region", "postalCode", "phone", "vatId"].map(|name| format!("input.address.{name}"));
    assert_eq!(found, all);
    assert!(errors.iter().all(|error| error.code == UserErrorCode::Invalid));
    assert_eq!(
        errors[2].message,
        "United States knows no region \"Bavaria\"; there are Alabama, Alaska, American Samoa, Arizona, Arkansas and others."
    );
    assert_eq!(errors[3].message, "A postal code of United States looks like 95014.");
}

#[test]
fn texts_have_an_end() {
    let long = "x".repeat(201);
    let fields = ["firstName", "lastName", "company", "line1", "line2", "district", "city", "region"];
    let fields = fields.map(|field| (field, long.as_str()));

    let refused = refused("DE", &[&fields[..], &[("postalCode", "10115")]].concat());

    assert_eq!(refused.len(), fields.len());
    assert!(refused.iter().all(|(code, _)| *code == UserErrorCode::TooLong));
}

#[test]
fn a_region_of_no_list_stays_as_it_is() {
    let fields =
        [("lastName", "B"), ("line1", "1 Road"), ("city", "Ashford"), ("region", "Kent"), ("postalCode", "TN23 1AA")];

    let address = check(input("GB", &fields)).unwrap();

    assert_eq!(address.region.as_deref(), Some("Kent"));
    assert!(address.known_region().is_none());
}

/// A text that an input may have: what is right somewhere, or anything.
fn text() -> impl Strategy<Value = Option<String>> {
    let words = prop::sample::select(vec![
        "Ada",
        "10115",
        "sw1a 1aa",
        "１０５-００１１",
        "東京",
        "Tokyo",
        "CA",
        "new york",
        "H3Z 2Y7",
        "40301110",
        "DE123456789",
        "FR12123456789",
        "+1 555 123",
        "999077",
        "LV1010",
        "CHE123456789 MWST",
        "Dubai",
        "BFPO61",
        "L-4750",
    ]);
    prop::option::weighted(
        0.8,
        prop_oneof![4 => words.prop_map(str::to_owned), 1 => "\\PC{0,24}", 1 => "[0-9A-Z -]{3,10}"],
    )
}

proptest! {
    #[test]
    fn a_checked_address_checks_again_to_itself(
        country in prop::sample::select(country::all().iter().collect::<Vec<_>>()),
        given in prop::collection::vec(text(), 11),
        region in any::<prop::sample::Index>(),
        is_typical in prop::bool::weighted(0.7),
    ) {
        let mut given = given.into_iter();
        let mut next = || given.next().flatten();
        let mut sent = AddressInput {
            country: CountryCode(country.code.clone()),
            first_name: next(), last_name: next(), company: next(), line1: next(), line2: next(), district: next(),
            city: next(), region: next(), postal_code: next(), phone: next(), vat_id: next(),
        };
        if is_typical {
            let regions = country.regions();
            sent.region = (!regions.is_empty()).then(|| region.get(regions).name.clone());
            sent.postal_code = country.postal_code.as_ref().map(|rule| rule.example().to_lowercase().replace(' ', ""));
            (sent.line1, sent.city, sent.phone, sent.vat_id) = (Some("1 Road".into()), Some("Town".into()), None, None);
            sent.last_name = Some("B".into());
        }
        let result = check(sent);
        prop_assert!(!is_typical || result.is_ok(), "{result:?}");
        if let Ok(address) = result {
            prop_assert_eq!(address.lines().pop(), Some(country.name.to_uppercase()));
            prop_assert!(address.lines().iter().all(|line| !line.trim().is_empty()));
            let json = serde_json::to_value(&address).unwrap();
            prop_assert_eq!(&serde_json::from_value::<Address>(json).unwrap(), &address);
            prop_assert_eq!(check(again(&address)), Ok(address));
        }
    }
}
