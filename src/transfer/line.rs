//! Files in which each row says something of one variant, known by its SKU.

use std::io::Read;

use crate::text::fold;
use crate::transfer::table::cell;
use crate::transfer::table::{Cell, Column, FirstLines, Header, RowError, RowReading, Rows};

/// A kind of such a file.
pub trait Kind: Send + 'static {
    type Column: Column + Send + Sync;
    /// What a row says of its variant.
    type Value: Send + 'static;

    const SKU: Self::Column;

    /// Refuses a header that has what is required and is of no use all the same.
    fn check(&self, _: &Header<Self::Column>) -> Result<(), String> {
        Ok(())
    }

    fn read(&self, row: &mut RowReading<'_, Self::Column>) -> Self::Value;

    /// What beside the SKU tells two rows apart.
    fn distinction(&self, _: &Self::Value) -> String {
        String::new()
    }
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<T> {
    /// The line on which the row begins.
    pub line: u64,
    pub sku: String,
    pub value: T,
}

impl<T> Line<T> {
    pub fn refuse(&self, message: impl Into<String>) -> RowError {
        RowError { sku: Some(self.sku.clone()), ..RowError::at(self.line, message) }
    }
}

/// The rows of a file, in its order.
pub struct LineReader<R, K: Kind> {
    kind: K,
    rows: Rows<R>,
    header: Header<K::Column>,
    first_lines: FirstLines,
    has_ended: bool,
}

impl<R: Read, K: Kind> LineReader<R, K> {
    /// Reads the header; a file of another kind is refused here, once.
    pub fn new(kind: K, file: R) -> Result<Self, RowError> {
        let mut rows = Rows::new(file);
        let Some(first) = rows.next_row()? else {
            return Err(RowError::at(1, "The file is empty."));
        };
        let header = Header::read(&first)?;
        kind.check(&header).map_err(|message| RowError::at(first.line, message))?;
        Ok(Self { kind, rows, header, first_lines: FirstLines::default(), has_ended: false })
    }

    /// The names of the columns of which nothing is known.
    pub fn unused(&self) -> Vec<String> {
        self.header.unknown()
    }
}

impl<R: Read, K: Kind> Iterator for LineReader<R, K> {
    type Item = Result<Line<K::Value>, Vec<RowError>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let row = match self.rows.next_row() {
            Ok(Some(row)) => row,
            Ok(None) => {
                self.has_ended = true;
                return None;
            }
            Err(error) => {
                self.has_ended = true;
                return Some(Err(vec![error]));
            }
        };
        let faults = row.faults(&self.header);
        if !faults.is_empty() {
            return Some(Err(faults));
        }
        let mut reading = RowReading::new(&row, &self.header);
        let line = read_line(&self.kind, &mut reading, &mut self.first_lines);
        Some(line.ok_or(reading.errors))
    }
}

/// What a row says, or nothing if it has errors.
fn read_line<K: Kind>(
    kind: &K,
    row: &mut RowReading<'_, K::Column>,
    first_lines: &mut FirstLines,
) -> Option<Line<K::Value>> {
    let Cell::Value(sku) = row.read(K::SKU, cell::code) else {
        row.refuse(K::SKU, "The row has no SKU, so it belongs to no variant.");
        return None;
    };
    let (line, value) = (row.row.line, kind.read(row));
    if row.errors.is_empty()
        && let Some(earlier) = first_lines.insert((fold(&sku), kind.distinction(&value)), line)
    {
        row.refuse(K::SKU, format!("Line {earlier} speaks of the same variant; leave one of the two."));
    }
    row.errors.iter_mut().for_each(|error| error.sku = Some(sku.clone()));
    row.errors.is_empty().then_some(Line { line, sku, value })
}
