//! Asks the service, and remembers what it said.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Request};
use moka::Expiry;
use moka::future::Cache;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use secrecy::ExposeSecret;

use crate::clock::Timestamp;
use crate::config::TaxProviderConfig;
use crate::entity::tax_class;
use crate::error::{Error, Result};
use crate::http_client::HttpClient;
use crate::id::TaxClassId;
use crate::tax::provider::TaxProvider;
use crate::tax::question::{Answer, Failure, Question};
use crate::tax::remote::protocol::{Asked, NoAnswer, Told};

/// How many answers are remembered.
const MOST: u64 = 10_000;

/// How long the service is left alone after it has failed to answer something.
const REST: Duration = Duration::from_millis(500);

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The service that knows rates.
pub struct Remote {
    config: TaxProviderConfig,
    authorization: Option<HeaderValue>,
    client: HttpClient,
    answers: Cache<Asked, Remembered>,
}

/// What came of a question; `None` where there was no answer.
type Remembered = Option<Arc<Told>>;

impl Remote {
    pub fn new(config: &TaxProviderConfig) -> Result<Self> {
        let bearer = config.secret.as_ref().map(|secret| format!("Bearer {}", secret.expose_secret()));
        let mut authorization = bearer.map(HeaderValue::try_from).transpose().map_err(Error::internal)?;
        if let Some(value) = &mut authorization {
            value.set_sensitive(true);
        }
        Ok(Self {
            authorization,
            client: HttpClient::new()?,
            answers: Cache::builder().max_capacity(MOST).expire_after(Lifetime { told: config.cache }).build(),
            config: config.clone(),
        })
    }

    /// What the service tells; who asks the same at once waits for one answer.
    async fn ask(&self, asked: Asked, at: Timestamp) -> Result<Arc<Told>, Failure> {
        let answer = self.answers.get_with_by_ref(&asked, async {
            let answer = self.call(&asked, at).await;
            answer.inspect_err(|error| tracing::warn!(%error, "the tax provider told no rates")).ok().map(Arc::new)
        });
        answer.await.ok_or(Failure::Unavailable)
    }

    async fn call(&self, asked: &Asked, at: Timestamp) -> Result<Told, NoAnswer> {
        let body = asked.body(at).map_err(NoAnswer::Form)?;
        let mut request = Request::new(body);
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = self.config.url.clone();
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(ACCEPT, JSON);
        headers.extend(self.authorization.clone().map(|value| (AUTHORIZATION, value)));
        asked.read(&self.client.send(request, self.config.timeout).await?)
    }
}

impl TaxProvider for Remote {
    async fn rates(&self, db: &impl ConnectionTrait, question: &Question) -> Result<Answer, Failure> {
        let codes = codes(db, &question.classes).await?;
        let code = |class: &Option<TaxClassId>| class.as_ref().and_then(|class| codes.get(class).cloned());
        let classes: BTreeSet<_> = question.classes.iter().map(code).collect();
        if classes.is_empty() {
            return Ok(Answer::default());
        }
        let asked = Asked {
            home_country: question.home_country.clone(),
            place: question.place.clone(),
            classes: classes.into_iter().collect(),
        };
        let told = self.ask(asked, question.at).await?;
        let pair = |class: &Option<TaxClassId>| Some((*class, *told.get(&code(class))?));
        Ok(question.classes.iter().filter_map(pair).collect())
    }
}

/// By what the service knows classes; no statement where none is named.
async fn codes(
    db: &impl ConnectionTrait,
    classes: &BTreeSet<Option<TaxClassId>>,
) -> Result<HashMap<TaxClassId, String>> {
    let ids: Vec<TaxClassId> = classes.iter().copied().flatten().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = tax_class::Entity::find()
        .select_only()
        .column(tax_class::Column::Id)
        .column(tax_class::Column::Code)
        .filter(tax_class::COLUMN.id.is_in(ids));
    Ok(rows.into_tuple::<(TaxClassId, String)>().all(db).await?.into_iter().collect())
}

/// How long what came of a question is remembered.
struct Lifetime {
    told: Duration,
}

impl Expiry<Asked, Remembered> for Lifetime {
    fn expire_after_create(&self, _: &Asked, answer: &Remembered, _: Instant) -> Option<Duration> {
        Some(if answer.is_some() { self.told } else { REST.min(self.told) })
    }
}
