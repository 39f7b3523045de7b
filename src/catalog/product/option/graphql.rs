//! Options and their values as clients read them.

use async_graphql::{ID, SimpleObject};

use crate::catalog::product::aggregate::OptionRow;
use crate::catalog::product::parts::OptionName;
use crate::entity::product_option_value;

/// What the variants of a product differ in.
#[derive(SimpleObject)]
pub struct ProductOption {
    /// The id.
    id: ID,
    /// The name, such as "Size".
    name: String,
    /// The choices, in the order in which they are shown.
    values: Vec<ProductOptionValue>,
}

impl From<OptionRow> for ProductOption {
    fn from(OptionRow { row, values }: OptionRow) -> Self {
        Self { id: row.id.into(), name: row.name, values: values.into_iter().map(ProductOptionValue::from).collect() }
    }
}

/// A choice of an option.
#[derive(SimpleObject)]
pub struct ProductOptionValue {
    /// The id.
    id: ID,
    /// The name, such as "XL".
    name: String,
}

impl From<OptionName> for ProductOption {
    fn from(OptionName { id, name, values }: OptionName) -> Self {
        let values = values.into_iter().map(|(id, name)| ProductOptionValue { id: id.into(), name });
        Self { id: id.into(), name, values: values.collect() }
    }
}

impl From<product_option_value::Model> for ProductOptionValue {
    fn from(row: product_option_value::Model) -> Self {
        Self { id: row.id.into(), name: row.name }
    }
}
