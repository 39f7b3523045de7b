//! The people who buy, their addresses, and the groups that they belong to.

crate::sql::migration! {
    "m20261123_000024_create_customer",
    up: r"
CREATE TABLE customer (
    id {uuid} PRIMARY KEY,
    email text,
    email_key {key},
    first_name text NOT NULL,
    last_name text NOT NULL,
    name_key {key} NOT NULL,
    phone text,
    language {key},
    channel_id {uuid},
    password_hash text,
    is_active boolean NOT NULL,
    verified_at bigint,
    erased_at bigint,
    accepts_marketing boolean NOT NULL,
    marketing_changed_at bigint,
    note text NOT NULL,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX customer_email_key ON customer (email_key);
CREATE UNIQUE INDEX customer_external_id_key ON customer (external_id);
CREATE INDEX customer_created_idx ON customer (created_at, id);
CREATE INDEX customer_name_idx ON customer (name_key, id);

CREATE TABLE address (
    id {uuid} PRIMARY KEY,
    customer_id {uuid} NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    content {json} NOT NULL,
    is_default_shipping boolean NOT NULL,
    is_default_billing boolean NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX address_customer_idx ON address (customer_id, id);

CREATE TABLE customer_group (
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
CREATE UNIQUE INDEX customer_group_name_key ON customer_group (name_key);
CREATE UNIQUE INDEX customer_group_external_id_key ON customer_group (external_id);

CREATE TABLE customer_group_member (
    customer_group_id {uuid} NOT NULL REFERENCES customer_group (id) ON DELETE CASCADE,
    customer_id {uuid} NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    PRIMARY KEY (customer_group_id, customer_id)
);
CREATE INDEX customer_group_member_customer_idx ON customer_group_member (customer_id);
",
    down: "
DROP TABLE customer_group_member;
DROP TABLE customer_group;
DROP TABLE address;
DROP TABLE customer;
"
}
