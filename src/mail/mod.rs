//! Mails: how one is written from a template, and how it leaves the house.
//!
//! - A mail is rendered from one HTML file, whose subject and text part come from the same source. Shops replace single
//!   files of ours by their own; a broken one is named when the server starts and never found when a mail is due.
//! - Sending may be repeated: the same mail has the same Message-ID however often it is sent.
//! - What fails says what the mail server answered, and never to whom the mail goes or what stands in it.
//!
//! Whoever has a mail to send does it in a job, so that it is tried again until it has succeeded.

mod builtin;
mod compose;
mod draft;
mod failure;
mod folder;
mod mailer;
mod name;
mod plain_text;
mod replacement;
mod smtp;
mod template;

pub use draft::{Attachment, Mail, Recipient};
pub use failure::SendFailure;
pub use mailer::Mailer;
pub use name::MailName;
pub use template::Rendered;
