//! What can be chosen of an attribute: the list as it shall stand, and how it is written.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::catalog::attribute::input::AttributeChoiceInput;
use crate::checks::Checks;
use crate::db::all_set;
use crate::entity::attribute_type::AttributeType;
use crate::entity::{attribute_choice, attribute_value};
use crate::error::{Result, UserError};
use crate::id::{AttributeChoiceId, AttributeId};

pub const MAX_CHOICES: usize = 1_000;

/// A choice as it shall stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceSpec {
    pub slug: String,
    pub name: String,
    pub color: Option<String>,
}

/// Checks all choices of an attribute.
pub fn read(checks: &mut Checks, r#type: AttributeType, choices: Vec<AttributeChoiceInput>) -> Vec<ChoiceSpec> {
    if !r#type.has_choices() && !choices.is_empty() {
        let message = "Only attributes of the types CHOICE and COLOR have choices.";
        checks.push(UserError::invalid(checks.path("choices"), message));
        return Vec::new();
    }
    if choices.len() > MAX_CHOICES {
        checks.push(UserError::too_long(checks.path("choices"), "The list of choices", MAX_CHOICES));
        return Vec::new();
    }
    let mut slugs = BTreeSet::new();
    let mut specs = Vec::with_capacity(choices.len());
    for (index, choice) in choices.into_iter().enumerate() {
        let spec = checks.within(&format!("choices.{index}"), |checks| {
            let spec = read_one(checks, r#type, choice);
            if !spec.slug.is_empty() && !slugs.insert(spec.slug.clone()) {
                let message = format!("The choice \"{}\" is there twice.", spec.slug);
                checks.push(UserError::taken(checks.path("slug"), message));
            }
            spec
        });
        specs.push(spec);
    }
    specs
}

fn read_one(checks: &mut Checks, r#type: AttributeType, choice: AttributeChoiceInput) -> ChoiceSpec {
    let name = checks.name("name", &choice.name, "A name");
    let slug = checks.slug(choice.slug.as_deref(), &name);
    let color = choice.color.map(|color| color.to_ascii_lowercase());
    match (&color, r#type) {
        (None, AttributeType::Color) => checks.push(UserError::required(checks.path("color"), "A colour")),
        (Some(color), AttributeType::Color) if !is_color(color) => {
            let message = "A colour is written as \"#rrggbb\", such as \"#b22222\".";
            checks.push(UserError::invalid(checks.path("color"), message));
        }
        (Some(_), other) if other != AttributeType::Color => {
            let message = "Only choices of an attribute of the type COLOR have a colour.";
            checks.push(UserError::invalid(checks.path("color"), message));
        }
        _ => {}
    }
    ChoiceSpec { slug, name, color }
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The choices of an attribute, in order.
pub async fn load(tx: &DatabaseTransaction, attribute: AttributeId) -> Result<Vec<attribute_choice::Model>> {
    let rows = attribute_choice::Entity::find()
        .filter(attribute_choice::COLUMN.attribute_id.eq(attribute))
        .order_by_asc(attribute_choice::Column::Position)
        .all(tx)
        .await?;
    Ok(rows)
}

/// Brings the choices of an attribute, which is locked, to how they shall stand.
pub async fn sync(
    tx: &DatabaseTransaction,
    attribute: AttributeId,
    current: &[attribute_choice::Model],
    wanted: &[ChoiceSpec],
) -> Result<()> {
    let gone: Vec<_> = current.iter().filter(|row| !wanted.iter().any(|choice| choice.slug == row.slug)).collect();
    remove(tx, &gone).await?;
    let rows = (0_i64..).zip(wanted).filter_map(|(position, choice)| {
        let existing = current.iter().find(|row| row.slug == choice.slug);
        let id = existing.map_or_else(AttributeChoiceId::generate, |row| row.id);
        let ChoiceSpec { slug, name, color } = choice.clone();
        let row = attribute_choice::Model { id, attribute_id: attribute, slug, name, color, position };
        (existing != Some(&row)).then(|| all_set::<attribute_choice::Entity, _>(row))
    });
    use attribute_choice::Column as C;
    let replace = OnConflict::column(C::Id).update_columns([C::Name, C::Color, C::Position]).to_owned();
    attribute_choice::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

async fn remove(tx: &DatabaseTransaction, gone: &[&attribute_choice::Model]) -> Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    let ids = || gone.iter().map(|row| row.id);
    let worn: Option<Option<AttributeChoiceId>> = attribute_value::Entity::find()
        .select_only()
        .column(attribute_value::Column::ChoiceId)
        .filter(attribute_value::COLUMN.choice_id.is_in(ids()))
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?;
    if let Some(row) = gone.iter().find(|row| worn.flatten() == Some(row.id)) {
        let message = format!("Something has the choice \"{}\"; take it away there first.", row.slug);
        return Err(UserError::in_use(message).at("input.choices").into());
    }
    attribute_choice::Entity::delete_many().filter(attribute_choice::COLUMN.id.is_in(ids())).exec(tx).await?;
    Ok(())
}
