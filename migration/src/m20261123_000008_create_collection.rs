//! The tree that shoppers browse, with hand-picked members in the shop's own order.

crate::sql::migration! {
    "m20261123_000008_create_collection",
    up: r"
CREATE TABLE collection (
    id {uuid} PRIMARY KEY,
    parent_id {uuid} REFERENCES collection (id),
    slug {key} NOT NULL,
    name text NOT NULL,
    name_key {key} NOT NULL,
    description text NOT NULL,
    status {key} NOT NULL CONSTRAINT collection_status_check CHECK (status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    position bigint NOT NULL,
    image_url text,
    image_alt_text text,
    seo_title text,
    seo_description text,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX collection_slug_key ON collection (slug);
CREATE UNIQUE INDEX collection_external_id_key ON collection (external_id);
CREATE INDEX collection_parent_idx ON collection (parent_id, position, id);
CREATE INDEX collection_position_idx ON collection (position, id);

CREATE TABLE collection_product (
    collection_id {uuid} NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    PRIMARY KEY (collection_id, product_id)
);
CREATE INDEX collection_product_position_idx ON collection_product (collection_id, position, product_id);
CREATE INDEX collection_product_product_idx ON collection_product (product_id);
",
    down: "
DROP TABLE collection_product;
DROP TABLE collection;
"
}
