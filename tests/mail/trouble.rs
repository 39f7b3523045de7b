//! Mail servers that refuse, fall silent or go away.

use std::time::{Duration, Instant};

use tradepost::error::Error;
use tradepost::mail::{MailName, Mailer, SendFailure};

use super::{Read, TOKEN, hasty, mail, mailer, sends_over};
use crate::support::smtp::{SmtpServer, Step};

/// The reason, which tells nothing of the mail.
fn reason(error: &Error) -> String {
    let reason = std::error::Error::source(error).unwrap().to_string();
    for secret in ["ana@", "customer.example", TOKEN, "Müller"] {
        assert!(!reason.contains(secret) && !format!("{error:?}").contains(secret), "{error:?}");
    }
    reason
}

#[tokio::test]
async fn a_refusal_tells_the_code_and_not_the_recipient() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    server.answer(Step::Recipient, "550-5.1.1 <ana@customer.example>: no such user\r\n550 5.1.1 ana is not here");

    let error = mailer.send(mail(MailName::Verification)).await.unwrap_err();

    assert!(matches!(error, Error::Internal(_)), "{error:?}");
    let reason = reason(&error);
    assert!(reason.contains("550") && reason.contains("no such user") && reason.contains("is not here"), "{reason}");
    assert!(!reason.contains("ana"), "{reason}");
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn a_refusal_for_now_can_be_told_from_one_for_good() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    server.answer(Step::Message, "451 4.7.1 found q7Zr2LxN0aVbT4cKdY8eWg, try again later");

    let error = mailer.send(mail(MailName::Verification)).await.unwrap_err();

    assert!(reason(&error).contains("451 ") || reason(&error).contains("451:"), "{error:?}");
    let Error::Unavailable(cause) = &error else { panic!("{error:?}") };
    let failure = cause.downcast_ref::<SendFailure>().unwrap();
    assert!(matches!(failure, SendFailure::Refused { code: 451, .. }) && !failure.is_permanent());

    server.behave();
    mailer.send(mail(MailName::Verification)).await.unwrap();
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up_in_bounded_time_and_the_next_mail_arrives_whole() {
    for step in [Step::Greeting, Step::Recipient, Step::Message] {
        let server = SmtpServer::start().await;
        let mailer = hasty(&server);
        mailer.send(mail(MailName::Welcome)).await.unwrap();
        server.hang(step);
        let started = Instant::now();

        // The first of them may still be greeted by the connection that is kept.
        let mut outcome = Ok(());
        for _ in 0..2 {
            outcome = mailer.send(mail(MailName::PasswordReset)).await;
        }

        assert!(started.elapsed() < Duration::from_secs(5), "{step:?}: {:?}", started.elapsed());
        if step != Step::Greeting {
            let reason = reason(&outcome.unwrap_err());
            assert!(reason.contains("400 ms"), "{step:?}: {reason}");
        }
        let before = server.mails().len();
        server.behave();
        mailer.send(mail(MailName::Verification)).await.unwrap();
        assert_eq!(server.mails().len(), before + 1, "{step:?}");
        let read = Read::of(&server.mails()[before].content);
        assert!(read.text.contains("/verify-email?token="), "{step:?}: {}", read.raw);
        assert!(!read.raw.contains("NOOP"), "{step:?}: {}", read.raw);
    }
}

#[tokio::test]
async fn a_server_that_never_greets_is_given_up() {
    let server = SmtpServer::start().await;
    server.hang(Step::Greeting);

    let error = hasty(&server).send(mail(MailName::Welcome)).await.unwrap_err();

    assert!(matches!(error, Error::Unavailable(_)), "{error:?}");
    assert!(reason(&error).contains("400 ms"), "{error:?}");
}

#[tokio::test]
async fn a_mail_that_is_given_up_half_way_leaves_no_broken_connection_behind() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    server.hang(Step::Message);

    let stopped = tokio::time::timeout(Duration::from_millis(300), mailer.send(mail(MailName::Welcome))).await;

    assert!(stopped.is_err());
    server.behave();
    mailer.send(mail(MailName::Verification)).await.unwrap();
    assert_eq!(server.mails().len(), 1);
    assert!(Read::of(&server.mails()[0].content).text.contains("/verify-email?token="));
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_server_that_was_away_gets_the_next_mail() {
    let server = SmtpServer::start().await;
    let mailer = mailer(&server);
    mailer.send(mail(MailName::Welcome)).await.unwrap();
    let address = server.stop().await;

    let error = mailer.send(mail(MailName::Welcome)).await.unwrap_err();
    let server = SmtpServer::start_on(address).await;
    mailer.send(mail(MailName::Welcome)).await.unwrap();

    assert!(matches!(error, Error::Unavailable(_)), "{error:?}");
    assert!(reason(&error).contains("cannot be spoken to"), "{error:?}");
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn nothing_is_sent_without_the_encryption_that_is_required() {
    let server = SmtpServer::start().await;
    for url in [
        format!("smtp://shop:hunter2@{}?tls=required", server.address),
        format!("smtps://shop:hunter2@{}", server.address),
    ] {
        let error = Mailer::new(&sends_over(&url)).unwrap().send(mail(MailName::Welcome)).await.unwrap_err();

        assert!(matches!(error, Error::Unavailable(_)), "{url}: {error:?}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
    assert_eq!((server.mails().len(), server.credentials()), (0, None));
}

#[tokio::test]
async fn a_password_that_the_server_does_not_take_is_no_fault_of_the_mail() {
    let server = SmtpServer::start().await;
    server.answer(Step::SignIn, "535 5.7.8 shop@shop.example: wrong");
    let url = format!("smtp://shop%40shop.example:hunter2@{}", server.address);

    let error = Mailer::new(&sends_over(&url)).unwrap().send(mail(MailName::Welcome)).await.unwrap_err();

    assert!(matches!(error, Error::Unavailable(_)), "{error:?}");
    let reason = reason(&error);
    assert!(reason.contains("535") && reason.contains("wrong"), "{reason}");
    assert!(!reason.contains("shop@") && !reason.contains("hunter2"), "{reason}");
}

#[tokio::test]
async fn what_is_no_address_is_refused_without_being_shown() {
    let server = SmtpServer::start().await;
    for address in ["ana", "ana@", "ana@customer.example\r\nBcc: b@example.com", "a b@customer.example", ""] {
        let mut sent = mail(MailName::Welcome);
        sent.to.address = address.to_owned();

        let error = mailer(&server).send(sent).await.unwrap_err();

        assert!(matches!(error, Error::Internal(_)), "{error:?}");
        assert_eq!(reason(&error), "the mail cannot be written: the recipient's address is none");
    }
    assert_eq!(server.connections(), 0);
}
