//! Lays the changes of an update over how a product stands.

use crate::catalog::product::input::ProductUpdateInput;
use crate::catalog::product::spec::{self, ProductSpec};
use crate::checks::Checks;
use crate::patch::Patch;

/// The specification after an update.
pub fn apply(checks: &mut Checks, before: ProductSpec, input: ProductUpdateInput) -> ProductSpec {
    let (seo_title, seo_description) = match input.seo {
        Patch::Keep => (before.seo_title, before.seo_description),
        Patch::Clear => (None, None),
        Patch::Set(seo) => checks.seo(Some(seo)),
    };
    let images =
        input.images.into_change().map_or_else(|| before.images.clone(), |images| spec::images(checks, images));
    let mut wanted = ProductSpec {
        name: checks.needed("name", input.name).map_or(before.name, |name| checks.name("name", &name, "A name")),
        slug: checks.needed("slug", input.slug).map_or(before.slug, |slug| checks.given_slug(&slug)),
        description: input
            .description
            .into_change()
            .map_or(before.description, |html| checks.html("description", &html)),
        vendor: spec::vendor(checks, input.vendor.apply(before.vendor)),
        product_type: spec::product_type(checks, input.product_type.apply(before.product_type)),
        tags: input.tags.into_change().map_or(before.tags, |tags| spec::tags(checks, tags)),
        external_id: checks.external_id(input.external_id.apply(before.external_id)),
        metadata: checks.metadata_after("metadata", input.metadata, before.metadata),
        private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, before.private_metadata),
        seo_title,
        seo_description,
        images,
        variants: before.variants,
        status: before.status,
        options: before.options,
        attributes: before.attributes,
    };
    wanted.drop_missing_images();
    wanted
}
