//! How something shall be shown in a channel, checked and free of any wire format.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::catalog::publication::Window;
use crate::catalog::publication::input::PublicationInput;
use crate::channel;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::error::{Result, UserError};
use crate::event::Details;
use crate::id::ChannelId;

/// A channel, and when it shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicationSpec {
    pub channel: ChannelId,
    pub window: Window,
}

impl PublicationSpec {
    /// Checks the input as a whole.
    pub async fn read(db: &impl ConnectionTrait, input: PublicationInput) -> Result<Self> {
        let window = Window {
            from: input.published_from.map(|instant| instant.0),
            until: input.published_until.map(|instant| instant.0),
        };
        let mut checks = Checks::new("input");
        let channel = channel::find(db, Some(&input.channel)).await?.map(|market| market.channel.id);
        if channel.is_none() {
            checks.push(UserError::not_found(checks.path("channel"), "channel"));
        }
        if !window.is_possible() {
            let message = "The end is after the beginning; leave it out for a span without an end.";
            checks.push(UserError::invalid(checks.path("publishedUntil"), message));
        }
        checks.finish()?;
        let channel = channel.ok_or_else(|| UserError::not_found("input.channel", "channel"))?;
        Ok(Self { channel, window })
    }

    /// What is recorded of showing something that the channel showed already, or did not show.
    pub fn details(&self, standing: Option<Window>) -> Result<Details> {
        Details::of_change(self.payload(), &standing, &Some(self.window))
    }

    /// What the event of the change says.
    fn payload(&self) -> Value {
        let instant = |instant: Option<Timestamp>| instant.map(|instant| instant.to_utc().to_rfc3339());
        json!({
            "channel": self.channel.to_string(),
            "publishedFrom": instant(self.window.from),
            "publishedUntil": instant(self.window.until),
        })
    }
}

/// The channel from which something shall be taken.
pub async fn channel_to_leave(db: &impl ConnectionTrait, slug: &str) -> Result<ChannelId> {
    let market = channel::find(db, Some(slug)).await?;
    Ok(market.ok_or_else(|| UserError::not_found("channel", "channel"))?.channel.id)
}

/// What is recorded of taking something out of a channel that showed it.
pub fn removed(channel: ChannelId, standing: Window) -> Result<Details> {
    let before =
        json!({ "channel": channel.to_string(), "publishedFrom": standing.from, "publishedUntil": standing.until });
    Details::of_change(json!({ "removed": channel.to_string() }), &before, &Value::Null)
}
