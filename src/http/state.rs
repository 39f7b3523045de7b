//! What all handlers share.

use std::sync::Arc;

use super::drain::Drain;
use crate::app::App;
use crate::error::Result;
use crate::graphql::document::Documents;
use crate::graphql::scalar_checks;

#[derive(Clone)]
pub(super) struct HttpState(Arc<Shared>);

pub(super) struct Shared {
    pub app: App,
    pub documents: Documents,
    pub drain: Drain,
}

impl HttpState {
    pub(super) fn new(app: App, drain: Drain) -> Result<Self> {
        let config = app.config();
        let documents = Documents::new(&config.limits, config.introspection, &scalar_checks())?;
        Ok(Self(Arc::new(Shared { app, documents, drain })))
    }
}

impl std::ops::Deref for HttpState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
