//! What a field's description says that it requires.

use tradepost::auth::Permission;

use crate::support::introspection::Field;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    Session,
    Customer,
    Permission(Permission),
}

impl Requirement {
    /// The fewest permissions that meet it.
    pub fn permissions(self) -> Vec<Permission> {
        match self {
            Self::Session | Self::Customer => Vec::new(),
            Self::Permission(permission) => vec![permission],
        }
    }
}

/// `None` where everybody may read it. What is required stands at the end, in fixed words.
pub fn requirement(field: &Field) -> Option<Requirement> {
    let text = field.description.as_deref().unwrap_or_default();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, required) = words.rsplit_once("Requires ")?;
    if required == "a customer." {
        return Some(Requirement::Customer);
    }
    if required == "a session." {
        return Some(Requirement::Session);
    }
    let name = required.strip_prefix('`').and_then(|rest| rest.strip_suffix("`."));
    let permission = name.and_then(Permission::parse);
    assert!(permission.is_some(), "{} ends with an unknown requirement: \"{required}\"", field.name);
    permission.map(Requirement::Permission)
}
