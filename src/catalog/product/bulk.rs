//! What staff do to many products at once.

pub mod mutation;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use crate::auth::Actor;
use crate::bulk::{self, Outcome};
use crate::catalog::product::change;
use crate::catalog::product::service::{ProductService, Writing};
use crate::catalog::product::spec::{self, MAX_TAGS};
use crate::catalog::product::sync;
use crate::catalog::product::tags::TagChange;
use crate::catalog::status::StatusChange;
use crate::checks::Checks;
use crate::entity::product_tag;
use crate::error::{Result, UserError};
use crate::event::{Details, EventType};
use crate::id::ProductId;

/// What is done to each product.
enum Step {
    Status(StatusChange),
    Tags(TagChange),
}

impl ProductService {
    /// Publishes, takes back or archives products.
    pub async fn bulk_set_status(
        &self,
        actor: &Actor,
        ids: &[ProductId],
        change: StatusChange,
    ) -> Result<Vec<Outcome<ProductId>>> {
        self.for_each(actor, ids, Step::Status(change)).await
    }

    /// Adds tags to products.
    pub async fn bulk_add_tags(
        &self,
        actor: &Actor,
        ids: &[ProductId],
        tags: Vec<String>,
    ) -> Result<Vec<Outcome<ProductId>>> {
        self.for_each(actor, ids, Step::Tags(TagChange::Add(checked(tags)?))).await
    }

    /// Takes tags away from products.
    pub async fn bulk_remove_tags(
        &self,
        actor: &Actor,
        ids: &[ProductId],
        tags: Vec<String>,
    ) -> Result<Vec<Outcome<ProductId>>> {
        self.for_each(actor, ids, Step::Tags(TagChange::Remove(checked(tags)?))).await
    }

    async fn for_each(&self, actor: &Actor, ids: &[ProductId], step: Step) -> Result<Vec<Outcome<ProductId>>> {
        bulk::check_size("ids", ids.len())?;
        let location = self.default_location().await?;
        let mut outcomes = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            let result = match self.write_next(*id, location).await {
                Ok((writing, _)) => step.take(writing, actor).await,
                Err(error) => Err(error),
            };
            outcomes.push(Outcome::of(&format!("ids.{index}"), Some(*id), result)?);
        }
        Ok(outcomes)
    }
}

impl Step {
    async fn take(&self, writing: Writing, actor: &Actor) -> Result<()> {
        match self {
            Self::Status(change) => writing.change_status(actor, *change).await,
            Self::Tags(change) => retag(writing, actor, change).await,
        }
    }
}

fn checked(tags: Vec<String>) -> Result<Vec<String>> {
    let mut checks = Checks::new("");
    let tags = spec::tags(&mut checks, tags);
    if tags.is_empty() {
        checks.push(UserError::required("tags", "A tag"));
    }
    checks.finish()?;
    Ok(tags)
}

async fn retag(writing: Writing, actor: &Actor, change: &TagChange) -> Result<()> {
    let current = product_tag::Entity::find()
        .filter(product_tag::COLUMN.product_id.eq(writing.product.id))
        .order_by_asc(product_tag::Column::TagKey)
        .all(&writing.tx)
        .await?;
    let before: Vec<String> = current.iter().map(|row| row.tag.clone()).collect();
    let wanted = change.apply(&before);
    if wanted.len() > MAX_TAGS.max(before.len()) {
        return Err(UserError::too_long("id", "The list of tags", MAX_TAGS).into());
    }
    if wanted == before {
        return Ok(());
    }
    sync::tags(&writing.target(actor), &current, &wanted).await?;
    let (before, after) = (json!({ "tags": before }), json!({ "tags": wanted }));
    let details = Details::of_change(change::payload(&["tags"]), &before, &after)?;
    writing.finish(actor, EventType::ProductUpdated, details).await
}
