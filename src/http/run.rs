//! Runs one GraphQL request within its time: who asks, what is meant, does it fit, then the work itself.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use futures::FutureExt;
use http::{HeaderMap, StatusCode};
use tracing::{Instrument, Span};

use super::answer::{Answer, Hint};
use super::authorization;
use super::params::Params;
use super::request_id::RequestId;
use super::state::HttpState;
use crate::auth::{Actor, Origin};
use crate::db::StatementCounter;
use crate::error::{Error, ErrorCode};
use crate::graphql::document::{Operation, Ready, Source};
use crate::graphql::loader::Queue;
use crate::graphql::request;

/// What a method may do: only a POST changes anything.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    Queries,
    All,
}

pub(super) struct Run<'a> {
    pub state: &'a HttpState,
    pub headers: &'a HeaderMap,
    /// Where the request comes from, as far as that is known.
    pub origin: Origin,
    pub request_id: &'a RequestId,
    pub allowed: Allowed,
    pub counter: &'a StatementCounter,
    /// Filled in as soon as it is known, for the log.
    pub operation: Option<Arc<Operation>>,
}

impl Run<'_> {
    /// The answer to a request that was read; its errors are complete.
    pub(super) async fn answer(&mut self, params: Params) -> Answer {
        match self.prepare_and_execute(params).await {
            Ok(answer) => answer,
            Err(mut refused) => {
                refused.complete(self.request_id);
                refused
            }
        }
    }

    async fn prepare_and_execute(&mut self, params: Params) -> Result<Answer, Answer> {
        let app = &self.state.app;
        let actor = self.counter.scope(authorization::actor(app, self.headers, &self.origin)).await?;
        let documents = &self.state.documents;
        if params.query.is_none() && params.persisted.is_none() {
            return Err(no_query());
        }
        let source = Source { query: params.query.as_deref(), persisted: params.persisted.as_ref() };
        let name = params.operation_name.as_deref();
        let operation = documents.find(source, name).await.map_err(Answer::invalid)?;
        self.operation = Some(Arc::clone(&operation));
        let kind = operation.kind();
        if self.allowed == Allowed::Queries && kind != OperationType::Query {
            return Err(post_only());
        }
        let ready = documents.bind(operation, params.variables).map_err(Answer::invalid)?;
        Ok(match kind {
            OperationType::Mutation => self.execute_apart(ready, actor).await,
            OperationType::Query | OperationType::Subscription => {
                let work = Work::new(self, ready, actor);
                work.run().await
            }
        })
    }

    /// A mutation has a task of its own: a client that leaves, or the time limit, ends the wait and not the work.
    async fn execute_apart(&self, ready: Ready, actor: Actor) -> Answer {
        let runs_the_shop = actor.rights().is_some();
        let work = Work::new(self, ready, actor);
        let unfinished = self.state.drain.work();
        let app = self.state.app.clone();
        let task = async move {
            let answer = work.run().await;
            app.job_signal.ring();
            if runs_the_shop {
                app.facet_reader.forget();
            }
            drop(unfinished);
            answer
        };
        match tokio::spawn(task.instrument(Span::current())).await {
            Ok(answer) => answer,
            // The task contains its panics, so this is the runtime going away.
            Err(error) => {
                let mut answer = Answer::failed(Error::internal(error));
                answer.complete(self.request_id);
                answer
            }
        }
    }
}

/// The execution with all it needs, so that it may move to another task.
struct Work {
    state: HttpState,
    counter: StatementCounter,
    request_id: RequestId,
    request: async_graphql::Request,
    queue: Queue,
}

impl Work {
    fn new(run: &Run<'_>, ready: Ready, actor: Actor) -> Self {
        let asked = ready.into_request().data(run.origin.clone());
        let (request, queue) = request(&run.state.app, actor, asked);
        Self {
            state: run.state.clone(),
            counter: run.counter.clone(),
            request_id: run.request_id.clone(),
            request,
            queue,
        }
    }

    async fn run(self) -> Answer {
        let execution = self.queue.run(self.state.documents.execute(self.request));
        let contained = AssertUnwindSafe(self.counter.scope(execution)).catch_unwind();
        match contained.await {
            Ok(response) => Answer::executed(response, &self.request_id),
            // The panic's own report is in the log already.
            Err(_) => Answer::broken(&self.request_id),
        }
    }
}

fn no_query() -> Answer {
    let message = "The request has no query. Send it as \"query\", or by its hash in \"extensions.persistedQuery\".";
    Answer::refused(StatusCode::BAD_REQUEST, ErrorCode::BadUserInput, message)
}

fn post_only() -> Answer {
    let message = "A GET request may only run queries. Send mutations by POST.";
    Answer::refused(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadUserInput, message).with_hint(Hint::AllowPost)
}
