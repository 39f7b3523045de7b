//! What variants cost before, and since when they cost what they do.

crate::sql::migration! {
    "m20261123_000017_create_variant_price_period",
    up: r"
ALTER TABLE variant_price ADD COLUMN since bigint NOT NULL DEFAULT 0;
UPDATE variant_price SET since = (SELECT updated_at FROM product_variant WHERE product_variant.id = variant_price.variant_id);

CREATE TABLE variant_price_period (
    variant_id {uuid} NOT NULL REFERENCES product_variant (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    since bigint NOT NULL,
    until bigint NOT NULL,
    price_minor bigint NOT NULL,
    compare_at_minor bigint,
    PRIMARY KEY (variant_id, channel_id, since)
);
CREATE INDEX variant_price_period_until_idx ON variant_price_period (variant_id, channel_id, until);
",
    down: "
DROP TABLE variant_price_period;
ALTER TABLE variant_price DROP COLUMN since;
"
}
