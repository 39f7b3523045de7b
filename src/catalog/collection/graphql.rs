//! Collections as clients read them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::auth::Permission;
use crate::auth::Scope;
use crate::catalog::collection::breadcrumbs::loader::BreadcrumbsOf;
use crate::catalog::collection::input::CollectionFilter;
use crate::catalog::collection::loader::{ChildrenOf, CollectionKey};
use crate::catalog::collection::member_loader::{MemberCountOf, MemberPage, MembersOf};
use crate::catalog::collection::rule::graphql::CollectionRules;
use crate::catalog::product::graphql::{Product, ProductConnection, ProductCount};
use crate::catalog::product::input::{ProductSort, ProductSortField};
use crate::catalog::product::list::Among;
use crate::catalog::product::look_ahead;
use crate::catalog::product::order::ListOrder;
use crate::catalog::product::parts::CollectionName;
use crate::catalog::publication::{self, graphql::Publication};
use crate::channel::Market;
use crate::entity::collection;
use crate::entity::publication_status::PublicationStatus;
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, Guarded, guarded_in, referred};
use crate::graphql::page::{self, Page, PageArgs};
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, MetadataEntry, Seo, SortDirection, date_time, metadata};

#[derive(Clone)]
pub struct Collection {
    row: Arc<collection::Model>,
    market: Arc<Market>,
}

impl Collection {
    pub fn new(row: impl Into<Arc<collection::Model>>, market: Arc<Market>) -> Self {
        Self { row: row.into(), market }
    }

    /// One of which nothing but its name is asked.
    pub fn named(CollectionName { id, slug, name }: CollectionName, market: Arc<Market>) -> Self {
        Self { row: Arc::new(collection::Model::named(id, slug, name)), market }
    }

    /// The order of the members where none is asked for: the shop's own, or by name where rules find them.
    fn own_order(&self) -> ProductSort {
        let field = if self.row.rules.is_some() { ProductSortField::Name } else { ProductSortField::Manual };
        ProductSort { field, direction: SortDirection::Asc }
    }
}

/// A node of the tree in which shoppers browse, with products that the shop picks or that rules find.
#[Object]
impl Collection {
    /// The id.
    pub async fn id(&self) -> ID {
        self.row.id.into()
    }

    /// The part of an address that names the collection.
    async fn slug(&self) -> &str {
        &self.row.slug
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The description as safe HTML; empty if there is none.
    async fn description(&self) -> &str {
        &self.row.description
    }

    /// Whether shoppers see it; they find nothing but `ACTIVE` ones.
    async fn status(&self) -> PublicationStatus {
        self.row.status
    }

    /// The collection that it is part of; null if it is part of none that you may see.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let Some(id) = self.row.parent_id else { return Ok(None) };
        let row = ctx.loader().load_one(CollectionKey(self.market.scope, id)).await?;
        Ok(row.map(|row| Self::new(row, Arc::clone(&self.market))))
    }

    /// The collections that are part of it, at most 250, in the shop's order.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Self>> {
        let rows = ctx.loader().load_one(ChildrenOf(self.market.scope, self.row.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().map(|row| Self::new(Arc::clone(row), Arc::clone(&self.market))).collect())
    }

    /// The picture that stands for it.
    async fn image(&self, ctx: &Context<'_>) -> Option<CollectionImage> {
        let url = self.row.image_url.as_deref()?;
        Some(CollectionImage { url: ctx.app().address(url), alt_text: self.row.image_alt_text.clone() })
    }

    /// How it presents itself to search engines.
    async fn seo(&self) -> Seo {
        Seo { title: self.row.seo_title.clone(), description: self.row.seo_description.clone() }
    }

    /// Its members, in the shop's own order unless sorted otherwise; those that rules find have none and stand by name.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(complexity = "page::complexity(first, last, child_complexity)")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "The order; the shop's own, or by name, if absent.")] sort: Option<ProductSort>,
    ) -> Result<ProductConnection> {
        let (scope, collection) = (self.market.scope, self.row.id);
        let sort = sort.unwrap_or(self.own_order());
        let order = ListOrder::new(Some(sort), Among::Members(collection))?;
        let request = PageArgs { first, after, last, before }.check(order.name)?;
        let page = MemberPage { scope, sort, fields: look_ahead::of_page(ctx), request };
        let page = referred(ctx.loader().load_one(MembersOf { collection, page }).await?, "a page of members")?;
        ctx.admit(page.rows.len())?;
        Ok(ProductConnection {
            page: Page::clone(&page).map(|row| Product::new(row, Arc::clone(&self.market))),
            count: ProductCount::Collection(MemberCountOf(scope, collection), Arc::clone(&self.market)),
        })
    }

    /// Values that the shop keeps on it and anybody may read.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.row.metadata)
    }

    /// Values that the shop keeps on it for staff. Requires `PRODUCT_READ`.
    async fn private_metadata(&self, ctx: &Context<'_>) -> Guarded<Vec<MetadataEntry>> {
        guarded_in(ctx, Permission::ProductRead, &self.market, || metadata(&self.row.private_metadata))
    }

    /// Its id in another system of the shop. Requires `PRODUCT_READ`.
    async fn external_id(&self, ctx: &Context<'_>) -> Guarded<Option<&str>> {
        guarded_in(ctx, Permission::ProductRead, &self.market, || self.row.external_id.as_deref())
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.row.created_at)
    }

    /// When it was last changed, or the list of members that the shop picks.
    async fn updated_at(&self) -> DateTime {
        date_time(self.row.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.row.version).unwrap_or(i32::MAX)
    }

    /// The channels that it is assigned to, at most 100, in the alphabet of their slugs. Requires `PRODUCT_READ`.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn publications(&self, ctx: &Context<'_>) -> Guarded<Vec<Publication>> {
        publication::graphql::of_collection(ctx, &self.market, self.row.id).await
    }

    /// What it is part of, from the top of the tree down to its parent, at most 9; it begins below what you may not see.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn breadcrumbs(&self, ctx: &Context<'_>) -> Result<Vec<Self>> {
        let rows = ctx.loader().load_one(BreadcrumbsOf(self.market.scope, self.row.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.into_iter().map(|row| Self::new(row, Arc::clone(&self.market))).collect())
    }

    /// Whether its members are found by rules; else the shop picks them.
    async fn is_rule_made(&self) -> bool {
        self.row.rules.is_some()
    }

    /// Whether its rules have changed and are still being applied to the products of the shop.
    async fn is_evaluating(&self) -> bool {
        self.row.is_evaluating
    }

    /// By what its members are found; null if the shop picks them. Requires `PRODUCT_READ`.
    async fn rules(&self, ctx: &Context<'_>) -> Guarded<Option<CollectionRules>> {
        guarded_in(ctx, Permission::ProductRead, &self.market, || CollectionRules::of(&self.row))
    }
}

/// The picture that stands for a collection.
#[derive(async_graphql::SimpleObject)]
pub struct CollectionImage {
    /// The full address.
    url: String,
    /// What it shows, for those who cannot see it.
    alt_text: Option<String>,
}

impl Prompt for Collection {
    fn is_prompt(&self, field: &str) -> bool {
        matches!(field, "id" | "slug" | "name" | "description" | "status" | "createdAt" | "updatedAt" | "version")
    }
}

connection!(
    /// A page of collections.
    CollectionConnection,
    CollectionEdge,
    Collection,
    CollectionCount
);

/// Counts the collections of a list.
pub struct CollectionCount(pub CollectionFilter, pub Scope);

impl CollectionCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().collection_reader.count(ctx.actor(), self.1, &self.0).await?)
    }
}
