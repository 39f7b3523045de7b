//! Puts the rows of one product together, or all the errors that they contain.

use super::column::{Column, Header, RowReading};
use super::image::Images;
use super::limits;
use super::option::Options;
use super::variant;
use crate::transfer::product_record::{Cell, ProductRecord, PublicationStatus, RowError};
use crate::transfer::table::Row;
use crate::transfer::table::cell::{self, quoted};

/// A product of which some rows have been read.
pub(super) struct Group {
    handle: String,
    /// What the rows have said so far; its options and images are filled in at the end.
    product: ProductRecord,
    options: Options,
    images: Images,
    /// Without a sound first row nothing is known of the options, and later rows cannot be judged.
    has_sound_start: bool,
    rows: usize,
    bytes: usize,
    errors: Vec<RowError>,
    further_errors: usize,
}

impl Group {
    pub(super) fn begin(first: &Row, header: &Header) -> Self {
        let mut reading = RowReading::new(first, header);
        let handle = reading.get(Column::Handle).value().unwrap_or_default().to_owned();
        let mut group = Self {
            product: product(&handle, &mut reading),
            handle,
            options: Options::declare(&mut reading),
            images: Images::new(&reading),
            has_sound_start: true,
            rows: 0,
            bytes: 0,
            errors: Vec::new(),
            further_errors: 0,
        };
        let errors = reading.errors;
        group.has_sound_start = group.take(first, header);
        if group.has_sound_start {
            errors.into_iter().for_each(|error| group.note(error));
            group.read(first, header);
        }
        group
    }

    pub(super) fn handle(&self) -> &str {
        &self.handle
    }

    pub(super) fn line(&self) -> u64 {
        self.product.line
    }

    pub(super) fn add(&mut self, row: &Row, header: &Header) {
        if self.take(row, header) && self.has_sound_start {
            self.read(row, header);
        }
    }

    pub(super) fn note(&mut self, error: RowError) {
        if self.errors.len() < limits::PRODUCT_ERRORS {
            let handle = Some(self.handle.clone()).filter(|handle| !handle.is_empty());
            self.errors.push(RowError { handle, ..error });
        } else {
            self.further_errors += 1;
        }
    }

    pub(super) fn finish(mut self) -> Result<ProductRecord, Vec<RowError>> {
        let (options, clashes) = std::mem::take(&mut self.options).finish(&mut self.product.variants);
        clashes.into_iter().for_each(|error| self.note(error));
        if !self.errors.is_empty() {
            return Err(self.into_errors());
        }
        let images = self.images.finish(&self.product.variants);
        Ok(ProductRecord { options, images, ..self.product })
    }

    /// Counts the row and checks it as a whole; says whether its cells are worth reading.
    fn take(&mut self, row: &Row, header: &Header) -> bool {
        let was_within = self.is_within_limits();
        self.rows += 1;
        self.bytes += row.bytes();
        if !self.is_within_limits() {
            if was_within {
                self.note(RowError::at(row.line, too_large()));
            }
            return false;
        }
        let faults = row.faults(header);
        let is_sound = faults.is_empty();
        faults.into_iter().for_each(|error| self.note(error));
        is_sound
    }

    fn is_within_limits(&self) -> bool {
        self.rows <= limits::PRODUCT_ROWS && self.bytes <= limits::PRODUCT_BYTES
    }

    fn read(&mut self, row: &Row, header: &Header) {
        let mut reading = RowReading::new(row, header);
        if !reading.has_value(Column::Handle) {
            reading.refuse(Column::Handle, "The row has no handle, so it belongs to no product.");
        }
        let is_first = row.line == self.product.line;
        if (is_first && variant::is_expected(&reading)) || variant::is_stated(&reading) {
            self.product.variants.push(variant::read(&self.options, &mut reading));
        }
        self.images.add(&mut reading);
        reading.errors.into_iter().for_each(|error| self.note(error));
    }

    fn into_errors(self) -> Vec<RowError> {
        let mut errors = self.errors;
        errors.sort_by_key(|error| error.line);
        if self.further_errors > 0 {
            let message = format!("The product has {} more errors.", self.further_errors);
            let handle = Some(self.handle).filter(|handle| !handle.is_empty());
            errors.push(RowError { handle, ..RowError::at(self.product.line, message) });
        }
        errors
    }
}

fn product(handle: &str, first: &mut RowReading<'_>) -> ProductRecord {
    let title = first.read(Column::Title, cell::text).value().unwrap_or_default();
    if title.is_empty() {
        first.refuse(Column::Title, "The product has no title; its first row must state one.");
    }
    let (status, published) = status(first);
    ProductRecord {
        line: first.row.line,
        handle: handle.to_owned(),
        title,
        body_html: first.read(Column::Body, cell::text),
        vendor: first.read(Column::Vendor, cell::text),
        product_type: first.read(Column::Type, cell::text),
        tags: first.read(Column::Tags, cell::tags),
        status,
        published,
        seo_title: first.read(Column::SeoTitle, cell::text),
        seo_description: first.read(Column::SeoDescription, cell::text),
        options: Cell::Missing,
        variants: Vec::new(),
        images: Cell::Missing,
    }
}

/// The status, and whether the product is published: what is active and not published is a draft.
fn status(first: &mut RowReading<'_>) -> (Cell<PublicationStatus>, Cell<bool>) {
    let status = first.read(Column::Status, cell::status);
    let published = first.read(Column::Published, cell::boolean);
    match (status, published) {
        (Cell::Value(PublicationStatus::Active), Cell::Value(false)) => {
            (Cell::Value(PublicationStatus::Draft), Cell::Value(false))
        }
        as_read => as_read,
    }
}

fn too_large() -> String {
    format!("The product has more than {} rows or {} MiB of text.", limits::PRODUCT_ROWS, limits::PRODUCT_BYTES >> 20)
}

/// How a handle that comes back is refused.
pub(super) fn returned(handle: &str, line: u64, earlier: u64) -> RowError {
    let message = format!(
        "The handle {} gives the same address as that of the product on line {earlier}; put all rows of a product \
         together, and change the handle if this is another one.",
        quoted(handle)
    );
    RowError::at(line, message)
}
