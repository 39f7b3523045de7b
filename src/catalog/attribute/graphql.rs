//! Attributes and the values that objects have of them, as clients read them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::auth::Permission;
use crate::catalog::attribute::Millionths;
use crate::catalog::attribute::loader::{AttributeKey, ChoicesOf};
use crate::catalog::attribute::row::AttributeRow;
use crate::channel::Market;
use crate::entity::attribute_type::{AttributeSubject, AttributeType};
use crate::entity::{attribute, attribute_choice};
use crate::error::SharedError;
use crate::graphql::context::{ContextExt, Guarded, guarded, referred};
use crate::graphql::node::{Node, NodeId};
use crate::graphql::page;
use crate::graphql::prompt::{Prompt, Prompted};
use crate::graphql::scalar::{Date, DateTime, Decimal, date_time};

/// An attribute that was read whole, or as far as a value tells of it.
#[derive(Clone)]
pub enum Attribute {
    Whole(Arc<attribute::Model>),
    OfValue(Arc<AttributeRow>),
}

impl Attribute {
    pub fn new(row: impl Into<Arc<attribute::Model>>) -> Self {
        Self::Whole(row.into())
    }

    async fn whole(&self, ctx: &Context<'_>) -> Result<Arc<attribute::Model>, SharedError> {
        match self {
            Self::Whole(row) => Ok(Arc::clone(row)),
            Self::OfValue(row) => {
                let row = ctx.loader().load_one(AttributeKey(row.attribute_id)).await?;
                Ok(referred(row, "an attribute")?)
            }
        }
    }
}

/// What of an attribute is known either way.
macro_rules! known {
    ($attribute:expr, $whole:ident => $of_whole:expr, $value:ident => $of_value:expr) => {
        match $attribute {
            Attribute::Whole($whole) => $of_whole,
            Attribute::OfValue($value) => $of_value,
        }
    };
}

/// Something that products or variants are described and filtered by, such as their material.
#[Object]
impl Attribute {
    /// The id.
    pub async fn id(&self) -> ID {
        known!(self, row => row.id.into(), row => row.attribute_id.into())
    }

    /// The word by which filters and values name it.
    async fn code(&self) -> &str {
        known!(self, row => &row.code, row => &row.code)
    }

    /// The name.
    async fn name(&self) -> &str {
        known!(self, row => &row.name, row => &row.name)
    }

    /// What kind of values it has.
    #[graphql(name = "type")]
    async fn kind(&self) -> AttributeType {
        known!(self, row => row.r#type, row => row.r#type)
    }

    /// The unit of a `NUMBER`, such as `cm`; null if it has none.
    async fn unit(&self) -> Option<&str> {
        known!(self, row => row.unit.as_deref(), row => row.unit.as_deref())
    }

    /// Its place among the shop's attributes, which lists of them are sorted by.
    async fn position(&self) -> i32 {
        let position = known!(self, row => row.position, row => row.position);
        i32::try_from(position).unwrap_or(i32::MAX)
    }

    /// What has values of it.
    async fn subject(&self, ctx: &Context<'_>) -> Result<AttributeSubject> {
        Ok(self.whole(ctx).await?.subject)
    }

    /// Whether shoppers filter by it.
    async fn is_filterable(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.whole(ctx).await?.is_filterable)
    }

    /// What can be chosen, in order; empty unless it is a `CHOICE` or a `COLOR`.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn choices(&self, ctx: &Context<'_>) -> Result<Vec<AttributeChoice>> {
        let id = known!(self, row => row.id, row => row.attribute_id);
        let rows = ctx.loader().load_one(ChoicesOf(id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(AttributeChoice::from).collect())
    }

