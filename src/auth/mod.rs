//! Who asks, and what they may do.
//!
//! Two gates stand before everything that is not public: a [`guard`] on the field says who may ask, and the scoped
//! finder of the entity says what they may see. Somebody else's row is simply not there.

mod account;
mod actor_kind;
pub mod guard;
mod keys;
pub mod mail_token;
mod origin;
pub mod password;
pub mod permission;
pub mod preview;
mod rights;
mod scope;
pub mod secret;
mod strength;
pub mod token;

use std::net::IpAddr;

use uuid::Uuid;

use crate::id::{ApiTokenId, ChannelId, CustomerId, SessionId, StaffUserId};

pub use account::AccountId;
pub use actor_kind::ActorKind;
pub use keys::SignedToken;
pub use origin::Origin;
pub use permission::Permission;
pub use rights::{Grant, Rights};
pub use scope::Scope;

/// The party behind a request.
#[derive(Clone, Debug)]
pub enum Actor {
    Anonymous,
    Customer(CustomerActor),
    Staff(StaffActor),
    Token(TokenActor),
    /// A command of the operator, or the server itself.
    System,
}

/// A customer who has signed in.
#[derive(Clone, Debug)]
pub struct CustomerActor {
    pub id: CustomerId,
    pub session: SessionId,
}

/// A signed-in person who runs the shop, with the rights that were read for this request.
#[derive(Clone, Debug)]
pub struct StaffActor {
    pub id: StaffUserId,
    pub session: SessionId,
    pub rights: Rights,
    /// Where the request comes from, if that is known.
    pub address: Option<IpAddr>,
}

/// Another system of the shop, with the rights that were read for this request.
#[derive(Clone, Debug)]
pub struct TokenActor {
    pub id: ApiTokenId,
    pub rights: Rights,
    /// Where the request comes from, if that is known.
    pub address: Option<IpAddr>,
}

impl Actor {
    /// Whether it may do something everywhere.
    pub fn can(&self, permission: Permission) -> bool {
        matches!(self, Self::System) || self.rights().is_some_and(|rights| rights.has(permission))
    }

    /// Whether it may do something in a channel.
    pub fn can_in(&self, permission: Permission, channel: ChannelId) -> bool {
        matches!(self, Self::System) || self.rights().is_some_and(|rights| rights.has_in(permission, channel))
    }

    /// Whether it may do something in any channel at all.
    pub fn can_somewhere(&self, permission: Permission) -> bool {
        matches!(self, Self::System) || self.rights().is_some_and(|rights| rights.has_anywhere(permission))
    }

    /// What those who run the shop may do; nobody else has any.
    pub const fn rights(&self) -> Option<&Rights> {
        match self {
            Self::Staff(staff) => Some(&staff.rights),
            Self::Token(token) => Some(&token.rights),
            Self::Anonymous | Self::Customer(_) | Self::System => None,
        }
    }

    /// Whether nothing is in these rights that the party lacks.
    pub fn covers(&self, rights: &Rights) -> bool {
        matches!(self, Self::System) || self.rights().is_some_and(|own| own.cover(rights))
    }

    /// How much of what is not published is there for this party in a channel: for those who read or change the
    /// catalogue or its stock.
    pub fn sight(&self, channel: ChannelId) -> Sight {
        use Permission::{CollectionWrite, ProductRead, ProductWrite, StockRead, StockWrite};
        let permissions = [ProductRead, ProductWrite, CollectionWrite, StockRead, StockWrite];
        if permissions.into_iter().any(|permission| self.can(permission)) {
            Sight::All
        } else if permissions.into_iter().any(|permission| self.can_in(permission, channel)) {
            Sight::Assigned
        } else {
            Sight::Published
        }
    }

    pub const fn staff(&self) -> Option<&StaffActor> {
        match self {
            Self::Staff(staff) => Some(staff),
            _ => None,
        }
    }

    pub const fn customer(&self) -> Option<&CustomerActor> {
        match self {
            Self::Customer(customer) => Some(customer),
            _ => None,
        }
    }

    /// Who has signed in, and by which session.
    pub const fn account(&self) -> Option<(AccountId, SessionId)> {
        match self {
            Self::Customer(customer) => Some((AccountId::Customer(customer.id), customer.session)),
            Self::Staff(staff) => Some((AccountId::Staff(staff.id), staff.session)),
            Self::Anonymous | Self::Token(_) | Self::System => None,
        }
    }

    /// Where the request of those who run the shop comes from, if that is known.
    pub const fn address(&self) -> Option<IpAddr> {
        match self {
            Self::Staff(staff) => staff.address,
            Self::Token(token) => token.address,
            Self::Anonymous | Self::Customer(_) | Self::System => None,
        }
    }

    /// How records name this party.
    pub const fn kind(&self) -> ActorKind {
        match self {
            Self::Anonymous => ActorKind::Anonymous,
            Self::Customer(_) => ActorKind::Customer,
            Self::Staff(_) => ActorKind::Staff,
            Self::Token(_) => ActorKind::ApiToken,
            Self::System => ActorKind::System,
        }
    }

    /// The id by which records name this party.
    pub const fn uuid(&self) -> Option<Uuid> {
        match self {
            Self::Customer(customer) => Some(customer.id.uuid()),
            Self::Staff(staff) => Some(staff.id.uuid()),
            Self::Token(token) => Some(token.id.uuid()),
            Self::Anonymous | Self::System => None,
        }
    }
}

/// How much of the catalogue is there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// What shoppers see.
    Published,
    /// What is assigned to the channel, also where it is not published.
    Assigned,
    All,
}
