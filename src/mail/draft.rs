//! What a caller wants to have sent.

use serde_json::Value;
use uuid::Uuid;

use super::name::MailName;

#[derive(Clone)]
pub struct Mail {
    pub name: MailName,
    /// Made from the mail's cause, so that the same mail has the same id when it is sent again.
    pub id: Uuid,
    pub to: Recipient,
    /// The language to write in, as BCP 47 tag; there is always one that serves instead.
    pub language: String,
    /// What the template shows: an object with what [`MailName::sample`] has for it. The shop's name and addresses are
    /// there without being given.
    pub data: Value,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone)]
pub struct Recipient {
    pub address: String,
    pub name: Option<String>,
}

#[derive(Clone)]
pub struct Attachment {
    pub file_name: String,
    /// Such as `application/pdf`.
    pub content_type: String,
    pub content: Vec<u8>,
}
