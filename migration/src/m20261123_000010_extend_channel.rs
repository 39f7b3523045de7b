//! Channels say in which countries they sell and in which language they speak first.

crate::sql::migration! {
    "m20261123_000010_extend_channel",
    up: r"
ALTER TABLE channel ADD COLUMN default_language {key} NOT NULL DEFAULT 'en';

CREATE TABLE channel_country (
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    country {key} NOT NULL,
    PRIMARY KEY (channel_id, country)
);
INSERT INTO channel_country (channel_id, country) SELECT id, home_country FROM channel;
",
    down: "
DROP TABLE channel_country;
ALTER TABLE channel DROP COLUMN default_language;
"
}
