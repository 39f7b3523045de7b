//! What is sent to define attributes, to choose among them, and to give values of them.

use async_graphql::{ID, InputObject};

use crate::entity::attribute_type::{AttributeSubject, AttributeType};
use crate::graphql::scalar::{Date, Decimal};
use crate::patch::Patch;

/// A new attribute.
#[derive(Clone, Debug, InputObject)]
pub struct AttributeCreateInput {
    /// The name, at most 200 characters.
    pub name: String,
    /// The word by which filters and values name it: lower-case letters, digits and single hyphens, unique in the shop.
    /// It is made of the name if absent.
    pub code: Option<String>,
    /// What kind of values it has; this cannot be changed.
    #[graphql(name = "type")]
    pub r#type: AttributeType,
    /// What has values of it; this cannot be changed.
    pub subject: AttributeSubject,
    /// The unit of a `NUMBER`, such as `cm`; at most 20 characters.
    pub unit: Option<String>,
    /// Whether shoppers filter by it.
    #[graphql(default = true)]
    pub is_filterable: bool,
    /// What can be chosen of a `CHOICE` or a `COLOR`, in order, at most 1,000.
    #[graphql(default)]
    pub choices: Vec<AttributeChoiceInput>,
    /// The id of the attribute in another system of the shop; unique.
    pub external_id: Option<String>,
}

/// Changes of an attribute: what is absent stays as it is, null clears; what cannot be empty refuses null.
#[derive(Clone, Debug, InputObject)]
pub struct AttributeUpdateInput {
    /// The version that was read; if the attribute has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, at most 200 characters.
    pub name: Patch<String>,
    /// The word by which filters and values name it. It stays once something has a value of the attribute or a
    /// collection's rules name it (`IN_USE`).
    pub code: Patch<String>,
    /// The unit of a `NUMBER`.
    pub unit: Patch<String>,
    /// Whether shoppers filter by it.
    pub is_filterable: Patch<bool>,
    /// All choices, in order. A choice whose slug stays keeps its id; one that something has cannot go (`IN_USE`).
    pub choices: Patch<Vec<AttributeChoiceInput>>,
    /// The id of the attribute in another system of the shop.
    pub external_id: Patch<String>,
}

/// What can be chosen of an attribute.
#[derive(Clone, Debug, InputObject)]
pub struct AttributeChoiceInput {
    /// The name, at most 200 characters.
    pub name: String,
    /// The word by which filters and values name it, unique in the attribute; made of the name if absent.
    pub slug: Option<String>,
    /// The colour as `#rrggbb`; needed by a `COLOR`, refused by a `CHOICE`.
    pub color: Option<String>,
}

/// Which attributes are wanted: all given conditions must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AttributeFilter {
    /// Those whose values products, or variants, have.
    pub subject: Option<AttributeSubject>,
    /// Those that shoppers filter by, if true; the others, if false.
    pub is_filterable: Option<bool>,
}

/// The values that an object has of one attribute, at most 100, in the one field that fits the attribute's type. An
/// empty list, or no field at all, takes the values away.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AttributeValueInput {
    /// The code of the attribute.
    pub attribute: String,
    /// Values of a `TEXT`: of one line and at most 500 characters each, which differ within the first 200.
    pub texts: Option<Vec<String>>,
    /// Values of a `NUMBER`, with at most six decimal places.
    pub numbers: Option<Vec<Decimal>>,
    /// The value of a `BOOLEAN`.
    pub boolean: Option<bool>,
    /// Values of a `CHOICE` or a `COLOR`, by the choices' slugs.
    pub choices: Option<Vec<String>>,
    /// Values of a `DATE`.
    pub dates: Option<Vec<Date>>,
    /// Values of a `REFERENCE`: the ids of products or collections.
    pub references: Option<Vec<ID>>,
}
