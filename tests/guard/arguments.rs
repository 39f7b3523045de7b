//! Well-formed arguments, made from their types: a guard is asked only after they were read.

use tradepost::id::{
    AddressId, ApiTokenId, AttributeId, CartKey, CartLineId, ChannelId, CollectionId, CustomerGroupId, CustomerId,
    GiftCardId, JobId, MediaId, PickupLocationId, PriceListId, ProductId, ProductVariantId, PromotionCodeId,
    PromotionId, RoleId, ShippingMethodId, ShippingZoneId, StaffUserId, StockLocationId, TaxClassId, TaxRateId,
    TaxZoneId,
};

use crate::support::introspection::{Field, Input, Introspection};

/// The required arguments of a field as GraphQL writes them, with parentheses; ids name nothing that exists.
pub fn arguments(schema: &Introspection, field: &Field) -> String {
    let required = field.args.iter().filter(|argument| argument.is_required());
    let written: Vec<_> = required.map(|argument| named(schema, &field.name, argument)).collect();
    if written.is_empty() { String::new() } else { format!("({})", written.join(", ")) }
}

fn named(schema: &Introspection, field: &str, input: &Input) -> String {
    let value = value(schema, field, input);
    let value = if input.r#type.is_list() { format!("[{value}]") } else { value };
    format!("{}: {value}", input.name)
}

fn value(schema: &Introspection, field: &str, input: &Input) -> String {
    let name = input.r#type.base();
    match name {
        "Int" => "1".to_owned(),
        "Float" => "1.5".to_owned(),
        "Boolean" => "true".to_owned(),
        // The option of the product at the end of every path.
        "String" if input.name == "option" => "\"Size\"".to_owned(),
        "String" => "\"Something\"".to_owned(),
        "Decimal" => "\"1.00\"".to_owned(),
        "CurrencyCode" => "\"USD\"".to_owned(),
        "CountryCode" => "\"US\"".to_owned(),
        "LanguageCode" => "\"en\"".to_owned(),
        "Date" => "\"2026-03-01\"".to_owned(),
        "DateTime" => "\"2026-03-01T12:30:00Z\"".to_owned(),
        // Exactly one of its fields is given.
        "PromotionActionInput" => "{ order: { discount: { percentage: \"10\" } } }".to_owned(),
        "ID" => format!("\"{}\"", id(field, &input.name)),
        _ => {
            let of = schema.of(name);
            if let Some(first) = of.enum_values().first() {
                return first.name.clone();
            }
            assert_eq!(of.kind, "INPUT_OBJECT", "no value of the type {name} is known");
            let required = of.input_fields().iter().filter(|input| input.is_required());
            format!("{{ {} }}", required.map(|input| named(schema, field, input)).collect::<Vec<_>>().join(", "))
        }
    }
}

/// An id of the kind that an argument takes: by its own name, or where that is `id` by the field's.
fn id(field: &str, argument: &str) -> String {
    let noun = if ["id", "ids"].contains(&argument) { field } else { argument };
    match noun {
        _ if noun.starts_with("channel") => ChannelId::generate().to_string(),
        _ if noun.starts_with("productImage") || noun == "images" => MediaId::generate().to_string(),
        _ if noun.starts_with("productVariant") || noun == "variant" => ProductVariantId::generate().to_string(),
        _ if noun.starts_with("product") || noun.starts_with("node") => ProductId::generate().to_string(),
        _ if noun.starts_with("collection") || noun == "parent" => CollectionId::generate().to_string(),
        _ if noun.starts_with("attribute") => AttributeId::generate().to_string(),
        _ if noun.starts_with("customerGroup") => CustomerGroupId::generate().to_string(),
        _ if noun.starts_with("customerAddress") => AddressId::generate().to_string(),
        _ if noun.starts_with("customer") => CustomerId::generate().to_string(),
        _ if noun.starts_with("giftCard") => GiftCardId::generate().to_string(),
        "lines" => CartLineId::generate().to_string(),
        "giftCard" => GiftCardId::generate().to_string(),
        _ if noun.starts_with("cart") => CartKey::random().to_string(),
        _ if noun.starts_with("role") => RoleId::generate().to_string(),
        _ if noun.starts_with("priceList") => PriceListId::generate().to_string(),
        "codes" => PromotionCodeId::generate().to_string(),
        _ if noun.starts_with("promotion") => PromotionId::generate().to_string(),
        _ if noun.starts_with("staffUser") => StaffUserId::generate().to_string(),
        _ if noun.starts_with("apiToken") => ApiTokenId::generate().to_string(),
        "zone" if field.starts_with("shipping") => ShippingZoneId::generate().to_string(),
        _ if noun.starts_with("shippingZone") => ShippingZoneId::generate().to_string(),
        _ if noun.starts_with("shippingMethod") => ShippingMethodId::generate().to_string(),
        _ if noun.starts_with("pickupLocation") => PickupLocationId::generate().to_string(),
        _ if noun.starts_with("job") => JobId::generate().to_string(),
        _ if noun.starts_with("taxClass") => TaxClassId::generate().to_string(),
        _ if noun.starts_with("taxRate") && argument == "id" => TaxRateId::generate().to_string(),
        _ if noun.starts_with("taxZone") => TaxZoneId::generate().to_string(),
        "location" => StockLocationId::generate().to_string(),
        _ => panic!("say in this test what the argument {argument} of {field} is the id of"),
    }
}
