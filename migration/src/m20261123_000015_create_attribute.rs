//! What shoppers filter by: attributes, the choices of some of them, and the values that products and variants have.
//!
//! Whatever the type, `value_key` is the value as a text by which it is found and counted; numbers are also there as
//! millionths, for ranges.

crate::sql::migration! {
    "m20261123_000015_create_attribute",
    up: r"
CREATE TABLE attribute (
    id {uuid} PRIMARY KEY,
    code {key} NOT NULL,
    name text NOT NULL,
    type {key} NOT NULL CONSTRAINT attribute_type_check CHECK (type IN
        ('TEXT', 'NUMBER', 'BOOLEAN', 'CHOICE', 'COLOR', 'DATE', 'REFERENCE')),
    subject {key} NOT NULL CONSTRAINT attribute_subject_check CHECK (subject IN ('PRODUCT', 'VARIANT')),
    unit text,
    is_filterable boolean NOT NULL,
    position bigint NOT NULL,
    external_id {key},
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX attribute_code_key ON attribute (code);
CREATE UNIQUE INDEX attribute_external_id_key ON attribute (external_id);
CREATE INDEX attribute_position_idx ON attribute (position, id);

CREATE TABLE attribute_choice (
    id {uuid} PRIMARY KEY,
    attribute_id {uuid} NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
    slug {key} NOT NULL,
    name text NOT NULL,
    color {key},
    position bigint NOT NULL
);
CREATE UNIQUE INDEX attribute_choice_slug_key ON attribute_choice (attribute_id, slug);

CREATE TABLE attribute_value (
    owner_id {uuid} NOT NULL,
    attribute_id {uuid} NOT NULL REFERENCES attribute (id),
    position bigint NOT NULL,
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    variant_id {uuid} REFERENCES product_variant (id) ON DELETE CASCADE,
    value_key {key} NOT NULL,
    label text NOT NULL,
    number_micro bigint,
    choice_id {uuid} REFERENCES attribute_choice (id),
    PRIMARY KEY (owner_id, attribute_id, position)
);
CREATE UNIQUE INDEX attribute_value_key ON attribute_value (owner_id, attribute_id, value_key);
CREATE INDEX attribute_value_product_idx ON attribute_value (product_id, attribute_id, value_key);
CREATE INDEX attribute_value_variant_idx ON attribute_value (variant_id);
CREATE INDEX attribute_value_value_idx ON attribute_value (attribute_id, value_key, product_id);
CREATE INDEX attribute_value_number_idx ON attribute_value (attribute_id, number_micro, product_id);
CREATE INDEX attribute_value_choice_idx ON attribute_value (choice_id);
",
    down: "
DROP TABLE attribute_value;
DROP TABLE attribute_choice;
DROP TABLE attribute;
"
}
