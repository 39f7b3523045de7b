//! What every resolver can reach.

use async_graphql::Context;
use async_graphql::dataloader::DataLoader;

use crate::app::App;
use crate::auth::Actor;
use crate::error::{Error, Result};
use crate::graphql::loader::Batches;

/// The parts of a request, taken from the context where [`crate::graphql::execute`] put them.
pub trait ContextExt {
    fn app(&self) -> &App;
    fn actor(&self) -> &Actor;
    fn loader(&self) -> &DataLoader<Batches>;
}

impl ContextExt for Context<'_> {
    fn app(&self) -> &App {
        self.data_unchecked()
    }

    fn actor(&self) -> &Actor {
        self.data_unchecked()
    }

    fn loader(&self) -> &DataLoader<Batches> {
        self.data_unchecked()
    }
}

/// A row that another row refers to must be there.
pub fn referred<T>(row: Option<T>, what: &str) -> Result<T> {
    row.ok_or_else(|| Error::internal(format!("{what} is missing though a row refers to it")))
}
