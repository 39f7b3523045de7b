//! A listing also knows from when until when it is shown, whether anything has a price, and whether anything can be
//! bought. Open ends are the first and the last instant that there is, so that a comparison needs no case for null.

crate::sql::migration! {
    "m20261123_000012_extend_product_listing",
    up: r"
ALTER TABLE product_listing ADD COLUMN published_from bigint NOT NULL DEFAULT -9223372036854775807;
ALTER TABLE product_listing ADD COLUMN published_until bigint NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE product_listing ADD COLUMN has_price boolean NOT NULL DEFAULT false;
ALTER TABLE product_listing ADD COLUMN is_available boolean NOT NULL DEFAULT false;

UPDATE product_listing SET
    has_price = EXISTS (
        SELECT 1 FROM product_variant AS variant
        JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = product_listing.channel_id
        WHERE variant.product_id = product_listing.product_id AND variant.status = 'ACTIVE'),
    is_available = EXISTS (
        SELECT 1 FROM product_variant AS variant
        JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = product_listing.channel_id
        WHERE variant.product_id = product_listing.product_id AND variant.status = 'ACTIVE'
        AND (NOT variant.tracks_stock OR variant.backorder_limit IS NULL OR variant.backorder_limit + (
            SELECT COALESCE(SUM(level.on_hand - level.allocated), 0) FROM stock_level AS level
            WHERE level.variant_id = variant.id) > 0));
",
    down: "
ALTER TABLE product_listing DROP COLUMN is_available;
ALTER TABLE product_listing DROP COLUMN has_price;
ALTER TABLE product_listing DROP COLUMN published_until;
ALTER TABLE product_listing DROP COLUMN published_from;
"
}
