//! What one cell may say. Each function takes trimmed text that is not empty and returns the value or the sentence that
//! refuses it.

use std::collections::HashSet;

use crate::text::fold;
use crate::transfer::product_record::{PublicationStatus, WeightUnit};

pub type Parsed<T> = Result<T, String>;

pub fn text(cell: &str) -> Parsed<String> {
    Ok(cell.to_owned())
}

pub fn boolean(cell: &str) -> Parsed<bool> {
    match cell.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(format!("{} is neither true nor false.", quoted(cell))),
    }
}

pub fn status(cell: &str) -> Parsed<PublicationStatus> {
    match cell.to_ascii_lowercase().as_str() {
        "active" => Ok(PublicationStatus::Active),
        "draft" => Ok(PublicationStatus::Draft),
        "archived" => Ok(PublicationStatus::Archived),
        _ => Err(format!("{} is no status; write active, draft or archived.", quoted(cell))),
    }
}

/// Whether selling goes on when the stock is used up.
pub fn policy(cell: &str) -> Parsed<bool> {
    match cell.to_ascii_lowercase().as_str() {
        "continue" => Ok(true),
        "deny" => Ok(false),
        _ => boolean(cell).map_err(|_| format!("{} is no inventory policy; write deny or continue.", quoted(cell))),
    }
}

pub fn weight_unit(cell: &str) -> Parsed<WeightUnit> {
    match cell.to_ascii_lowercase().as_str() {
        "g" => Ok(WeightUnit::G),
        "kg" => Ok(WeightUnit::Kg),
        "oz" => Ok(WeightUnit::Oz),
        "lb" => Ok(WeightUnit::Lb),
        _ => Err(format!("{} is no unit of weight; write g, kg, oz or lb.", quoted(cell))),
    }
}

/// Separated by commas; of two that the shop takes for one the first stays.
pub fn tags(cell: &str) -> Parsed<Vec<String>> {
    let mut known = HashSet::new();
    let tags = cell.split(',').map(str::trim).filter(|tag| !tag.is_empty() && known.insert(fold(tag)));
    Ok(tags.map(str::to_owned).collect())
}

/// Spreadsheets put an apostrophe before digits that are to stay text; it is no part of the code.
pub fn code(cell: &str) -> Parsed<String> {
    Ok(cell.strip_prefix('\'').unwrap_or(cell).trim().to_owned())
}

/// A code of digits that a spreadsheet has not shortened to a power of ten, which loses digits for good.
pub fn barcode(cell: &str) -> Parsed<String> {
    let shortened = cell
        .split_once(['E', 'e'])
        .is_some_and(|(digits, power)| is_decimal(digits) && is_digits(power.strip_prefix('+').unwrap_or("")));
    if shortened {
        return Err(format!(
            "{} was shortened by a spreadsheet and has lost digits; format the column as text and enter it anew.",
            quoted(cell)
        ));
    }
    code(cell)
}

/// A plain decimal, handed on as it is: its amount depends on the currency.
pub fn decimal(cell: &str) -> Parsed<String> {
    if is_decimal(cell.strip_prefix('-').unwrap_or(cell)) {
        return Ok(cell.to_owned());
    }
    let advice = if cell.contains(|mark: char| matches!(mark, ',' | '\'' | '’') || mark.is_whitespace()) {
        "use a point as the decimal mark and no thousands separator"
    } else if cell
        .contains(|mark: char| mark.is_alphabetic() || (!mark.is_ascii() && !mark.is_numeric()) || mark == '$')
    {
        "leave out the currency"
    } else {
        "write digits with at most one decimal point between them"
    };
    Err(format!("{} is not a plain decimal number; {advice}, for example 1299.90.", quoted(cell)))
}

/// A whole number; `3.0`, which programs write for `3`, is one.
pub fn integer(cell: &str) -> Parsed<i64> {
    let whole = match cell.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0') => whole,
        _ => cell,
    };
    let refused = || format!("{} is not a whole number; write digits only, for example 12.", quoted(cell));
    if !is_digits(whole.strip_prefix('-').unwrap_or(whole)) {
        return Err(refused());
    }
    whole.parse().map_err(|_| format!("{} is too large a number.", quoted(cell)))
}

/// Whole grams; a fraction is rounded half up.
pub fn grams(cell: &str) -> Parsed<i64> {
    if !is_decimal(cell) {
        return Err(format!("{} is not a weight in grams; write digits only, for example 1500.", quoted(cell)));
    }
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, "0"));
    let carry = i64::from(fraction.as_bytes().first().is_some_and(|digit| *digit >= b'5'));
    let grams = whole.parse::<i64>().ok().and_then(|grams| grams.checked_add(carry));
    grams.ok_or_else(|| format!("{} is too large a weight.", quoted(cell)))
}

pub fn position(cell: &str) -> Parsed<u32> {
    let position = integer(cell)?;
    match u32::try_from(position) {
        Ok(position) if position > 0 => Ok(position),
        _ => Err(format!("{} is not a position; positions count from 1.", quoted(cell))),
    }
}

pub fn web_address(cell: &str) -> Parsed<String> {
    let start = cell.get(..8).unwrap_or(cell).to_ascii_lowercase();
    let has_host = ["https://", "http://"].iter().any(|scheme| start.starts_with(scheme) && cell.len() > scheme.len());
    // A path stands for a file of this very server.
    let is_path = cell.starts_with('/') && !cell.starts_with("//");
    if (has_host || is_path) && !cell.contains(char::is_whitespace) {
        return Ok(cell.to_owned());
    }
    Err(format!(
        "{} is not a web address; it must begin with https://, http:// or a slash and contain no spaces.",
        quoted(cell)
    ))
}

