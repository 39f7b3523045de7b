//! Which products and collections a channel shows, and from when until when.
//!
//! What was there before goes on being shown where it was.

crate::sql::migration! {
    "m20261123_000011_create_product_channel",
    up: r"
CREATE TABLE product_channel (
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    published_from bigint,
    published_until bigint,
    PRIMARY KEY (product_id, channel_id)
);
INSERT INTO product_channel (product_id, channel_id) SELECT product.id, channel.id FROM product CROSS JOIN channel;

CREATE TABLE collection_channel (
    collection_id {uuid} NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    published_from bigint,
    published_until bigint,
    PRIMARY KEY (collection_id, channel_id)
);
INSERT INTO collection_channel (collection_id, channel_id)
SELECT collection.id, channel.id FROM collection CROSS JOIN channel;
",
    down: "
DROP TABLE collection_channel;
DROP TABLE product_channel;
"
}
