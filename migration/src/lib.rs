//! Tradepost's database schema as an ordered list of changes, each of which goes up and down on SQLite and PostgreSQL.
//!
//! A change is plain SQL with a few placeholders for what the two databases spell differently (see [`sql`]).
//! Once on the main branch it is frozen: what follows is a new file (expand, backfill, contract).

mod m20261123_000001_create_event;
mod m20261123_000002_create_channel;
mod m20261123_000003_create_staff_user;
mod m20261123_000004_create_session;
mod m20261123_000005_create_product;
mod m20261123_000006_create_product_variant;
mod m20261123_000007_create_product_listing;
mod m20261123_000008_create_collection;
mod m20261123_000009_create_stock;
mod m20261123_000010_extend_channel;
mod m20261123_000011_create_product_channel;
mod m20261123_000012_extend_product_listing;
mod m20261123_000013_create_collection_listing;
mod m20261123_000014_add_collection_rules;
mod m20261123_000015_create_attribute;
mod m20261123_000016_create_slug_redirect;
mod m20261123_000017_create_variant_price_period;
mod m20261123_000018_add_variant_measure;
mod m20261123_000019_create_variant_media;
mod m20261123_000020_create_facet_value;
mod m20261123_000021_add_listing_first_shown;
mod m20261123_000022_create_job;
mod m20261123_000023_create_sign_in_throttle;
mod m20261123_000024_create_customer;
mod m20261123_000025_extend_session;
mod m20261123_000026_extend_staff_user;
mod m20261123_000027_create_audit_entry;
mod m20261123_000028_add_channel_storefront;
mod m20261123_000029_add_staff_user_name_key;
mod m20261123_000030_create_tax;
mod m20261123_000031_create_shipping;
mod m20261123_000032_create_promotion;
mod m20261123_000033_create_price_list;
mod m20261123_000034_create_gift_card;
mod m20261123_000035_add_channel_terms;
mod m20261123_000036_create_cart;
mod sql;

use sea_orm_migration::MigrationTrait;
pub use sea_orm_migration::{MigratorTrait, SchemaManager};

/// The list of changes, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_event::Migration),
            Box::new(m20261123_000002_create_channel::Migration),
            Box::new(m20261123_000003_create_staff_user::Migration),
            Box::new(m20261123_000004_create_session::Migration),
            Box::new(m20261123_000005_create_product::Migration),
            Box::new(m20261123_000006_create_product_variant::Migration),
            Box::new(m20261123_000007_create_product_listing::Migration),
            Box::new(m20261123_000008_create_collection::Migration),
            Box::new(m20261123_000009_create_stock::Migration),
            Box::new(m20261123_000010_extend_channel::Migration),
            Box::new(m20261123_000011_create_product_channel::Migration),
            Box::new(m20261123_000012_extend_product_listing::Migration),
            Box::new(m20261123_000013_create_collection_listing::Migration),
            Box::new(m20261123_000014_add_collection_rules::Migration),
            Box::new(m20261123_000015_create_attribute::Migration),
            Box::new(m20261123_000016_create_slug_redirect::Migration),
            Box::new(m20261123_000017_create_variant_price_period::Migration),
            Box::new(m20261123_000018_add_variant_measure::Migration),
            Box::new(m20261123_000019_create_variant_media::Migration),
            Box::new(m20261123_000020_create_facet_value::Migration),
            Box::new(m20261123_000021_add_listing_first_shown::Migration),
            Box::new(m20261123_000022_create_job::Migration),
            Box::new(m20261123_000023_create_sign_in_throttle::Migration),
            Box::new(m20261123_000024_create_customer::Migration),
            Box::new(m20261123_000025_extend_session::Migration),
            Box::new(m20261123_000026_extend_staff_user::Migration),
            Box::new(m20261123_000027_create_audit_entry::Migration),
            Box::new(m20261123_000028_add_channel_storefront::Migration),
            Box::new(m20261123_000029_add_staff_user_name_key::Migration),
            Box::new(m20261123_000030_create_tax::Migration),
            Box::new(m20261123_000031_create_shipping::Migration),
            Box::new(m20261123_000032_create_promotion::Migration),
            Box::new(m20261123_000033_create_price_list::Migration),
            Box::new(m20261123_000034_create_gift_card::Migration),
            Box::new(m20261123_000035_add_channel_terms::Migration),
            Box::new(m20261123_000036_create_cart::Migration),
        ]
    }
}
