//! The prices that price lists fix.

use std::collections::HashMap;

use crate::id::{PriceListId, ProductVariantId};
use crate::pricing::{Amount, Line, TooLarge};

/// How many units of each variant there are over all lines.
pub(super) struct Quantities(HashMap<ProductVariantId, i64>);

impl Quantities {
    /// Counts nothing where no line has a price that depends on it.
    pub fn of(lines: &[Line]) -> Result<Self, TooLarge> {
        let mut quantities = HashMap::new();
        if lines.iter().any(|line| !line.list_prices.is_empty()) {
            for line in lines {
                let quantity = quantities.entry(line.subject.variant).or_insert(0_i64);
                *quantity = quantity.checked_add(line.quantity).ok_or(TooLarge)?;
            }
        }
        Ok(Self(quantities))
    }

    /// What a price list fixes for a unit of the line: of the prices whose quantity is reached the lowest, also where
    /// the channel's own price is lower; of equal ones that of the older list.
    pub fn list_price(&self, line: &Line) -> Option<(PriceListId, Amount)> {
        let quantity = self.0.get(&line.subject.variant).copied().unwrap_or(line.quantity);
        let reached = line.list_prices.iter().filter(|price| price.from_quantity <= quantity);
        reached.min_by_key(|price| (price.price, price.list)).map(|price| (price.list, price.price))
    }
}
