//! The markets that a shop sells to; exactly one is the default.

crate::sql::migration! {
    "m20261123_000002_create_channel",
    up: r"
CREATE TABLE channel (
    id {uuid} PRIMARY KEY,
    slug {key} NOT NULL,
    name text NOT NULL,
    currency {key} NOT NULL,
    home_country {key} NOT NULL,
    prices_include_tax boolean NOT NULL,
    is_default boolean NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX channel_slug_key ON channel (slug);
CREATE UNIQUE INDEX channel_is_default_key ON channel (is_default) WHERE is_default;
",
    down: "DROP TABLE channel;"
}
