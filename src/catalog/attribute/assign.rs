//! Gives products and variants values of attributes.

use std::collections::BTreeSet;

use sea_orm::{DatabaseConnection, EntityTrait};
use serde_json::{Value, json};

use crate::auth::Actor;
use crate::catalog::attribute::AttributeService;
use crate::catalog::attribute::input::AttributeValueInput;
use crate::catalog::attribute::known::Known;
use crate::catalog::attribute::sync::{self, values_of};
use crate::catalog::attribute::value::{self, Values};
use crate::catalog::product::service::Writing;
use crate::checks::Checks;
use crate::entity::attribute_type::AttributeSubject;
use crate::entity::product_variant;
use crate::error::{Result, UserError};
use crate::event::EventType;
use crate::id::{AttributeId, ProductId, ProductVariantId};

impl AttributeService {
    /// Replaces the values that a product has of some attributes.
    pub async fn set_of_product(&self, actor: &Actor, id: ProductId, input: Vec<AttributeValueInput>) -> Result<()> {
        let writing = self.products.write(id, "id", None).await?;
        let Some(codes) = set(&writing, None, input).await? else { return Ok(()) };
        writing.finish(actor, EventType::ProductAttributesChanged, json!({ "attributes": codes })).await
    }

    /// Replaces the values that a variant has of some attributes.
    pub async fn set_of_variant(
        &self,
        actor: &Actor,
        id: ProductVariantId,
        input: Vec<AttributeValueInput>,
    ) -> Result<()> {
        let product = product_of(self.products.reader(), id).await?;
        let writing = self.products.write(product, "id", None).await?;
        // It may have gone in the meantime.
        let row = product_variant::Entity::find_by_id(id).one(&writing.tx).await?;
        row.ok_or_else(|| UserError::not_found("id", "variant"))?;
        let Some(codes) = set(&writing, Some(id), input).await? else { return Ok(()) };
        let payload = json!({ "variant": id.to_string(), "attributes": codes });
        writing.finish(actor, EventType::VariantAttributesChanged, payload).await
    }
}

async fn product_of(db: &DatabaseConnection, id: ProductVariantId) -> Result<ProductId> {
    let row = product_variant::Entity::find_by_id(id).one(db).await?;
    Ok(row.ok_or_else(|| UserError::not_found("id", "variant"))?.product_id)
}

/// Writes the values and tells the codes of the attributes that have changed, if any has.
async fn set(
    writing: &Writing,
    variant: Option<ProductVariantId>,
    input: Vec<AttributeValueInput>,
) -> Result<Option<Value>> {
    let subject = variant.map_or(AttributeSubject::Product, |_| AttributeSubject::Variant);
    let known = Known::lock(&writing.tx, input.iter()).await?;
    let current = sync::load(&writing.tx, &[writing.product.id]).await?;
    let before = values_of(&current, variant);
    let mut checks = Checks::new("input");
    let after = value::read(&mut checks, "", (&known, subject), input, before.clone());
    checks.finish()?;
    let changed = changed(&before, &after);
    if changed.is_empty() {
        return Ok(None);
    }
    sync::sync(&writing.tx, writing.product.id, &current, std::iter::once((variant, &after))).await?;
    Ok(Some(json!(known.codes(&changed))))
}

fn changed(before: &Values, after: &Values) -> BTreeSet<AttributeId> {
    let ids = before.keys().chain(after.keys()).copied();
    ids.filter(|id| before.get(id) != after.get(id)).collect()
}
