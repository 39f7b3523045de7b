//! The pictures of a variant in order, of which `product_variant.media_id` is the first, and the products that the shop
//! shows beside another.

crate::sql::migration! {
    "m20261123_000019_create_variant_media",
    up: r"
CREATE TABLE variant_media (
    variant_id {uuid} NOT NULL REFERENCES product_variant (id) ON DELETE CASCADE,
    media_id {uuid} NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    PRIMARY KEY (variant_id, media_id)
);
INSERT INTO variant_media (variant_id, media_id, position)
SELECT id, media_id, 0 FROM product_variant WHERE media_id IS NOT NULL;
CREATE INDEX variant_media_media_idx ON variant_media (media_id);

CREATE TABLE product_relation (
    product_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    related_id {uuid} NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    PRIMARY KEY (product_id, related_id)
);
CREATE INDEX product_relation_related_idx ON product_relation (related_id);
",
    down: "
DROP TABLE product_relation;
DROP TABLE variant_media;
"
}
