//! The reads of the baseline, which are the same text for both databases and different types.

/// Declares a shop on one kind of database; `$product` is its statement for product pages.
macro_rules! reads {
    ($shop:ident, $pool:ty, $product:expr) => {
        pub struct $shop {
            pool: $pool,
            channel: Uuid,
            pub currency: String,
        }

        impl $shop {
            async fn over(pool: $pool) -> Result<Self> {
                let row = query(sql::CHANNEL).fetch_one(&pool).await?;
                Ok(Self { channel: row.try_get(0)?, currency: row.try_get(1)?, pool })
            }

            pub async fn page(&self, members: &Members, after: Option<&Cursor>, now: i64) -> Result<Vec<Card>> {
                let statement = match (members, after) {
                    (Members::OfId(_), None) => sql::OF_ID,
                    (Members::OfId(_), Some(_)) => sql::OF_ID_AFTER,
                    (Members::OfSlug(_), None) => sql::OF_SLUG,
                    (Members::OfSlug(_), Some(_)) => sql::OF_SLUG_AFTER,
                };
                let mut statement = match members {
                    Members::OfId(id) => query(statement).bind(*id),
                    Members::OfSlug(slug) => query(statement).bind(slug.as_str()),
                };
                statement = statement.bind(self.channel).bind(now);
                if let Some(Cursor { key, id }) = after {
                    statement = statement.bind(key.as_str()).bind(*id);
                }
                let rows = statement.fetch_all(&self.pool).await?;
                let card = |row: &_| -> Result<Card> {
                    Ok(Card {
                        collection: Row::try_get(row, 0)?,
                        id: Row::try_get(row, 1)?,
                        name: Row::try_get(row, 2)?,
                        slug: Row::try_get(row, 3)?,
                        lowest_minor: Row::try_get(row, 4)?,
                        name_key: Row::try_get(row, 5)?,
                        url: Row::try_get(row, 6)?,
                        alt_text: Row::try_get(row, 7)?,
                    })
                };
                rows.iter().map(card).collect()
            }

            pub async fn product(&self, slug: &str, now: i64) -> Result<Option<ProductRow>> {
                let row = query($product).bind(slug).bind(self.channel).bind(now).fetch_optional(&self.pool).await?;
                let Some(row) = row else { return Ok(None) };
                Ok(Some(ProductRow {
                    id: row.try_get(0)?,
                    name: row.try_get(1)?,
                    slug: row.try_get(2)?,
                    description: row.try_get(3)?,
                    vendor: row.try_get(4)?,
                    product_type: row.try_get(5)?,
                    lowest_minor: row.try_get(6)?,
                    highest_minor: row.try_get(7)?,
                    images: row.try_get(8)?,
                    collections: row.try_get(9)?,
                    variants: row.try_get(10)?,
                    attributes: row.try_get(11)?,
                }))
            }
        }
    };
}

pub(crate) use reads;
