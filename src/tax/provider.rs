//! Who knows the rates.

use std::sync::Arc;

use sea_orm::ConnectionTrait;

use crate::config::TaxProviderConfig;
use crate::error::Result;
use crate::tax::question::{Answer, Failure, Question};
use crate::tax::remote::Remote;
use crate::tax::table::Table;

/// Whoever can tell rates: our own tables, or a service elsewhere.
pub trait TaxProvider {
    /// The rates of all classes that are asked for. A number of statements that does not depend on how many these are.
    fn rates(
        &self,
        db: &impl ConnectionTrait,
        question: &Question,
    ) -> impl Future<Output = Result<Answer, Failure>> + Send;
}

/// What carts and orders ask; cloning it is cheap.
#[derive(Clone)]
pub struct Taxes(Provider);

#[derive(Clone)]
enum Provider {
    Table(Table),
    Remote(Arc<Remote>),
}

impl Taxes {
    pub fn new(config: Option<&TaxProviderConfig>) -> Result<Self> {
        Ok(Self(match config {
            Some(config) => Provider::Remote(Arc::new(Remote::new(config)?)),
            None => Provider::Table(Table),
        }))
    }

    /// The rates of what is bought. It is asked before a transaction begins, never inside of one: the answer may come
    /// over the network, and rows that are locked would wait for it.
    pub async fn rates(&self, db: &impl ConnectionTrait, question: &Question) -> Result<Answer, Failure> {
        match &self.0 {
            Provider::Table(table) => table.rates(db, question).await,
            Provider::Remote(remote) => remote.rates(db, question).await,
        }
    }
}
