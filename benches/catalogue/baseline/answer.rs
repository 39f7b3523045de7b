//! What was read, and the JSON that is made of it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Result;

const SIZE: usize = 24;

/// A product on a page.
pub struct Card {
    pub collection: Option<String>,
    pub id: Uuid,
    pub name: String,
    pub slug: String,
    pub lowest_minor: i64,
    pub name_key: String,
    pub url: Option<String>,
    pub alt_text: Option<String>,
}

/// A product with the lists on its page as JSON.
pub struct ProductRow {
    pub id: Uuid,
    pub name: String,
    pub slug: String,
    pub description: String,
    pub vendor: Option<String>,
    pub product_type: Option<String>,
    pub lowest_minor: i64,
    pub highest_minor: i64,
    pub images: String,
    pub collections: String,
    pub variants: String,
    pub attributes: String,
}

type ImageRow = (Uuid, String, Option<String>);
type CollectionRow = (Uuid, String, String);
/// The place and the name of an option, and those of the value.
type ValueRow = (i64, String, i64, String);
type VariantRow = (Uuid, Option<String>, i64, Option<i64>, Option<String>, i64, Vec<ValueRow>);

/// The code and the name of an attribute, and a value.
type AttributeRow = (String, String, String);

/// Where a product stands in a list by name.
#[derive(Serialize, Deserialize)]
pub struct Cursor {
    pub key: String,
    pub id: Uuid,
}

impl Cursor {
    pub fn decode(text: &str) -> Result<Self> {
        Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text)?)?)
    }

    fn of(card: &Card) -> String {
        let cursor = Self { key: card.name_key.clone(), id: card.id };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).unwrap_or_default())
    }
}

#[derive(Serialize)]
pub struct Answer<T> {
    pub data: T,
}

