//! Who has to wait before signing in again.

crate::sql::migration! {
    "m20261123_000023_create_sign_in_throttle",
    up: r"
CREATE TABLE sign_in_throttle (
    key {key} PRIMARY KEY,
    failures bigint NOT NULL,
    last_at bigint NOT NULL,
    free_at bigint NOT NULL
);
CREATE INDEX sign_in_throttle_last_idx ON sign_in_throttle (last_at);
",
    down: "DROP TABLE sign_in_throttle;"
}
