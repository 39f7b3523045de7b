//! Who asks, and what they may do.
//!
//! Two gates stand before everything that is not public: a [`guard`] on the field says who may ask, and the scoped
//! finder of the entity says what they may see. Somebody else's row is simply not there.

mod actor_kind;
pub mod guard;
mod keys;
pub mod password;
pub mod permission;
pub mod preview;
mod scope;
pub mod secret;
pub mod token;

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::id::{SessionId, StaffUserId};

pub use actor_kind::ActorKind;
pub use keys::SignedToken;
pub use permission::Permission;
pub use scope::Scope;

/// The party behind a request.
#[derive(Clone, Debug)]
pub enum Actor {
    Anonymous,
    Staff(StaffActor),
    /// A command of the operator, or the server itself.
    System,
}

/// A signed-in person who runs the shop, with the rights that were read for this request.
#[derive(Clone, Debug)]
pub struct StaffActor {
    pub id: StaffUserId,
    pub session: SessionId,
    pub permissions: BTreeSet<Permission>,
}

impl Actor {
    pub fn can(&self, permission: Permission) -> bool {
        match self {
            Self::Anonymous => false,
            Self::Staff(staff) => staff.permissions.contains(&permission),
            Self::System => true,
        }
    }

    /// Whether what is not published is there for this party: for those who read or change the
    /// catalogue or its stock.
    pub fn sees_drafts(&self) -> bool {
        use Permission::{CollectionWrite, ProductRead, ProductWrite, StockRead, StockWrite};
        let permissions = [ProductRead, ProductWrite, CollectionWrite, StockRead, StockWrite];
        permissions.into_iter().any(|permission| self.can(permission))
    }

    pub const fn staff(&self) -> Option<&StaffActor> {
        match self {
            Self::Staff(staff) => Some(staff),
            Self::Anonymous | Self::System => None,
        }
    }

    /// How records name this party.
    pub const fn kind(&self) -> ActorKind {
        match self {
            Self::Anonymous => ActorKind::Anonymous,
            Self::Staff(_) => ActorKind::Staff,
            Self::System => ActorKind::System,
        }
    }

    /// The id by which records name this party.
    pub fn uuid(&self) -> Option<Uuid> {
        self.staff().map(|staff| staff.id.uuid())
    }
}
