//! Which products a list asks for, as a condition on products joined with their listing.

use sea_orm::sea_query::{Condition, SelectStatement, SimpleExpr, UnionType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};

use crate::auth::{Actor, Permission, Scope};
use crate::catalog::product::input::{DateTimeRange, ProductFilter};
use crate::catalog::product::read::ProductSelection;
use crate::channel::Market;
use crate::entity::{product, product_listing, product_tag, product_variant};
use crate::error::{Error, Result};
use crate::graphql::page::DecimalRange;
use crate::graphql::scalar::Decimal;
use crate::id::ProductId;
use crate::money::Money;
use crate::text::{after_prefix, fold};

/// What has to hold of the products of a list, beside that they are there for the reader and are members of the
/// collection.
pub fn condition(actor: &Actor, market: &Market, selection: &ProductSelection) -> Result<Condition> {
    let ProductFilter { collection: _, tag, vendor, product_type, price, status, created_at, updated_at, external_id } =
        &selection.filter;
    let mut all = Condition::all();
    if let Some(tag) = tag {
        let tagged = product_tag::Entity::find()
            .select_only()
            .column(product_tag::Column::ProductId)
            .filter(product_tag::COLUMN.tag_key.eq(fold(tag)));
        all = all.add(is_in(tagged));
    }
    if let Some(price) = price {
        all = all.add(price_range(market, price)?);
    }
    if let Some(query) = selection.query.as_deref().map(fold).filter(|query| !query.is_empty()) {
        all = all.add(begins_with(market.scope, &query));
    }
    if external_id.is_some() && !actor.can(Permission::ProductRead) {
        all = all.add(product::Column::Id.is_in(Vec::<ProductId>::new()));
    }
    let all = all
        .add_option(vendor.as_ref().map(|vendor| product::Column::Vendor.eq(vendor)))
        .add_option(product_type.as_ref().map(|kind| product::Column::ProductType.eq(kind)))
        .add_option(status.map(|status| product::COLUMN.status.eq(status)))
        .add_option(external_id.as_ref().map(|id| product::Column::ExternalId.eq(id)))
        .add_option(created_at.as_ref().map(|range| span(product_listing::Column::CreatedAt, range)))
        .add_option(updated_at.as_ref().map(|range| span(product::Column::UpdatedAt, range)));
    Ok(all)
}

fn is_in<E: EntityTrait>(ids: Select<E>) -> SimpleExpr {
    product::Column::Id.in_subquery(ids.into_query())
}

/// The range of a product's prices has something in common with the range that is wanted.
fn price_range(market: &Market, range: &DecimalRange) -> Result<Condition> {
    let minor = |amount: &Decimal, field: &str| {
        Money::parse(&amount.0, market.currency)
            .map(Money::minor)
            .map_err(|error| Error::BadInput(format!("filter.price.{field}: {error}")))
    };
    let from = range.from.as_ref().map(|amount| minor(amount, "from")).transpose()?;
    let to = range.to.as_ref().map(|amount| minor(amount, "to")).transpose()?;
    Ok(Condition::all()
        .add_option(from.map(|from| product_listing::COLUMN.highest_minor.gte(from)))
        .add_option(to.map(|to| product_listing::COLUMN.lowest_minor.lte(to))))
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
