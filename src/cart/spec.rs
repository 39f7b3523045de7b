//! Turns what was sent into edits.

use crate::address::Address;
use crate::address::input::AddressInput;
use crate::cart::attributes::Attributes;
use crate::cart::edit::{Edit, LineChange, NewLine};
use crate::cart::input::{CartBuyerInput, CartCreateInput, CartLineInput, CartLineUpdateInput};
use crate::checks::Checks;
use crate::error::{Result, UserError};
use crate::graphql::scalar::MetadataEntryInput;
use crate::id::{CartLineId, ShippingMethodId};
use crate::text::Email;

/// The most lines of one input.
const MOST_LINES: usize = 250;
const NOTE_LENGTH: usize = 2_000;
const CODE_LENGTH: usize = 60;

/// The edits of a new cart.
pub fn create(input: CartCreateInput) -> Result<Vec<Edit>> {
    let mut checks = Checks::new("input");
    let mut edits = add_lines(&mut checks, input.lines);
    edits.extend(input.buyer.map(|buyer| checks.within("buyer", |checks| buyer_edit(checks, buyer))));
    let mut address = |field: &str, address: Option<AddressInput>| {
        address.map(|address| checks.within(field, |checks| Address::check(checks, address)))
    };
    let (shipping, billing) =
        (address("shippingAddress", input.shipping_address), address("billingAddress", input.billing_address));
    edits.extend(shipping.map(|address| Edit::ShippingAddress(Some(address))));
    edits.extend(billing.map(|address| Edit::BillingAddress(Some(address))));
    let method = input.shipping_method;
    edits.extend(method.map(|id| Edit::ShippingMethod(Some(id), "input.shippingMethod".to_owned())));
    edits.extend(code_edits(&mut checks, input.codes));
    edits.extend(input.note.map(|note| note_edit(&mut checks, note)));
    edits.extend(input.metadata.map(|entries| Edit::Metadata(checks.metadata("metadata", entries))));
    checks.finish()?;
    Ok(edits)
}

pub fn lines_added(lines: Vec<CartLineInput>) -> Result<Vec<Edit>> {
    checked("", |checks| add_lines(checks, lines))
}

pub fn lines_updated(lines: Vec<CartLineUpdateInput>) -> Result<Vec<Edit>> {
    checked("", |checks| {
        check_count(checks, lines.len());
        let indexed = lines.into_iter().enumerate();
        let change = |(index, line): (usize, CartLineUpdateInput)| {
            checks.within(&format!("lines.{index}"), |checks| {
                let quantity = line.quantity.map(|quantity| check_quantity(checks, quantity));
                let attributes = line.attributes.map(|given| Attributes::check(checks, "attributes", given));
                Edit::ChangeLine(LineChange { id: line.id, quantity, attributes, path: checks.path("") })
            })
        };
        indexed.map(change).collect()
    })
}

pub fn lines_removed(lines: &[CartLineId]) -> Result<Vec<Edit>> {
    checked("", |checks| {
        check_count(checks, lines.len());
        let indexed = lines.iter().enumerate();
        indexed.map(|(index, id)| Edit::RemoveLine(*id, format!("lines.{index}"))).collect()
    })
}

pub fn codes_added(codes: Vec<String>) -> Result<Vec<Edit>> {
    checked("", |checks| code_edits(checks, codes))
}

pub fn buyer(buyer: CartBuyerInput) -> Result<Vec<Edit>> {
    checked("input", |checks| vec![buyer_edit(checks, buyer)])
}

pub fn shipping_address(address: Option<AddressInput>) -> Result<Vec<Edit>> {
    let check = |checks: &mut Checks| address.map(|address| Address::check(checks, address));
    checked("address", |checks| vec![Edit::ShippingAddress(check(checks))])
}

pub fn billing_address(address: Option<AddressInput>) -> Result<Vec<Edit>> {
    let check = |checks: &mut Checks| address.map(|address| Address::check(checks, address));
    checked("address", |checks| vec![Edit::BillingAddress(check(checks))])
}

pub fn shipping_method(method: Option<ShippingMethodId>) -> Vec<Edit> {
    vec![Edit::ShippingMethod(method, "method".to_owned())]
}

pub fn note(note: String) -> Result<Vec<Edit>> {
    checked("", |checks| vec![note_edit(checks, note)])
}

pub fn metadata(entries: Vec<MetadataEntryInput>) -> Result<Vec<Edit>> {
    checked("", |checks| vec![Edit::Metadata(checks.metadata("metadata", entries))])
}

pub fn private_metadata(entries: Vec<MetadataEntryInput>) -> Result<Vec<Edit>> {
    checked("", |checks| vec![Edit::PrivateMetadata(checks.metadata("privateMetadata", entries))])
}

/// Checks a part of the arguments as a whole.
fn checked<T>(root: &str, check: impl FnOnce(&mut Checks) -> T) -> Result<T> {
    let mut checks = Checks::new(root);
    let checked = check(&mut checks);
    checks.finish()?;
    Ok(checked)
}

fn add_lines(checks: &mut Checks, lines: Vec<CartLineInput>) -> Vec<Edit> {
    check_count(checks, lines.len());
    let indexed = lines.into_iter().enumerate();
    let add = |(index, line): (usize, CartLineInput)| {
        checks.within(&format!("lines.{index}"), |checks| {
            let quantity = check_quantity(checks, line.quantity);
            let attributes = Attributes::check(checks, "attributes", line.attributes);
            Edit::AddLine(NewLine { variant: line.variant, quantity, attributes, path: checks.path("") })
        })
    };
    indexed.map(add).collect()
}

fn check_count(checks: &mut Checks, count: usize) {
    if count > MOST_LINES {
        checks.push(UserError::too_long(checks.path("lines"), "The list of lines", MOST_LINES));
    }
}

fn check_quantity(checks: &mut Checks, quantity: i32) -> i64 {
    if quantity < 0 {
        checks.push(UserError::invalid(checks.path("quantity"), "A quantity is not below zero."));
    }
    i64::from(quantity)
}

fn code_edits(checks: &mut Checks, codes: Vec<String>) -> Vec<Edit> {
    let mut edits = Vec::with_capacity(codes.len());
    for (index, code) in codes.into_iter().enumerate() {
        let field = format!("codes.{index}");
        let path = checks.path(&field);
        match checks.optional(&field, Some(code), "The code", CODE_LENGTH) {
            Some(code) => edits.push(Edit::AddCode(code, path)),
            None => checks.push(UserError::required(path, "A code")),
        }
    }
    edits
}

fn buyer_edit(checks: &mut Checks, buyer: CartBuyerInput) -> Edit {
    let email = buyer.email.and_then(|text| {
        let email = Email::parse(&text);
        if email.is_none() {
            checks.push(UserError::invalid(checks.path("email"), "This is no e-mail address."));
        }
        email
    });
    Edit::Email(email)
}

fn note_edit(checks: &mut Checks, note: String) -> Edit {
    Edit::Note(checks.optional("note", Some(note), "The note", NOTE_LENGTH).unwrap_or_default())
}
