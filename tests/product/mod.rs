//! What staff do to products.

mod concurrency;
mod create;
mod create_refused;
mod delete;
mod image;
mod status;
mod update;
mod update_refused;
