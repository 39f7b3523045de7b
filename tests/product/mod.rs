//! What staff do to products.

mod concurrency;
mod create;
mod create_refused;
mod delete;
mod status;
mod update;
mod update_refused;
