//! How much of something a variant holds, in millionths of a unit, and per how much of it the unit price is told.

crate::sql::migration! {
    "m20261123_000018_add_variant_measure",
    up: r"
ALTER TABLE product_variant ADD COLUMN content_micro bigint
    CONSTRAINT product_variant_content_check CHECK (content_micro > 0);
ALTER TABLE product_variant ADD COLUMN content_unit {key};
ALTER TABLE product_variant ADD COLUMN reference_micro bigint
    CONSTRAINT product_variant_reference_check CHECK (reference_micro > 0);
ALTER TABLE product_variant ADD COLUMN reference_unit {key};
",
    down: "
ALTER TABLE product_variant DROP COLUMN reference_unit;
ALTER TABLE product_variant DROP COLUMN reference_micro;
ALTER TABLE product_variant DROP COLUMN content_unit;
ALTER TABLE product_variant DROP COLUMN content_micro;
"
}
