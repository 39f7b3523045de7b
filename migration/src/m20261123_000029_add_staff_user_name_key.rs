//! The order of staff by their names.

crate::sql::migration! {
    "m20261123_000029_add_staff_user_name_key",
    up: r"
ALTER TABLE staff_user ADD COLUMN name_key {key} NOT NULL DEFAULT '';
UPDATE staff_user SET name_key = lower(name);
CREATE INDEX staff_user_name_idx ON staff_user (name_key, id);
",
    down: "
DROP INDEX staff_user_name_idx;
ALTER TABLE staff_user DROP COLUMN name_key;
"
}
