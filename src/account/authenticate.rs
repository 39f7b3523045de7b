//! From a bearer token to the party behind it.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::account::grants;
use crate::auth::secret::hash_secret;
use crate::auth::token::{Subject, Tokens};
use crate::auth::{AccountId, Actor, CustomerActor, Origin, StaffActor, TokenActor};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::api_token;
use crate::error::{Error, Result};
use crate::id::ApiTokenId;

/// What every API token begins with.
pub const API_TOKEN_PREFIX: &str = "tp_";
/// That a token was used is written down at most so often.
const NOTED_EVERY: Duration = Duration::from_mins(1);

#[derive(Clone)]
pub struct Authenticator {
    db: Db,
    tokens: Arc<Tokens>,
}

impl Authenticator {
    pub const fn new(db: Db, tokens: Arc<Tokens>) -> Self {
        Self { db, tokens }
    }

    /// The party behind a bearer token, with the rights of this instant: of staff and of other systems in one statement,
    /// of a customer in none, whose access ends with the token's few minutes.
    pub async fn authenticate(&self, bearer: &str, origin: &Origin) -> Result<Actor> {
        if bearer.starts_with(API_TOKEN_PREFIX) {
            return self.system(bearer, origin).await;
        }
        let Subject { account, session } = self.tokens.verify(bearer)?;
        match account {
            AccountId::Customer(id) => Ok(Actor::Customer(CustomerActor { id, session })),
            AccountId::Staff(id) => {
                let rights = grants::of_session(self.db.reader(), id, session).await?;
                let rights =
                    rights.ok_or_else(|| Error::Unauthenticated("The session has ended; sign in again.".into()))?;
                Ok(Actor::Staff(StaffActor { id, session, rights, address: origin.address }))
            }
        }
    }

    async fn system(&self, bearer: &str, origin: &Origin) -> Result<Actor> {
        let known = grants::of_token(self.db.reader(), &hash_secret(bearer)).await?;
        let known = known.ok_or_else(|| {
            Error::Unauthenticated("The API token is not known, has expired, or was revoked; make another one.".into())
        })?;
        if known.last_used_at.is_none_or(|at| at.after(NOTED_EVERY) <= Timestamp::now()) {
            let db = self.db.clone();
            // Beside the request, which need not wait for it.
            tokio::spawn(async move {
                if let Err(error) = note_use(&db, known.id).await {
                    tracing::warn!(%error, "the use of an API token could not be written down");
                }
            });
        }
        Ok(Actor::Token(TokenActor { id: known.id, rights: known.rights, address: origin.address }))
    }
}

async fn note_use(db: &Db, id: ApiTokenId) -> Result<()> {
    let tx = db.begin().await?;
    api_token::Entity::update_many()
        .col_expr(api_token::Column::LastUsedAt, Expr::value(Timestamp::now()))
        .filter(api_token::COLUMN.id.eq(id))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
