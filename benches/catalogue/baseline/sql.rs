//! The statements, with the same rules of visibility as the server's: what is assigned to the channel, published, within
//! its time, and has a price.

/// A page of 24 products by name, and one more to tell whether there is another page. `$1` names the collection, `$2` is
/// the channel, `$3` the instant, `$4` and `$5` are the place after which the page begins.
macro_rules! listing {
    (collection: $name:literal, $which:literal, after: $after:literal) => {
        concat!(
            "SELECT ",
            $name,
            ", p.id, p.name, p.slug, l.lowest_minor, l.name_key, m.url, m.alt_text
            FROM collection_listing AS l
            JOIN product AS p ON p.id = l.product_id
            LEFT JOIN media AS m ON m.product_id = l.product_id AND m.position = 0
            WHERE l.channel_id = $2 AND l.is_published = true
              AND (l.published_from = -9223372036854775807 OR l.published_from <= $3)
              AND (l.published_until = 9223372036854775807 OR l.published_until > $3)
              AND l.collection_id = (
                SELECT c.id FROM collection AS c
                JOIN collection_channel AS s ON s.collection_id = c.id AND s.channel_id = $2
                WHERE ",
            $which,
            " AND c.status = 'ACTIVE' AND COALESCE(s.published_from, $3) <= $3
                  AND (s.published_until IS NULL OR s.published_until > $3))",
            $after,
            " ORDER BY l.name_key, l.product_id LIMIT 25"
        )
    };
}

pub const OF_ID: &str = listing!(collection: "NULL", "c.id = $1", after: "");
pub const OF_ID_AFTER: &str =
    listing!(collection: "NULL", "c.id = $1", after: " AND (l.name_key, l.product_id) > ($4, $5)");
pub const OF_SLUG: &str =
    listing!(collection: "(SELECT name FROM collection WHERE slug = $1)", "c.slug = $1", after: "");
pub const OF_SLUG_AFTER: &str = listing!(
    collection: "(SELECT name FROM collection WHERE slug = $1)",
    "c.slug = $1",
    after: " AND (l.name_key, l.product_id) > ($4, $5)"
);

/// A product by its slug, `$1`, with everything on its page; each list is a JSON array of arrays. `$2` is the channel,
/// `$3` the instant.
macro_rules! product {
    (
        images: $images:literal, collections: $collections:literal, variants: $variants:literal,
        values: $values:literal, attributes: $attributes:literal
    ) => {
        concat!(
            "SELECT p.id, p.name, p.slug, p.description, p.vendor, p.product_type, l.lowest_minor, l.highest_minor,
            (SELECT ",
            $images,
            " FROM (
                SELECT id, url, alt_text, position FROM media WHERE product_id = p.id ORDER BY position) AS m),
            (SELECT ",
            $collections,
            " FROM (
                SELECT c.id, c.name, c.slug, c.position FROM collection_product AS cp
                JOIN collection AS c ON c.id = cp.collection_id
                JOIN collection_channel AS s ON s.collection_id = c.id AND s.channel_id = $2
                WHERE cp.product_id = p.id AND c.status = 'ACTIVE' AND COALESCE(s.published_from, $3) <= $3
                  AND (s.published_until IS NULL OR s.published_until > $3)
                ORDER BY c.position, c.id) AS c),
            (SELECT ",
            $variants,
            " FROM (
                SELECT v.id, v.position, v.sku, price.price_minor, price.compare_at_minor, m.url,
                    CASE WHEN NOT v.tracks_stock OR v.backorder_limit IS NULL OR v.backorder_limit + (
                        SELECT COALESCE(SUM(level.on_hand - level.allocated), 0) FROM stock_level AS level
                        WHERE level.variant_id = v.id) > 0 THEN 1 ELSE 0 END AS available,
                    (SELECT ",
            $values,
            " FROM variant_option_value AS w
                        JOIN product_option AS o ON o.id = w.option_id
                        JOIN product_option_value AS val ON val.id = w.value_id
                        WHERE w.variant_id = v.id) AS options
                FROM product_variant AS v
                JOIN variant_price AS price ON price.variant_id = v.id AND price.channel_id = $2
                LEFT JOIN media AS m ON m.id = v.media_id
                WHERE v.product_id = p.id AND v.status = 'ACTIVE' ORDER BY v.position, v.id) AS v),
            (SELECT ",
            $attributes,
            " FROM (
                SELECT a.code, a.name, COALESCE(o.name, t.label) AS label FROM attribute_value AS t
                JOIN attribute AS a ON a.id = t.attribute_id
                LEFT JOIN attribute_choice AS o ON o.id = t.choice_id
                WHERE t.owner_id = p.id ORDER BY a.position, a.id, t.position) AS a)
            FROM product AS p
            JOIN product_listing AS l ON l.product_id = p.id AND l.channel_id = $2
            WHERE p.slug = $1 AND l.is_published = true AND l.published_from <= $3 AND l.published_until > $3"
        )
    };
}

pub const PRODUCT_ON_SQLITE: &str = product!(
    images: "json_group_array(json_array(hex(m.id), m.url, m.alt_text))",
    collections: "json_group_array(json_array(hex(c.id), c.name, c.slug))",
    variants: "json_group_array(json_array(hex(v.id), v.sku, v.price_minor, v.compare_at_minor, v.url, v.available,
                                           json(v.options)))",
    values: "json_group_array(json_array(o.position, o.name, val.position, val.name))",
    attributes: "json_group_array(json_array(a.code, a.name, a.label))"
);

pub const PRODUCT_ON_POSTGRES: &str = product!(
    images: "COALESCE(json_agg(json_build_array(m.id, m.url, m.alt_text)), '[]')::text",
    collections: "COALESCE(json_agg(json_build_array(c.id, c.name, c.slug)), '[]')::text",
    variants: "COALESCE(json_agg(json_build_array(v.id, v.sku, v.price_minor, v.compare_at_minor, v.url, v.available,
                                                  v.options)), '[]')::text",
    values: "COALESCE(json_agg(json_build_array(o.position, o.name, val.position, val.name)), '[]')",
    attributes: "COALESCE(json_agg(json_build_array(a.code, a.name, a.label)), '[]')::text"
);

pub const CHANNEL: &str = "SELECT id, currency FROM channel WHERE is_default = true";
