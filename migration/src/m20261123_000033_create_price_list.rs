//! Prices for some customers or quantities.

crate::sql::migration! {
    "m20261123_000033_create_price_list",
    up: r"
CREATE TABLE price_list (
    id {uuid} PRIMARY KEY,
    name text NOT NULL,
    name_key {key} NOT NULL,
    currency {key} NOT NULL,
    is_active boolean NOT NULL,
    starts_at bigint,
    ends_at bigint,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX price_list_name_key ON price_list (name_key);
CREATE UNIQUE INDEX price_list_external_id_key ON price_list (external_id);

CREATE TABLE price_list_channel (
    price_list_id {uuid} NOT NULL REFERENCES price_list (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    PRIMARY KEY (price_list_id, channel_id)
);
CREATE INDEX price_list_channel_channel_idx ON price_list_channel (channel_id);

CREATE TABLE price_list_group (
    price_list_id {uuid} NOT NULL REFERENCES price_list (id) ON DELETE CASCADE,
    customer_group_id {uuid} NOT NULL REFERENCES customer_group (id),
    PRIMARY KEY (price_list_id, customer_group_id)
);
CREATE INDEX price_list_group_group_idx ON price_list_group (customer_group_id);

CREATE TABLE price_list_price (
    price_list_id {uuid} NOT NULL REFERENCES price_list (id) ON DELETE CASCADE,
    variant_id {uuid} NOT NULL REFERENCES product_variant (id) ON DELETE CASCADE,
    from_quantity bigint NOT NULL CHECK (from_quantity > 0),
    price_minor bigint NOT NULL CHECK (price_minor >= 0),
    PRIMARY KEY (price_list_id, variant_id, from_quantity)
);
CREATE INDEX price_list_price_variant_idx ON price_list_price (variant_id);
",
    down: "
DROP TABLE price_list_price;
DROP TABLE price_list_group;
DROP TABLE price_list_channel;
DROP TABLE price_list;
"
}