#[derive(Serialize)]
pub struct Products {
    pub products: Page,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectionAnswer {
    pub collection_by_slug: Collection,
}

#[derive(Serialize)]
pub struct Collection {
    pub name: String,
    pub products: Page,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductAnswer {
    pub product_by_slug: Option<Detail>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    #[serde(skip)]
    pub collection: Option<String>,
    nodes: Vec<Node>,
    page_info: PageInfo,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    id: String,
    name: String,
    slug: String,
    price_range: Lowest,
    image: Option<Picture>,
}

#[derive(Serialize)]
struct Lowest {
    lowest: Price,
}

#[derive(Serialize)]
struct Price {
    amount: String,
    currency: String,
}

#[derive(Serialize)]
struct Amount {
    amount: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Picture {
    url: String,
    alt_text: Option<String>,
}

impl Page {
    /// Of as many rows as fit on it, and one more if there are more.
    pub fn new(mut rows: Vec<Card>, has_previous_page: bool, currency: &str) -> Self {
        let has_next_page = rows.len() > SIZE;
        rows.truncate(SIZE);
        let (start_cursor, end_cursor) = (rows.first().map(Cursor::of), rows.last().map(Cursor::of));
        Self {
            collection: rows.first_mut().and_then(|row| row.collection.take()),
            nodes: rows.into_iter().map(|row| Node::new(row, currency)).collect(),
            page_info: PageInfo { has_next_page, has_previous_page, start_cursor, end_cursor },
        }
    }
}

impl Node {
    fn new(row: Card, currency: &str) -> Self {
        Self {
            id: format!("product_{}", row.id),
            name: row.name,
            slug: row.slug,
            price_range: Lowest { lowest: Price { amount: amount(row.lowest_minor), currency: currency.to_owned() } },
            image: row.url.map(|url| Picture { url, alt_text: row.alt_text }),
        }
    }
}

/// All shops here sell in a currency of a hundred minor units.
fn amount(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    id: String,
    name: String,
    slug: String,
    description: String,
    vendor: Option<String>,
    r#type: Option<String>,
    price_range: Range,
    images: Vec<Image>,
    collections: Vec<Breadcrumb>,
    options: Vec<ProductOption>,
    variants: Vec<Variant>,
    attributes: Vec<Assigned>,
}

#[derive(Serialize)]
struct Assigned {
    attribute: Attribute,
    values: Vec<Label>,
}

#[derive(Serialize)]
struct Attribute {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct Label {
    label: String,
}

#[derive(Serialize)]
struct Range {
    lowest: Amount,
    highest: Amount,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Image {
    id: String,
    url: String,
    alt_text: Option<String>,
}

#[derive(Serialize)]
struct Breadcrumb {
    id: String,
    name: String,
    slug: String,
}

#[derive(Serialize)]
struct ProductOption {
    name: String,
    values: Vec<OptionValue>,
}

#[derive(Serialize)]
struct OptionValue {
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Variant {
    id: String,
    sku: Option<String>,
    is_available: bool,
    price: Price,
    compare_at_price: Option<Amount>,
    selected_options: Vec<SelectedOption>,
    image: Option<Url>,
}

#[derive(Serialize)]
struct SelectedOption {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct Url {
    url: String,
}

pub fn detail(row: ProductRow, currency: &str) -> Result<Detail> {
    let images: Vec<ImageRow> = serde_json::from_str(&row.images)?;
    let collections: Vec<CollectionRow> = serde_json::from_str(&row.collections)?;
    let variants: Vec<VariantRow> = serde_json::from_str(&row.variants)?;
    let attributes: Vec<AttributeRow> = serde_json::from_str(&row.attributes)?;
    let image = |(id, url, alt_text): ImageRow| Image { id: format!("media_{id}"), url, alt_text };
    let collection = |(id, name, slug): CollectionRow| Breadcrumb { id: format!("collection_{id}"), name, slug };
    Ok(Detail {
        id: format!("product_{}", row.id),
        name: row.name,
        slug: row.slug,
        description: row.description,
        vendor: row.vendor,
        r#type: row.product_type,
        price_range: Range {
            lowest: Amount { amount: amount(row.lowest_minor) },
            highest: Amount { amount: amount(row.highest_minor) },
        },
        images: images.into_iter().map(image).collect(),
        collections: collections.into_iter().map(collection).collect(),
        options: options(&variants),
        variants: variants.into_iter().map(|row| variant(row, currency)).collect(),
        attributes: attributes
            .chunk_by(|(code, ..), (next, ..)| code == next)
            .filter_map(|rows| {
                let (code, name, _) = rows.first()?.clone();
                let values = rows.iter().map(|(.., label)| Label { label: label.clone() }).collect();
                Some(Assigned { attribute: Attribute { code, name }, values })
            })
            .collect(),
    })
}

/// What shoppers can choose is what some variant has.
fn options(variants: &[VariantRow]) -> Vec<ProductOption> {
    let mut options: BTreeMap<(i64, &str), BTreeMap<i64, &str>> = BTreeMap::new();
    for (place, option, value_place, value) in variants.iter().flat_map(|variant| &variant.6) {
        options.entry((*place, option)).or_default().insert(*value_place, value);
    }
    let value = |name: &str| OptionValue { name: name.to_owned() };
    let option = |((_, name), values): ((_, &str), BTreeMap<_, &str>)| ProductOption {
        name: name.to_owned(),
        values: values.into_values().map(value).collect(),
    };
    options.into_iter().map(option).collect()
}

fn variant((id, sku, price, compare_at, url, available, mut values): VariantRow, currency: &str) -> Variant {
    values.sort_unstable_by_key(|(place, ..)| *place);
    Variant {
        id: format!("variant_{id}"),
        sku,
        is_available: available == 1,
        price: Price { amount: amount(price), currency: currency.to_owned() },
        compare_at_price: compare_at.map(|minor| Amount { amount: amount(minor) }),
        selected_options: values.into_iter().map(|(_, name, _, value)| SelectedOption { name, value }).collect(),
        image: url.map(|url| Url { url }),
    }
}
