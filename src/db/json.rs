//! Rows of other tables as a text of JSON, so that one row of a statement can carry them.

use sea_orm::{ActiveEnum, ConnectionTrait, DbBackend, QueryResult};
use serde_json::Value;
use uuid::Uuid;

use crate::error::{Error, Result};

/// Writes the parts of a statement that make such a text.
#[derive(Clone, Copy, Debug)]
pub struct JsonText(DbBackend);

impl JsonText {
    pub fn of(db: &impl ConnectionTrait) -> Self {
        Self(db.get_database_backend())
    }

    /// The columns of all rows from somewhere, in no order. [`rows`] reads them.
    pub fn rows(self, columns: &str, from: &str) -> String {
        match self.0 {
            DbBackend::Sqlite => format!("(SELECT json_group_array(json_array({columns})) FROM {from})"),
            _ => format!("(SELECT CAST(json_agg(json_build_array({columns})) AS text) FROM {from})"),
        }
    }

    /// A column of ids, which SQLite keeps as bytes and JSON does not know.
    pub fn id(self, column: &str) -> String {
        match self.0 {
            DbBackend::Sqlite => format!("NULLIF(hex({column}), '')"),
            _ => column.to_owned(),
        }
    }
}

/// Reads the rows of a text in a column.
pub fn rows(row: &QueryResult, column: usize) -> Result<impl Iterator<Item = Cells>> {
    let text: Option<String> = row.try_get_by_index(column)?;
    let rows: Vec<Vec<Value>> =
        text.map_or_else(|| Ok(Vec::new()), |text| serde_json::from_str(&text)).map_err(wrong)?;
    Ok(rows.into_iter().map(|cells| Cells(cells.into_iter())))
}

fn wrong(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal(error)
}

/// The columns of a row, taken one after the other.
pub struct Cells(std::vec::IntoIter<Value>);

#[derive(Debug, thiserror::Error)]
#[error("the database gave {0} where something else was expected")]
struct Unexpected(Value);

impl Cells {
    pub fn take<T: Cell>(&mut self) -> Result<T> {
        let cell = self.0.next().unwrap_or_default();
        T::read(cell).map_err(|cell| wrong(Unexpected(cell)))
    }

    pub fn id<T: From<Uuid>>(&mut self) -> Result<T> {
        self.take().map(|uuid: Uuid| uuid.into())
    }

    pub fn optional_id<T: From<Uuid>>(&mut self) -> Result<Option<T>> {
        Ok(self.take::<Option<Uuid>>()?.map(T::from))
    }

    pub fn word<T: ActiveEnum<Value = String>>(&mut self) -> Result<T> {
        let word: String = self.take()?;
        Ok(T::try_from_value(&word)?)
    }

    pub fn optional_word<T: ActiveEnum<Value = String>>(&mut self) -> Result<Option<T>> {
        let word: Option<String> = self.take()?;
        Ok(word.map(|word| T::try_from_value(&word)).transpose()?)
    }

    /// A document that was selected as text, so that both databases give the same.
    pub fn document(&mut self) -> Result<Value> {
        let text: Option<String> = self.take()?;
        text.map_or(Ok(Value::Null), |text| serde_json::from_str(&text)).map_err(wrong)
    }
}

/// What a column can hold. A value of another kind is given back.
pub trait Cell: Sized {
    fn read(cell: Value) -> std::result::Result<Self, Value>;
}

impl Cell for i64 {
    fn read(cell: Value) -> std::result::Result<Self, Value> {
        cell.as_i64().ok_or(cell)
    }
}

impl Cell for bool {
    /// SQLite has numbers for truth.
    fn read(cell: Value) -> std::result::Result<Self, Value> {
        cell.as_bool().or_else(|| cell.as_i64().map(|number| number != 0)).ok_or(cell)
    }
}

impl Cell for String {
    fn read(cell: Value) -> std::result::Result<Self, Value> {
        if let Value::String(text) = cell { Ok(text) } else { Err(cell) }
    }
}

impl Cell for Uuid {
    fn read(cell: Value) -> std::result::Result<Self, Value> {
        cell.as_str().and_then(|text| Self::try_parse(text).ok()).ok_or(cell)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn read(cell: Value) -> std::result::Result<Self, Value> {
        if cell.is_null() { Ok(None) } else { T::read(cell).map(Some) }
    }
}
