//! A request with its key: whether it was made before, and what came of it.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveEnum, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::auth::secret::hash_secret;
use crate::auth::{Actor, ActorKind};
use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::idempotency_key as row;
use crate::error::{Error, Result, UserError, UserErrorCode};

/// How long an answer is kept.
const KEPT: Duration = Duration::from_hours(24);
/// Where mutations take the key.
const PATH: &str = "input.idempotencyKey";

/// A request of somebody that shall happen once.
#[derive(Clone, Debug)]
pub struct Call {
    scope: String,
    mutation: &'static str,
    key: String,
    input_hash: String,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer<T> {
    Done(T),
    /// What a person has to mend; nothing was done.
    Refused(Vec<UserError>),
}

impl<T> Answer<T> {
    pub fn into_result(self) -> Result<T> {
        match self {
            Self::Done(value) => Ok(value),
            Self::Refused(errors) => Err(Error::User(errors)),
        }
    }
}

impl Call {
    /// A request of who is known by name: the keys of all others would be those of one party.
    pub fn new(actor: &Actor, mutation: &'static str, key: &str, input: &impl Serialize) -> Result<Self> {
        let scope = match (actor.kind(), actor.uuid()) {
            (ActorKind::Anonymous, _) => return Err(Error::internal("a key of nobody was to be kept")),
            (kind, Some(id)) => format!("{}:{id}", kind.to_value()),
            (kind, None) => kind.to_value(),
        };
        let input = serde_json::to_string(input).map_err(Error::internal)?;
        Ok(Self { scope, mutation, key: key.to_owned(), input_hash: hash_secret(&input) })
    }

    /// Begins what is to be done once, and gives the answer instead if there is one already. Another request with the
    /// same key waits until the transaction ends.
    pub async fn begin<T: DeserializeOwned>(&self, tx: &DatabaseTransaction) -> Result<Option<Answer<T>>> {
        if self.claim(tx).await? {
            return Ok(None);
        }
        let found = row::Entity::find_by_id((self.scope.clone(), self.mutation.to_owned(), self.key.clone()));
        let found = found.one(tx).await?.ok_or_else(|| Error::internal("the key of a request went away"))?;
        if found.input_hash != self.input_hash {
            let message = "This key was used for a request with another input; take a new one.";
            return Err(UserError::taken(PATH, message).into());
        }
        let Some(answer) = found.answer else {
            let message = "A request with this key is under way; send it again to learn what comes of it.";
            return Err(UserError::new(UserErrorCode::Conflict, message).at(PATH).into());
        };
        serde_json::from_value(answer).map(Some).map_err(Error::internal)
    }

    /// Writes the key down unless it stands for a request already. One whose time is over is as good as new.
    async fn claim(&self, tx: &DatabaseTransaction) -> Result<bool> {
        let now = Timestamp::now();
        let fresh = row::Model {
            scope: self.scope.clone(),
            mutation: self.mutation.to_owned(),
            key: self.key.clone(),
            input_hash: self.input_hash.clone(),
            answer: None,
            created_at: now,
            expires_at: now.after(KEPT),
        };
        let key = [row::Column::Scope, row::Column::Mutation, row::Column::Key];
        let values = [row::Column::InputHash, row::Column::Answer, row::Column::CreatedAt, row::Column::ExpiresAt];
        let is_over = Expr::col((row::Entity, row::Column::ExpiresAt)).lte(now);
        let replace = OnConflict::columns(key).update_columns(values).action_and_where(is_over).to_owned();
        let insert = row::Entity::insert(all_set::<row::Entity, _>(fresh)).on_conflict(replace);
        Ok(insert.exec_without_returning(tx).await? > 0)
    }

    /// Keeps what came of it, and commits. What was done within `step`, a part of the transaction, is undone if it ended
    /// in a refusal, which is kept, too; any other failure leaves nothing behind.
    pub async fn finish<T: Serialize>(
        &self,
        tx: DatabaseTransaction,
        step: DatabaseTransaction,
        result: Result<T>,
    ) -> Result<T> {
        let answer = match result {
            Ok(value) => {
                step.commit().await?;
                Answer::Done(value)
            }
            Err(Error::User(errors)) => {
                step.rollback().await?;
                Answer::Refused(errors)
            }
            Err(error) => return Err(error),
        };
        let kept: Value = serde_json::to_value(&answer).map_err(Error::internal)?;
        row::Entity::update_many()
            .col_expr(row::Column::Answer, Expr::value(kept))
            .filter(row::COLUMN.scope.eq(self.scope.as_str()))
            .filter(row::COLUMN.mutation.eq(self.mutation))
            .filter(row::COLUMN.key.eq(self.key.as_str()))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        answer.into_result()
    }
}
