//! Keeps a product's row in the listing of every channel.

use sea_orm::DatabaseTransaction;

use crate::db;
use crate::error::Result;
use crate::id::ProductId;

/// Brings a product's listings up to date; part of every change to its name, status, variants or prices.
pub async fn refresh(tx: &DatabaseTransaction, product: ProductId) -> Result<()> {
    db::execute(tx, REFRESH, [product.into()]).await
}

const REFRESH: &str = r"
INSERT INTO product_listing
    (channel_id, product_id, is_published, name_key, lowest_minor, highest_minor, created_at)
SELECT channel.id, product.id, product.status = 'ACTIVE' AND COUNT(price.variant_id) > 0, product.name_key,
       COALESCE(MIN(price.price_minor), 0), COALESCE(MAX(price.price_minor), 0), product.created_at
FROM product
CROSS JOIN channel
LEFT JOIN product_variant AS variant ON variant.product_id = product.id AND variant.status = 'ACTIVE'
LEFT JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = channel.id
WHERE product.id = $1
GROUP BY channel.id, product.id, product.status, product.name_key, product.created_at
ON CONFLICT (channel_id, product_id) DO UPDATE SET
    is_published = excluded.is_published, name_key = excluded.name_key,
    lowest_minor = excluded.lowest_minor, highest_minor = excluded.highest_minor
";
