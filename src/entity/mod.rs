//! The tables, one a file: columns, and scoped finders where a row belongs to somebody. No other logic.

pub mod channel;
pub mod collection;
pub mod collection_product;
pub mod event;
pub mod media;
pub mod product;
pub mod product_listing;
pub mod product_option;
pub mod product_option_value;
pub mod product_tag;
pub mod product_variant;
pub mod publication_status;
pub mod refresh_token;
pub mod role;
pub mod role_permission;
pub mod session;
pub mod staff_user;
pub mod staff_user_role;
pub mod stock_level;
pub mod stock_location;
pub mod stock_movement;
pub mod variant_option_value;
pub mod variant_price;
pub mod weight_unit;
