//! Where goods can go and how: zones with their areas and channels, ways of delivery, and places to fetch goods from.

crate::sql::migration! {
    "m20261123_000031_create_shipping",
    up: r"
CREATE TABLE pickup_location (
    id {uuid} PRIMARY KEY,
    name text NOT NULL,
    name_key {key} NOT NULL,
    address {json} NOT NULL,
    instructions text,
    is_active boolean NOT NULL,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX pickup_location_name_key ON pickup_location (name_key);
CREATE UNIQUE INDEX pickup_location_external_id_key ON pickup_location (external_id);

CREATE TABLE shipping_zone (
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
CREATE UNIQUE INDEX shipping_zone_name_key ON shipping_zone (name_key);
CREATE UNIQUE INDEX shipping_zone_external_id_key ON shipping_zone (external_id);

CREATE TABLE shipping_zone_area (
    shipping_zone_id {uuid} NOT NULL REFERENCES shipping_zone (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    country {key} NOT NULL,
    region {key},
    postal_from {key},
    postal_to {key},
    PRIMARY KEY (shipping_zone_id, position),
    CONSTRAINT shipping_zone_area_postal_check CHECK ((postal_from IS NULL) = (postal_to IS NULL))
);
CREATE INDEX shipping_zone_area_country_idx ON shipping_zone_area (country, shipping_zone_id);

CREATE TABLE shipping_zone_channel (
    shipping_zone_id {uuid} NOT NULL REFERENCES shipping_zone (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    PRIMARY KEY (shipping_zone_id, channel_id)
);
CREATE INDEX shipping_zone_channel_channel_idx ON shipping_zone_channel (channel_id);

CREATE TABLE shipping_method (
    id {uuid} PRIMARY KEY,
    shipping_zone_id {uuid} NOT NULL REFERENCES shipping_zone (id) ON DELETE CASCADE,
    name text NOT NULL,
    description text,
    kind {key} NOT NULL CONSTRAINT shipping_method_kind_check CHECK (kind IN ('SHIPPING', 'PICKUP')),
    pickup_location_id {uuid} REFERENCES pickup_location (id),
    position bigint NOT NULL,
    is_active boolean NOT NULL,
    rates {json} NOT NULL,
    weight_from_grams bigint,
    weight_to_grams bigint,
    customer_groups {json} NOT NULL,
    excluded_products {json} NOT NULL,
    min_days bigint,
    max_days bigint,
    tax_class_id {uuid},
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT shipping_method_pickup_check CHECK ((kind = 'PICKUP') = (pickup_location_id IS NOT NULL)),
    CONSTRAINT shipping_method_days_check CHECK ((min_days IS NULL) = (max_days IS NULL))
);
CREATE UNIQUE INDEX shipping_method_external_id_key ON shipping_method (external_id);
CREATE INDEX shipping_method_zone_idx ON shipping_method (shipping_zone_id, position, id);
CREATE INDEX shipping_method_pickup_idx ON shipping_method (pickup_location_id);
",
    down: "
DROP TABLE shipping_method;
DROP TABLE shipping_zone_channel;
DROP TABLE shipping_zone_area;
DROP TABLE shipping_zone;
DROP TABLE pickup_location;
"
}
