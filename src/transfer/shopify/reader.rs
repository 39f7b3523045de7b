//! Walks through a file and hands out one product, or its errors, at a time.

use std::io::Read;

use super::column::{Column, Header};
use super::group::{self, Group};
use super::handles::{self, Handles};
use crate::transfer::product_record::{Cell, ProductRecord, RowError};
use crate::transfer::table::{Row, Rows};

/// The products of a file, in its order.
pub struct ShopifyReader<R> {
    rows: Rows<R>,
    header: Header,
    handles: Handles,
    /// The first row of the next product, which ended the one before.
    pending: Option<Row>,
    has_ended: bool,
}

impl<R: Read> ShopifyReader<R> {
    /// Reads the header; a file that is no product export is refused here, once.
    pub fn new(reader: R) -> Result<Self, RowError> {
        let mut rows = Rows::new(reader);
        let Some(first) = rows.next_row()? else {
            return Err(RowError::at(1, "The file is empty."));
        };
        let header = Header::read(&first)?;
        Ok(Self { rows, header, handles: Handles::default(), pending: None, has_ended: false })
    }

    fn next_row(&mut self) -> Result<Option<Row>, RowError> {
        if let Some(row) = self.pending.take() {
            return Ok(Some(row));
        }
        if self.has_ended {
            return Ok(None);
        }
        let row = self.rows.next_row();
        self.has_ended = !matches!(row, Ok(Some(_)));
        row
    }

    fn begin(&mut self, first: &Row) -> Group {
        let mut group = Group::begin(first, &self.header);
        if !group.handle().is_empty()
            && let Some(earlier) = self.handles.insert(group.handle(), group.line())
        {
            let error = group::returned(group.handle(), group.line(), earlier);
            group.note(error);
        }
        group
    }

    /// Adds the rows up to the next product; a failure of the file is the product's too, for it may lack rows.
    fn complete(&mut self, group: &mut Group) {
        loop {
            match self.next_row() {
                Ok(Some(row)) if self.continues(group, &row) => group.add(&row, &self.header),
                Ok(next) => {
                    self.pending = next;
                    return;
                }
                Err(error) => return group.note(error),
            }
        }
    }

    /// A row without a handle is refused with the product that it stands under, unless its title begins another one.
    fn continues(&self, group: &Group, row: &Row) -> bool {
        match row.get(&self.header, Column::Handle) {
            Cell::Value(handle) => handles::same(group.handle(), handle),
            Cell::Missing | Cell::Empty => !matches!(row.get(&self.header, Column::Title), Cell::Value(_)),
        }
    }
}

impl<R: Read> Iterator for ShopifyReader<R> {
    type Item = Result<ProductRecord, Vec<RowError>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.next_row() {
            Ok(None) => None,
            Ok(Some(first)) => {
                let mut group = self.begin(&first);
                self.complete(&mut group);
                Some(group.finish())
            }
            Err(error) => Some(Err(vec![error])),
        }
    }
}
