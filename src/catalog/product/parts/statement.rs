//! The statement that asks for a product and its parts.
//!
//! In the texts `:channel` and `:now` stand for what the whole is about, and `wanted.c0` is the product's id.

use std::sync::Arc;

use moka::sync::Cache;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ConnectionTrait, Value};

use crate::auth::Scope;
use crate::catalog::product::parts::{PartSet, Wanted};
use crate::catalog::product::row;
use crate::catalog::variant::row as variant_row;
use crate::db::{self, JsonText};

/// Clients have few forms in which they ask.
const MOST_TAILS: u64 = 1_000;

/// Writes statements, and remembers what of them depends on nothing but which parts are wanted, and by whom.
#[derive(Clone)]
pub struct StatementWriter(Cache<TailKey, Arc<Tail>>);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct TailKey {
    parts: PartSet,
    columns: usize,
    /// How many values the product's own statement has.
    values: usize,
    sees: (bool, bool, bool),
}

/// The names of the product's columns, and what follows the product's own statement.
struct Tail {
    names: String,
    sql: String,
    has_channel: bool,
    has_now: bool,
}

impl Default for StatementWriter {
    fn default() -> Self {
        Self(Cache::new(MOST_TAILS))
    }
}

impl StatementWriter {
    /// Writes one: the product's columns, which a statement selects, and then the texts of the parts that are wanted, in
    /// the order of [`PARTS`].
    pub fn write(
        &self,
        db: &impl ConnectionTrait,
        scope: Scope,
        product: &SelectStatement,
        Wanted { fields, parts }: Wanted,
    ) -> (String, Vec<Value>) {
        let (product, mut values) = db::build(db, product);
        if parts.is_empty() {
            return (product, values);
        }
        let sees = (scope.sees_drafts, scope.only_assigned, scope.sees_archived);
        let key = TailKey { parts, columns: row::width(fields), values: values.len(), sees };
        let tail = self.0.get_with(key, || Arc::new(Tail::write(JsonText::of(db), scope, key)));
        values.extend(tail.has_channel.then(|| scope.channel.into()));
        values.extend(tail.has_now.then(|| scope.now.into()));
        (format!("WITH wanted ({}) AS ({product}) {}", tail.names, tail.sql), values)
    }
}

impl Tail {
    fn write(json: JsonText, scope: Scope, TailKey { parts, columns, mut values, .. }: TailKey) -> Self {
        let names = (0..columns).map(|column| format!("c{column}")).collect::<Vec<_>>().join(", ");
        let wanted = PARTS.iter().filter(|(part, _)| parts.intersects(*part));
        let texts: Vec<String> = wanted.map(|(_, write)| write(json, scope, parts)).collect();
        let mut sql = format!("SELECT {names}, {} FROM wanted", texts.join(", "));
        let mut bind = |mark: &str| {
            let is_there = sql.contains(mark);
            values += usize::from(is_there);
            sql = sql.replace(mark, &format!("${values}"));
            is_there
        };
        let (has_channel, has_now) = (bind(":channel"), bind(":now"));
        Self { names, sql, has_channel, has_now }
    }
}

type Write = fn(JsonText, Scope, PartSet) -> String;

/// The parts that have a text, and how it is asked for.
pub const PARTS: [(PartSet, Write); 7] = [
    (PartSet::VARIANTS, variants),
    (PartSet::SELECTED_OPTIONS, selected_options),
    (PartSet::IMAGES, |json, _, _| {
        json.rows(
            &format!("media.position, {}, media.url, media.alt_text", json.id("media.id")),
            "media WHERE media.product_id = wanted.c0",
        )
    }),
    (PartSet::TAGS, |json, _, _| json.rows("tag", "product_tag WHERE product_id = wanted.c0")),
    (PartSet::OPTIONS, options),
    (PartSet::COLLECTIONS, collections),
    (PartSet::ANY_ATTRIBUTES, attributes),
];

