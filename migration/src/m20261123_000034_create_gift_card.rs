//! Gift cards with every change of what is on them, and the keys under which money is moved once.

crate::sql::migration! {
    "m20261123_000034_create_gift_card",
    up: r"
CREATE TABLE gift_card (
    id {uuid} PRIMARY KEY,
    code_hash {key} NOT NULL,
    ending {key} NOT NULL,
    currency {key} NOT NULL,
    initial_minor bigint NOT NULL,
    balance_minor bigint NOT NULL CONSTRAINT gift_card_balance_check CHECK (balance_minor >= 0),
    entry_count bigint NOT NULL,
    expires_at bigint,
    disabled_at bigint,
    customer_id {uuid} REFERENCES customer (id) ON DELETE SET NULL,
    note text NOT NULL,
    external_id {key},
    metadata {json} NOT NULL,
    private_metadata {json} NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX gift_card_code_key ON gift_card (code_hash);
CREATE UNIQUE INDEX gift_card_external_id_key ON gift_card (external_id);
CREATE INDEX gift_card_created_idx ON gift_card (created_at, id);
CREATE INDEX gift_card_balance_idx ON gift_card (balance_minor, id);
CREATE INDEX gift_card_ending_idx ON gift_card (ending);
CREATE INDEX gift_card_customer_idx ON gift_card (customer_id);

CREATE TABLE gift_card_entry (
    id {uuid} PRIMARY KEY,
    gift_card_id {uuid} NOT NULL REFERENCES gift_card (id),
    sequence bigint NOT NULL,
    kind {key} NOT NULL CONSTRAINT gift_card_entry_kind_check CHECK (kind IN
        ('ISSUE', 'ADJUSTMENT', 'PAYMENT', 'REFUND')),
    amount_minor bigint NOT NULL,
    balance_after_minor bigint NOT NULL CONSTRAINT gift_card_entry_balance_check CHECK (balance_after_minor >= 0),
    reason text,
    reference {uuid},
    actor_type {key} NOT NULL,
    actor_id {uuid},
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX gift_card_entry_sequence_key ON gift_card_entry (gift_card_id, sequence);
CREATE INDEX gift_card_entry_reference_idx ON gift_card_entry (reference);

CREATE TABLE idempotency_key (
    scope {key} NOT NULL,
    mutation {key} NOT NULL,
    key {key} NOT NULL,
    input_hash {key} NOT NULL,
    answer {json},
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (scope, mutation, key)
);
CREATE INDEX idempotency_key_expires_idx ON idempotency_key (expires_at);
",
    down: "
DROP TABLE idempotency_key;
DROP TABLE gift_card_entry;
DROP TABLE gift_card;
"
}
