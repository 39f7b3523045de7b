//! What shoppers filter by, in a form that is counted fast: each value has a number for good, and each listing holds the
//! numbers of its product's values and its prices in one short text.
//!
//! The text is `lowest,highest,codes`, where a code is a number in four digits of base 64 and prices are left out where
//! there are none. What only staff may see stands apart. Numbers are never given to another value, so that whoever has
//! read what one means may remember it.

crate::sql::migration! {
    "m20261123_000020_create_facet_value",
    up: r"
CREATE TABLE facet_value (
    id {serial},
    source {key} NOT NULL,
    value_key {key} NOT NULL,
    label text NOT NULL
);
CREATE UNIQUE INDEX facet_value_key ON facet_value (source, value_key);

INSERT INTO facet_value (source, value_key, label)
SELECT found.source, found.value_key, MIN(found.label) FROM (
    SELECT 'tag' AS source, tag.tag_key AS value_key, tag.tag AS label FROM product_tag AS tag
    UNION ALL SELECT 'vendor', product.vendor, product.vendor FROM product WHERE product.vendor IS NOT NULL
    UNION ALL SELECT 'type', product.product_type, product.product_type FROM product
              WHERE product.product_type IS NOT NULL
) AS found
GROUP BY found.source, found.value_key
ORDER BY found.source, found.value_key;

ALTER TABLE product_listing ADD COLUMN facets text NOT NULL DEFAULT ',,';
ALTER TABLE product_listing ADD COLUMN hidden_facets text NOT NULL DEFAULT '';

UPDATE product_listing SET facets =
    CASE WHEN has_price THEN CAST(lowest_minor AS text) || ',' || CAST(highest_minor AS text) ELSE ',' END || ','
    || COALESCE((
        SELECT string_agg(
            substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_', CAST(((own.id >> 18) & 63) + 1 AS integer), 1)
            || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_', CAST(((own.id >> 12) & 63) + 1 AS integer), 1)
            || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_', CAST(((own.id >> 6) & 63) + 1 AS integer), 1)
            || substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_', CAST((own.id & 63) + 1 AS integer), 1),
            '')
        FROM (
            SELECT known.id FROM product_tag AS tag
            JOIN facet_value AS known ON known.source = 'tag' AND known.value_key = tag.tag_key
            WHERE tag.product_id = product_listing.product_id
            UNION ALL SELECT known.id FROM product
            JOIN facet_value AS known ON known.source = 'vendor' AND known.value_key = product.vendor
            WHERE product.id = product_listing.product_id
            UNION ALL SELECT known.id FROM product
            JOIN facet_value AS known ON known.source = 'type' AND known.value_key = product.product_type
            WHERE product.id = product_listing.product_id
        ) AS own WHERE own.id < 16777216), '');
",
    down: "
ALTER TABLE product_listing DROP COLUMN hidden_facets;
ALTER TABLE product_listing DROP COLUMN facets;
DROP TABLE facet_value;
"
}
