//! Turns what an operation asks of products into the plain set of fields that readers take.

use async_graphql::{Context, Lookahead, SelectionField};

use crate::catalog::product::parts::{PartSet, Wanted};
use crate::catalog::product::row::ProductFields as F;

/// What is asked of the product that the field in `context` gives.
pub fn of_product(context: &Context<'_>) -> Wanted {
    let product = context.look_ahead();
    let asked = product.selection_fields();
    let parts = asked.iter().flat_map(SelectionField::selection_set).map(|field| part(&field)).collect();
    Wanted { fields: fields(&product), parts }
}

/// What is asked of the products on the page that the field in `context` gives.
pub fn of_page(context: &Context<'_>) -> F {
    let page = context.look_ahead();
    fields(&page.field("nodes")) | fields(&page.field("edges").field("node"))
}

fn part(field: &SelectionField<'_>) -> PartSet {
    match field.name() {
        "images" => PartSet::IMAGES,
        "tags" => PartSet::TAGS,
        "options" => PartSet::OPTIONS,
        "attributes" => PartSet::ATTRIBUTES,
        // More than that is a matter of its own.
        "collections" if field.selection_set().all(|of| ["id", "slug", "name", "__typename"].contains(&of.name())) => {
            PartSet::COLLECTIONS
        }
        "variants" => field.selection_set().map(|of| variant_part(&of)).collect::<PartSet>() | PartSet::VARIANTS,
        _ => PartSet::empty(),
    }
}

fn variant_part(field: &SelectionField<'_>) -> PartSet {
    match field.name() {
        "image" => PartSet::IMAGES,
        "attributes" => PartSet::VARIANT_ATTRIBUTES,
        "isAvailable" => PartSet::UNITS,
        "selectedOptions" => PartSet::SELECTED_OPTIONS,
        "metadata" | "privateMetadata" => PartSet::VARIANT_METADATA,
        _ => PartSet::empty(),
    }
}

fn fields(product: &Lookahead<'_>) -> F {
    product.selection_fields().iter().flat_map(SelectionField::selection_set).map(|field| columns(&field)).collect()
}

/// The columns behind a field of a product. Of a field that is not known here everything is read.
fn columns(field: &SelectionField<'_>) -> F {
    match field.name() {
        "slug" => F::SLUG,
        "name" => F::NAME,
        "description" => F::DESCRIPTION,
        "status" => F::STATUS,
        "vendor" => F::VENDOR,
        "type" => F::TYPE,
        "seo" => F::SEO,
        "metadata" => F::METADATA,
        "privateMetadata" => F::PRIVATE_METADATA,
        "externalId" => F::EXTERNAL_ID,
        "createdAt" => F::CREATED_AT,
        "updatedAt" => F::UPDATED_AT,
        "version" => F::VERSION,
        "priceRange" | "basePriceRange" if !field.selection_set().any(|end| end.name() == "highest") => F::LOWEST_PRICE,
        "priceRange" | "basePriceRange" => F::LOWEST_PRICE | F::HIGHEST_PRICE,
        "isAvailable" => F::AVAILABILITY,
        "image" => F::IMAGE,
        "id" | "__typename" | "attributes" | "collections" | "history" | "images" | "options" | "publications"
        | "relatedProducts" | "tags" | "variantByOptions" | "variants" => F::empty(),
        _ => F::OWN,
    }
}