    /// Its id in another system of the shop. Requires `PRODUCT_READ`.
    async fn external_id(&self, ctx: &Context<'_>) -> Guarded<Option<String>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::ProductRead, || ()) {
            return Some(Err(refusal));
        }
        Some(self.whole(ctx).await.map(|row| row.external_id.clone()))
    }

    /// When it was created.
    async fn created_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(date_time(self.whole(ctx).await?.created_at))
    }

    /// When it or its choices were last changed; the values that objects have of it do not count.
    async fn updated_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(date_time(self.whole(ctx).await?.updated_at))
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(i32::try_from(self.whole(ctx).await?.version).unwrap_or(i32::MAX))
    }
}

/// What can be chosen of an attribute.
#[derive(SimpleObject)]
pub struct AttributeChoice {
    /// The id.
    id: ID,
    /// The word by which filters and values name it.
    slug: String,
    /// The name.
    name: String,
    /// The colour as `#rrggbb`, of a `COLOR`.
    color: Option<String>,
}

impl From<attribute_choice::Model> for AttributeChoice {
    fn from(row: attribute_choice::Model) -> Self {
        Self { id: row.id.into(), slug: row.slug, name: row.name, color: row.color }
    }
}

/// The values that an object has of one attribute.
#[derive(SimpleObject)]
pub struct AssignedAttribute {
    /// The attribute.
    attribute: Prompted<Attribute>,
    /// The values, in order; at least one, at most 100.
    values: Vec<Prompted<AttributeValue>>,
}

/// The values of one object, attribute by attribute in the order in which they were read.
pub fn assigned(rows: &[Arc<AttributeRow>], market: &Arc<Market>) -> Vec<Prompted<AssignedAttribute>> {
    let value = |row: &Arc<AttributeRow>| Prompted(AttributeValue { row: Arc::clone(row), market: market.around() });
    let of_one = |rows: &[Arc<AttributeRow>]| {
        let attribute = Prompted(Attribute::OfValue(Arc::clone(rows.first()?)));
        Some(Prompted(AssignedAttribute { attribute, values: rows.iter().map(value).collect() }))
    };
    rows.chunk_by(|one, other| one.attribute_id == other.attribute_id).filter_map(of_one).collect()
}

impl Prompt for Attribute {
    fn is_prompt(&self, field: &str) -> bool {
        matches!(field, "id" | "code" | "name" | "type" | "unit" | "position")
    }
}

impl Prompt for AssignedAttribute {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

impl Prompt for AttributeValue {
    fn is_prompt(&self, field: &str) -> bool {
        field != "reference"
    }
}

/// A value that an object has of an attribute.
pub struct AttributeValue {
    row: Arc<AttributeRow>,
    market: Arc<Market>,
}

/// A value that an object has of an attribute, in the form that fits the attribute's type.
#[Object]
impl AttributeValue {
    /// The value as filters name it: the slug of a choice, the folded text, the number, `true` or `false`, the day, or
    /// the id.
    async fn value(&self) -> &str {
        &self.row.value_key
    }

    /// The value for people: the name of a choice, the text as it was entered, and else the same as `value`.
    async fn label(&self) -> &str {
        &self.row.label
    }

    /// The colour as `#rrggbb`, of a `COLOR`.
    async fn color(&self) -> Option<&str> {
        self.row.color.as_deref()
    }

    /// The number, of a `NUMBER`; its unit is the attribute's.
    async fn number(&self) -> Option<Decimal> {
        self.row.number_micro.map(|micro| Decimal(Millionths(micro).to_string()))
    }

    /// Yes or no, of a `BOOLEAN`.
    async fn boolean(&self) -> Option<bool> {
        (self.row.r#type == AttributeType::Boolean).then(|| self.row.value_key == "true")
    }

    /// The day, of a `DATE`.
    async fn on(&self) -> Option<Date> {
        (self.row.r#type == AttributeType::Date).then(|| Date::from_text(&self.row.value_key)).flatten()
    }

    /// The product or collection, of a `REFERENCE`; null if there is none that you may see.
    async fn reference(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        if self.row.r#type != AttributeType::Reference {
            return Ok(None);
        }
        NodeId::parse(&self.row.value_key)?.load(ctx, &self.market).await
    }
}
