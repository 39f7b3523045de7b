//! Reads the texts of the parts of a product, and puts what they hold in order.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use sea_orm::QueryResult;

use crate::catalog::attribute::row::AttributeRow;
use crate::catalog::product::parts::{CollectionName, OptionName, PartSet, Parts, VariantParts};
use crate::catalog::product::row::ImageRow;
use crate::catalog::variant::loader::{PricedVariant, SelectedOptionRow};
use crate::catalog::variant::row as variant_row;
use crate::db::{self, Cells};
use crate::error::Result;
use crate::id::{
    AttributeId, CollectionId, MediaId, ProductId, ProductOptionId, ProductOptionValueId, ProductVariantId,
};
use crate::text::fold;

/// Reads the texts, the first of which is in a column, in the order in which the statement asks for them.
pub fn read(row: &QueryResult, first: usize, product: ProductId, wanted: PartSet) -> Result<Parts> {
    let mut texts = Texts { row, next: first, wanted };
    let variants = texts.read(PartSet::VARIANTS, variant)?;
    let selected_options = texts.read(PartSet::SELECTED_OPTIONS, selected_option)?;
    let images = texts.read(PartSet::IMAGES, image)?;
    let tags = texts.read(PartSet::TAGS, tag)?;
    let options = texts.read(PartSet::OPTIONS, option_value)?;
    let collections = texts.read(PartSet::COLLECTIONS, collection)?;
    let values = texts.read(PartSet::ANY_ATTRIBUTES, |cells| attribute(cells, product))?;

    let mut values = by_owner(values.unwrap_or_default(), |value| value.variant_id);
    let mut selected_options = by_owner(selected_options.unwrap_or_default(), |option| option.variant_id);
    let with_parts = |(row, units): (PricedVariant, Option<i64>)| {
        let id = row.0.id;
        let image = || images.iter().flatten().find(|image| Some(image.id) == row.0.media_id).cloned();
        Arc::new(VariantParts {
            image: wanted.contains(PartSet::IMAGES).then(image),
            selected_options: wanted
                .contains(PartSet::SELECTED_OPTIONS)
                .then(|| selected_options.remove(&id).unwrap_or_default()),
            units,
            attributes: wanted
                .contains(PartSet::VARIANT_ATTRIBUTES)
                .then(|| values.remove(&Some(id)).unwrap_or_default()),
            row: Arc::new(row),
        })
    };
    let variants = variants.map(|variants| variants.into_iter().map(with_parts).collect());
    let attributes = wanted.contains(PartSet::ATTRIBUTES).then(|| values.remove(&None).unwrap_or_default());
    Ok(Parts { variants, images, tags, options: options.map(merge), collections, attributes })
}

struct Texts<'a> {
    row: &'a QueryResult,
    next: usize,
    wanted: PartSet,
}

impl Texts<'_> {
    /// Reads the text of a part in the order of its keys, if the part is wanted.
    fn read<K: Ord, T>(
        &mut self,
        part: PartSet,
        mut read: impl FnMut(&mut Cells) -> Result<(K, T)>,
    ) -> Result<Option<Vec<T>>> {
        if !self.wanted.intersects(part) {
            return Ok(None);
        }
        let rows = db::json_rows(self.row, self.next)?;
        self.next += 1;
        let mut items = rows.map(|mut cells| read(&mut cells)).collect::<Result<Vec<_>>>()?;
        items.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(Some(items.into_iter().map(|(_, item)| item).collect()))
    }
}

/// The items of each owner, in their order.
fn by_owner<K: Eq + Hash, T>(items: Vec<T>, owner: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut found: HashMap<K, Vec<T>> = HashMap::new();
    for item in items {
        found.entry(owner(&item)).or_default().push(item);
    }
    found
}

/// A position, and an id where positions are alike.
type Key<Id> = (i64, Id);

/// What was read, and what it is put in order by.
type Keyed<K, T> = Result<(K, T)>;

fn variant(cells: &mut Cells) -> Keyed<Key<ProductVariantId>, (PricedVariant, Option<i64>)> {
    let (position, units) = (cells.take()?, cells.take()?);
    let row = variant_row::read(cells)?;
    Ok(((position, row.0.id), (row, units)))
}

fn selected_option(cells: &mut Cells) -> Keyed<Key<ProductOptionId>, SelectedOptionRow> {
    let (variant_id, position, option) = (cells.id()?, cells.take()?, cells.id()?);
    Ok(((position, option), SelectedOptionRow { variant_id, name: cells.take()?, value: cells.take()? }))
}

fn image(cells: &mut Cells) -> Keyed<Key<MediaId>, ImageRow> {
    let (position, id) = (cells.take()?, cells.id()?);
    Ok(((position, id), ImageRow { id, url: cells.take()?, alt_text: cells.take()? }))
}

fn tag(cells: &mut Cells) -> Keyed<String, String> {
    let tag: String = cells.take()?;
    Ok((fold(&tag), tag))
}

type OptionKey = (Key<ProductOptionId>, Option<Key<ProductOptionValueId>>);

/// A value of an option, or an option without any.
fn option_value(cells: &mut Cells) -> Keyed<OptionKey, OptionName> {
    let (position, id, name) = (cells.take()?, cells.id()?, cells.take()?);
    let value = match cells.take()? {
        Some(position) => Some(((position, cells.id()?), cells.take()?)),
        None => None,
    };
    let key = value.as_ref().map(|(key, _)| *key);
    let values = value.into_iter().map(|((_, id), name)| (id, name)).collect();
    Ok((((position, id), key), OptionName { id, name, values }))
}

/// One option of those that follow one another and are the same.
fn merge(options: Vec<OptionName>) -> Vec<OptionName> {
    let mut merged: Vec<OptionName> = Vec::new();
    for option in options {
        match merged.last_mut() {
            Some(last) if last.id == option.id => last.values.extend(option.values),
            _ => merged.push(option),
        }
    }
    merged
}

fn collection(cells: &mut Cells) -> Keyed<Key<CollectionId>, CollectionName> {
    let (position, id) = (cells.take()?, cells.id()?);
    Ok(((position, id), CollectionName { id, slug: cells.take()?, name: cells.take()? }))
}

/// Values stand in the order of their attributes and then in their own.
fn attribute(cells: &mut Cells, product_id: ProductId) -> Keyed<(Key<AttributeId>, i64), Arc<AttributeRow>> {
    let (position, attribute_id, place) = (cells.take()?, cells.id()?, cells.take()?);
    let row = AttributeRow {
        product_id,
        variant_id: cells.optional_id()?,
        attribute_id,
        code: cells.take()?,
        name: cells.take()?,
        r#type: cells.word()?,
        unit: cells.take()?,
        position,
        value_key: cells.take()?,
        label: cells.take()?,
        color: cells.take()?,
        number_micro: cells.take()?,
    };
    Ok((((position, attribute_id), place), Arc::new(row)))
}
