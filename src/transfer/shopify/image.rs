//! A product's images: each address once, in the order of display.

use std::collections::HashSet;

use super::column::{Column, RowReading};
use crate::transfer::product_record::{Cell, ImageRecord, VariantRecord};
use crate::transfer::table::cell;

#[derive(Default)]
pub(super) struct Images {
    /// Whether the file has a column of product images.
    known: bool,
    records: Vec<ImageRecord>,
    addresses: HashSet<String>,
}

impl Images {
    pub(super) fn new(first: &RowReading<'_>) -> Self {
        Self { known: first.header.has(Column::ImageUrl), ..Self::default() }
    }

    /// Adds the row's image, unless it was there already: the first mention decides its text and place.
    pub(super) fn add(&mut self, row: &mut RowReading<'_>) {
        let Cell::Value(url) = row.read(Column::ImageUrl, cell::web_address) else { return };
        let alt_text = row.read(Column::ImageAltText, cell::text);
        let position = row.read(Column::ImagePosition, cell::position);
        self.insert(ImageRecord { line: row.row.line, url, alt_text, position });
    }

    /// Puts the images in order and adds those that only a variant names.
    pub(super) fn finish(mut self, variants: &[VariantRecord]) -> Cell<Vec<ImageRecord>> {
        if !self.known {
            return Cell::Missing;
        }
        self.sort();
        for variant in variants {
            if let Cell::Value(url) = &variant.image_url {
                let (url, line) = (url.clone(), variant.line);
                self.insert(ImageRecord { line, url, alt_text: Cell::Missing, position: Cell::Missing });
            }
        }
        if self.records.is_empty() { Cell::Empty } else { Cell::Value(self.records) }
    }

    fn insert(&mut self, image: ImageRecord) {
        if self.addresses.insert(image.url.clone()) {
            self.records.push(image);
        }
    }

    /// By position; an image without one stands where it appeared, before one that claims the same place.
    fn sort(&mut self) {
        let records = std::mem::take(&mut self.records);
        let mut placed: Vec<(u32, ImageRecord)> =
            (1_u32..).zip(records).map(|(turn, image)| (image.position.value().unwrap_or(turn), image)).collect();
        placed.sort_by_key(|(place, _)| *place);
        self.records = placed.into_iter().map(|(_, image)| image).collect();
    }
}
