//! Sign-ins and their rotating refresh tokens, which are kept as hashes only.

crate::sql::migration! {
    "m20261123_000004_create_session",
    up: r"
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
",
    down: "
DROP TABLE refresh_token;
DROP TABLE session;
"
}
