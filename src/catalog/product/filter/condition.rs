//! Filters as conditions on products joined with their listing.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Condition, SelectStatement, SimpleExpr, UnionType};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, Select};

use crate::auth::{Actor, Permission, Scope};
use crate::catalog::product::filter::checked::{Alternatives, CheckedFilter, Source};
use crate::catalog::product::read::ProductSelection;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{attribute_value, product, product_listing, product_tag, product_variant};
use crate::graphql::page::DateTimeRange;
use crate::id::{AttributeId, ProductId};
use crate::text::{after_prefix, fold};

/// What no facet is about, beside that products are there for the reader and are members of the collection, and whether
/// it asks about columns of the product itself.
pub fn rest(actor: &Actor, scope: Scope, selection: &ProductSelection) -> (Condition, bool) {
    let filter = &selection.filter;
    let query = selection.query.as_deref().map(fold).filter(|query| !query.is_empty());
    let is_hidden = filter.external_id.is_some() && !actor.can_in(Permission::ProductRead, scope.channel);
    let of_listing = Condition::all()
        .add_option(query.map(|query| begins_with(scope, &query)))
        .add_option(filter.ids.as_ref().map(|ids| product_listing::COLUMN.product_id.is_in(ids.iter().copied())))
        .add_option(is_hidden.then(|| product_listing::COLUMN.product_id.is_in(Vec::<ProductId>::new())))
        .add_option(filter.created_at.as_ref().map(|range| span(product_listing::Column::CreatedAt, range)));
    let of_product = Condition::all()
        .add_option(filter.status.map(|status| product::COLUMN.status.eq(status)))
        .add_option(filter.external_id.as_ref().map(|id| product::Column::ExternalId.eq(id)))
        .add_option(filter.updated_at.as_ref().map(|range| span(product::Column::UpdatedAt, range)));
    let asks_product = !of_product.is_empty();
    (of_listing.add_option(asks_product.then_some(of_product)), asks_product)
}

/// All that is wanted.
pub fn all(wanted: &CheckedFilter, scope: Scope) -> Condition {
    let mut all = Condition::all()
        .add_option((!wanted.rest.is_empty()).then(|| wanted.rest.clone()))
        .add_option(wanted.price.map(|(from, to)| price_range(from, to)))
        .add_option(wanted.is_available.map(|is| product_listing::COLUMN.is_available.eq(is)));
    for tag in &wanted.tags {
        let tagged = product_tag::Entity::find()
            .select_only()
            .column(product_tag::Column::ProductId)
            .filter(product_tag::COLUMN.tag_key.eq(tag));
        all = all.add(is_in(tagged));
    }
    for (source, (alternatives, of_variants)) in &wanted.sources {
        let condition = match source {
            Source::Vendor => word(product::Column::Vendor, alternatives),
            Source::Type => word(product::Column::ProductType, alternatives),
            // Tags stand apart, because all of them have to be there.
            Source::Tag => continue,
            Source::Attribute(id) => is_in(having(*id, alternatives, of_variants.then_some(scope))),
        };
        all = all.add(condition);
    }
    all
}

fn is_in<E: EntityTrait>(ids: Select<E>) -> SimpleExpr {
    product::Column::Id.in_subquery(ids.into_query())
}

fn word(column: product::Column, alternatives: &Alternatives) -> SimpleExpr {
    match alternatives {
        Alternatives::Keys(words) => column.is_in(words.iter().map(String::as_str)),
        // Words have no ranges.
        Alternatives::Numbers(..) | Alternatives::Dates(..) => column.is_in(BTreeSet::<String>::new()),
    }
}

/// The products that have one of these values, of variants only where the variant is there for the reader.
fn having(
    attribute: AttributeId,
    alternatives: &Alternatives,
    of_variants: Option<Scope>,
) -> Select<attribute_value::Entity> {
    use attribute_value::Column as Value;
    let fits = match alternatives {
        Alternatives::Keys(keys) => Condition::all().add(Value::ValueKey.is_in(keys.iter().map(String::as_str))),
        Alternatives::Numbers(from, to) => Condition::all()
            .add(Value::NumberMicro.is_not_null())
            .add_option(from.map(|from| Value::NumberMicro.gte(from)))
            .add_option(to.map(|to| Value::NumberMicro.lte(to))),
        Alternatives::Dates(from, to) => Condition::all()
            .add_option(from.as_ref().map(|from| Value::ValueKey.gte(from)))
            .add_option(to.as_ref().map(|to| Value::ValueKey.lte(to))),
    };
    let mut having = attribute_value::Entity::find()
        .select_only()
        .column(Value::ProductId)
        .filter(attribute_value::COLUMN.attribute_id.eq(attribute))
        .filter(fits);
    if let Some(scope) = of_variants.filter(|scope| !scope.sees_drafts) {
        having = having
            .join(JoinType::InnerJoin, attribute_value::Entity::to_variant())
            .join(JoinType::InnerJoin, product_variant::Entity::to_price(scope.channel))
            .filter(product_variant::COLUMN.status.eq(PublicationStatus::Active));
    }
    having
}

/// The range of a product's prices has something in common with the range that is wanted.
fn price_range(from: Option<i64>, to: Option<i64>) -> Condition {
    // What has no price is listed as if it cost nothing.
    Condition::all()
        .add(product_listing::COLUMN.has_price.eq(true))
        .add_option(from.map(|from| product_listing::COLUMN.highest_minor.gte(from)))
        .add_option(to.map(|to| product_listing::COLUMN.lowest_minor.lte(to)))
}

fn span(column: impl ColumnTrait, DateTimeRange { from, to }: &DateTimeRange) -> Condition {
    Condition::all().add_option(from.map(|from| column.gte(from.0))).add_option(to.map(|to| column.lte(to.0)))
}

/// The folded name or the SKU of a variant that the actor may see begins with the text. Both are ranges of an index,
/// and their union leads to the listings, so that these are never walked.
fn begins_with(scope: Scope, query: &str) -> SimpleExpr {
    let end = after_prefix(query);
    let mut names: SelectStatement = product_listing::Entity::find()
        .select_only()
        .column(product_listing::Column::ProductId)
        .filter(product_listing::COLUMN.channel_id.eq(scope.channel))
        .filter(product_listing::Column::NameKey.gte(query))
        .filter(product_listing::Column::NameKey.lt(&end))
        .into_query();
    let skus = product_variant::Entity::ids_visible_in(scope, product_variant::Column::ProductId)
        .filter(product_variant::Column::SkuKey.gte(query))
        .filter(product_variant::Column::SkuKey.lt(&end));
    product_listing::Column::ProductId.in_subquery(names.union(UnionType::Distinct, skus.into_query()).take())
}
