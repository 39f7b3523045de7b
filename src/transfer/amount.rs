//! What a price in a file amounts to in a channel's currency.

use crate::money::{Currency, Money};

/// The minor units, or the sentence that refuses the amount.
pub fn minor(text: &str, currency: Currency) -> Result<i64, String> {
    match Money::parse(text, currency) {
        Ok(money) if money.minor() >= 0 => Ok(money.minor()),
        Ok(_) => Err("A price is not below zero.".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
