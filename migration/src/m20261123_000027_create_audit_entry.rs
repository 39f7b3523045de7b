//! Who of those who run the shop changed what, and from where.

crate::sql::migration! {
    "m20261123_000027_create_audit_entry",
    up: r"
CREATE TABLE audit_entry (
    id {uuid} PRIMARY KEY,
    actor_type {key} NOT NULL,
    actor_id {uuid} NOT NULL,
    action {key} NOT NULL,
    object_type {key} NOT NULL,
    object_id {uuid} NOT NULL,
    changes {json} NOT NULL,
    address text,
    created_at bigint NOT NULL
);
CREATE INDEX audit_entry_created_idx ON audit_entry (created_at, id);
CREATE INDEX audit_entry_actor_idx ON audit_entry (actor_id, created_at, id);
CREATE INDEX audit_entry_object_idx ON audit_entry (object_id, created_at, id);
CREATE INDEX audit_entry_action_idx ON audit_entry (action, created_at, id);
",
    down: "DROP TABLE audit_entry;"
}
