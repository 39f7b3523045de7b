//! A product and what belongs to it, read by one statement: a product page costs the same whatever it shows.
//!
//! The answer is one row: the product's columns, then for each part a text of JSON that holds its rows. [`statement`]
//! writes the question and [`reading`] reads the texts; what is in order is put so when it is read.

mod reading;
mod statement;

use std::sync::Arc;

use bitflags::bitflags;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{DatabaseConnection, QueryResult};

use crate::auth::Scope;
use crate::catalog::attribute::row::AttributeRow;
use crate::catalog::product::row::{ImageRow, ProductFields, ProductRow};
use crate::catalog::variant::loader::{PricedVariant, SelectedOptionRow};
use crate::db;
use crate::error::Result;
use crate::id::{CollectionId, ProductOptionId, ProductOptionValueId};

pub use statement::StatementWriter;

bitflags! {
    /// Which parts are asked for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct PartSet: u16 {
        const IMAGES = 1;
        const TAGS = 1 << 1;
        const OPTIONS = 1 << 2;
        /// The ids, slugs and names of collections.
        const COLLECTIONS = 1 << 3;
        const VARIANTS = 1 << 4;
        /// The option values of the variants.
        const SELECTED_OPTIONS = 1 << 5;
        /// The units of the variants.
        const UNITS = 1 << 6;
        /// The metadata of the variants.
        const VARIANT_METADATA = 1 << 7;
        /// The values that the product itself has of attributes.
        const ATTRIBUTES = 1 << 8;
        /// The values that the variants have of attributes.
        const VARIANT_ATTRIBUTES = 1 << 9;
    }
}

impl PartSet {
    const ANY_ATTRIBUTES: Self = Self::ATTRIBUTES.union(Self::VARIANT_ATTRIBUTES);
}

/// What is asked of one product.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub fields: ProductFields,
    pub parts: PartSet,
}

impl Wanted {
    /// The product's own row; what belongs to it is loaded when it is asked for.
    pub const ROW: Self = Self { fields: ProductFields::OWN, parts: PartSet::empty() };
}

/// A product with the parts that were asked for.
pub type FoundProduct = (ProductRow, Parts);

/// The parts that were asked for; the others are `None`.
#[derive(Debug, Default)]
pub struct Parts {
    pub images: Option<Vec<ImageRow>>,
    pub tags: Option<Vec<String>>,
    pub options: Option<Vec<OptionName>>,
    pub collections: Option<Vec<CollectionName>>,
    pub variants: Option<Vec<Arc<VariantParts>>>,
    pub attributes: Option<Vec<Arc<AttributeRow>>>,
}

/// An option and its values, in order.
#[derive(Clone, Debug)]
pub struct OptionName {
    pub id: ProductOptionId,
    pub name: String,
    pub values: Vec<(ProductOptionValueId, String)>,
}

/// What a link to a collection shows.
#[derive(Clone, Debug)]
pub struct CollectionName {
    pub id: CollectionId,
    pub slug: String,
    pub name: String,
}

/// A variant with what was asked of it.
#[derive(Clone, Debug)]
pub struct VariantParts {
    pub row: Arc<PricedVariant>,
    /// Its picture, if pictures were asked for.
    pub image: Option<Option<ImageRow>>,
    pub selected_options: Option<Vec<SelectedOptionRow>>,
    /// Units that are there and promised to nobody, if they were asked for.
    pub units: Option<i64>,
    pub attributes: Option<Vec<Arc<AttributeRow>>>,
}

/// Reads the product that a statement selects, and what belongs to it, at once.
pub async fn find(
    db: &DatabaseConnection,
    writer: &StatementWriter,
    scope: Scope,
    product: &SelectStatement,
    wanted: Wanted,
) -> Result<Option<FoundProduct>> {
    let (sql, values) = writer.write(db, scope, product, wanted);
    let row = db::query_one(db, &sql, values).await?;
    row.map(|row| read(&row, wanted)).transpose()
}

fn read(row: &QueryResult, wanted: Wanted) -> Result<FoundProduct> {
    let (product, first) = ProductRow::read(row, wanted.fields, 0)?;
    let parts = reading::read(row, first, product.id, wanted.parts)?;
    Ok((product, parts))
}
