//! What makes something cheaper: rules, the codes that customers type, and every use that counts.

crate::sql::migration! {
    "m20261123_000032_create_promotion",
    up: r"
CREATE TABLE promotion (
    id {uuid} PRIMARY KEY,
    name text NOT NULL,
    name_key {key} NOT NULL,
    description text NOT NULL,
    is_active boolean NOT NULL,
    class {key} NOT NULL CONSTRAINT promotion_class_check CHECK (class IN
        ('CATALOGUE', 'ITEMS', 'ORDER', 'GIFT', 'SHIPPING')),
    needs_code boolean NOT NULL,
    stacking {key} NOT NULL CONSTRAINT promotion_stacking_check CHECK (stacking IN
        ('STACKABLE', 'EXCLUSIVE_IN_CLASS', 'EXCLUSIVE')),
    priority bigint NOT NULL,
    starts_at bigint,
    ends_at bigint,
    conditions {json} NOT NULL,
    action {json} NOT NULL,
    usage_limit bigint CONSTRAINT promotion_usage_limit_check CHECK (usage_limit > 0),
    usage_limit_per_customer bigint CONSTRAINT promotion_usage_limit_per_customer_check
        CHECK (usage_limit_per_customer > 0),
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX promotion_external_id_key ON promotion (external_id);
CREATE INDEX promotion_created_idx ON promotion (created_at, id);
CREATE INDEX promotion_name_idx ON promotion (name_key, id);
CREATE INDEX promotion_priority_idx ON promotion (priority, id);

CREATE TABLE promotion_channel (
    promotion_id {uuid} NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    PRIMARY KEY (promotion_id, channel_id)
);
CREATE INDEX promotion_channel_channel_idx ON promotion_channel (channel_id, promotion_id);

CREATE TABLE promotion_code (
    id {uuid} PRIMARY KEY,
    promotion_id {uuid} NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
    code text NOT NULL,
    code_key {key} NOT NULL,
    usage_limit bigint CONSTRAINT promotion_code_usage_limit_check CHECK (usage_limit > 0),
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX promotion_code_key ON promotion_code (code_key);
CREATE INDEX promotion_code_promotion_idx ON promotion_code (promotion_id, created_at, id);

CREATE TABLE promotion_use (
    id {uuid} PRIMARY KEY,
    promotion_id {uuid} NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
    code_id {uuid} REFERENCES promotion_code (id) ON DELETE SET NULL,
    customer_id {uuid},
    email_key {key},
    cart_id {uuid},
    created_at bigint NOT NULL
);
CREATE INDEX promotion_use_promotion_idx ON promotion_use (promotion_id);
CREATE INDEX promotion_use_customer_idx ON promotion_use (customer_id, promotion_id);
CREATE INDEX promotion_use_email_idx ON promotion_use (email_key, promotion_id);
CREATE INDEX promotion_use_code_idx ON promotion_use (code_id);
CREATE INDEX promotion_use_cart_idx ON promotion_use (cart_id);
",
    down: "
DROP TABLE promotion_use;
DROP TABLE promotion_code;
DROP TABLE promotion_channel;
DROP TABLE promotion;
"
}
