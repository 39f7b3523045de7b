//! Knows which column of a file is which, whatever the order, letter case, spacing or age of its header.

use std::sync::Arc;

use csv::StringRecord;

use super::row::Row;
use super::row_error::RowError;

/// Each column's names; messages call it by the first.
pub type Names<C> = &'static [(C, &'static [&'static str])];

/// The columns of a kind of file.
pub trait Column: Copy + 'static {
    /// In the order of [`Column::place`].
    const NAMES: Names<Self>;

    /// What every file must have.
    const REQUIRED: &'static [Self];

    /// Where it stands in [`Column::NAMES`].
    fn place(self) -> usize;

    fn name(self) -> &'static str {
        Self::NAMES.get(self.place()).and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }
}

pub struct Header<C> {
    /// The names as the file writes them, trimmed.
    names: Vec<Arc<str>>,
    /// The known columns, in the order of the file.
    columns: Vec<Option<C>>,
    /// Where each known column stands, in the order of [`Column::NAMES`].
    places: Vec<Option<usize>>,
}

impl<C: Column> Header<C> {
    /// Reads the first row; a file of another kind is refused here, once.
    pub fn read(first: &Row) -> Result<Self, RowError> {
        let beginning = first.cells.get(0).unwrap_or_default();
        if beginning.starts_with("PK\u{3}\u{4}") {
            return Err(RowError::at(1, "The file is a workbook, not CSV; save it as “CSV UTF-8” and import that."));
        }
        if first.cells.as_slice().contains('\0') {
            return Err(RowError::at(
                1,
                "The file is not text in UTF-8; if it comes from a spreadsheet, save it as “CSV UTF-8” and import that.",
            ));
        }
        match first.damage() {
            Some(damage) => Err(damage),
            None => Self::parse(first.line, &first.cells),
        }
    }

    pub fn parse(line: u64, cells: &StringRecord) -> Result<Self, RowError> {
        let names: Vec<Arc<str>> = cells.iter().map(|cell| Arc::from(cell.trim())).collect();
        let columns: Vec<Option<C>> = names.iter().map(|name| recognise(name)).collect();
        let mut places: Vec<Option<usize>> = vec![None; C::NAMES.len()];
        for (place, column) in columns.iter().enumerate() {
            let Some(known) = column.and_then(|column| places.get_mut(column.place())) else { continue };
            if let Some(earlier) = known.replace(place) {
                return Err(RowError::at(line, duplicate(&names[earlier], earlier, &names[place], place)));
            }
        }
        let header = Self { names, columns, places };
        match header.lacking() {
            lacking if lacking.is_empty() => Ok(header),
            lacking => Err(RowError::at(line, unusable::<C>(&lacking, cells))),
        }
    }

    pub fn width(&self) -> usize {
        self.names.len()
    }

    pub fn place(&self, column: C) -> Option<usize> {
        self.places.get(column.place()).copied().flatten()
    }

    pub fn has(&self, column: C) -> bool {
        self.place(column).is_some()
    }

    /// The column's name as the file writes it.
    pub fn name(&self, column: C) -> Option<&Arc<str>> {
        self.place(column).and_then(|place| self.names.get(place))
    }

    pub fn name_at(&self, place: usize) -> Option<&str> {
        self.names.get(place).map(AsRef::as_ref)
    }

    /// The names of the columns of which nothing is known.
    pub fn unknown(&self) -> Vec<String> {
        let unknown = self.names.iter().zip(&self.columns).filter(|(_, column)| column.is_none());
        unknown.map(|(name, _)| name.to_string()).filter(|name| !name.is_empty()).collect()
    }

    fn lacking(&self) -> Vec<&'static str> {
        C::REQUIRED.iter().filter(|column| !self.has(**column)).map(|column| column.name()).collect()
    }
}

fn recognise<C: Column>(name: &str) -> Option<C> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_meant = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(&name));
    C::NAMES.iter().find(|(_, names)| is_meant(names)).map(|(column, _)| *column)
}

fn duplicate(earlier_name: &str, earlier: usize, name: &str, place: usize) -> String {
    format!(
        "Columns {} (“{earlier_name}”) and {} (“{name}”) of the header mean the same; remove one of them.",
        earlier + 1,
        place + 1
    )
}

/// Says what is wrong with a header that lacks a required column: most often the separator.
fn unusable<C: Column>(lacking: &[&str], cells: &StringRecord) -> String {
    for (separator, what) in [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")] {
        let known = |cell: &str| cell.split(separator).filter_map(recognise::<C>).count();
        if cells.iter().any(|cell| known(cell) >= C::REQUIRED.len()) {
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

    #[derive(Clone, Copy, Debug)]
    enum Of {
        Handle,
        Title,
        Price,
    }

    impl Column for Of {
        const NAMES: Names<Self> =
            &[(Self::Handle, &["Handle"]), (Self::Title, &["Title"]), (Self::Price, &["Variant Price", "Price"])];

        const REQUIRED: &'static [Self] = &[Self::Handle, Self::Title];

        fn place(self) -> usize {
            self as usize
        }
    }

    fn parse(names: &[&str]) -> Result<Header<Of>, RowError> {
        Header::parse(1, &StringRecord::from(names.to_vec()))
    }

    fn refusal(names: &[&str]) -> String {
        parse(names).err().unwrap().message
    }

    #[test]
    fn letter_case_and_stray_spaces_do_not_matter() {
        let header = parse(&[" HANDLE ", "title", "variant  \u{a0}PRICE"]).unwrap();

        assert_eq!(header.place(Of::Price), Some(2));
        assert_eq!(header.name(Of::Handle).unwrap().as_ref(), "HANDLE");
    }

    #[test]
    fn unknown_and_nameless_columns_are_passed_over() {
        let header = parse(&["", "Handle", "Colour of the box", "", "Title", "Option1 Linked To"]).unwrap();

        assert_eq!(header.place(Of::Title), Some(4));
        assert_eq!(header.width(), 6);
        assert_eq!(header.unknown(), ["Colour of the box", "Option1 Linked To"]);
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
