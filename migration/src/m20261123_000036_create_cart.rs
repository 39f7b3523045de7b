//! What is about to be bought.

crate::sql::migration! {
    "m20261123_000036_create_cart",
    up: r"
CREATE TABLE cart (
    id {uuid} PRIMARY KEY,
    key {uuid} NOT NULL,
    channel_id {uuid} NOT NULL,
    customer_id {uuid} REFERENCES customer (id) ON DELETE CASCADE,
    email text,
    email_key {key},
    note text NOT NULL,
    shipping_address {json},
    billing_address {json},
    shipping_method_id {uuid},
    is_tax_exempt boolean NOT NULL,
    codes {json} NOT NULL,
    gift_cards {json} NOT NULL,
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    completed_at bigint,
    expires_at bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX cart_key_key ON cart (key);
CREATE UNIQUE INDEX cart_customer_key ON cart (customer_id, channel_id) WHERE completed_at IS NULL;
CREATE INDEX cart_customer_idx ON cart (customer_id, completed_at);
CREATE INDEX cart_email_idx ON cart (email_key, completed_at);
CREATE INDEX cart_expires_idx ON cart (expires_at);

CREATE TABLE cart_line (
    id {uuid} PRIMARY KEY,
    cart_id {uuid} NOT NULL REFERENCES cart (id) ON DELETE CASCADE,
    variant_id {uuid} NOT NULL,
    name text NOT NULL,
    attributes {json} NOT NULL,
    attributes_key {key} NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    seen_minor bigint NOT NULL
);
CREATE UNIQUE INDEX cart_line_variant_key ON cart_line (cart_id, variant_id, attributes_key);
",
    down: "
DROP TABLE cart_line;
DROP TABLE cart;
"
}
