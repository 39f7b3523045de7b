//! How a channel reckons taxes, and how large its carts may grow.

crate::sql::migration! {
    "m20261123_000035_add_channel_terms",
    up: r"
ALTER TABLE channel ADD COLUMN tax_rounding text NOT NULL DEFAULT 'LINE' CHECK (tax_rounding IN ('LINE', 'RATE_GROUP'));
ALTER TABLE channel ADD COLUMN cross_border_pricing text NOT NULL DEFAULT 'KEEP_GROSS'
    CHECK (cross_border_pricing IN ('KEEP_GROSS', 'KEEP_NET'));
ALTER TABLE channel ADD COLUMN cart_lines bigint NOT NULL DEFAULT 250;
ALTER TABLE channel ADD COLUMN cart_units_per_line bigint NOT NULL DEFAULT 10000;
ALTER TABLE channel ADD COLUMN cart_units bigint NOT NULL DEFAULT 100000;
ALTER TABLE channel ADD COLUMN cart_units_per_variant bigint;
ALTER TABLE channel ADD COLUMN cart_lifetime_days bigint NOT NULL DEFAULT 30;
",
    down: "
ALTER TABLE channel DROP COLUMN cart_lifetime_days;
ALTER TABLE channel DROP COLUMN cart_units_per_variant;
ALTER TABLE channel DROP COLUMN cart_units;
ALTER TABLE channel DROP COLUMN cart_units_per_line;
ALTER TABLE channel DROP COLUMN cart_lines;
ALTER TABLE channel DROP COLUMN cross_border_pricing;
ALTER TABLE channel DROP COLUMN tax_rounding;
"
}
