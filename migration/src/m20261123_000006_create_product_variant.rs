//! What is bought: one combination of option values, with a price in each channel.

crate::sql::migration! {
    "m20261123_000006_create_product_variant",
    up: r"
CREATE TABLE product_variant (
    id {uuid} PRIMARY KEY,
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    status {key} NOT NULL CONSTRAINT product_variant_status_check CHECK (status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    option_key {key} NOT NULL,
    sku text,
    sku_key {key},
    barcode {key},
    weight_grams bigint CONSTRAINT product_variant_weight_grams_check CHECK (weight_grams >= 0),
    weight_unit {key} NOT NULL CONSTRAINT product_variant_weight_unit_check CHECK (weight_unit IN ('G', 'KG', 'OZ', 'LB')),
    requires_shipping boolean NOT NULL,
    is_taxable boolean NOT NULL,
    tracks_stock boolean NOT NULL,
    backorder_limit bigint,
    media_id {uuid} REFERENCES media (id) ON DELETE SET NULL,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE UNIQUE INDEX product_variant_sku_key ON product_variant (sku_key);
CREATE UNIQUE INDEX product_variant_options_key ON product_variant (product_id, option_key);
CREATE UNIQUE INDEX product_variant_external_id_key ON product_variant (external_id);
CREATE INDEX product_variant_barcode_idx ON product_variant (barcode);
CREATE INDEX product_variant_media_idx ON product_variant (media_id);

CREATE TABLE variant_option_value (
    variant_id {uuid} NOT NULL REFERENCES product_variant (id) ON DELETE CASCADE,
    option_id {uuid} NOT NULL REFERENCES product_option (id) ON DELETE CASCADE,
    value_id {uuid} NOT NULL REFERENCES product_option_value (id),
    PRIMARY KEY (variant_id, option_id)
);
CREATE INDEX variant_option_value_option_idx ON variant_option_value (option_id);
CREATE INDEX variant_option_value_value_idx ON variant_option_value (value_id);

CREATE TABLE variant_price (
    variant_id {uuid} NOT NULL REFERENCES product_variant (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id),
    price_minor bigint NOT NULL CONSTRAINT variant_price_price_check CHECK (price_minor >= 0),
    compare_at_minor bigint CONSTRAINT variant_price_compare_at_check CHECK (compare_at_minor >= 0),
    PRIMARY KEY (variant_id, channel_id)
);
",
    down: "
DROP TABLE variant_price;
DROP TABLE variant_option_value;
DROP TABLE product_variant;
"
}
