//! What a listing page needs of a product in a channel, kept current by every change, so that a page is an index range:
//! for shoppers of what is published, for staff of everything.

crate::sql::migration! {
    "m20261123_000007_create_product_listing",
    up: r"
CREATE TABLE product_listing (
    channel_id {uuid} NOT NULL REFERENCES channel (id),
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    is_published boolean NOT NULL,
    name_key {key} NOT NULL,
    lowest_minor bigint NOT NULL,
    highest_minor bigint NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (channel_id, product_id)
);
CREATE INDEX product_listing_product_idx ON product_listing (product_id);
CREATE INDEX product_listing_name_idx ON product_listing (channel_id, is_published, name_key, product_id);
CREATE INDEX product_listing_price_idx ON product_listing (channel_id, is_published, lowest_minor, product_id);
CREATE INDEX product_listing_newest_idx ON product_listing (channel_id, is_published, created_at, product_id);
CREATE INDEX product_listing_any_name_idx ON product_listing (channel_id, name_key, product_id);
CREATE INDEX product_listing_any_price_idx ON product_listing (channel_id, lowest_minor, product_id);
CREATE INDEX product_listing_any_newest_idx ON product_listing (channel_id, created_at, product_id);
",
    down: "DROP TABLE product_listing;"
}
