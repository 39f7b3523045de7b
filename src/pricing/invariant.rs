//! What holds for every quote.

use crate::pricing::{Amount, Quote, QuotedLine, Taxed};

impl Quote {
    /// The first invariant that the quote breaks, as a sentence; none ever is.
    pub fn check(&self) -> Result<(), String> {
        self.lines.iter().try_for_each(QuotedLine::check)?;
        same("subtotals", sum(self.lines.iter().map(|line| line.subtotal)), self.subtotal)?;
        let off = self.lines.iter().flat_map(|line| &line.discounts);
        same("discounts", sum(off.map(|discount| discount.amount)), self.discount)?;
        self.check_shipping()?;
        self.check_total()?;
        self.check_effects()?;

        let paid = sum(self.gift_cards.iter().map(|(_, amount)| *amount));
        same("what is paid and what is due", paid + minor(self.due), self.total.gross)?;
        let is_positive = |amount: Amount| amount >= Amount::ZERO || self.total.gross < Amount::ZERO;
        let has_paid_fairly = self.gift_cards.iter().all(|(_, amount)| *amount >= Amount::ZERO);
        demand(is_positive(self.due) && has_paid_fairly, || "Gift cards pay more than is due.".to_owned())
    }

    fn check_shipping(&self) -> Result<(), String> {
        let Some(shipping) = &self.shipping else { return Ok(()) };
        adds_up("shipping", shipping.total)?;
        let off = sum(shipping.discounts.iter().map(|discount| discount.amount));
        demand(off <= minor(shipping.price).max(0), || format!("Shipping loses {off} of {:?}.", shipping.price))
    }

    fn check_total(&self) -> Result<(), String> {
        adds_up("the total", self.total)?;
        let parts = || self.lines.iter().map(|line| line.total).chain(self.shipping.iter().map(|part| part.total));
        same("net amounts", sum(parts().map(|part| part.net)), self.total.net)?;
        same("taxes", sum(parts().map(|part| part.tax)), self.total.tax)?;
        same("gross amounts", sum(parts().map(|part| part.gross)), self.total.gross)?;
        same("bases of the tax summary", sum(self.taxes.iter().map(|tax| tax.net)), self.total.net)?;
        same("taxes of the tax summary", sum(self.taxes.iter().map(|tax| tax.tax)), self.total.tax)?;
        let is_sorted = self.taxes.is_sorted_by(|a, b| a.rate > b.rate);
        demand(is_sorted, || "The tax summary names a rate twice or out of order.".to_owned())
    }

    fn check_effects(&self) -> Result<(), String> {
        let of_order = sum(self.promotions.iter().map(|effect| effect.order));
        let discounts = self.lines.iter().flat_map(|line| &line.discounts).filter(|discount| discount.is_of_order);
        let parts = sum(discounts.map(|discount| discount.amount));
        demand(of_order == parts, || format!("Of the order {of_order} go off, but {parts} off its lines."))?;

        let shipping = sum(self.promotions.iter().map(|effect| effect.shipping));
        let parts = self.shipping.iter().flat_map(|shipping| &shipping.discounts);
        let parts = sum(parts.map(|discount| discount.amount));
        demand(shipping == parts, || format!("Of shipping {shipping} go off, but {parts} are told."))
    }
}

impl QuotedLine {
    fn check(&self) -> Result<(), String> {
        adds_up("a line", self.total)?;
        adds_up("a unit", self.unit_taxed)?;
        let is_product = i128::from(self.unit.minor()) * i128::from(self.quantity) == minor(self.subtotal);
        demand(is_product, || format!("{} × {:?} is not {:?}.", self.quantity, self.unit, self.subtotal))?;
        let off = sum(self.discounts.iter().map(|discount| discount.amount));
        let is_positive = self.discounts.iter().all(|discount| discount.amount > Amount::ZERO);
        demand(is_positive, || "A discount takes nothing off.".to_owned())?;
        demand(off <= minor(self.subtotal).max(0), || format!("A line loses {off} of {:?}.", self.subtotal))?;
        let is_free = self.subtotal.is_zero() && self.total == Taxed::default();
        demand(self.gift_of.is_none() || is_free, || "A gift costs something.".to_owned())
    }
}

fn adds_up(what: &str, taxed: Taxed) -> Result<(), String> {
    let Taxed { net, tax, gross } = taxed;
    demand(minor(net) + minor(tax) == minor(gross), || format!("Net and tax of {what} are not gross: {taxed:?}."))
}

fn same(what: &str, sum: i128, whole: Amount) -> Result<(), String> {
    demand(sum == minor(whole), || format!("The {what} add up to {sum}, not to {}.", whole.minor()))
}

fn demand(holds: bool, complaint: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(complaint()) }
}

fn sum(amounts: impl Iterator<Item = Amount>) -> i128 {
    amounts.map(minor).sum()
}

fn minor(amount: Amount) -> i128 {
    i128::from(amount.minor())
}
