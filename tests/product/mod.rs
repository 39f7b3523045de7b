//! What staff do to products.

mod bulk;
mod concurrency;
mod create;
mod create_refused;
mod delete;
mod duplicate;
mod history;
mod image;
mod preview;
mod redirect;
mod related;
mod status;
mod update;
mod update_refused;
