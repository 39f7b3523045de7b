//! Classes of goods that are taxed alike, where which rates hold and when, and who pays no tax.

crate::sql::migration! {
    "m20261123_000030_create_tax",
    up: r"
CREATE TABLE tax_class (
    id {uuid} PRIMARY KEY,
    name text NOT NULL,
    name_key {key} NOT NULL,
    code {key} NOT NULL,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX tax_class_name_key ON tax_class (name_key);
CREATE UNIQUE INDEX tax_class_code_key ON tax_class (code);
CREATE UNIQUE INDEX tax_class_external_id_key ON tax_class (external_id);

CREATE TABLE tax_zone (
    id {uuid} PRIMARY KEY,
    name text NOT NULL,
    name_key {key} NOT NULL,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX tax_zone_name_key ON tax_zone (name_key);
CREATE UNIQUE INDEX tax_zone_external_id_key ON tax_zone (external_id);

CREATE TABLE tax_zone_area (
    tax_zone_id {uuid} NOT NULL REFERENCES tax_zone (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    country {key} NOT NULL,
    region {key},
    postal_from {key},
    postal_to {key},
    PRIMARY KEY (tax_zone_id, position),
    CONSTRAINT tax_zone_area_postal_check CHECK ((postal_from IS NULL) = (postal_to IS NULL))
);
CREATE INDEX tax_zone_area_country_idx ON tax_zone_area (country, region);

CREATE TABLE tax_rate (
    id {uuid} PRIMARY KEY,
    tax_zone_id {uuid} NOT NULL REFERENCES tax_zone (id) ON DELETE CASCADE,
    tax_class_id {uuid} REFERENCES tax_class (id),
    name text NOT NULL,
    rate_millionths bigint NOT NULL
        CONSTRAINT tax_rate_rate_check CHECK (rate_millionths >= 0 AND rate_millionths <= 1000000),
    starts_at bigint,
    ends_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT tax_rate_span_check CHECK (starts_at < ends_at)
);
CREATE INDEX tax_rate_zone_idx ON tax_rate (tax_zone_id);
CREATE INDEX tax_rate_class_idx ON tax_rate (tax_class_id);

ALTER TABLE product_variant ADD COLUMN tax_class_id {uuid} REFERENCES tax_class (id);
CREATE INDEX product_variant_tax_class_idx ON product_variant (tax_class_id) WHERE tax_class_id IS NOT NULL;
ALTER TABLE customer ADD COLUMN is_tax_exempt boolean NOT NULL DEFAULT false;
",
    down: "
ALTER TABLE customer DROP COLUMN is_tax_exempt;
DROP INDEX product_variant_tax_class_idx;
ALTER TABLE product_variant DROP COLUMN tax_class_id;
DROP TABLE tax_rate;
DROP TABLE tax_zone_area;
DROP TABLE tax_zone;
DROP TABLE tax_class;
"
}
