//! What can be done to a cart. Each edit is applied as a whole or refused, and needs nothing but the cart.

use serde_json::Value;

use crate::address::Address;
use crate::cart::attributes::Attributes;
use crate::cart::content::{self, Content};
use crate::cart::item::Item;
use crate::entity::cart_line;
use crate::error::{Error, Result, UserError};
use crate::id::{CartLineId, GiftCardId, ProductVariantId, ShippingMethodId};
use crate::text::{Email, fold};

/// The most codes, and the most gift cards, of a cart.
pub const MOST_CODES: usize = 20;

/// One change of a cart.
#[derive(Clone, Debug)]
pub enum Edit {
    AddLine(NewLine),
    ChangeLine(LineChange),
    /// Takes a line away, named at a place in the input.
    RemoveLine(CartLineId, String),
    Email(Option<Email>),
    ShippingAddress(Option<Address>),
    BillingAddress(Option<Address>),
    /// A way of delivery, and where in the arguments it is named.
    ShippingMethod(Option<ShippingMethodId>, String),
    Note(String),
    Metadata(Value),
    PrivateMetadata(Value),
    TaxExempt(bool),
    /// A code as it was typed, and where in the arguments.
    AddCode(String, String),
    RemoveCode(String),
    AddGiftCard(GiftCardId),
    RemoveGiftCard(GiftCardId),
    /// The shopper has seen what everything costs now.
    AcknowledgePrices,
}

/// Units to be added, to a line that is there or to a new one.
#[derive(Clone, Debug)]
pub struct NewLine {
    pub variant: ProductVariantId,
    pub quantity: i64,
    pub attributes: Attributes,
    /// Where in the arguments it is asked for.
    pub path: String,
}

/// How a line shall stand; what is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct LineChange {
    pub id: CartLineId,
    pub quantity: Option<i64>,
    pub attributes: Option<Attributes>,
    pub path: String,
}

impl Edit {
    /// The variant that has to be known before it can be applied.
    pub const fn variant(&self) -> Option<ProductVariantId> {
        match self {
            Self::AddLine(line) => Some(line.variant),
            _ => None,
        }
    }

    /// The variant of which it may ask for more, and where in the arguments it does.
    pub fn growth<'a>(&'a self, before: &Content) -> Option<(ProductVariantId, &'a str)> {
        match self {
            Self::AddLine(line) => Some((line.variant, &line.path)),
            Self::ChangeLine(change) => {
                let line = before.lines.iter().find(|line| line.id == change.id)?;
                Some((line.variant_id, &change.path))
            }
            _ => None,
        }
    }

    pub fn apply(&self, content: &mut Content) -> Result<()> {
        let row = &mut content.row;
        match self {
            Self::AddLine(line) => return add(content, line),
            Self::ChangeLine(change) => return change_line(content, change),
            Self::RemoveLine(id, path) => {
                let index = position(content, *id, path)?;
                content.lines.remove(index);
            }
            Self::Email(email) => {
                row.email_key = email.as_ref().map(|email| email.key.clone());
                row.email = email.as_ref().map(|email| email.address.clone());
            }
            Self::ShippingAddress(address) => row.shipping_address = document(address.as_ref())?,
            Self::BillingAddress(address) => row.billing_address = document(address.as_ref())?,
            Self::ShippingMethod(method, _) => row.shipping_method_id = *method,
            Self::Note(note) => row.note.clone_from(note),
            Self::Metadata(metadata) => row.metadata = metadata.clone(),
            Self::PrivateMetadata(metadata) => row.private_metadata = metadata.clone(),
            Self::TaxExempt(is_exempt) => row.is_tax_exempt = *is_exempt,
            Self::AddCode(code, _) => {
                let mut codes = content::codes(row);
                if codes.iter().all(|known| fold(known) != fold(code)) {
                    codes.push(code.clone());
                }
                check_count(codes.len(), "codes")?;
                row.codes = codes.into();
            }
            Self::RemoveCode(code) => {
                let codes = content::codes(row).into_iter().filter(|known| fold(known) != fold(code));
                row.codes = codes.collect::<Vec<_>>().into();
            }
            Self::AddGiftCard(card) => {
                let mut cards = content::gift_cards::<GiftCardId>(row)?;
                if !cards.contains(card) {
                    cards.push(*card);
                }
                check_count(cards.len(), "gift cards")?;
                row.gift_cards = ids(&cards);
            }
            Self::RemoveGiftCard(card) => {
                let cards = content::gift_cards::<GiftCardId>(row)?
                    .into_iter()
                    .filter(|known| known != card)
                    .collect::<Vec<_>>();
                row.gift_cards = ids(&cards);
            }
            Self::AcknowledgePrices => {}
        }
        Ok(())
    }
}