/// The variants with their prices: shoppers see what is for sale.
fn variants(json: JsonText, scope: Scope, wanted: PartSet) -> String {
    let units = if wanted.contains(PartSet::UNITS) { UNITS } else { "NULL" };
    let columns = variant_row::columns(json, wanted.contains(PartSet::VARIANT_METADATA));
    let (join, status) = match (scope.sees_drafts, scope.sees_archived) {
        (false, _) => ("JOIN", "AND variant.status = 'ACTIVE'"),
        (true, false) => ("LEFT JOIN", "AND variant.status <> 'ARCHIVED'"),
        (true, true) => ("LEFT JOIN", ""),
    };
    json.rows(
        &format!("variant.position, {units}, {columns}"),
        &format!(
            "product_variant AS variant
             {join} variant_price AS price ON price.variant_id = variant.id AND price.channel_id = :channel
             WHERE variant.product_id = wanted.c0 {status}"
        ),
    )
}

/// The sum over all locations, which PostgreSQL would make a decimal number.
const UNITS: &str = "(SELECT CAST(COALESCE(SUM(level.on_hand - level.allocated), 0) AS bigint)
    FROM stock_level AS level WHERE level.variant_id = variant.id)";

/// The option values of all variants, also of those that the reader does not see.
fn selected_options(json: JsonText, _: Scope, _: PartSet) -> String {
    let (variant, option) = (json.id("variant.id"), json.id("choice.id"));
    json.rows(
        &format!("{variant}, choice.position, {option}, choice.name, value.name"),
        "product_variant AS variant
         JOIN variant_option_value AS link ON link.variant_id = variant.id
         JOIN product_option AS choice ON choice.id = link.option_id
         JOIN product_option_value AS value ON value.id = link.value_id
         WHERE variant.product_id = wanted.c0",
    )
}

fn options(json: JsonText, scope: Scope, _: PartSet) -> String {
    // A shopper sees the option values of what is for sale.
    let worn = "AND value.id IN (
        SELECT link.value_id FROM product_variant AS variant
        JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = :channel
        JOIN variant_option_value AS link ON link.variant_id = variant.id
        WHERE variant.product_id = wanted.c0 AND variant.status = 'ACTIVE')";
    let (option, value) = (json.id("choice.id"), json.id("value.id"));
    json.rows(
        &format!("choice.position, {option}, choice.name, value.position, {value}, value.name"),
        &format!(
            "product_option AS choice LEFT JOIN product_option_value AS value ON value.option_id = choice.id
             WHERE choice.product_id = wanted.c0 {}",
            if scope.sees_drafts { "" } else { worn }
        ),
    )
}

fn collections(json: JsonText, scope: Scope, _: PartSet) -> String {
    // A shopper sees the collections that the channel shows now.
    let shown = "AND collection.status = 'ACTIVE' AND EXISTS (
        SELECT 1 FROM collection_channel AS shown
        WHERE shown.collection_id = collection.id AND shown.channel_id = :channel
        AND (shown.published_from IS NULL OR shown.published_from <= :now)
        AND (shown.published_until IS NULL OR shown.published_until > :now))";
    let assigned = "AND EXISTS (SELECT 1 FROM collection_channel AS assigned
        WHERE assigned.collection_id = collection.id AND assigned.channel_id = :channel)";
    json.rows(
        &format!("collection.position, {}, collection.slug, collection.name", json.id("collection.id")),
        &format!(
            "collection_product AS member JOIN collection ON collection.id = member.collection_id
             WHERE member.product_id = wanted.c0 {}",
            match (scope.sees_drafts, scope.only_assigned) {
                (false, _) => shown,
                (true, true) => assigned,
                (true, false) => "",
            }
        ),
    )
}

fn attributes(json: JsonText, _: Scope, wanted: PartSet) -> String {
    let owner = if wanted.contains(PartSet::VARIANT_ATTRIBUTES) { "product_id" } else { "owner_id" };
    let (attribute, variant) = (json.id("held.attribute_id"), json.id("held.variant_id"));
    json.rows(
        &format!(
            "attribute.position, {attribute}, held.position, {variant}, attribute.code, attribute.name,
             attribute.type, attribute.unit, held.value_key, COALESCE(choice.name, held.label), choice.color,
             held.number_micro"
        ),
        &format!(
            "attribute_value AS held JOIN attribute ON attribute.id = held.attribute_id
             LEFT JOIN attribute_choice AS choice ON choice.id = held.choice_id
             WHERE held.{owner} = wanted.c0"
        ),
    )
}