/// The cell as a message shows it.
pub fn quoted(cell: &str) -> String {
    const SHOWN: usize = 40;
    match cell.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("“{}…”", &cell[..end]),
        None => format!("“{cell}”"),
    }
}

fn is_decimal(cell: &str) -> bool {
    match cell.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(cell),
    }
}

fn is_digits(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_are_read_in_any_letter_case() {
        for cell in ["true", "TRUE", "Yes", "1"] {
            assert_eq!(boolean(cell), Ok(true), "{cell}");
        }
        for cell in ["false", "False", "NO", "0"] {
            assert_eq!(boolean(cell), Ok(false), "{cell}");
        }
        assert_eq!(boolean("maybe"), Err("“maybe” is neither true nor false.".to_owned()));
    }

    #[test]
    fn words_of_fixed_lists_are_read_in_any_letter_case() {
        assert_eq!(status("ACTIVE"), Ok(PublicationStatus::Active));
        assert_eq!(status("Archived"), Ok(PublicationStatus::Archived));
        assert!(status("unlisted").unwrap_err().ends_with("write active, draft or archived."));
        assert_eq!(policy("CONTINUE"), Ok(true));
        assert_eq!(policy("deny"), Ok(false));
        assert_eq!(policy("TRUE"), Ok(true));
        assert!(policy("stop").unwrap_err().ends_with("write deny or continue."));
        assert_eq!(weight_unit("KG"), Ok(WeightUnit::Kg));
        assert!(weight_unit("stone").unwrap_err().ends_with("write g, kg, oz or lb."));
    }

    #[test]
    fn tags_are_trimmed_and_unique() {
        assert_eq!(tags("Wool,  winter ,,WOOL, Été, été,"), Ok(vec!["Wool".into(), "winter".into(), "Été".into()]));
        assert_eq!(tags(" , ,"), Ok(vec![]));
    }

    #[test]
    fn apostrophe_of_a_spreadsheet_is_dropped() {
        assert_eq!(code("'00123"), Ok("00123".to_owned()));
        assert_eq!(code("O'NEIL-1"), Ok("O'NEIL-1".to_owned()));
        assert_eq!(barcode("'4006381333931"), Ok("4006381333931".to_owned()));
    }

    #[test]
    fn shortened_barcode_is_refused() {
        assert!(barcode("4.00638E+12").unwrap_err().contains("has lost digits"));
        assert_eq!(barcode("12E4-A"), Ok("12E4-A".to_owned()));
        assert_eq!(barcode("E+12"), Ok("E+12".to_owned()));
    }

    #[test]
    fn price_is_a_plain_decimal() {
        for cell in ["0", "10", "19.90", "-5", "0001.000", "99999999999999999999.99"] {
            assert_eq!(decimal(cell), Ok(cell.to_owned()));
        }
        for cell in ["1,299.90", "12,50", "1 299", "1'299.00", "1\u{202f}299"] {
            assert!(decimal(cell).unwrap_err().contains("thousands separator"), "{cell}");
        }
        for cell in ["$10", "10€", "EUR10", "£1"] {
            assert!(decimal(cell).unwrap_err().contains("leave out the currency"), "{cell}");
        }
        for cell in [".5", "5.", "1.2.3", "--1", "+1", "1-", "-", "٣"] {
            assert!(decimal(cell).unwrap_err().contains("at most one decimal point"), "{cell}");
        }
    }

    #[test]
    fn integer_accepts_a_fraction_of_zeros_only() {
        assert_eq!(integer("12"), Ok(12));
        assert_eq!(integer("-3"), Ok(-3));
        assert_eq!(integer("3.0"), Ok(3));
        for cell in ["2.5", "3.", "1,000", "many", "+4", "-", "-.0", "1e3"] {
            assert!(integer(cell).unwrap_err().contains("not a whole number"), "{cell}");
        }
        assert!(integer("99999999999999999999").unwrap_err().contains("too large"));
    }

    #[test]
    fn grams_are_rounded_half_up() {
        for (cell, expected) in [("0", 0), ("1500.0", 1500), ("453.59237", 454), ("0.5", 1), ("2.49", 2)] {
            assert_eq!(grams(cell), Ok(expected), "{cell}");
        }
        assert!(grams("-1").is_err());
        assert!(grams("1,5").is_err());
        assert!(grams("9223372036854775807.5").unwrap_err().contains("too large"));
    }

    #[test]
    fn positions_count_from_one() {
        assert_eq!(position("2"), Ok(2));
        assert_eq!(position("2.0"), Ok(2));
        for cell in ["0", "-1", "4294967296", "x"] {
            assert!(position(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn web_address_needs_a_scheme_and_no_spaces() {
        for cell in ["https://example.com/a@2x.jpg?v=1", "HTTP://example.com"] {
            assert_eq!(web_address(cell), Ok(cell.to_owned()));
        }
        for cell in [
            "//example.com/a.jpg",
            "a.jpg",
            "https://",
            "https://example.com/a b.jpg",
            "ftp://example.com",
            "日本語日本",
        ] {
            assert!(web_address(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn long_cells_are_shown_shortened() {
        assert_eq!(quoted(&"é".repeat(50)), format!("“{}…”", "é".repeat(40)));
    }
}
