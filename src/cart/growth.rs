//! How far a cart may grow: by the limits of its channel, and by what is there.

use std::collections::HashMap;

use crate::cart::content::Content;
use crate::cart::edit::Edit;
use crate::cart::item::Item;
use crate::entity::channel;
use crate::error::{Problems, Result, UserError, UserErrorCode};
use crate::id::ProductVariantId;

/// Refuses edits that made more of something than a cart may hold, or than there is. What is already more than that may
/// stay, and become less.
pub fn check(before: &Content, after: &Content, edits: &[Edit], channel: &channel::Model) -> Result<()> {
    let mut problems = Problems::default();
    check_whole(&mut problems, before, after, edits, channel);
    let old: HashMap<_, _> = before.lines.iter().map(|line| (line.id, line.quantity)).collect();
    for edit in edits {
        let Some((variant, path)) = edit.growth(before) else { continue };
        let path = format!("{path}.quantity");
        let of_variant = after.units(variant);
        if of_variant <= before.units(variant) {
            continue;
        }
        let lines = after.lines.iter().filter(|line| line.variant_id == variant);
        let grown = lines.filter(|line| old.get(&line.id).is_none_or(|quantity| line.quantity > *quantity));
        let longest = grown.map(|line| line.quantity).max().unwrap_or(0);
        if longest > channel.cart_units_per_line {
            let limit = channel.cart_units_per_line;
            problems.push(UserError::limit_exceeded(&path, format!("A line has at most {limit} units."), limit));
        } else if let Some(limit) = channel.cart_units_per_variant.filter(|limit| of_variant > *limit) {
            let message = format!("A customer gets at most {limit} units of this.");
            problems.push(UserError::limit_exceeded(&path, message, limit));
        } else if let Some(error) = lacking(after, variant, of_variant) {
            problems.push(error.at(&path));
        }
    }
    problems.into_result()
}

fn check_whole(problems: &mut Problems, before: &Content, after: &Content, edits: &[Edit], channel: &channel::Model) {
    let lines = |content: &Content| i64::try_from(content.lines.len()).unwrap_or(i64::MAX);
    let last = edits.iter().rev().find_map(|edit| edit.growth(before));
    let path = last.map_or("input", |(_, path)| path);
    if lines(after) > channel.cart_lines.max(lines(before)) {
        let limit = channel.cart_lines;
        problems.push(UserError::limit_exceeded(path, format!("A cart has at most {limit} lines."), limit));
    }
    if units(after) > channel.cart_units.max(units(before)) {
        let limit = channel.cart_units;
        problems.push(UserError::limit_exceeded(path, format!("A cart has at most {limit} units."), limit));
    }
}

/// The units of all lines together.
pub fn units(content: &Content) -> i64 {
    content.lines.iter().fold(0, |units, line| units.saturating_add(line.quantity))
}

fn lacking(content: &Content, variant: ProductVariantId, wanted: i64) -> Option<UserError> {
    let item = content.items.get(&variant).filter(|item| item.base.is_some());
    let Some(item) = item else {
        return Some(UserError::new(UserErrorCode::NotFound, "This cannot be bought any more."));
    };
    let available = Item::available(item).filter(|available| wanted > *available)?;
    let message = match available {
        0 => "This is sold out.".to_owned(),
        1 => "There is only one unit of this.".to_owned(),
        _ => format!("There are only {available} units of this."),
    };
    Some(UserError::new(UserErrorCode::InsufficientStock, message).with_available(available))
}
