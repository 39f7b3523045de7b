//! What is sent to find audit entries.

use async_graphql::{ID, InputObject};

use crate::graphql::page::DateTimeRange;

/// Which audit entries are wanted; all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditEntryFilter {
    /// Who did it: the id of a staff user or of an API token.
    pub actor: Option<ID>,
    /// What was done, such as `product.updated`.
    pub action: Option<String>,
    /// What kind of object it was done to, such as `product`: what the ids of its kind begin with.
    pub object_type: Option<String>,
    /// The id of the object that it was done to, which may be gone.
    pub object: Option<ID>,
    /// When it was done.
    pub created_at: Option<DateTimeRange>,
}
