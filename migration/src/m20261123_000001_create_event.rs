//! The outbox: one row for every change that others care about.

crate::sql::migration! {
    "m20261123_000001_create_event",
    up: r"
CREATE TABLE event (
    id {uuid} PRIMARY KEY,
    type {key} NOT NULL,
    aggregate_type {key} NOT NULL,
    aggregate_id {uuid} NOT NULL,
    sequence bigint NOT NULL,
    payload {json} NOT NULL,
    actor_type {key} NOT NULL,
    actor_id {uuid},
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX event_sequence_key ON event (aggregate_type, aggregate_id, sequence);
",
    down: "DROP TABLE event;"
}
