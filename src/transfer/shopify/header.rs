//! Knows which column of a file is which, whatever the order, letter case, spacing or age of its header.

use std::sync::Arc;

use csv::StringRecord;

use crate::transfer::product_record::RowError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Handle,
    Title,
    Body,
    Vendor,
    Type,
    Tags,
    Published,
    Status,
    Option1Name,
    Option1Value,
    Option2Name,
    Option2Value,
    Option3Name,
    Option3Value,
    Sku,
    Barcode,
    Grams,
    WeightUnit,
    Tracker,
    Quantity,
    Policy,
    Price,
    CompareAtPrice,
    RequiresShipping,
    Taxable,
    ImageUrl,
    ImagePosition,
    ImageAltText,
    VariantImage,
    SeoTitle,
    SeoDescription,
}

/// Each column's names in lower case: the classic one first, then the newer one.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Handle, &["handle", "url handle"]),
    (Column::Title, &["title"]),
    (Column::Body, &["body (html)", "body html", "description"]),
    (Column::Vendor, &["vendor"]),
    (Column::Type, &["type"]),
    (Column::Tags, &["tags"]),
    (Column::Published, &["published", "published on online store"]),
    (Column::Status, &["status"]),
    (Column::Option1Name, &["option1 name"]),
    (Column::Option1Value, &["option1 value"]),
    (Column::Option2Name, &["option2 name"]),
    (Column::Option2Value, &["option2 value"]),
    (Column::Option3Name, &["option3 name"]),
    (Column::Option3Value, &["option3 value"]),
    (Column::Sku, &["variant sku", "sku"]),
    (Column::Barcode, &["variant barcode", "barcode"]),
    (Column::Grams, &["variant grams", "weight value (grams)"]),
    (Column::WeightUnit, &["variant weight unit", "weight unit for display"]),
    (Column::Tracker, &["variant inventory tracker", "inventory tracker"]),
    (Column::Quantity, &["variant inventory qty", "inventory quantity"]),
    (Column::Policy, &["variant inventory policy", "continue selling when out of stock"]),
    (Column::Price, &["variant price", "price"]),
    (Column::CompareAtPrice, &["variant compare at price", "compare-at price", "compare at price"]),
    (Column::RequiresShipping, &["variant requires shipping", "requires shipping"]),
    (Column::Taxable, &["variant taxable", "charge tax"]),
    (Column::ImageUrl, &["image src", "product image url"]),
    (Column::ImagePosition, &["image position"]),
    (Column::ImageAltText, &["image alt text"]),
    (Column::VariantImage, &["variant image", "variant image url"]),
    (Column::SeoTitle, &["seo title"]),
    (Column::SeoDescription, &["seo description"]),
];

/// What every file must have, as a message names it.
const REQUIRED: &[(Column, &str)] = &[(Column::Handle, "Handle"), (Column::Title, "Title")];

pub(super) struct Header {
    /// The names as the file writes them, trimmed.
    names: Vec<Arc<str>>,
    /// Where each column stands, in the order of [`NAMES`].
    places: [Option<usize>; NAMES.len()],
}

impl Header {
    pub(super) fn parse(line: u64, cells: &StringRecord) -> Result<Self, RowError> {
        let names: Vec<Arc<str>> = cells.iter().map(|cell| Arc::from(cell.trim())).collect();
        let mut places: [Option<usize>; NAMES.len()] = [None; NAMES.len()];
        for (place, name) in names.iter().enumerate() {
            let Some(column) = recognise(name) else { continue };
            if let Some(earlier) = places[column as usize].replace(place) {
                return Err(RowError::at(line, duplicate(&names[earlier], earlier, name, place)));
            }
        }
        let header = Self { names, places };
        match header.lacking() {
            lacking if lacking.is_empty() => Ok(header),
            lacking => Err(RowError::at(line, unusable(&lacking, cells))),
        }
    }

