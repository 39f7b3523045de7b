//! A product as it is read: with the columns that were asked for, and no others.

use bitflags::bitflags;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{IntoSimpleExpr, QueryResult, TryGetable};
use serde_json::Value;

use crate::clock::Timestamp;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{collection_listing, media, product, product_listing};
use crate::error::Result;
use crate::id::{MediaId, ProductId};

bitflags! {
    /// What is asked of products, beside their ids.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct ProductFields: u32 {
        const SLUG = 1;
        const NAME = 1 << 1;
        const DESCRIPTION = 1 << 2;
        const STATUS = 1 << 3;
        const VENDOR = 1 << 4;
        const TYPE = 1 << 5;
        const SEO = 1 << 6;
        const METADATA = 1 << 7;
        const PRIVATE_METADATA = 1 << 8;
        const EXTERNAL_ID = 1 << 9;
        const CREATED_AT = 1 << 10;
        const UPDATED_AT = 1 << 11;
        const VERSION = 1 << 12;
        const LOWEST_PRICE = 1 << 13;
        const HIGHEST_PRICE = 1 << 14;
        const AVAILABILITY = 1 << 15;
        /// The first picture, which is a row of another table.
        const IMAGE = 1 << 16;
    }
}

impl ProductFields {
    /// What the product's own row and its listing hold.
    pub const OWN: Self = Self::all().difference(Self::IMAGE);
    /// What only the listing of the channel holds.
    pub const OF_LISTING: Self = Self::HIGHEST_PRICE.union(Self::AVAILABILITY);
}

/// A product with its place in the listing of a channel. What was not asked for is blank.
#[derive(Clone, Debug)]
pub struct ProductRow {
    pub id: ProductId,
    fields: ProductFields,
    slug: String,
    name: String,
    description: String,
    status: Option<PublicationStatus>,
    vendor: Option<String>,
    product_type: Option<String>,
    seo: (Option<String>, Option<String>),
    metadata: Value,
    private_metadata: Value,
    external_id: Option<String>,
    created_at: i64,
    updated_at: i64,
    version: i64,
    lowest: (bool, i64),
    highest: i64,
    is_available: bool,
    image: Option<ImageRow>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct ImageRow {
    pub id: MediaId,
    pub url: String,
    pub alt_text: Option<String>,
}

impl From<media::Model> for ImageRow {
    fn from(row: media::Model) -> Self {
        Self { id: row.id, url: row.url, alt_text: row.alt_text }
    }
}

/// Which listing tells the lowest price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prices {
    /// That of the channel.
    Listing,
    /// That of a collection, which has nothing to tell of what shoppers do not see.
    Member,
}

/// Selects the id and the columns of the fields, in the order in which [`ProductRow::read`] takes them.
pub fn select(query: &mut SelectStatement, fields: ProductFields, prices: Prices) {
    use media::Column as M;
    use product::Column as P;
    use product_listing::Column as L;
    type F = ProductFields;
    query.expr(P::Id.into_simple_expr());
    let mut add = |field: F, columns: &[Expr]| {
        if fields.contains(field) {
            query.exprs(columns.iter().cloned());
        }
    };
    add(F::SLUG, &[P::Slug.into_simple_expr()]);
    add(F::NAME, &[P::Name.into_simple_expr()]);
    add(F::DESCRIPTION, &[P::Description.into_simple_expr()]);
    add(F::STATUS, &[P::Status.into_simple_expr()]);
    add(F::VENDOR, &[P::Vendor.into_simple_expr()]);
    add(F::TYPE, &[P::ProductType.into_simple_expr()]);
    add(F::SEO, &[P::SeoTitle.into_simple_expr(), P::SeoDescription.into_simple_expr()]);
    add(F::METADATA, &[P::Metadata.into_simple_expr()]);
    add(F::PRIVATE_METADATA, &[P::PrivateMetadata.into_simple_expr()]);
    add(F::EXTERNAL_ID, &[P::ExternalId.into_simple_expr()]);
    add(F::CREATED_AT, &[P::CreatedAt.into_simple_expr()]);
    add(F::UPDATED_AT, &[P::UpdatedAt.into_simple_expr()]);
    add(F::VERSION, &[P::Version.into_simple_expr()]);
    add(F::LOWEST_PRICE, &lowest_price(prices));
    add(F::HIGHEST_PRICE, &[L::HighestMinor.into_simple_expr()]);
    add(F::AVAILABILITY, &[L::IsAvailable.into_simple_expr()]);
    add(F::IMAGE, &[M::Id.into_simple_expr(), M::Url.into_simple_expr(), M::AltText.into_simple_expr()]);
}

/// How many columns that selects.
pub fn width(fields: ProductFields) -> usize {
    type F = ProductFields;
    let more = |field: F, columns: usize| if fields.contains(field) { columns } else { 0 };
    let one_each = usize::try_from(fields.bits().count_ones()).unwrap_or_default();
    1 + one_each + more(F::SEO, 1) + more(F::LOWEST_PRICE, 1) + more(F::IMAGE, 2)
}

fn lowest_price(prices: Prices) -> [Expr; 2] {
    use collection_listing::Column as Member;
    use product_listing::Column as Listed;
    match prices {
        Prices::Listing => [Listed::HasPrice.into_simple_expr(), Listed::LowestMinor.into_simple_expr()],
        // What shoppers see has a price.
        Prices::Member => [Member::IsPublished.into_simple_expr(), Member::LowestMinor.into_simple_expr()],
    }
}

