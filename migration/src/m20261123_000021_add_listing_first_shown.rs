//! Since when a channel has shown a product, of which prices before that were nobody's. Of what is shown already nothing
//! better is known than when it was made; of what is not, it is unknown whether it ever was.

crate::sql::migration! {
    "m20261123_000021_add_listing_first_shown",
    up: r"
ALTER TABLE product_listing ADD COLUMN first_shown bigint;
UPDATE product_listing SET first_shown = CASE WHEN published_from > created_at THEN published_from ELSE created_at END
WHERE is_published;
",
    down: "
ALTER TABLE product_listing DROP COLUMN first_shown;
"
}
