//! The least that an answer can cost: a handler for each page that sends one hand-written statement, over the same kind
//! of connections, and writes the same JSON.
//!
//! It knows no GraphQL, no limits and no log, and remembers for good which channel is the default.

mod answer;
mod postgres;
mod reads;
mod sql;
mod sqlite;

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::serve::ListenerExt;
use axum::{Json, Router};
use serde::Deserialize;
use tokio::net::TcpListener;
use tradepost::clock::Timestamp;
use uuid::Uuid;

use crate::Result;
use answer::{Answer, Collection, CollectionAnswer, Cursor, Page, ProductAnswer, Products, detail};
use sqlite::Sqlite;

/// As many as the server opens.
const CONNECTIONS: u32 = 10;

pub async fn serve(url: &str, port: u16) -> Result<()> {
    let shop = if url.starts_with("sqlite:") {
        Shop::Sqlite(Sqlite::connect(url).await?)
    } else {
        Shop::Postgres(postgres::Postgres::connect(url).await?)
    };
    let router = Router::new()
        .route("/ready", get(async || Json(true)))
        .route("/w1", get(listing))
        .route("/w1n", get(nested))
        .route("/w2", get(product))
        .with_state(Arc::new(shop));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, router).await?;
    Ok(())
}

enum Shop {
    Sqlite(Sqlite),
    Postgres(postgres::Postgres),
}

/// Whose members a page shows.
enum Members {
    OfId(Uuid),
    OfSlug(String),
}

#[derive(Deserialize)]
struct ListingParams {
    collection: String,
    after: Option<String>,
}

#[derive(Deserialize)]
struct NestedParams {
    slug: String,
    after: Option<String>,
}

#[derive(Deserialize)]
struct ProductParams {
    slug: String,
}

/// Whatever goes wrong ends the measurement.
type Reply<T> = std::result::Result<Json<Answer<T>>, (StatusCode, String)>;

async fn listing(State(shop): State<Arc<Shop>>, Query(params): Query<ListingParams>) -> Reply<Products> {
    let collection = params.collection.strip_prefix("collection_").and_then(|id| id.parse().ok());
    let members = Members::OfId(collection.ok_or((StatusCode::BAD_REQUEST, String::new()))?);
    let page = shop.page(members, params.after.as_deref()).await?;
    Ok(Json(Answer { data: Products { products: page } }))
}

async fn nested(State(shop): State<Arc<Shop>>, Query(params): Query<NestedParams>) -> Reply<CollectionAnswer> {
    let products = shop.page(Members::OfSlug(params.slug), params.after.as_deref()).await?;
    let name = products.collection.clone().unwrap_or_default();
    Ok(Json(Answer { data: CollectionAnswer { collection_by_slug: Collection { name, products } } }))
}

async fn product(State(shop): State<Arc<Shop>>, Query(params): Query<ProductParams>) -> Reply<ProductAnswer> {
    let now = Timestamp::now().as_micros();
    let found = match shop.as_ref() {
        Shop::Sqlite(shop) => shop.product(&params.slug, now).await,
        Shop::Postgres(shop) => shop.product(&params.slug, now).await,
    };
    let found = found.map_err(failed)?.map(|row| detail(row, shop.currency())).transpose().map_err(failed)?;
    Ok(Json(Answer { data: ProductAnswer { product_by_slug: found } }))
}

impl Shop {
    async fn page(&self, members: Members, after: Option<&str>) -> std::result::Result<Page, (StatusCode, String)> {
        let after = after.map(Cursor::decode).transpose().map_err(failed)?;
        let now = Timestamp::now().as_micros();
        let rows = match self {
            Self::Sqlite(shop) => shop.page(&members, after.as_ref(), now).await,
            Self::Postgres(shop) => shop.page(&members, after.as_ref(), now).await,
        };
        Ok(Page::new(rows.map_err(failed)?, after.is_some(), self.currency()))
    }

    fn currency(&self) -> &str {
        match self {
            Self::Sqlite(shop) => &shop.currency,
            Self::Postgres(shop) => &shop.currency,
        }
    }
}

fn failed(error: impl std::fmt::Display) -> (StatusCode, String) {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}
