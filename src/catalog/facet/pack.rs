//! Keeps the text of a listing that holds the values that its product is found by.
//!
//! It is `lowest,highest,codes`: prices in minor units, left out where there are none, then four digits of base 64 for
//! each value. What only staff may see, the values of variants that are not for sale in the channel, stands apart.

use std::collections::BTreeMap;

use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, Value};

use crate::db;
use crate::entity::facet_value;
use crate::error::Result;

/// The digits of a code.
pub const DIGITS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
/// Characters of a code.
pub const CODE_LENGTH: usize = 4;

/// Which listings are written: those of a product, of a channel, or all.
pub enum Which<'a> {
    Product(&'a Value),
    Channel(&'a Value),
    All,
}

impl Which<'_> {
    /// The same of a table of parts of products.
    fn of_parts(&self, product_id: &str) -> String {
        match self {
            Self::Product(_) => format!("{product_id} = $1"),
            Self::Channel(_) | Self::All => "1 = 1".to_owned(),
        }
    }

    const fn of_listings(&self) -> &'static str {
        match self {
            Self::Product(_) => "product_id = $1",
            Self::Channel(_) => "channel_id = $1",
            Self::All => "1 = 1",
        }
    }

    fn value(&self) -> Option<Value> {
        match self {
            Self::Product(id) | Self::Channel(id) => Some((*id).clone()),
            Self::All => None,
        }
    }
}

/// Writes the texts of listings that are otherwise up to date.
pub async fn write(tx: &DatabaseTransaction, which: &Which<'_>) -> Result<()> {
    // A new channel brings no new values.
    if !matches!(which, Which::Channel(_)) {
        number_new_values(tx, which).await?;
    }
    if let Which::Product(product) = which {
        rename_known_values(tx, product).await?;
    }
    let all = format!("{} UNION {OF_PRODUCT}", of_attributes("1 = 1"));
    let seen = format!("{} UNION {OF_PRODUCT}", of_attributes(IS_SEEN));
    let sql = format!(
        "UPDATE product_listing SET
            facets = CASE WHEN has_price THEN CAST(lowest_minor AS text) || ',' || CAST(highest_minor AS text)
                     ELSE ',' END || ',' || {},
            hidden_facets = {}
        WHERE {}",
        codes(&seen),
        codes(&format!("{all} EXCEPT SELECT id FROM ({seen}) AS seen")),
        which.of_listings()
    );
    db::execute(tx, &sql, which.value()).await.map(drop)
}

async fn number_new_values(tx: &DatabaseTransaction, which: &Which<'_>) -> Result<()> {
    let (value, tag, product) =
        (which.of_parts("value.product_id"), which.of_parts("tag.product_id"), which.of_parts("product.id"));
    // In one order, so that two who number the same values never wait for each other.
    let sql = format!(
        "INSERT INTO facet_value (source, value_key, label)
        SELECT found.source, found.value_key, MIN(found.label) FROM (
            SELECT 'attribute:' || attribute.code AS source, value.value_key AS value_key, value.label AS label
            FROM attribute_value AS value JOIN attribute ON attribute.id = value.attribute_id WHERE {value}
            UNION ALL SELECT 'tag', tag.tag_key, tag.tag FROM product_tag AS tag WHERE {tag}
            UNION ALL SELECT 'vendor', product.vendor, product.vendor FROM product
                      WHERE product.vendor IS NOT NULL AND {product}
            UNION ALL SELECT 'type', product.product_type, product.product_type FROM product
                      WHERE product.product_type IS NOT NULL AND {product}
        ) AS found
        LEFT JOIN facet_value AS known ON known.source = found.source AND known.value_key = found.value_key
        WHERE known.id IS NULL
        GROUP BY found.source, found.value_key
        ORDER BY found.source, found.value_key
        ON CONFLICT (source, value_key) DO NOTHING"
    );
    db::execute(tx, &sql, which.value()).await.map(drop)
}

/// Has values that were numbered before go by the names that the product gives them, where these are other ones.
///
/// What somebody else is renaming at this time is passed over, so that nobody ever waits for a name, and no two who write
/// several products for each other.
async fn rename_known_values(tx: &DatabaseTransaction, product: &Value) -> Result<()> {
    let mut labels: BTreeMap<i64, String> = BTreeMap::new();
    for row in db::query(tx, OTHER_LABELS, [product.clone()]).await? {
        labels.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    }
    if labels.is_empty() {
        return Ok(());
    }
    let free: Vec<i64> = facet_value::Entity::find()
        .select_only()
        .column(facet_value::Column::Id)
        .filter(facet_value::COLUMN.id.is_in(labels.keys().copied()))
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
        .into_tuple()
        .all(tx)
        .await?;
    for (id, label) in labels.into_iter().filter(|(id, _)| free.contains(id)) {
        let row = facet_value::ActiveModel { id: Set(id), label: Set(label), ..Default::default() };
        facet_value::Entity::update(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Those of a product's values that have other labels than they are known by. Vendors and types are their own labels.
const OTHER_LABELS: &str = "SELECT known.id, MIN(found.label) FROM (
        SELECT 'attribute:' || attribute.code AS source, value.value_key AS value_key, value.label AS label
        FROM attribute_value AS value JOIN attribute ON attribute.id = value.attribute_id WHERE value.product_id = $1
        UNION ALL SELECT 'tag', tag.tag_key, tag.tag FROM product_tag AS tag WHERE tag.product_id = $1
    ) AS found
    JOIN facet_value AS known ON known.source = found.source AND known.value_key = found.value_key
    GROUP BY known.id, known.label
    HAVING MIN(found.label) <> known.label";

/// The text of the codes of the numbers that a statement gives. More than the digits can tell are left out.
fn codes(ids: &str) -> String {
    let digit = |shift: u8| format!("substr('{DIGITS}', CAST(((own.id >> {shift}) & 63) + 1 AS integer), 1)");
    let code = [18, 12, 6, 0].map(digit).join(" || ");
    format!("COALESCE((SELECT string_agg({code}, '') FROM ({ids}) AS own WHERE own.id < 16777216), '')")
}

/// The numbers of the values that the product and its variants have of attributes.
fn of_attributes(condition: &str) -> String {
    format!(
        "SELECT known.id FROM attribute_value AS value
        JOIN attribute ON attribute.id = value.attribute_id
        JOIN facet_value AS known
          ON known.source = 'attribute:' || attribute.code AND known.value_key = value.value_key
        WHERE value.product_id = product_listing.product_id AND {condition}"
    )
}

/// A value is the product's own, or that of a variant that is for sale in the channel.
const IS_SEEN: &str = "(value.variant_id IS NULL OR EXISTS (
    SELECT 1 FROM product_variant AS variant
    JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = product_listing.channel_id
    WHERE variant.id = value.variant_id AND variant.status = 'ACTIVE'))";

/// The numbers of what else the product is found by.
const OF_PRODUCT: &str = "SELECT known.id FROM product_tag AS tag
    JOIN facet_value AS known ON known.source = 'tag' AND known.value_key = tag.tag_key
    WHERE tag.product_id = product_listing.product_id
    UNION SELECT known.id FROM product
    JOIN facet_value AS known ON known.source = 'vendor' AND known.value_key = product.vendor
    WHERE product.id = product_listing.product_id
    UNION SELECT known.id FROM product
    JOIN facet_value AS known ON known.source = 'type' AND known.value_key = product.product_type
    WHERE product.id = product_listing.product_id";
