//! Sessions of customers beside those of staff, and where each was used last. Whoever is signed in signs in again.

crate::sql::migration! {
    "m20261123_000025_extend_session",
    up: r"
DROP TABLE refresh_token;
DROP TABLE session;

CREATE TABLE session (
    id {uuid} PRIMARY KEY,
    staff_user_id {uuid} REFERENCES staff_user (id) ON DELETE CASCADE,
    customer_id {uuid} REFERENCES customer (id) ON DELETE CASCADE,
    address text,
    user_agent text,
    created_at bigint NOT NULL,
    last_used_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint,
    CHECK ((staff_user_id IS NULL) <> (customer_id IS NULL))
);
CREATE INDEX session_staff_user_idx ON session (staff_user_id);
CREATE INDEX session_customer_idx ON session (customer_id);

CREATE TABLE refresh_token (
    hash {key} PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    used_at bigint
);
CREATE INDEX refresh_token_session_idx ON refresh_token (session_id);

CREATE TABLE account_token (
    id {uuid} PRIMARY KEY,
    purpose {key} NOT NULL,
    staff_user_id {uuid} REFERENCES staff_user (id) ON DELETE CASCADE,
    customer_id {uuid} REFERENCES customer (id) ON DELETE CASCADE,
    channel_id {uuid},
    email text,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    CHECK ((staff_user_id IS NULL) <> (customer_id IS NULL))
);
CREATE INDEX account_token_staff_user_idx ON account_token (staff_user_id, purpose);
CREATE INDEX account_token_customer_idx ON account_token (customer_id, purpose);
CREATE INDEX account_token_expires_idx ON account_token (expires_at);
",
    down: "
DROP TABLE account_token;
DROP TABLE refresh_token;
DROP TABLE session;

CREATE TABLE session (
    id {uuid} PRIMARY KEY,
    staff_user_id {uuid} NOT NULL REFERENCES staff_user (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint
);
CREATE INDEX session_staff_user_idx ON session (staff_user_id);

CREATE TABLE refresh_token (
    hash {key} PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    created_at bigint NOT NULL,
    used_at bigint
);
CREATE INDEX refresh_token_session_idx ON refresh_token (session_id);
"
}
