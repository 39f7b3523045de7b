//! What is sent to show something in a channel.

use async_graphql::InputObject;

use crate::graphql::scalar::DateTime;

/// A channel that shows something, and the span of time in which it does; the span that was there is replaced.
#[derive(Clone, Debug, InputObject)]
pub struct PublicationInput {
    /// The slug of the channel.
    pub channel: String,
    /// The first instant at which shoppers see it; from now on for good if absent.
    pub published_from: Option<DateTime>,
    /// The first instant at which they do not see it any more, after the beginning; never if absent.
    pub published_until: Option<DateTime>,
}
