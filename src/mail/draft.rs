//! What a caller wants to have sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailName {
    Verification,
    AlreadyRegistered,
    Welcome,
    PasswordReset,
    PasswordChanged,
    EmailChange,
    EmailChanged,
    Invitation,
    Erasure,
}
impl MailName {
    pub const fn job(self) -> &'static str {
        "mail.x"
    }
}
#[derive(Clone)]
pub struct Mailer;
impl Mailer {
    pub fn shop(&self) -> &str {
        "x"
    }
    pub async fn send(&self, _m: Mail) -> crate::error::Result<()> {
        Ok(())
    }
}
pub struct Recipient {
    pub address: String,
    pub name: Option<String>,
}
pub struct Mail {
    pub name: MailName,
    pub id: uuid::Uuid,
    pub to: Recipient,
    pub language: String,
    pub data: serde_json::Value,
    pub attachments: Vec<u8>,
}
