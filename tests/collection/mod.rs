//! What staff do to collections, and what shoppers see of them.

mod create;
mod members;
mod reading;
mod status;
mod tree;
mod update;
