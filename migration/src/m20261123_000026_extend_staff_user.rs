//! The language of staff, roles limited to channels, and tokens of other systems.

crate::sql::migration! {
    "m20261123_000026_extend_staff_user",
    up: r"
ALTER TABLE staff_user ADD COLUMN language {key};

ALTER TABLE role ADD COLUMN is_limited boolean NOT NULL DEFAULT false;
CREATE TABLE role_channel (
    role_id {uuid} NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    PRIMARY KEY (role_id, channel_id)
);
CREATE INDEX role_channel_channel_idx ON role_channel (channel_id);

CREATE TABLE api_token (
    id {uuid} PRIMARY KEY,
    name text NOT NULL,
    hash {key} NOT NULL,
    ending text NOT NULL,
    is_limited boolean NOT NULL,
    created_by {uuid} REFERENCES staff_user (id) ON DELETE SET NULL,
    expires_at bigint,
    last_used_at bigint,
    revoked_at bigint,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX api_token_hash_key ON api_token (hash);
CREATE INDEX api_token_created_idx ON api_token (created_at, id);

CREATE TABLE api_token_permission (
    api_token_id {uuid} NOT NULL REFERENCES api_token (id) ON DELETE CASCADE,
    permission {key} NOT NULL,
    PRIMARY KEY (api_token_id, permission)
);

CREATE TABLE api_token_channel (
    api_token_id {uuid} NOT NULL REFERENCES api_token (id) ON DELETE CASCADE,
    channel_id {uuid} NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    PRIMARY KEY (api_token_id, channel_id)
);
CREATE INDEX api_token_channel_channel_idx ON api_token_channel (channel_id);
",
    down: "
DROP TABLE api_token_channel;
DROP TABLE api_token_permission;
DROP TABLE api_token;
DROP TABLE role_channel;
ALTER TABLE role DROP COLUMN is_limited;
ALTER TABLE staff_user DROP COLUMN language;
"
}
