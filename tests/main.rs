//! Tradepost's behaviour, seen through GraphQL, on SQLite and PostgreSQL alike.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that does not find what it expects has failed")]

mod access;
mod address;
mod api_token;
mod architecture;
mod attribute;
mod audit;
mod cart;
mod channel;
mod collection;
mod command;
mod customer;
mod database;
mod event;
mod export;
mod gift_card;
mod guard;
mod http;
mod import;
mod job;
mod listing;
mod mail;
mod migrations;
mod price_list;
mod product;
mod promotion;
mod sample;
mod schema;
mod shipping;
mod smoke;
mod staff;
mod stock;
mod storm;
mod support;
mod tax;
mod variant;
