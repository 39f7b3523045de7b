//! The schema as far as input goes: input types, and which arguments each field takes.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Name, Positioned, Value};

use crate::error::{Error, Result};

/// Says why a value is none of a custom scalar's, as a sentence.
pub type ScalarCheck = fn(&Value) -> std::result::Result<(), String>;
/// By the scalar's name. A scalar without a check accepts any text, number or boolean.
pub type ScalarChecks = HashMap<&'static str, ScalarCheck>;

pub(crate) struct InputTypes {
    pub(super) inputs: HashMap<Name, Input>,
    pub(super) fields: HashMap<Name, Fields>,
    pub(super) query: Name,
    pub(super) mutation: Option<Name>,
}

pub(super) enum Input {
    Leaf(Leaf),
    Object(Object),
}

pub(super) enum Leaf {
    Int,
    Float,
    String,
    Boolean,
    Id,
    Enum(HashSet<Name>),
    Custom(Option<ScalarCheck>),
}

pub(super) struct Object {
    pub fields: HashMap<Name, InputField>,
    pub required: Vec<Name>,
    pub one_of: bool,
}

pub(super) struct InputField {
    pub ty: Type,
    pub has_default: bool,
}

/// The fields of an object or interface.
pub(super) type Fields = HashMap<Name, Field>;

pub(super) struct Field {
    /// Of the type that the field leads to, without lists.
    pub leads_to: Name,
    pub arguments: HashMap<Name, InputField>,
}

impl InputTypes {
    /// Reads the schema's own printed form.
    pub(crate) fn from_sdl(sdl: &str, checks: &ScalarChecks) -> Result<Self> {
        let document = parse_schema(sdl).map_err(Error::internal)?;
        let mut types = Self { inputs: built_in(), fields: HashMap::new(), query: Name::new("Query"), mutation: None };
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    types.mutation = schema.node.mutation.map(|name| name.node);
                    types.query = schema.node.query.map_or(types.query, |name| name.node);
                }
                TypeSystemDefinition::Type(definition) => types.add(definition.node, checks),
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        Ok(types)
    }

    fn add(&mut self, definition: TypeDefinition, checks: &ScalarChecks) {
        let name = definition.name.node;
        let one_of = definition.directives.iter().any(|directive| directive.node.name.node == "oneOf");
        match definition.kind {
            TypeKind::Scalar => {
                let leaf = Leaf::Custom(checks.get(name.as_str()).copied());
                self.inputs.entry(name).or_insert(Input::Leaf(leaf));
            }
            TypeKind::Enum(definition) => {
                let values = definition.values.into_iter().map(|value| value.node.value.node);
                let leaf = Leaf::Enum(values.collect());
                self.inputs.insert(name, Input::Leaf(leaf));
            }
            TypeKind::InputObject(kind) => {
                let object = object(kind.fields, one_of);
                self.inputs.insert(name, Input::Object(object));
            }
            TypeKind::Object(definition) => {
                self.fields.insert(name, fields(definition.fields));
            }
            TypeKind::Interface(definition) => {
                self.fields.insert(name, fields(definition.fields));
            }
            TypeKind::Union(_) => {}
        }
    }
}

fn built_in() -> HashMap<Name, Input> {
    [("Int", Leaf::Int), ("Float", Leaf::Float), ("String", Leaf::String), ("Boolean", Leaf::Boolean), ("ID", Leaf::Id)]
        .into_iter()
        .map(|(name, leaf)| (Name::new(name), Input::Leaf(leaf)))
        .collect()
}

fn object(definitions: Vec<Positioned<InputValueDefinition>>, one_of: bool) -> Object {
    let fields = input_fields(definitions);
    let mut required: Vec<Name> =
        fields.iter().filter(|(_, field)| field.is_required()).map(|(name, _)| name.clone()).collect();
    // The same mistake is to read the same each time.
    required.sort_unstable();
    Object { fields, required, one_of }
}

impl InputField {
    pub(super) const fn is_required(&self) -> bool {
        !self.ty.nullable && !self.has_default
    }
}

fn input_fields(definitions: Vec<Positioned<InputValueDefinition>>) -> HashMap<Name, InputField> {
    definitions
        .into_iter()
        .map(|definition| {
            let field =
                InputField { ty: definition.node.ty.node, has_default: definition.node.default_value.is_some() };
            (definition.node.name.node, field)
        })
        .collect()
}

fn fields(definitions: Vec<Positioned<FieldDefinition>>) -> Fields {
    definitions
        .into_iter()
        .map(|definition| {
            let field = Field {
                leads_to: named(&definition.node.ty.node).clone(),
                arguments: input_fields(definition.node.arguments),
            };
            (definition.node.name.node, field)
        })
        .collect()
}

fn named(ty: &Type) -> &Name {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(inner),
    }
}
