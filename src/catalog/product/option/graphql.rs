//! Options and their values as clients read them.

use async_graphql::{ID, SimpleObject};

use crate::catalog::product::aggregate::OptionRow;
use crate::catalog::product::parts::OptionName;
use crate::entity::product_option_value;
use crate::graphql::prompt::{Prompt, Prompted};

/// What the variants of a product differ in.
#[derive(SimpleObject)]
pub struct ProductOption {
    /// The id.
    id: ID,
    /// The name, such as "Size".
    name: String,
    /// The choices, in the order in which they are shown.
    values: Vec<Prompted<ProductOptionValue>>,
}

impl From<OptionRow> for ProductOption {
    fn from(OptionRow { row, values }: OptionRow) -> Self {
        let values = values.into_iter().map(ProductOptionValue::from).map(Prompted);
        Self { id: row.id.into(), name: row.name, values: values.collect() }
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
        let values = values.into_iter().map(|(id, name)| Prompted(ProductOptionValue { id: id.into(), name }));
        Self { id: id.into(), name, values: values.collect() }
    }
}

impl Prompt for ProductOption {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

impl Prompt for ProductOptionValue {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

impl From<product_option_value::Model> for ProductOptionValue {
    fn from(row: product_option_value::Model) -> Self {
        Self { id: row.id.into(), name: row.name }
    }
}
