//! What lies in a cart, with what is known of it: one statement however large the cart is.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Value};

use crate::cart::item::{Item, item_columns, item_tables, read_item};
use crate::clock::Timestamp;
use crate::db::{self, JsonText, json_rows};
use crate::entity::{cart, cart_line};
use crate::error::{Error, Result};
use crate::id::{CartId, CartKey, ChannelId, CustomerId, ProductVariantId};

/// By what a cart is found.
#[derive(Clone, Copy, Debug)]
pub enum Sought {
    Key(CartKey),
    Row(CartId),
    /// The one active cart of a customer in a channel.
    Of(CustomerId, ChannelId),
}

/// A cart that is still a cart, with its lines in the order in which they were added.
#[derive(Clone, Debug)]
pub struct Content {
    pub row: cart::Model,
    pub lines: Vec<cart_line::Model>,
    /// What is known of the variants; those that are gone are missing.
    pub items: HashMap<ProductVariantId, Item>,
}

impl Content {
    /// The units of a variant over all lines.
    pub fn units(&self, variant: ProductVariantId) -> i64 {
        let lines = self.lines.iter().filter(|line| line.variant_id == variant);
        lines.fold(0, |units, line| units.saturating_add(line.quantity))
    }

    /// Learns of variants that are not in the cart yet, and tells which of them are sold.
    pub async fn learn(
        &mut self,
        db: &impl ConnectionTrait,
        variants: impl IntoIterator<Item = ProductVariantId>,
        now: Timestamp,
    ) -> Result<()> {
        let known = |variant: &ProductVariantId| !self.items.contains_key(variant);
        let unknown: HashSet<_> = variants.into_iter().filter(known).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let json = JsonText::of(db);
        let marks: Vec<_> = (0..unknown.len()).map(|index| format!("${}", index + 3)).collect();
        let from =
            format!("product_variant AS variant {} WHERE variant.id IN ({})", item_tables("$1"), marks.join(", "));
        let sql = format!("SELECT {}", json.rows(&item_columns(json, "$2"), &from));
        let values = [Value::from(self.row.channel_id), now.into()];
        let values = values.into_iter().chain(unknown.into_iter().map(Value::from));
        if let Some(row) = db::query_one(db, &sql, values).await? {
            for mut cells in json_rows(&row, 0)? {
                let item = read_item(&mut cells)?;
                self.items.extend(item.map(|item| (item.variant, item)));
            }
        }
        Ok(())
    }
}

/// The cart, unless it has become an order or its time is over.
pub async fn find(db: &impl ConnectionTrait, sought: Sought, now: Timestamp) -> Result<Option<Content>> {
    let json = JsonText::of(db);
    let columns = format!(
        "{}, {}, line.name, CAST(line.attributes AS text), line.attributes_key, line.quantity, line.seen_minor, {}",
        json.id("line.id"),
        json.id("line.variant_id"),
        item_columns(json, "$1"),
    );
    let tables = format!(
        "cart_line AS line LEFT JOIN product_variant AS variant ON variant.id = line.variant_id {}
         WHERE line.cart_id = cart.id",
        item_tables("cart.channel_id")
    );
    let (which, values): (&str, Vec<Value>) = match sought {
        Sought::Key(key) => ("cart.key = $2", vec![key.into()]),
        Sought::Row(id) => ("cart.id = $2", vec![id.into()]),
        Sought::Of(customer, channel) => {
            ("cart.customer_id = $2 AND cart.channel_id = $3", vec![customer.into(), channel.into()])
        }
    };
    let sql = format!(
        "SELECT {} AS lines, cart.* FROM cart
         WHERE {which} AND cart.completed_at IS NULL AND cart.expires_at > $1",
        json.rows(&columns, &tables)
    );
    let values = std::iter::once(Value::from(now)).chain(values);
    db::query_one(db, &sql, values).await?.map(|row| read(&row)).transpose()
}

fn read(row: &QueryResult) -> Result<Content> {
    let cart = cart::Model::from_query_result(row, "")?;
    let (mut lines, mut items) = (Vec::new(), HashMap::new());
    for mut cells in json_rows(row, 0)? {
        let line = cart_line::Model {
            id: cells.id()?,
            cart_id: cart.id,
            variant_id: cells.id()?,
            name: cells.take()?,
            attributes: cells.document()?,
            attributes_key: cells.take()?,
            quantity: cells.take()?,
            seen_minor: cells.take()?,
        };
        items.extend(read_item(&mut cells)?.map(|item| (item.variant, item)));
        lines.push(line);
    }
    // Ids grow with time.
    lines.sort_unstable_by_key(|line| line.id);
    Ok(Content { row: cart, lines, items })
}

/// The gift cards of a cart, in the order in which they pay.
pub fn gift_cards<T: std::str::FromStr>(row: &cart::Model) -> Result<Vec<T>> {
    let texts = texts(&row.gift_cards);
    let read = |text: &str| text.parse().map_err(|_| Error::internal("a cart has a gift card that is none"));
    texts.map(read).collect()
}

/// The codes of a cart as they were typed.
pub fn codes(row: &cart::Model) -> Vec<String> {
    texts(&row.codes).map(str::to_owned).collect()
}

fn texts(document: &serde_json::Value) -> impl Iterator<Item = &str> {
    document.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str)
}
