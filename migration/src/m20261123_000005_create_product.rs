//! Products with their texts, tags, options and pictures.

crate::sql::migration! {
    "m20261123_000005_create_product",
    up: r"
CREATE TABLE product (
    id {uuid} PRIMARY KEY,
    slug {key} NOT NULL,
    name text NOT NULL,
    name_key {key} NOT NULL,
    description text NOT NULL,
    status {key} NOT NULL CONSTRAINT product_status_check CHECK (status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    vendor text,
    product_type text,
    seo_title text,
    seo_description text,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX product_slug_key ON product (slug);
CREATE UNIQUE INDEX product_external_id_key ON product (external_id);
CREATE INDEX product_updated_at_idx ON product (updated_at, id);
CREATE INDEX product_vendor_idx ON product (vendor);
CREATE INDEX product_product_type_idx ON product (product_type);

CREATE TABLE product_tag (
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    tag_key {key} NOT NULL,
    tag text NOT NULL,
    PRIMARY KEY (product_id, tag_key)
);
CREATE INDEX product_tag_tag_idx ON product_tag (tag_key, product_id);

CREATE TABLE product_option (
    id {uuid} PRIMARY KEY,
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    name text NOT NULL,
    name_key {key} NOT NULL,
    position bigint NOT NULL
);
CREATE UNIQUE INDEX product_option_name_key ON product_option (product_id, name_key);

CREATE TABLE product_option_value (
    id {uuid} PRIMARY KEY,
    option_id {uuid} NOT NULL REFERENCES product_option (id) ON DELETE CASCADE,
    name text NOT NULL,
    name_key {key} NOT NULL,
    position bigint NOT NULL
);
CREATE UNIQUE INDEX product_option_value_name_key ON product_option_value (option_id, name_key);

CREATE TABLE media (
    id {uuid} PRIMARY KEY,
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    url text NOT NULL,
    alt_text text,
    position bigint NOT NULL
);
CREATE INDEX media_product_idx ON media (product_id, position);
",
    down: "
DROP TABLE media;
DROP TABLE product_option_value;
DROP TABLE product_option;
DROP TABLE product_tag;
DROP TABLE product;
"
}
