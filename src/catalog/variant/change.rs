//! What a change of a variant has changed, in the words of the API.

use crate::catalog::variant::spec::VariantSpec;

/// The fields in which two states of a variant differ.
pub fn fields(before: &VariantSpec, after: &VariantSpec) -> Vec<&'static str> {
    // Taken apart, so that whoever adds a field is reminded of this list.
    let VariantSpec {
        id: _,
        values,
        status,
        sku,
        barcode,
        weight_grams,
        weight_unit,
        requires_shipping,
        is_taxable,
        tax_class,
        tracks_stock,
        backorder_limit,
        price,
        on_hand,
        images,
        content,
        unit_price_reference,
        attributes,
        external_id,
        metadata,
        private_metadata,
    } = before;
    let differ = [
        ("optionValues", *values != after.values),
        ("status", *status != after.status),
        ("sku", *sku != after.sku),
        ("barcode", *barcode != after.barcode),
        ("weight", *weight_grams != after.weight_grams || *weight_unit != after.weight_unit),
        ("requiresShipping", *requires_shipping != after.requires_shipping),
        ("isTaxable", *is_taxable != after.is_taxable),
        ("taxClass", *tax_class != after.tax_class),
        ("tracksStock", *tracks_stock != after.tracks_stock),
        ("backorderLimit", *backorder_limit != after.backorder_limit),
        ("price", *price != after.price),
        ("stock", *on_hand != after.on_hand),
        ("images", *images != after.images),
        ("content", *content != after.content),
        ("unitPriceReference", *unit_price_reference != after.unit_price_reference),
        ("attributes", *attributes != after.attributes),
        ("externalId", *external_id != after.external_id),
        ("metadata", *metadata != after.metadata),
        ("privateMetadata", *private_metadata != after.private_metadata),
    ];
    differ.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
}
