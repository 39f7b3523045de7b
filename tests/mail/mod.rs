//! Mails as they arrive, and what happens when they do not.

mod folder;
mod sending;
mod trouble;

use std::time::Duration;

use mail_parser::MessageParser;
use serde_json::Value;
use tradepost::config::Config;
use tradepost::mail::{Mail, MailName, Mailer, Recipient};
use uuid::Uuid;

use crate::support::config;
use crate::support::smtp::SmtpServer;

const TOKEN: &str = "q7Zr2LxN0aVbT4cKdY8eWg";
const ID: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);

/// The configuration of a shop that sends over this address.
fn sends_over(url: &str) -> Config {
    let from = "Käse & Co. <shop@shop.example>";
    let options = ["--smtp-url", url, "--mail-folder", "", "--mail-from", from];
    let mut config = config("sqlite://unused.db", &options);
    config.mail.timeout = Duration::from_secs(20);
    config
}

fn mailer(server: &SmtpServer) -> Mailer {
    Mailer::new(&sends_over(&server.url())).unwrap()
}

/// One that does not wait long.
fn hasty(server: &SmtpServer) -> Mailer {
    let mut config = sends_over(&server.url());
    config.mail.timeout = Duration::from_millis(400);
    Mailer::new(&config).unwrap()
}

fn mail(name: MailName) -> Mail {
    let to = Recipient { address: "ana@customer.example".to_owned(), name: Some("Ana Müller".to_owned()) };
    Mail { name, id: ID, to, language: "de".to_owned(), data: name.sample(), attachments: Vec::new() }
}

/// What a program of the recipient makes of a mail.
#[derive(Debug)]
pub struct Read {
    pub subject: String,
    pub to: (Option<String>, String),
    from: (Option<String>, String),
    pub id: String,
    pub text: String,
    html: String,
    /// Name, type and content.
    attachments: Vec<(String, String, Vec<u8>)>,
    raw: String,
}

impl Read {
    pub fn of(content: &[u8]) -> Self {
        let mail = MessageParser::default().parse(content).unwrap();
        let one = |address: Option<&mail_parser::Address>| {
            let all: Vec<_> = address.unwrap().iter().collect();
            assert_eq!(all.len(), 1, "{all:?}");
            (all[0].name().map(str::to_owned), all[0].address().unwrap().to_owned())
        };
        let attachments = mail.attachments().map(|part| {
            use mail_parser::MimeHeaders;
            let kind = part.content_type().unwrap();
            let kind = format!("{}/{}", kind.ctype(), kind.subtype().unwrap());
            (part.attachment_name().unwrap().to_owned(), kind, part.contents().to_vec())
        });
        Self {
            subject: mail.subject().unwrap().to_owned(),
            to: one(mail.to()),
            from: one(mail.from()),
            id: mail.message_id().unwrap().to_owned(),
            text: mail.body_text(0).unwrap().into_owned(),
            html: mail.body_html(0).unwrap().into_owned(),
            attachments: attachments.collect(),
            raw: String::from_utf8(content.to_vec()).unwrap(),
        }
    }

    /// The values of a header, unfolded.
    fn header(&self, name: &str) -> Vec<String> {
        let head = self.raw.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).collect()
    }
}

fn with(mut data: Value, key: &str, value: &str) -> Value {
    data[key] = value.into();
    data
}
