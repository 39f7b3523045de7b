//! Slugs that products and collections had before go on leading to them, until somebody takes them.
//!
//! Invariant: no object's present slug leads to another one. Whoever takes a slug writes its own row first and looks for
//! what leads elsewhere in a following statement: of two at once the unique slug makes the later one wait for the earlier
//! one, and so it sees what that one left.

use sea_orm::{DatabaseTransaction, Value};

use crate::clock::Timestamp;
use crate::db;
use crate::error::Result;
use crate::id::{CollectionId, ProductId};

/// The object that has or had a slug.
#[derive(Clone, Copy, Debug)]
pub enum Owner {
    Product(ProductId),
    Collection(CollectionId),
}

impl Owner {
    const fn table(self) -> &'static str {
        match self {
            Self::Product(_) => "product_slug_redirect",
            Self::Collection(_) => "collection_slug_redirect",
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Product(_) => "product_id",
            Self::Collection(_) => "collection_id",
        }
    }

    fn id(self) -> Value {
        match self {
            Self::Product(id) => id.into(),
            Self::Collection(id) => id.into(),
        }
    }
}

/// Lets a slug that an object has taken lead nowhere else.
pub async fn take(tx: &DatabaseTransaction, owner: Owner, slug: &str) -> Result<()> {
    let sql = format!("DELETE FROM {} WHERE slug = $1", owner.table());
    db::execute(tx, &sql, [slug.into()]).await.map(drop)
}

/// Lets the slug that an object has given up lead to it from now on, and the one that it has taken nowhere else.
pub async fn change(tx: &DatabaseTransaction, owner: Owner, (from, to): (&str, &str), now: Timestamp) -> Result<()> {
    if from == to {
        return Ok(());
    }
    take(tx, owner, to).await?;
    let (table, column) = (owner.table(), owner.column());
    let sql = format!(
        "INSERT INTO {table} (slug, {column}, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (slug) DO UPDATE SET {column} = excluded.{column}, created_at = excluded.created_at"
    );
    db::execute(tx, &sql, [from.into(), owner.id(), now.into()]).await.map(drop)
}