fn check_count(count: usize, what: &str) -> Result<()> {
    if count <= MOST_CODES {
        return Ok(());
    }
    let message = format!("A cart takes at most {MOST_CODES} {what}.");
    Err(UserError::limit_exceeded("input", message, i64::try_from(MOST_CODES).unwrap_or(i64::MAX)).into())
}

pub fn ids<T: ToString>(list: &[T]) -> Value {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().into()
}

fn document(address: Option<&Address>) -> Result<Option<Value>> {
    address.map(serde_json::to_value).transpose().map_err(Error::internal)
}

fn position(content: &Content, id: CartLineId, path: &str) -> Result<usize> {
    let found = content.lines.iter().position(|line| line.id == id);
    found.ok_or_else(|| UserError::not_found(path, "line in this cart").into())
}

/// The variant, if shoppers can buy it now.
fn sold<'a>(content: &'a Content, variant: ProductVariantId, path: &str) -> Result<&'a Item> {
    let item = content.items.get(&variant).filter(|item| item.base.is_some());
    item.ok_or_else(|| UserError::not_found(path, "variant for sale in this channel").into())
}

fn add(content: &mut Content, new: &NewLine) -> Result<()> {
    let item = sold(content, new.variant, &format!("{}.variant", new.path))?;
    let (name, key) = (item.name.clone(), new.attributes.key());
    if new.quantity == 0 {
        return Ok(());
    }
    let same = |line: &&mut cart_line::Model| line.variant_id == new.variant && line.attributes_key == key;
    match content.lines.iter_mut().find(same) {
        Some(line) => line.quantity = line.quantity.saturating_add(new.quantity),
        None => {
            let line = cart_line::Model {
                id: CartLineId::generate(),
                cart_id: content.row.id,
                variant_id: new.variant,
                name,
                attributes: new.attributes.document(),
                attributes_key: key.clone(),
                quantity: new.quantity,
                // What it costs is found out before it is written.
                seen_minor: NOT_SEEN,
            };
            content.lines.push(line);
        }
    }
    Ok(())
}

/// What stands for a price that nobody has seen yet.
pub const NOT_SEEN: i64 = -1;

fn change_line(content: &mut Content, change: &LineChange) -> Result<()> {
    let index = position(content, change.id, &format!("{}.id", change.path))?;
    let Some(line) = content.lines.get(index).cloned() else { return Ok(()) };
    let quantity = change.quantity.unwrap_or(line.quantity);
    let key = change.attributes.as_ref().map_or_else(|| line.attributes_key.clone(), Attributes::key);
    if quantity == 0 {
        content.lines.remove(index);
        return Ok(());
    }
    let same = |other: &cart_line::Model| {
        other.id != line.id && other.variant_id == line.variant_id && other.attributes_key == key
    };
    if let Some(other) = content.lines.iter_mut().find(|other| same(other)) {
        // With these attributes it is a line that is there already.
        other.quantity = other.quantity.saturating_add(quantity);
        content.lines.remove(index);
    } else if let Some(line) = content.lines.get_mut(index) {
        line.quantity = quantity;
        if let Some(attributes) = &change.attributes {
            line.attributes = attributes.document();
            line.attributes_key = key;
        }
    }
    Ok(())
}
