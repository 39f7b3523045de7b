//! What a database error means, the same on both databases.
//!
//! PostgreSQL names the constraint that broke; SQLite names its columns, so a table maps one to the other.

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Unique constraints as SQLite reports them: the columns, and the name that PostgreSQL and we use.
///
/// A test compares it with the unique indexes of a migrated database.
pub const UNIQUE: &[(&str, &str)] = &[
    ("api_token.hash", "api_token_hash_key"),
    ("attribute.code", "attribute_code_key"),
    ("attribute.external_id", "attribute_external_id_key"),
    ("attribute_choice.attribute_id, attribute_choice.slug", "attribute_choice_slug_key"),
    ("attribute_value.owner_id, attribute_value.attribute_id, attribute_value.value_key", "attribute_value_key"),
    ("cart.customer_id, cart.channel_id", "cart_customer_key"),
    ("cart.key", "cart_key_key"),
    ("cart_line.cart_id, cart_line.variant_id, cart_line.attributes_key", "cart_line_variant_key"),
    ("channel.is_default", "channel_is_default_key"),
    ("channel.slug", "channel_slug_key"),
    ("collection.external_id", "collection_external_id_key"),
    ("collection.slug", "collection_slug_key"),
    ("customer.email_key", "customer_email_key"),
    ("customer.external_id", "customer_external_id_key"),
    ("customer_group.external_id", "customer_group_external_id_key"),
    ("customer_group.name_key", "customer_group_name_key"),
    ("event.aggregate_type, event.aggregate_id, event.sequence", "event_sequence_key"),
    ("facet_value.source, facet_value.value_key", "facet_value_key"),
    ("gift_card.code_hash", "gift_card_code_key"),
    ("gift_card.external_id", "gift_card_external_id_key"),
    ("gift_card_entry.gift_card_id, gift_card_entry.sequence", "gift_card_entry_sequence_key"),
    ("job.event_id, job.kind", "job_event_key"),
    ("price_list.external_id", "price_list_external_id_key"),
    ("price_list.name_key", "price_list_name_key"),
    ("pickup_location.external_id", "pickup_location_external_id_key"),
    ("pickup_location.name_key", "pickup_location_name_key"),
    ("product.external_id", "product_external_id_key"),
    ("product.slug", "product_slug_key"),
    ("product_option.product_id, product_option.name_key", "product_option_name_key"),
    ("product_option_value.option_id, product_option_value.name_key", "product_option_value_name_key"),
    ("product_variant.external_id", "product_variant_external_id_key"),
    ("product_variant.product_id, product_variant.option_key", "product_variant_options_key"),
    ("product_variant.sku_key", "product_variant_sku_key"),
    ("promotion.external_id", "promotion_external_id_key"),
    ("promotion_code.code_key", "promotion_code_key"),
    ("role.name_key", "role_name_key"),
    ("shipping_method.external_id", "shipping_method_external_id_key"),
    ("shipping_zone.external_id", "shipping_zone_external_id_key"),
    ("shipping_zone.name_key", "shipping_zone_name_key"),
    ("staff_user.email_key", "staff_user_email_key"),
    ("stock_location.is_default", "stock_location_is_default_key"),
    ("stock_location.name_key", "stock_location_name_key"),
    ("tax_class.code", "tax_class_code_key"),
    ("tax_class.external_id", "tax_class_external_id_key"),
    ("tax_class.name_key", "tax_class_name_key"),
    ("tax_zone.external_id", "tax_zone_external_id_key"),
    ("tax_zone.name_key", "tax_zone_name_key"),
];

/// The name of the unique constraint that an error reports, if it reports one.
pub fn broken_unique(error: &DbErr) -> Option<&str> {
    let database_error = database_error(error)?;
    if !database_error.is_unique_violation() {
        return None;
    }
    database_error.constraint().or_else(|| {
        let columns = database_error.message().strip_prefix("UNIQUE constraint failed: ")?;
        UNIQUE.iter().find(|(key, _)| *key == columns).map(|(_, name)| *name)
    })
}

/// True where a statement ran longer than it may (SQLSTATE 57014).
pub fn is_timeout(error: &DbErr) -> bool {
    database_error(error).and_then(|error| error.code()).is_some_and(|code| code == "57014")
}

/// True where the database itself is out of reach, rather than one statement at fault.
pub fn is_unavailable(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(cause) | DbErr::Exec(cause) | DbErr::Query(cause) => match cause {
            RuntimeErr::SqlxError(cause) => match cause.as_ref() {
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
                // Class 57P and 08: the server shuts down, or the connection is broken. 40P01 and SQLite's 5: others were
                // in the way for too long; trying again helps.
                sqlx::Error::Database(cause) => cause.code().is_some_and(|code| {
                    code.starts_with("57P") || code.starts_with("08") || code == "40P01" || code == "5"
                }),
                _ => false,
            },
            RuntimeErr::Internal(_) => false,
        },
        _ => false,
    }
}

fn database_error(error: &DbErr) -> Option<&dyn sqlx::error::DatabaseError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
            cause.as_database_error()
        }
        _ => None,
    }
}
