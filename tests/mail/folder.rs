//! Mails that are written as files, and templates of a shop's own.

use std::fs;

use tempfile::TempDir;
use tradepost::app::App;
use tradepost::error::Error;
use tradepost::mail::{MailName, Mailer};

use super::{ID, Read, mail, with};
use crate::support::{TestApp, config};

#[tokio::test]
async fn a_server_of_tests_writes_mails_to_a_folder_of_its_own() {
    let app = TestApp::on_sqlite().await;

    app.app.mailer.send(mail(MailName::PasswordReset)).await.unwrap();

    let mut files: Vec<_> = fs::read_dir(app.mails()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 2, "{files:?}");
    for (file, extension) in files.iter().zip(["eml", "html"]) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.ends_with(&format!("Z-password_reset-{ID}.{extension}")), "{name}");
    }
    let read = Read::of(&fs::read(&files[0]).unwrap());
    assert_eq!(read.subject, "Neues Passwort festlegen");
    assert_eq!(read.html.replace("\r\n", "\n"), fs::read_to_string(&files[1]).unwrap());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let path = file.join("mails");

    let mailer = Mailer::new(&config("sqlite://unused.db", &["--mail-folder", path.to_str().unwrap()])).unwrap();
    let error = mailer.send(mail(MailName::Welcome)).await.unwrap_err();

    assert!(matches!(error, Error::Unavailable(_)), "{error:?}");
    assert!(format!("{error:?}").contains(path.to_str().unwrap()), "{error:?}");
}

#[tokio::test]
async fn a_broken_template_is_named_when_the_server_starts() {
    let app = TestApp::on_sqlite().await;
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("de")).unwrap();
    fs::write(folder.path().join("de/welcome.html"), "{% extends \"layout.html\" %}\n\n{% block subject %}Hi").unwrap();

    let config = config(&app.url, &["--mail-templates", folder.path().to_str().unwrap()]);
    let error = App::new(config).await.err().unwrap();

    let Error::Misconfigured(message) = error else { panic!("{error:?}") };
    assert!(message.contains("de/welcome.html") && message.contains("line 3"), "{message}");
}

#[tokio::test]
async fn what_a_template_lacks_is_an_error_but_in_production() {
    let folder = TempDir::new().unwrap();
    let options = ["--mail-folder", folder.path().to_str().unwrap()];
    let mut sent = mail(MailName::Welcome);
    sent.data = with(serde_json::json!({}), "name", "Ana");
    let strict = config("sqlite://unused.db", &options);
    let lenient = config("sqlite://unused.db", &[&options[..], &PRODUCTION].concat());

    let error = Mailer::new(&strict).unwrap().send(sent.clone()).await.unwrap_err();
    Mailer::new(&lenient).unwrap().send(sent).await.unwrap();

    assert!(format!("{error:?}").contains("de/welcome.html"), "{error:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

const PRODUCTION: [&str; 8] = [
    "--node-env",
    "production",
    "--public-url",
    "https://api.shop.example",
    "--storefront-url",
    "https://shop.example",
    "--mail-from",
    "shop@shop.example",
];
