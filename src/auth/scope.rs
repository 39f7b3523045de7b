//! What rows are there for a reader; the scoped finders of entities ask for it.

use crate::clock::Timestamp;
use crate::id::ChannelId;

/// In which channel and when somebody reads, and how much of it is there for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    pub channel: ChannelId,
    /// What is published for a time only is there or not at this instant.
    pub now: Timestamp,
    /// Whether what is not published is there, too.
    pub sees_drafts: bool,
    /// Whether what is not assigned to the channel is left out, where drafts are there.
    pub only_assigned: bool,
    /// Whether variants that were taken out for good are there, too, where drafts are.
    pub sees_archived: bool,
}
