//! Mails. What stands here keeps their place until they can be written and sent.

mod draft;

pub use draft::{Mail, MailName, Mailer, Recipient};
