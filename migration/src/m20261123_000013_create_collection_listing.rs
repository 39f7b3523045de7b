//! The members of a collection in each channel with what they are sorted by, so that a page of a collection is an index
//! range, too.

crate::sql::migration! {
    "m20261123_000013_create_collection_listing",
    up: r"
CREATE TABLE collection_listing (
    collection_id {uuid} NOT NULL,
    product_id {uuid} NOT NULL,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    is_published boolean NOT NULL,
    published_from bigint NOT NULL,
    published_until bigint NOT NULL,
    position bigint NOT NULL,
    name_key {key} NOT NULL,
    lowest_minor bigint NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (collection_id, product_id, channel_id),
    FOREIGN KEY (collection_id, product_id) REFERENCES collection_product (collection_id, product_id) ON DELETE CASCADE
);
INSERT INTO collection_listing
SELECT member.collection_id, member.product_id, listing.channel_id, listing.is_published, listing.published_from,
       listing.published_until, member.position, listing.name_key, listing.lowest_minor, listing.created_at
FROM collection_product AS member
JOIN product_listing AS listing ON listing.product_id = member.product_id;
CREATE INDEX collection_listing_position_idx
    ON collection_listing (collection_id, channel_id, is_published, position, product_id);
CREATE INDEX collection_listing_name_idx
    ON collection_listing (collection_id, channel_id, is_published, name_key, product_id);
CREATE INDEX collection_listing_price_idx
    ON collection_listing (collection_id, channel_id, is_published, lowest_minor, product_id);
CREATE INDEX collection_listing_newest_idx
    ON collection_listing (collection_id, channel_id, is_published, created_at, product_id);
",
    down: "DROP TABLE collection_listing;"
}
