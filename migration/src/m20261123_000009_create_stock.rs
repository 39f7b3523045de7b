//! Where units lie, how many, and the ledger from which every level can be proved.

crate::sql::migration! {
    "m20261123_000009_create_stock",
    up: r"
CREATE TABLE stock_location (
    id {uuid} PRIMARY KEY,
    name text NOT NULL,
    name_key {key} NOT NULL,
    is_default boolean NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX stock_location_name_key ON stock_location (name_key);
CREATE UNIQUE INDEX stock_location_is_default_key ON stock_location (is_default) WHERE is_default;

CREATE TABLE stock_level (
    variant_id {uuid} NOT NULL REFERENCES product_variant (id) ON DELETE CASCADE,
    location_id {uuid} NOT NULL REFERENCES stock_location (id),
    on_hand bigint NOT NULL CONSTRAINT stock_level_on_hand_check CHECK (on_hand >= 0),
    allocated bigint NOT NULL CONSTRAINT stock_level_allocated_check CHECK (allocated >= 0),
    PRIMARY KEY (variant_id, location_id)
);
CREATE INDEX stock_level_location_idx ON stock_level (location_id);

CREATE TABLE stock_movement (
    id {uuid} PRIMARY KEY,
    variant_id {uuid} NOT NULL REFERENCES product_variant (id),
    location_id {uuid} NOT NULL REFERENCES stock_location (id),
    kind {key} NOT NULL CONSTRAINT stock_movement_kind_check CHECK (kind IN
        ('ALLOCATION', 'RELEASE', 'SALE', 'CANCELLATION', 'RETURN', 'ADJUSTMENT', 'TRANSFER', 'COUNT')),
    on_hand_change bigint NOT NULL,
    allocated_change bigint NOT NULL,
    reason text,
    actor_type {key} NOT NULL,
    actor_id {uuid},
    created_at bigint NOT NULL
);
CREATE INDEX stock_movement_variant_idx ON stock_movement (variant_id, location_id);
CREATE INDEX stock_movement_location_idx ON stock_movement (location_id);
",
    down: "
DROP TABLE stock_movement;
DROP TABLE stock_level;
DROP TABLE stock_location;
"
}
