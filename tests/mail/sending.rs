//! A mail arrives as it was meant.

use serde_json::json;
use tradepost::mail::{Attachment, MailName, Mailer};

use super::{ID, Read, TOKEN, mail, mailer, sends_over, with};
use crate::support::smtp::SmtpServer;

#[tokio::test]
async fn a_mail_arrives_with_its_headers_and_both_parts() {
    let server = SmtpServer::start().await;

    mailer(&server).send(mail(MailName::Verification)).await.unwrap();

    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].from.as_str(), mails[0].to.as_str()), ("shop@shop.example", "ana@customer.example"));
    let read = Read::of(&mails[0].content);
    assert_eq!(read.subject, "Bitte bestätigen Sie Ihre E-Mail-Adresse");
    assert_eq!(read.from, (Some("Käse & Co.".to_owned()), "shop@shop.example".to_owned()));
    assert_eq!(read.to, (Some("Ana Müller".to_owned()), "ana@customer.example".to_owned()));
    assert_eq!(read.id, format!("{ID}@shop.example"));
    assert_eq!(read.header("Auto-Submitted"), ["auto-generated"]);
    assert_eq!(read.header("Date").len(), 1);
    assert!(read.header("Content-Type")[0].starts_with("multipart/alternative"), "{}", read.raw);
    let link = format!("https://shop.example/verify-email?token={TOKEN}");
    assert!(read.text.lines().any(|line| line == link), "{}", read.text);
    assert!(read.text.contains("Guten Tag Ana Müller,") && !read.text.contains('<'), "{}", read.text);
    assert!(read.html.contains(&format!("href=\"{link}\"")) && read.html.contains("Käse &amp; Co."), "{}", read.html);
    assert!(read.raw.is_ascii() && read.raw.lines().all(|line| line.len() < 1_000));
}

#[tokio::test]
async fn what_people_call_themselves_breaks_no_header_and_no_page() {
    let server = SmtpServer::start().await;
    let odd = "Eve\r\nBcc: everybody@example.com\r\n\r\n<b>\"Eve\" \\, Müller</b>, <x@example.com>";
    let mut sent = mail(MailName::Verification);
    sent.to.name = Some(odd.to_owned());
    sent.data = with(with(sent.data, "name", odd), "shop", "Eve\r\nBcc: e@example.com & Söhne <i>");
    let mut invited = sent.clone();
    invited.name = MailName::Invitation;

    mailer(&server).send(sent).await.unwrap();
    mailer(&server).send(invited).await.unwrap();

    let mails = server.mails();
    for received in &mails {
        let read = Read::of(&received.content);
        let shown = "Eve Bcc: everybody@example.com <b>\"Eve\" \\, Müller</b>, <x@example.com>";
        assert_eq!(read.to, (Some(shown.to_owned()), "ana@customer.example".to_owned()));
        assert!(read.header("Bcc").is_empty(), "{}", read.raw);
        assert!(read.html.contains("&lt;b&gt;&quot;Eve&quot;") && !read.html.contains("<b>"), "{}", read.html);
        assert!(read.text.contains("<b>\"Eve\""), "{}", read.text);
    }
    let subject = Read::of(&mails[1].content).subject;
    assert_eq!(subject, "Einladung zur Mitarbeit bei Eve Bcc: e@example.com & Söhne <i>");
}

#[tokio::test]
async fn the_same_mail_sent_twice_has_the_same_id_and_uses_the_connection_again() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);

    for _ in 0..3 {
        mailer.clone().send(mail(MailName::Welcome)).await.unwrap();
    }

    let mails = server.mails();
    let ids: Vec<String> = mails.iter().map(|mail| Read::of(&mail.content).id).collect();
    assert_eq!(ids, vec![format!("{ID}@shop.example"); 3]);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn attachments_come_along() {
    let server = SmtpServer::start().await;
    let content: Vec<u8> = (0..=255).collect();
    let mut sent = mail(MailName::Welcome);
    sent.attachments = vec![Attachment {
        file_name: "Rechnung\r\nX: für Ana.pdf".to_owned(),
        content_type: "application/pdf".to_owned(),
        content: content.clone(),
    }];

    mailer(&server).send(sent).await.unwrap();

    let read = Read::of(&server.mails()[0].content);
    assert!(read.header("Content-Type")[0].starts_with("multipart/mixed"), "{}", read.raw);
    assert_eq!(read.attachments, [("Rechnung X: für Ana.pdf".to_owned(), "application/pdf".to_owned(), content)]);
    assert!(read.text.contains("Ana Müller") && read.html.contains("<html"), "{}", read.text);
}

#[tokio::test]
async fn hosts_of_other_scripts_are_written_for_every_server() {
    let server = SmtpServer::start().await;
    let mut sent = mail(MailName::Welcome);
    sent.to.address = "ana@müller.example".to_owned();

    mailer(&server).send(sent).await.unwrap();

    assert_eq!(server.mails()[0].to, "ana@xn--mller-kva.example");
}

#[tokio::test]
async fn user_and_password_of_the_address_are_used() {
    let server = SmtpServer::start().await;
    let url = format!("smtp://shop%40example.com:p%2Fa%3As@{}", server.address);

    Mailer::new(&sends_over(&url)).unwrap().send(mail(MailName::Welcome)).await.unwrap();

    assert_eq!(server.credentials(), Some(("shop@example.com".to_owned(), "p/a:s".to_owned())));
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_language_that_is_not_there_is_replaced() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    for language in ["de-AT", "DE_ch", "fr", ""] {
        let mut sent = mail(MailName::Welcome);
        sent.language = language.to_owned();
        sent.data = json!({ "name": "", "base_url": "https://shop.example" });
        mailer.send(sent).await.unwrap();
    }

    let subjects: Vec<String> = server.mails().iter().map(|mail| Read::of(&mail.content).subject).collect();
    let (german, english) = ("Willkommen bei Käse & Co.", "Welcome to Käse & Co.");
    assert_eq!(subjects, [german, german, english, english]);
}
