//! The mails that there are, one template each.

use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailName {
    /// To somebody who has registered: the address is to be confirmed.
    Verification,
    /// Somebody registered with the address of an account that exists; nothing was changed.
    AlreadyRegistered,
    /// The address is confirmed, and the account can be used.
    Welcome,
    /// A link to choose a new password by.
    PasswordReset,
    /// The password was changed.
    PasswordChanged,
    /// To the new address of an account: it is to be confirmed.
    EmailChange,
    /// To the old address of an account: another one has taken its place.
    EmailChanged,
    /// To somebody who shall help to run the shop.
    Invitation,
    /// The deletion of an account is to be confirmed.
    Erasure,
}

impl MailName {
    pub const ALL: [Self; 9] = [
        Self::Verification,
        Self::AlreadyRegistered,
        Self::Welcome,
        Self::PasswordReset,
        Self::PasswordChanged,
        Self::EmailChange,
        Self::EmailChanged,
        Self::Invitation,
        Self::Erasure,
    ];

    /// The name of the template's file, too.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::AlreadyRegistered => "already_registered",
            Self::Welcome => "welcome",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::EmailChange => "email_change",
            Self::EmailChanged => "email_changed",
            Self::Invitation => "invitation",
            Self::Erasure => "erasure",
        }
    }

    /// The kind of the jobs that send it.
    pub const fn job(self) -> &'static str {
        match self {
            Self::Verification => "mail.verification",
            Self::AlreadyRegistered => "mail.already_registered",
            Self::Welcome => "mail.welcome",
            Self::PasswordReset => "mail.password_reset",
            Self::PasswordChanged => "mail.password_changed",
            Self::EmailChange => "mail.email_change",
            Self::EmailChanged => "mail.email_changed",
            Self::Invitation => "mail.invitation",
            Self::Erasure => "mail.erasure",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == text)
    }

    /// Data as the template is given them, for previews and to check templates by. What is here may be relied on:
    /// `name` is the recipient's and may be empty, and `base_url` is what the mail's link begins with.
    pub fn sample(self) -> Value {
        let base_url = match self {
            Self::Invitation => "https://dashboard.example",
            _ => "https://shop.example",
        };
        let mut data = json!({ "name": "Ana Müller", "base_url": base_url });
        if self.has_token() {
            data["token"] = json!("q7Zr2LxN0aVbT4cKdY8eWg");
            data["expires_in_hours"] = json!(24);
        }
        if matches!(self, Self::EmailChange | Self::EmailChanged) {
            data["email"] = json!("ana.new@example.com");
        }
        data
    }

    /// Whether its link carries a secret, which expires.
    pub const fn has_token(self) -> bool {
        match self {
            Self::Verification | Self::PasswordReset | Self::EmailChange | Self::Invitation | Self::Erasure => true,
            Self::AlreadyRegistered | Self::Welcome | Self::PasswordChanged | Self::EmailChanged => false,
        }
    }
}
