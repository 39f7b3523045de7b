//! A rendered mail becomes the message that goes over the wire.

use std::time::SystemTime;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{self, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use url::Host;

use super::draft::{Attachment, Mail, Recipient};
use super::failure::SendFailure;
use super::template::Rendered;
use crate::clock::Timestamp;

/// Longer names are cut: some servers refuse long headers.
const LONGEST_NAME: usize = 100;

pub fn compose(mail: &Mail, rendered: Rendered, from: &Mailbox) -> Result<Message, SendFailure> {
    let text = MultiPart::alternative()
        .singlepart(SinglePart::plain(rendered.text))
        .singlepart(SinglePart::html(rendered.html));
    let builder = Message::builder()
        .date(SystemTime::from(Timestamp::now().to_utc()))
        .from(from.clone())
        .to(mailbox(&mail.to)?)
        .subject(rendered.subject)
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        // No answering machine answers to this.
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()));
    let body = if mail.attachments.is_empty() {
        text
    } else {
        let parts = mail.attachments.iter().map(attached).collect::<Result<Vec<_>, _>>()?;
        parts.into_iter().fold(MultiPart::mixed().multipart(text), MultiPart::singlepart)
    };
    builder.multipart(body).map_err(|_| SendFailure::Unwritable("its headers are not complete"))
}

fn mailbox(recipient: &Recipient) -> Result<Mailbox, SendFailure> {
    const WRONG: SendFailure = SendFailure::Unwritable("the recipient's address is none");
    let (user, host) = recipient.address.trim().rsplit_once('@').ok_or(WRONG)?;
    let host = match Host::parse(host) {
        Ok(parsed) if !host.is_ascii() => parsed.to_string(),
        _ => host.to_owned(),
    };
    let address = Address::new(user, host).map_err(|_| WRONG)?;
    let name = recipient.name.as_deref().map(|name| one_line(name, LONGEST_NAME)).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address))
}

fn attached(attachment: &Attachment) -> Result<SinglePart, SendFailure> {
    let content_type = ContentType::parse(&attachment.content_type)
        .map_err(|_| SendFailure::Unwritable("an attachment's content type is none"))?;
    let name = one_line(&attachment.file_name, LONGEST_NAME);
    Ok(message::Attachment::new(name).body(attachment.content.clone(), content_type))
}

/// A text as a header can hold it.
fn one_line(text: &str, longest: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(longest).collect()
}
