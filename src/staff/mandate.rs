//! What a role or an API token gives: permissions, everywhere or in some channels only.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::auth::{Permission, Rights};
use crate::channel::{MAX_CHANNELS, Markets};
use crate::checks::Checks;
use crate::error::UserError;
use crate::id::ChannelId;

/// Permissions, and where they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mandate {
    pub permissions: BTreeSet<Permission>,
    /// `None` is everywhere. None of the channels may be left: then it gives nothing.
    pub channels: Option<BTreeSet<ChannelId>>,
}

impl Mandate {
    pub fn rights(&self) -> Rights {
        let everywhere = self.permissions.iter().map(|permission| (*permission, None));
        match &self.channels {
            None => everywhere.collect(),
            Some(channels) => channels
                .iter()
                .flat_map(|channel| self.permissions.iter().map(|permission| (*permission, Some(*channel))))
                .collect(),
        }
    }

    /// Refuses permissions of the input's list that cannot be limited to channels.
    pub fn check_listed(checks: &mut Checks, permissions: &[Permission]) {
        for (index, permission) in permissions.iter().enumerate().filter(|(_, permission)| !permission.is_of_channel())
        {
            let message = format!("{} concerns all channels; it cannot be limited to some.", permission.as_str());
            checks.push(UserError::invalid(checks.path(&format!("permissions.{index}")), message));
        }
    }

    /// The same of permissions that were there before the input limits them.
    pub fn check_kept(&self, checks: &mut Checks) {
        let unfit = self.permissions.iter().filter(|permission| !permission.is_of_channel());
        let unfit: Vec<_> = unfit.map(|permission| permission.as_str()).collect();
        if !unfit.is_empty() {
            let message = format!("What concerns all channels cannot be limited to some: {}.", unfit.join(", "));
            checks.push(UserError::invalid(checks.path("channels"), message));
        }
    }
}

/// The channels of the slugs that an input has in its field `channels`.
pub fn channels(checks: &mut Checks, markets: &Markets, slugs: &[String]) -> BTreeSet<ChannelId> {
    if slugs.is_empty() {
        let message = "Name at least one channel; null means everywhere.";
        checks.push(UserError::required(checks.path("channels"), "").with_message(message));
    }
    if slugs.len() > MAX_CHANNELS {
        checks.push(UserError::too_long(checks.path("channels"), "The list of channels", MAX_CHANNELS));
        return BTreeSet::new();
    }
    let mut found = BTreeSet::new();
    for (index, slug) in slugs.iter().enumerate() {
        match markets.get(Some(slug)) {
            Some(market) => {
                found.insert(market.channel.id);
            }
            None => checks.push(UserError::not_found(checks.path(&format!("channels.{index}")), "channel")),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_limited_to_no_channel_gives_nothing() {
        let permissions = BTreeSet::from([Permission::ProductRead, Permission::ProductWrite]);
        let mandate = |channels| Mandate { permissions: permissions.clone(), channels };

        assert_eq!(mandate(Some(BTreeSet::new())).rights(), Rights::default());
        assert!(mandate(None).rights().has(Permission::ProductWrite));
    }

    #[test]
    fn each_permission_holds_in_each_channel() {
        let (here, there) = (ChannelId::generate(), ChannelId::generate());
        let permissions = BTreeSet::from([Permission::ProductRead, Permission::CollectionWrite]);
        let rights = Mandate { permissions, channels: Some(BTreeSet::from([here, there])) }.rights();

        for channel in [here, there] {
            assert!(rights.has_in(Permission::ProductRead, channel));
            assert!(rights.has_in(Permission::CollectionWrite, channel));
        }
        assert!(!rights.has(Permission::ProductRead));
    }
}
