//! What staff do to collections, and what shoppers see of them.

mod breadcrumbs;
mod create;
mod evaluation;
mod members;
mod moving;
mod reading;
mod redirect;
mod reorder;
mod rules;
mod rules_refused;
mod status;
mod tree;
mod update;
