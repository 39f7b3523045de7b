//! Tradepost: a headless commerce server.
//!
//! A request comes in through [`http`], which finds out who asks ([`auth`]) and what is meant ([`graphql`]). Each
//! capability then has one anatomy: `graphql.rs` (types and root fields) calls `service.rs` (use cases, each one
//! transaction), which works on [`entity`] (tables). Rules without I/O stand in files named after their noun.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`app`] | the only constructor of the whole, for use and for tests |
//! | [`address`] | postal addresses by the rules of their country |
//! | [`catalog`] | products, variants, collections and their listings |
//! | [`channel`] | markets, and the market that an operation is read from |
//! | [`price_list`] | prices for some customers or quantities |
//! | [`pricing`] | what a cart costs and why, without any I/O |
//! | [`cart`] | what is about to be bought, priced at every read |
//! | [`promotion`] | what makes carts and catalogue prices cheaper: rules, codes, limits |
//! | [`tax`] | which share of a price is due as tax where the goods go |
//! | [`stock`] | how many units lie where, with the ledger that proves it |
//! | [`account`] | signing in, sessions, passwords, links in mails |
//! | [`customer`] | who buys: registration, profile, addresses, groups, erasure |
//! | [`gift_card`] | what was paid before and pays now, with the ledger that proves it |
//! | [`idempotency`] | requests that shall happen once, however often they are sent |
//! | [`staff`] | who runs the shop, and what they may do |
//! | [`api_token`] | what other systems of the shop call with |
//! | [`audit`] | what all of these did |
//! | [`job`] | what is done beside requests, at least once |
//! | [`mail`] | mails: how one is written from a template, and how it is sent |
//! | [`event`] | the outbox in which every change is recorded |
//! | [`transfer`] | catalogues that come from elsewhere |
//! | [`http_client`] | how services elsewhere are called |
//! | [`db`] | connections and migrations; the only place that knows which database it is |
//! | [`error`] | every failure by who can act on it |
//!
//! Whatever the way in, nothing writes without a transaction, and nothing changes without an event.

// The compiler follows a resolver down to the client of the network on its way to whether it can change threads.
#![recursion_limit = "256"]

pub mod account;
pub mod address;
pub mod api_token;
pub mod app;
pub mod audit;
pub mod auth;
pub mod bulk;
pub mod cart;
pub mod catalog;
pub mod channel;
pub mod checks;
pub mod cli;
pub mod clock;
pub mod config;
pub mod customer;
pub mod db;
pub mod entity;
pub mod error;
pub mod event;
pub mod gift_card;
pub mod graphql;
pub mod http;
pub mod http_client;
pub mod id;
pub mod idempotency;
pub mod job;
pub mod keyset;
pub mod mail;
pub mod money;
pub mod patch;
pub mod payment;
pub mod price_list;
pub mod pricing;
pub mod promotion;
pub mod sample;
pub mod shipping;
pub mod staff;
pub mod stock;
pub mod tax;
pub mod text;
pub mod transfer;
