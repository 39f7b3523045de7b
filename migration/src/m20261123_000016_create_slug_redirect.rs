//! Slugs that products and collections had before; they go on leading there.

crate::sql::migration! {
    "m20261123_000016_create_slug_redirect",
    up: r"
CREATE TABLE product_slug_redirect (
    slug {key} PRIMARY KEY,
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    created_at bigint NOT NULL
);
CREATE INDEX product_slug_redirect_product_idx ON product_slug_redirect (product_id);

CREATE TABLE collection_slug_redirect (
    slug {key} PRIMARY KEY,
    collection_id {uuid} NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    created_at bigint NOT NULL
);
CREATE INDEX collection_slug_redirect_collection_idx ON collection_slug_redirect (collection_id);
",
    down: "
DROP TABLE collection_slug_redirect;
DROP TABLE product_slug_redirect;
"
}
