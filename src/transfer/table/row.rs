//! Rows with the physical line on which they begin, and what can be wrong with a row as a whole.

use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};

use super::cell::Parsed;
use super::header::{Column, Header};
use super::limits;
use super::row_error::RowError;
use super::source::{END_MARK, SWALLOWED_END, Source};
use super::value::{Cell, Located};

const BUFFER_BYTES: usize = 64 << 10;

/// Hands out the rows of a file; rows without any content are passed over.
pub struct Rows<R> {
    reader: Reader<Source<R>>,
    width: usize,
}

/// A row as it stands in the file.
pub struct Row {
    pub line: u64,
    /// Where the row is damaged, its text is only what could be saved, enough to find its handle.
    pub cells: StringRecord,
    damage: Option<Damage>,
}

/// What makes a row's text unreliable.
struct Damage {
    line: u64,
    place: usize,
    message: &'static str,
}

impl<R: Read> Rows<R> {
    pub fn new(inner: R) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(Source::new(inner));
        Self { reader, width: 0 }
    }

    /// An error here ends the file: what follows cannot be told into rows.
    pub fn next_row(&mut self) -> Result<Option<Row>, RowError> {
        loop {
            self.reader.get_mut().begin_row();
            let begun = self.reader.position().line();
            let mut record = ByteRecord::with_capacity(256, self.width);
            if !self.reader.read_byte_record(&mut record).map_err(|error| self.unreadable(begun, error))? {
                return Ok(None);
            }
            self.width = record.len();
            if !self.is_end_mark(&record) && !is_blank(&record) {
                return Ok(Some(self.row(record)));
            }
        }
    }

    /// The parser counts lines where a row ends; where it began follows from the lines inside its cells.
    fn row(&self, record: ByteRecord) -> Row {
        let is_open = self.reader.get_ref().has_ended() && record.as_slice().ends_with(SWALLOWED_END);
        let inside = lines_in(record.as_slice()) + u64::from(!is_open);
        let line = self.reader.position().line().saturating_sub(inside);
        if is_open {
            let place = record.len().saturating_sub(1);
            let message =
                "A quotation mark in this row is never closed, so the rest of the file was taken for one cell.";
            return Row { line, cells: lossy(&record), damage: Some(Damage { line, place, message }) };
        }
        match StringRecord::from_byte_record(record) {
            Ok(cells) => Row { line, cells, damage: None },
            Err(error) => {
                let (place, valid) = (error.utf8_error().field(), error.utf8_error().valid_up_to());
                Row::not_utf8(line, &error.into_byte_record(), place, valid)
            }
        }
    }

    fn is_end_mark(&self, record: &ByteRecord) -> bool {
        self.reader.get_ref().has_ended() && record.len() == 1 && record.as_slice() == END_MARK
    }

    fn unreadable(&self, line: u64, error: csv::Error) -> RowError {
        if self.reader.get_ref().is_exhausted() {
            let most = limits::ROW_BYTES >> 20;
            return RowError::at(
                line,
                format!(
                    "The row that begins here is larger than {most} MiB; a quotation mark is probably never closed."
                ),
            );
        }
        RowError::at(line, format!("The file cannot be read any further: {error}."))
    }
}

impl Row {
    fn not_utf8(line: u64, record: &ByteRecord, place: usize, valid: usize) -> Self {
        let before = record.iter().take(place).map(lines_in).sum::<u64>();
        let within = record.get(place).and_then(|cell| cell.get(..valid)).map_or(0, lines_in);
        let message = "The text is not UTF-8; save the file as “CSV UTF-8” and import it again.";
        let damage = Damage { line: line + before + within, place, message };
        Self { line, cells: lossy(record), damage: Some(damage) }
    }

    /// The cell's trimmed text; a row shorter than the header ends in empty cells.
    pub fn get<C: Column>(&self, header: &Header<C>, column: C) -> Cell<&str> {
        match header.place(column).map(|place| self.cells.get(place).unwrap_or("").trim()) {
            None => Cell::Missing,
            Some("") => Cell::Empty,
            Some(text) => Cell::Value(text),
        }
    }

    pub fn bytes(&self) -> usize {
        self.cells.as_slice().len()
    }

    /// Why the row's text is unreliable, if it is.
    pub fn damage(&self) -> Option<RowError> {
        self.damage.as_ref().map(|damage| RowError::at(damage.line, damage.message))
    }

    /// Everything that is wrong with the row as a whole; if there is anything, its cells are not worth reading.
    pub fn faults<C: Column>(&self, header: &Header<C>) -> Vec<RowError> {
        if let Some(damage) = &self.damage {
            return vec![fault(damage.line, header.name_at(damage.place), damage.message)];
        }
        let mut faults = Vec::new();
        for (place, cell) in self.cells.iter().enumerate() {
            if cell.len() > limits::FIELD_BYTES {
                let most = limits::FIELD_BYTES >> 20;
                faults.push(fault(self.line, header.name_at(place), format!("The cell is larger than {most} MiB.")));
            } else if cell.contains('\0') {
                faults.push(fault(self.line, header.name_at(place), "The cell contains a null character; remove it."));
            }
        }
        if self.cells.iter().skip(header.width()).any(|cell| !cell.trim().is_empty()) {
            faults.push(fault(self.line, None, too_wide(self.cells.len(), header.width())));
        }
        faults
    }
}

/// A row read under its header, with a place for what is wrong with its cells.
pub struct RowReading<'a, C> {
    pub row: &'a Row,
    pub header: &'a Header<C>,
    pub errors: Vec<RowError>,
}

impl<'a, C: Column> RowReading<'a, C> {
    pub fn new(row: &'a Row, header: &'a Header<C>) -> Self {
        Self { row, header, errors: Vec::new() }
    }

    pub fn get(&self, column: C) -> Cell<&'a str> {
        self.row.get(self.header, column)
    }

    pub fn has_value(&self, column: C) -> bool {
        matches!(self.get(column), Cell::Value(_))
    }

    /// What the cell says; a cell that is refused is noted and counts as empty.
    pub fn read<T>(&mut self, column: C, parse: impl FnOnce(&str) -> Parsed<T>) -> Cell<T> {
        match self.get(column).map(parse) {
            Cell::Missing => Cell::Missing,
            Cell::Empty => Cell::Empty,
            Cell::Value(Ok(value)) => Cell::Value(value),
            Cell::Value(Err(message)) => {
                self.refuse(column, message);
                Cell::Empty
            }
        }
    }

    /// Like `read`, for what is judged later.
    pub fn located<T>(&mut self, column: C, parse: impl FnOnce(&str) -> Parsed<T>) -> Cell<Located<T>> {
        let (line, name) = (self.row.line, self.header.name(column).cloned().unwrap_or_default());
        self.read(column, parse).map(|value| Located { value, line, column: name })
    }

    pub fn refuse(&mut self, column: C, message: impl Into<String>) {
        let name = self.header.name(column).map(AsRef::as_ref);
        self.errors.push(fault(self.row.line, name, message));
    }
}

fn fault(line: u64, column: Option<&str>, message: impl Into<String>) -> RowError {
    RowError { column: column.filter(|name| !name.is_empty()).map(str::to_owned), ..RowError::at(line, message) }
}

fn too_wide(cells: usize, columns: usize) -> String {
    format!(
        "The row has {cells} cells, but the header has {columns} columns; a text with a comma in it needs \
         quotation marks around it."
    )
}

fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

fn lines_in(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

fn lossy(record: &ByteRecord) -> StringRecord {
    record.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().into()
}
