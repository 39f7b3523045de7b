//! What staff do to products.

mod bulk;
mod concurrency;
mod create;
mod create_refused;
mod delete;
mod image;
mod status;
mod update;
mod update_refused;