    pub(super) fn width(&self) -> usize {
        self.names.len()
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// The column's name as the file writes it.
    pub(super) fn name(&self, column: Column) -> Option<&Arc<str>> {
        self.place(column).and_then(|place| self.names.get(place))
    }

    pub(super) fn name_at(&self, place: usize) -> Option<&str> {
        self.names.get(place).map(AsRef::as_ref)
    }

    fn lacking(&self) -> Vec<&'static str> {
        REQUIRED.iter().filter(|(column, _)| !self.has(*column)).map(|(_, name)| *name).collect()
    }
}

fn recognise(name: &str) -> Option<Column> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
}

fn duplicate(earlier_name: &str, earlier: usize, name: &str, place: usize) -> String {
    format!(
        "Columns {} (“{earlier_name}”) and {} (“{name}”) of the header mean the same; remove one of them.",
        earlier + 1,
        place + 1
    )
}

/// Says what is wrong with a header that lacks a required column: most often the separator.
fn unusable(lacking: &[&str], cells: &StringRecord) -> String {
    for (separator, what) in [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")] {
        let known = |cell: &str| cell.split(separator).filter_map(recognise).count();
        if cells.iter().any(|cell| known(cell) >= REQUIRED.len()) {
            return format!("The columns are separated by {what}; save the file with commas between the columns.");
        }
    }
    let (columns, are) = if lacking.len() == 1 { ("column", "is") } else { ("columns", "are") };
    format!(
        "The required {columns} {} {are} missing from the header; the first line must name the columns.",
        lacking.join(" and ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(names: &[&str]) -> Result<Header, RowError> {
        Header::parse(1, &StringRecord::from(names.to_vec()))
    }

    fn refusal(names: &[&str]) -> String {
        parse(names).err().unwrap().message
    }

    #[test]
    fn table_is_in_the_order_of_the_columns() {
        for (place, (column, names)) in NAMES.iter().enumerate() {
            assert_eq!(*column as usize, place, "{column:?}");
            assert!(names.iter().all(|name| *name == name.to_lowercase()), "{column:?}");
        }
    }

    #[test]
    fn classic_and_newer_names_are_the_same_columns() {
        let classic = parse(&["Handle", "Title", "Body (HTML)", "Variant Price", "Variant Image"]).unwrap();
        let newer = parse(&["URL handle", "Title", "Description", "Price", "Variant image URL"]).unwrap();

        for column in [Column::Handle, Column::Title, Column::Body, Column::Price, Column::VariantImage] {
            assert_eq!(classic.place(column), newer.place(column), "{column:?}");
            assert!(classic.has(column));
        }
    }

    #[test]
    fn letter_case_and_stray_spaces_do_not_matter() {
        let header = parse(&[" HANDLE ", "title", "variant  compare at\u{a0}PRICE"]).unwrap();

        assert_eq!(header.place(Column::CompareAtPrice), Some(2));
        assert_eq!(header.name(Column::Handle).unwrap().as_ref(), "HANDLE");
    }

    #[test]
    fn unknown_and_nameless_columns_are_ignored() {
        let header = parse(&["", "Handle", "Colour of the box", "", "Title", "Option1 Linked To"]).unwrap();

        assert_eq!(header.place(Column::Title), Some(4));
        assert_eq!(header.width(), 6);
    }

    #[test]
    fn duplicate_column_is_refused_with_both_places() {
        assert_eq!(
            refusal(&["Handle", "Title", "Price", "Variant Price"]),
            "Columns 3 (“Price”) and 4 (“Variant Price”) of the header mean the same; remove one of them."
        );
    }

    #[test]
    fn missing_columns_are_listed_together() {
        assert_eq!(
            refusal(&["Name", "Amount"]),
            "The required columns Handle and Title are missing from the header; the first line must name the columns."
        );
        assert!(refusal(&["Handle"]).starts_with("The required column Title is missing"));
    }

    #[test]
    fn other_separators_are_named() {
        assert!(refusal(&["Handle;Title;Body (HTML);Vendor"]).contains("separated by semicolons"));
        assert!(refusal(&["Handle\tTitle\tVendor"]).contains("separated by tabs"));
        assert!(refusal(&["Description; long", "Vendor"]).contains("required columns"));
    }
}
