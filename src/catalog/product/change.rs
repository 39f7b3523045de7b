//! What a change of a product has changed, in the words of the API.

use serde_json::{Value, json};

use crate::catalog::product::spec::ProductSpec;

/// The payload of an event that tells which fields have changed.
pub fn payload(fields: &[&str]) -> Value {
    json!({ "fields": fields })
}

/// The fields in which two states of a product differ.
pub fn fields(before: &ProductSpec, after: &ProductSpec) -> Vec<&'static str> {
    // Taken apart, so that whoever adds a field is reminded of this list.
    let ProductSpec {
        slug,
        name,
        description,
        status,
        vendor,
        product_type,
        seo_title,
        seo_description,
        external_id,
        metadata,
        private_metadata,
        tags,
        images,
        options,
        variants,
        attributes,
    } = before;
    let differ = [
        ("name", *name != after.name),
        ("slug", *slug != after.slug),
        ("description", *description != after.description),
        ("status", *status != after.status),
        ("vendor", *vendor != after.vendor),
        ("type", *product_type != after.product_type),
        ("tags", *tags != after.tags),
        ("seo", *seo_title != after.seo_title || *seo_description != after.seo_description),
        ("images", *images != after.images),
        ("options", *options != after.options),
        ("variants", *variants != after.variants),
        ("attributes", *attributes != after.attributes),
        ("externalId", *external_id != after.external_id),
        ("metadata", *metadata != after.metadata),
        ("privateMetadata", *private_metadata != after.private_metadata),
    ];
    differ.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
}
