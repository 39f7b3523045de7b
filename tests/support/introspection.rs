//! The schema as clients learn it, by introspection.

use serde::Deserialize;
use serde_json::Value;

use super::Client;

const QUERY: &str = "{ __schema { queryType { name } mutationType { name } types {
    kind name description
    fields(includeDeprecated: true) { name description args { ...input } type { ...type } }
    inputFields { ...input } enumValues(includeDeprecated: true) { name description } possibleTypes { name }
    } } }
    fragment input on __InputValue { name description defaultValue type { ...type } }
    fragment type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// All types but those that describe the schema itself and the scalars of the specification.
pub struct Introspection {
    pub types: Vec<Type>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Type {
    pub kind: String,
    pub name: String,
    pub description: Option<String>,
    fields: Option<Vec<Field>>,
    input_fields: Option<Vec<Input>>,
    enum_values: Option<Vec<EnumValue>>,
    possible_types: Option<Vec<Named>>,
}

#[derive(Clone, Deserialize)]
pub struct Field {
    pub name: String,
    pub description: Option<String>,
    pub args: Vec<Input>,
    pub r#type: TypeRef,
}

/// An argument, or a field of an input object.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    pub name: String,
    pub description: Option<String>,
    pub default_value: Option<Value>,
    pub r#type: TypeRef,
}

#[derive(Clone, Deserialize)]
pub struct EnumValue {
    pub name: String,
    pub description: Option<String>,
}

#[derive(Clone, Deserialize)]
struct Named {
    name: String,
}

/// A type with its wrappings.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeRef {
    pub kind: String,
    name: Option<String>,
    pub of_type: Option<Box<TypeRef>>,
}

impl Introspection {
    pub async fn read(client: &Client) -> Self {
        let reply = client.query(QUERY).await;
        let types: Vec<Type> = serde_json::from_value(reply.at("/__schema/types").clone()).unwrap();
        let foreign = ["Int", "Float", "String", "Boolean", "ID"];
        let own = |it: &Type| !it.name.starts_with("__") && !foreign.contains(&it.name.as_str());
        Self { types: types.into_iter().filter(own).collect() }
    }

    pub fn get(&self, name: &str) -> Option<&Type> {
        self.types.iter().find(|it| it.name == name)
    }

    /// The named type, which must be there.
    pub fn of(&self, name: &str) -> &Type {
        self.get(name).unwrap_or_else(|| panic!("the schema has no type {name}"))
    }

    /// Whether fields have to be selected of it.
    pub fn is_composite(&self, of: &TypeRef) -> bool {
        self.get(of.base()).is_some_and(|of| ["OBJECT", "INTERFACE"].contains(&of.kind.as_str()))
    }

    /// The object types but the two roots.
    pub fn objects(&self) -> impl Iterator<Item = &Type> {
        self.types.iter().filter(|it| it.kind == "OBJECT" && !["Query", "Mutation"].contains(&it.name.as_str()))
    }

    /// The types that an id can name.
    pub fn nodes(&self) -> Vec<&str> {
        let possible = self.of("Node").possible_types.as_ref().unwrap();
        possible.iter().map(|it| it.name.as_str()).collect()
    }
}

impl Type {
    pub fn fields(&self) -> &[Field] {
        self.fields.as_deref().unwrap_or_default()
    }

    pub fn field(&self, name: &str) -> &Field {
        self.fields().iter().find(|it| it.name == name).unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }

    pub fn input_fields(&self) -> &[Input] {
        self.input_fields.as_deref().unwrap_or_default()
    }

    pub fn enum_values(&self) -> &[EnumValue] {
        self.enum_values.as_deref().unwrap_or_default()
    }
}

impl Input {
    /// Whether nothing can be left out.
    pub fn is_required(&self) -> bool {
        self.r#type.kind == "NON_NULL" && self.default_value.as_ref().is_none_or(Value::is_null)
    }
}

impl TypeRef {
    /// The name of the type within all wrappings.
    pub fn base(&self) -> &str {
        match &self.of_type {
            Some(inner) => inner.base(),
            None => self.name.as_deref().unwrap_or_default(),
        }
    }

    pub fn is_list(&self) -> bool {
        self.kind == "LIST" || self.of_type.as_ref().is_some_and(|inner| inner.is_list())
    }

    /// As it is written in a schema, such as `[ID!]!`.
    pub fn text(&self) -> String {
        let inner = || self.of_type.as_ref().map(|inner| inner.text()).unwrap_or_default();
        match self.kind.as_str() {
            "NON_NULL" => format!("{}!", inner()),
            "LIST" => format!("[{}]", inner()),
            _ => self.base().to_owned(),
        }
    }
}