impl ProductRow {
    /// Reads what [`select`] selects from a place on, and gives the place after it, so that more can follow.
    pub fn read(row: &QueryResult, fields: ProductFields, first: usize) -> Result<(Self, usize)> {
        type F = ProductFields;
        let mut columns = Columns { row, fields, at: first };
        let product = Self {
            id: columns.next()?,
            fields,
            slug: columns.of(F::SLUG)?.unwrap_or_default(),
            name: columns.of(F::NAME)?.unwrap_or_default(),
            description: columns.of(F::DESCRIPTION)?.unwrap_or_default(),
            status: columns.of(F::STATUS)?,
            vendor: columns.of(F::VENDOR)?.flatten(),
            product_type: columns.of(F::TYPE)?.flatten(),
            seo: (columns.of(F::SEO)?.flatten(), columns.of(F::SEO)?.flatten()),
            metadata: columns.of(F::METADATA)?.unwrap_or_default(),
            private_metadata: columns.of(F::PRIVATE_METADATA)?.unwrap_or_default(),
            external_id: columns.of(F::EXTERNAL_ID)?.flatten(),
            created_at: columns.of(F::CREATED_AT)?.unwrap_or_default(),
            updated_at: columns.of(F::UPDATED_AT)?.unwrap_or_default(),
            version: columns.of(F::VERSION)?.unwrap_or_default(),
            lowest: (
                columns.of(F::LOWEST_PRICE)?.unwrap_or_default(),
                columns.of(F::LOWEST_PRICE)?.unwrap_or_default(),
            ),
            highest: columns.of(F::HIGHEST_PRICE)?.unwrap_or_default(),
            is_available: columns.of(F::AVAILABILITY)?.unwrap_or_default(),
            image: columns.image()?,
        };
        Ok((product, columns.at))
    }

    pub const fn has(&self, fields: ProductFields) -> bool {
        self.fields.contains(fields)
    }

    /// Somebody asks for a field who did not say so when the row was read.
    fn expect(&self, fields: ProductFields) {
        debug_assert!(self.has(fields), "{fields:?} was not read");
    }

    pub fn slug(&self) -> &str {
        self.expect(ProductFields::SLUG);
        &self.slug
    }

    pub fn name(&self) -> &str {
        self.expect(ProductFields::NAME);
        &self.name
    }

    pub fn description(&self) -> &str {
        self.expect(ProductFields::DESCRIPTION);
        &self.description
    }

    pub fn status(&self) -> PublicationStatus {
        self.expect(ProductFields::STATUS);
        self.status.unwrap_or(PublicationStatus::Draft)
    }

    pub fn vendor(&self) -> Option<&str> {
        self.expect(ProductFields::VENDOR);
        self.vendor.as_deref()
    }

    pub fn product_type(&self) -> Option<&str> {
        self.expect(ProductFields::TYPE);
        self.product_type.as_deref()
    }

    /// The title and the description for search engines.
    pub fn seo(&self) -> (Option<String>, Option<String>) {
        self.expect(ProductFields::SEO);
        self.seo.clone()
    }

    pub fn metadata(&self) -> &Value {
        self.expect(ProductFields::METADATA);
        &self.metadata
    }

    pub fn private_metadata(&self) -> &Value {
        self.expect(ProductFields::PRIVATE_METADATA);
        &self.private_metadata
    }

    pub fn external_id(&self) -> Option<&str> {
        self.expect(ProductFields::EXTERNAL_ID);
        self.external_id.as_deref()
    }

    pub fn created_at(&self) -> Timestamp {
        self.expect(ProductFields::CREATED_AT);
        Timestamp::from_micros(self.created_at)
    }

    pub fn updated_at(&self) -> Timestamp {
        self.expect(ProductFields::UPDATED_AT);
        Timestamp::from_micros(self.updated_at)
    }

    pub fn version(&self) -> i64 {
        self.expect(ProductFields::VERSION);
        self.version
    }

    /// The lowest price of an active variant, if one has a price.
    pub fn lowest_minor(&self) -> Option<i64> {
        self.expect(ProductFields::LOWEST_PRICE);
        let (has_price, minor) = self.lowest;
        has_price.then_some(minor)
    }

    /// The highest price of an active variant; zero if none has a price.
    pub fn highest_minor(&self) -> i64 {
        self.expect(ProductFields::HIGHEST_PRICE);
        self.highest
    }

    pub fn is_available(&self) -> bool {
        self.expect(ProductFields::AVAILABILITY);
        self.is_available
    }

    /// The first picture, if there is one.
    pub fn image(&self) -> Option<&ImageRow> {
        self.expect(ProductFields::IMAGE);
        self.image.as_ref()
    }
}

/// Takes the columns of a row one after the other.
struct Columns<'a> {
    row: &'a QueryResult,
    fields: ProductFields,
    at: usize,
}

impl Columns<'_> {
    fn next<T: TryGetable>(&mut self) -> Result<T> {
        let value = self.row.try_get_by_index(self.at)?;
        self.at += 1;
        Ok(value)
    }

    /// The next column, if it is there because the field was asked for.
    fn of<T: TryGetable>(&mut self, field: ProductFields) -> Result<Option<T>> {
        if self.fields.contains(field) { self.next().map(Some) } else { Ok(None) }
    }

    fn image(&mut self) -> Result<Option<ImageRow>> {
        if !self.fields.contains(ProductFields::IMAGE) {
            return Ok(None);
        }
        let (id, url, alt_text) = (self.next::<Option<MediaId>>()?, self.next::<Option<String>>()?, self.next()?);
        Ok(id.zip(url).map(|(id, url)| ImageRow { id, url, alt_text }))
    }
}
