//! What a party may do, everywhere or in some channels only.

use std::collections::BTreeSet;

use crate::auth::Permission;
use crate::id::ChannelId;

/// A permission, in one channel or everywhere.
pub type Grant = (Permission, Option<ChannelId>);

/// The rights of a staff user or an API token at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights(BTreeSet<Grant>);

impl Rights {
    /// Those of an owner.
    pub fn all() -> Self {
        Permission::ALL.into_iter().map(|permission| (permission, None)).collect()
    }

    /// Whether it may be done everywhere.
    pub fn has(&self, permission: Permission) -> bool {
        self.0.contains(&(permission, None))
    }

    /// Whether it may be done in a channel.
    pub fn has_in(&self, permission: Permission, channel: ChannelId) -> bool {
        self.has(permission) || self.0.contains(&(permission, Some(channel)))
    }

    /// Whether it may be done in any channel at all.
    pub fn has_anywhere(&self, permission: Permission) -> bool {
        self.0.iter().any(|(held, _)| *held == permission)
    }

    /// Whether nothing is in the other that is not in this: nobody gives what he lacks.
    pub fn cover(&self, other: &Self) -> bool {
        self.lacking(other).next().is_none()
    }

    /// What is in the other that is not in this.
    pub fn lacking<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Grant> + 'a {
        let holds = |(permission, channel): &Grant| match channel {
            Some(channel) => self.has_in(*permission, *channel),
            None => self.has(*permission),
        };
        other.0.iter().copied().filter(move |grant| !holds(grant))
    }

    /// What may be done everywhere.
    pub fn everywhere(&self) -> impl Iterator<Item = Permission> {
        self.0.iter().filter(|(_, channel)| channel.is_none()).map(|(permission, _)| *permission)
    }

    /// What may be done in some channels only, by channel.
    pub fn in_channels(&self) -> impl Iterator<Item = (ChannelId, Permission)> {
        let limited = self.0.iter().filter_map(|(permission, channel)| Some(((*channel)?, *permission)));
        limited.filter(|(_, permission)| !self.has(*permission))
    }
}

impl FromIterator<Grant> for Rights {
    fn from_iter<I: IntoIterator<Item = Grant>>(grants: I) -> Self {
        Self(grants.into_iter().collect())
    }
}

impl Extend<Grant> for Rights {
    fn extend<I: IntoIterator<Item = Grant>>(&mut self, grants: I) {
        self.0.extend(grants);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_everywhere_is_held_in_each_channel() {
        let (here, there) = (ChannelId::generate(), ChannelId::generate());
        let everywhere: Rights = [(Permission::ProductWrite, None)].into_iter().collect();
        let limited: Rights = [(Permission::ProductWrite, Some(here))].into_iter().collect();

        assert!(everywhere.has_in(Permission::ProductWrite, there));
        assert!(limited.has_in(Permission::ProductWrite, here) && limited.has_anywhere(Permission::ProductWrite));
        assert!(!limited.has_in(Permission::ProductWrite, there) && !limited.has(Permission::ProductWrite));
    }

    #[test]
    fn nobody_covers_what_he_lacks() {
        let (here, there) = (ChannelId::generate(), ChannelId::generate());
        let rights = |grants: &[Grant]| grants.iter().copied().collect::<Rights>();
        let limited = rights(&[(Permission::ProductWrite, Some(here))]);

        assert!(Rights::all().cover(&limited) && limited.cover(&limited) && limited.cover(&Rights::default()));
        assert!(!limited.cover(&rights(&[(Permission::ProductWrite, None)])));
        assert!(!limited.cover(&rights(&[(Permission::ProductWrite, Some(there))])));
        assert!(!limited.cover(&rights(&[(Permission::ProductRead, Some(here))])));
    }
}
