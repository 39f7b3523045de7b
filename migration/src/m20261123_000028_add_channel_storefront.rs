//! Where links in mails lead for the customers of a channel.

crate::sql::migration! {
    "m20261123_000028_add_channel_storefront",
    up: "ALTER TABLE channel ADD COLUMN storefront_url text;",
    down: "ALTER TABLE channel DROP COLUMN storefront_url;"
}
