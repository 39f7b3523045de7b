//! Work that outlives a crash: one row for each thing to do.

crate::sql::migration! {
    "m20261123_000022_create_job",
    up: r"
CREATE TABLE job (
    id {uuid} PRIMARY KEY,
    kind {key} NOT NULL,
    state {key} NOT NULL,
    payload {json} NOT NULL,
    event_id {uuid},
    run_at bigint NOT NULL,
    attempts bigint NOT NULL,
    lease {uuid},
    last_error text,
    created_at bigint NOT NULL,
    finished_at bigint
);
CREATE UNIQUE INDEX job_event_key ON job (event_id, kind);
CREATE INDEX job_due_idx ON job (state, run_at, id);
CREATE INDEX job_created_idx ON job (created_at, id);
CREATE INDEX job_finished_idx ON job (state, finished_at);
",
    down: "DROP TABLE job;"
}
