//! Collections whose members are found by rules. While a changed rule is applied to the shop, the row says how far it
//! has come, so that any node can go on.

crate::sql::migration! {
    "m20261123_000014_add_collection_rules",
    up: r"
ALTER TABLE collection ADD COLUMN rules {json};
ALTER TABLE collection ADD COLUMN is_evaluating boolean NOT NULL DEFAULT false;
ALTER TABLE collection ADD COLUMN evaluated_up_to {uuid};
CREATE INDEX collection_evaluating_idx ON collection (id) WHERE is_evaluating;
CREATE INDEX collection_rules_idx ON collection (id) WHERE rules IS NOT NULL;
",
    down: "
DROP INDEX collection_rules_idx;
DROP INDEX collection_evaluating_idx;
ALTER TABLE collection DROP COLUMN evaluated_up_to;
ALTER TABLE collection DROP COLUMN is_evaluating;
ALTER TABLE collection DROP COLUMN rules;
"
}
