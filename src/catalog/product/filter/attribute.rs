//! Filters by attributes, read against the attributes that they name.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};

use crate::catalog::attribute::Millionths;
use crate::catalog::attribute::value::text_key;
use crate::catalog::product::filter::checked::{Alternatives, OfVariants, Source};
use crate::catalog::product::input::{DateRange, NumberRange, ProductAttributeFilter};
use crate::entity::attribute;
use crate::entity::attribute_type::{AttributeSubject, AttributeType};
use crate::error::{Error, Result};
use crate::graphql::scalar::{Date, Decimal};

const MAX_ATTRIBUTES: usize = 10;
const MAX_VALUES: usize = 100;

type Sources = BTreeMap<Source, (Alternatives, OfVariants)>;

/// What is wanted of each attribute.
pub async fn read(db: &impl ConnectionTrait, filters: &[ProductAttributeFilter]) -> Result<Sources> {
    if filters.is_empty() {
        return Ok(Sources::new());
    }
    if filters.len() > MAX_ATTRIBUTES {
        let message = format!("filter.attributes names more than {MAX_ATTRIBUTES} attributes.");
        return Err(Error::BadInput(message));
    }
    let rows = attribute::Entity::find()
        .filter(attribute::COLUMN.code.is_in(filters.iter().map(|filter| filter.attribute.as_str())))
        .filter(attribute::COLUMN.is_filterable.eq(true))
        .all(db)
        .await?;
    let mut sources = Sources::new();
    for filter in filters {
        let code = filter.attribute.chars().take(64).collect::<String>();
        let row = rows.iter().find(|row| row.code == filter.attribute).ok_or_else(|| {
            Error::BadInput(format!("filter.attributes: There is no attribute \"{code}\" to filter by."))
        })?;
        let alternatives = alternatives(row.r#type, filter)
            .map_err(|problem| Error::BadInput(format!("filter.attributes: \"{code}\" {problem}")))?;
        let of_variants = row.subject == AttributeSubject::Variant;
        if sources.insert(Source::Attribute(row.id), (alternatives, of_variants)).is_some() {
            let message = format!("filter.attributes names \"{code}\" twice; give all its values together.");
            return Err(Error::BadInput(message));
        }
    }
    Ok(sources)
}

/// The values that will do, or what is wrong with them, as the end of a sentence about the attribute.
fn alternatives(r#type: AttributeType, filter: &ProductAttributeFilter) -> Result<Alternatives, String> {
    match (&filter.values, &filter.range, &filter.dates) {
        (Some(values), None, None) => keys(r#type, values).map(Alternatives::Keys),
        (None, Some(range), None) if r#type == AttributeType::Number => numbers(range),
        (None, None, Some(DateRange { from, to })) if r#type == AttributeType::Date => {
            let text = |day: &Date| day.0.to_string();
            Ok(Alternatives::Dates(from.as_ref().map(text), to.as_ref().map(text)))
        }
        (None, Some(_), None) => Err("has no range: it is not of the type NUMBER.".to_owned()),
        (None, None, Some(_)) => Err("has no range of days: it is not of the type DATE.".to_owned()),
        _ => Err("needs exactly one of \"values\", \"range\" and \"dates\".".to_owned()),
    }
}

/// Values in the form in which they are stored.
fn keys(r#type: AttributeType, values: &[String]) -> Result<BTreeSet<String>, String> {
    if values.len() > MAX_VALUES {
        return Err(format!("is given more than {MAX_VALUES} values."));
    }
    let key = |value: &String| match r#type {
        AttributeType::Text => Ok(text_key(value)),
        AttributeType::Number => number(value).map(|number| number.to_string()),
        _ => Ok(value.clone()),
    };
    values.iter().map(key).collect()
}

fn numbers(NumberRange { from, to }: &NumberRange) -> Result<Alternatives, String> {
    let micro = |end: &Option<Decimal>| end.as_ref().map(|end| number(&end.0).map(|number| number.0)).transpose();
    Ok(Alternatives::Numbers(micro(from)?, micro(to)?))
}

fn number(text: &str) -> Result<Millionths, String> {
    Millionths::parse(text).map_err(|error| format!("is given a number that it cannot have. {error}"))
}
