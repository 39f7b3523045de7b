//! The people who run the shop and the rights that their roles give them.

crate::sql::migration! {
    "m20261123_000003_create_staff_user",
    up: r"
CREATE TABLE role (
    id {uuid} PRIMARY KEY,
    name text NOT NULL,
    name_key {key} NOT NULL,
    is_owner boolean NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX role_name_key ON role (name_key);

CREATE TABLE role_permission (
    role_id {uuid} NOT NULL REFERENCES role (id) ON DELETE CASCADE,
    permission {key} NOT NULL,
    PRIMARY KEY (role_id, permission)
);

CREATE TABLE staff_user (
    id {uuid} PRIMARY KEY,
    email text NOT NULL,
    email_key {key} NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    is_active boolean NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX staff_user_email_key ON staff_user (email_key);

CREATE TABLE staff_user_role (
    staff_user_id {uuid} NOT NULL REFERENCES staff_user (id) ON DELETE CASCADE,
    role_id {uuid} NOT NULL REFERENCES role (id),
    PRIMARY KEY (staff_user_id, role_id)
);
CREATE INDEX staff_user_role_role_idx ON staff_user_role (role_id);
",
    down: "
DROP TABLE staff_user_role;
DROP TABLE staff_user;
DROP TABLE role_permission;
DROP TABLE role;
"
}
