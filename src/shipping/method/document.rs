//! The documents in the columns of a method.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::entity::shipping_method;
use crate::error::{Error, Result};
use crate::id::{CustomerGroupId, ProductId};
use crate::shipping::rate::ShippingRates;

pub fn rates(row: &shipping_method::Model) -> Result<ShippingRates> {
    read(&row.rates)
}

/// The groups that it is for; everybody if there are none. Some may be deleted by now.
pub fn customer_groups(row: &shipping_method::Model) -> Result<Vec<CustomerGroupId>> {
    read(&row.customer_groups)
}

/// The products that it does not carry, some of which may be deleted by now.
pub fn excluded_products(row: &shipping_method::Model) -> Result<Vec<ProductId>> {
    read(&row.excluded_products)
}

pub fn write(content: &impl Serialize) -> Result<Value> {
    serde_json::to_value(content).map_err(Error::internal)
}

fn read<T: DeserializeOwned>(document: &Value) -> Result<T> {
    T::deserialize(document).map_err(Error::internal)
}
