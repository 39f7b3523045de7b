//! Publishing, taking back and archiving: the same three moves for products, variants and collections.

use serde_json::{Value, json};

use crate::entity::publication_status::PublicationStatus;
use crate::error::{Result, UserError, UserErrorCode};
use crate::event::Details;

/// What is done to an object's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusChange {
    Publish,
    Unpublish,
    Archive,
}

impl StatusChange {
    /// The status after the change. What is archived comes back as a draft first, so that nobody publishes by accident
    /// what was taken out for good.
    pub fn next(self, status: PublicationStatus) -> Result<PublicationStatus> {
        match (self, status) {
            (Self::Publish, PublicationStatus::Archived) => {
                let message = "This is archived; unpublish it first, which makes it a draft.";
                Err(UserError::new(UserErrorCode::Invalid, message).at("id").into())
            }
            (Self::Publish, _) => Ok(PublicationStatus::Active),
            (Self::Unpublish, _) => Ok(PublicationStatus::Draft),
            (Self::Archive, _) => Ok(PublicationStatus::Archived),
        }
    }
}

/// What the event of a change says, and what its audit entry says beside.
pub fn details(payload: Value, from: PublicationStatus, to: PublicationStatus) -> Result<Details> {
    Details::of_change(payload, &json!({ "status": word(from) }), &json!({ "status": word(to) }))
}

/// What the event of a change says.
pub fn payload(from: PublicationStatus, to: PublicationStatus) -> Value {
    json!({ "from": word(from), "to": word(to) })
}

const fn word(status: PublicationStatus) -> &'static str {
    match status {
        PublicationStatus::Draft => "DRAFT",
        PublicationStatus::Active => "ACTIVE",
        PublicationStatus::Archived => "ARCHIVED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PublicationStatus::{Active, Archived, Draft};
    use StatusChange::{Archive, Publish, Unpublish};

    #[test]
    fn every_change_of_every_status() {
        let table = [
            (Publish, Draft, Some(Active)),
            (Publish, Active, Some(Active)),
            (Publish, Archived, None),
            (Unpublish, Draft, Some(Draft)),
            (Unpublish, Active, Some(Draft)),
            (Unpublish, Archived, Some(Draft)),
            (Archive, Draft, Some(Archived)),
            (Archive, Active, Some(Archived)),
            (Archive, Archived, Some(Archived)),
        ];

        for (change, from, to) in table {
            assert_eq!(change.next(from).ok(), to, "{change:?} {from:?}");
        }
    }
}
