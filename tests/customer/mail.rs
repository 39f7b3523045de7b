//! The mails of accounts: what they say, and that none is lost, whatever the mail server does.

use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tradepost::app::App;
use tradepost::job::{Runner, RunnerSettings};

use super::*;
use crate::job::{QUICK, until};
use crate::mail::Read;
use crate::support::on_both;
use crate::support::smtp::{SmtpServer, Step};

/// A server on the same database that sends over this mail server, and does not wait for it long.
async fn sender(app: &TestApp, server: &SmtpServer, options: &[&str]) -> App {
    let url = server.url();
    let mine = ["--smtp-url", url.as_str(), "--mail-folder", "", "--storefront-url", "https://shop.example"];
    let mut config = app.sibling_config(&[&mine[..], options].concat());
    config.mail.timeout = Duration::from_millis(500);
    App::new(config).await.unwrap()
}

/// Does the jobs of a server until it is dropped.
struct Running {
    _stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Running {
    fn start(app: &App) -> Self {
        let runner = Runner::new(app.db().clone(), app.works(), app.job_signal.clone(), RunnerSettings { ..QUICK });
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move { runner.run(async { drop(stopped.await) }).await });
        Self { _stop: stop, task }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The mail of this number, once it has come.
async fn mail(server: &SmtpServer, number: usize) -> Read {
    until(async || server.mails().len() >= number).await;
    Read::of(&server.mails()[number - 1].content)
}

/// What the link of a mail carries.
fn token(mail: &Read, path: &str) -> String {
    let begin = format!("{path}?token=");
    let line = mail.text.lines().find(|line| line.starts_with(&begin)).unwrap_or_else(|| panic!("{}", mail.text));
    line[begin.len()..].to_owned()
}

async fn tried(app: &TestApp) -> i64 {
    let sql = "SELECT COALESCE(MAX(attempts), 0) FROM job WHERE kind LIKE 'mail.%'";
    sql::number(app.app.db(), sql).await
}

async fn pass_time(app: &TestApp) {
    sql::execute(app.app.db(), "UPDATE job SET run_at = 0 WHERE kind LIKE 'mail.%' AND state = 'WAITING'")
        .await
        .unwrap();
}

#[tokio::test]
async fn each_step_of_an_account_has_its_mail() {
    on_both(async |app| {
        let server = SmtpServer::start().await;
        let sender = sender(app, &server, &[]).await;
        let _running = Running::start(&sender);
        register(app, json!({ "firstName": "Ada", "language": "de-AT" })).await;

        let first = mail(&server, 1).await;

        assert_eq!(first.to, (None, EMAIL.to_owned()), "nobody's words go out before the address is proved");
        assert_eq!(first.subject, "Bitte bestätigen Sie Ihre E-Mail-Adresse");
        assert!(first.text.contains("2 Tage"), "{}", first.text);
        verify(app, &token(&first, "https://shop.example/verify-email")).await.data();
        assert!(mail(&server, 2).await.subject.contains("Willkommen"));
        let (client, _) = signed_in(app, EMAIL).await;
        let ask = "mutation { emailChangeRequest(input: { email: \"new@example.com\", password: \"PASS\" }) {
            userErrors { code message } } }";
        client.query(&ask.replace("PASS", PASSWORD)).await.data();
        let change = mail(&server, 3).await;
        assert_eq!(change.to.1, "new@example.com");
        let confirm = "mutation($t: String!) { emailChange(input: { token: $t }) { userErrors { code message } } }";
        let followed = token(&change, "https://shop.example/change-email");
        app.anonymous().run(confirm, json!({ "t": followed })).await.data();
        let changed = mail(&server, 4).await;
        assert_eq!(changed.to.1, EMAIL, "the old address is told");
        assert!(changed.text.contains("new@example.com"), "{}", changed.text);
    })
    .await;
}

#[tokio::test]
async fn links_lead_to_the_storefront_of_the_channel_in_its_language() {
    on_both(async |app| {
        let server = SmtpServer::start().await;
        let owner = app.owner().await;
        let channel = json!({ "storefrontUrl": "https://de.example/shop", "defaultLanguage": "de" });
        crate::support::fixture::channel(&owner, channel).await;
        let sender = sender(app, &server, &[]).await;
        let _running = Running::start(&sender);

        register(app, json!({ "channel": "japan" })).await;

        let sent = mail(&server, 1).await;
        assert_eq!(sent.subject, "Bitte bestätigen Sie Ihre E-Mail-Adresse");
        token(&sent, "https://de.example/shop/verify-email");
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_is_down_delays_mails_and_loses_none() {
    on_both(async |app| {
        let server = SmtpServer::start().await;
        let sender = sender(app, &server, &[]).await;
        let address = server.stop().await;
        let _running = Running::start(&sender);

        let began = Instant::now();
        register(app, json!({})).await;
        assert!(began.elapsed() < Duration::from_secs(5), "the request waited for the mail server");
        until(async || {
            tried(app).await >= 2 || {
                pass_time(app).await;
                false
            }
        })
        .await;
        let server = SmtpServer::start_on(address).await;
        pass_time(app).await;

        assert_eq!(mail(&server, 1).await.to.1, EMAIL);
        until(async || mails_in(app, "DONE").await == 1).await;
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_refuses_or_falls_silent_is_asked_again() {
    on_both(async |app| {
        let server = SmtpServer::start().await;
        let sender = sender(app, &server, &[]).await;
        let _running = Running::start(&sender);
        server.answer(Step::Recipient, "451 come back later");
        let began = Instant::now();
        register(app, json!({})).await;
        assert!(began.elapsed() < Duration::from_secs(5), "the request waited for the mail server");
        let told = async || {
            let sql = "SELECT COALESCE(last_error, '') FROM job WHERE kind = 'mail.verification'";
            sql::texts(app.app.db(), sql).await.concat()
        };
        until(async || told().await.contains("451")).await;
        assert!(!told().await.to_lowercase().contains("lovelace"), "{}", told().await);

        server.hang(Step::Message);
        pass_time(app).await;
        until(async || tried(app).await >= 2 && !told().await.contains("451")).await;
        server.behave();
        pass_time(app).await;

        assert_eq!(mail(&server, 1).await.to.1, EMAIL);
    })
    .await;
}

/// The answer of the mail server may be lost, or the worker die before it is written down.
#[tokio::test]
async fn a_mail_that_is_sent_again_is_the_same_mail() {
    on_both(async |app| {
        let server = SmtpServer::start().await;
        let sender = sender(app, &server, &[]).await;
        let _running = Running::start(&sender);
        register(app, json!({})).await;
        let first = mail(&server, 1).await;
        until(async || mails_in(app, "DONE").await == 1).await;

        let again = "UPDATE job SET state = 'WAITING', run_at = 0, finished_at = NULL WHERE kind = 'mail.verification'";
        sql::execute(app.app.db(), again).await.unwrap();
        let second = mail(&server, 2).await;

        assert_eq!(first.id, second.id);
        let path = "https://shop.example/verify-email";
        assert_eq!(token(&first, path), token(&second, path));
        verify(app, &token(&first, path)).await.data();
    })
    .await;
}

#[tokio::test]
async fn a_mail_whose_link_is_good_for_nothing_any_more_is_not_sent() {
    on_both(async |app| {
        let server = SmtpServer::start().await;
        let sender = sender(app, &server, &[]).await;
        register(app, json!({})).await;
        register(app, json!({})).await;
        let _running = Running::start(&sender);

        until(async || mails_in(app, "DONE").await == 2).await;

        assert_eq!(server.mails().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_rolled_back_leaves_no_event_and_no_mail() {
    on_both(async |app| {
        use tradepost::account::account::{Account, Kind};
        use tradepost::account::link::NewLink;
        use tradepost::auth::Actor;
        register(app, json!({})).await;
        let db = app.app.db();
        let count = async || {
            let sql = "SELECT (SELECT COUNT(*) FROM event) + (SELECT COUNT(*) FROM job) + (SELECT COUNT(*) FROM account_token)";
            sql::number(db, sql).await
        };
        let before = count().await;

        let tx = db.begin().await.unwrap();
        let email = tradepost::text::Email::parse(EMAIL).unwrap();
        let account = Account::by_email(&tx, Kind::Customer, &email).await.unwrap().unwrap();
        let link = NewLink::to(TokenPurpose::PasswordReset);
        app.app.links.send(&tx, &Actor::Anonymous, &account, link).await.unwrap();
        drop(tx);

        assert_eq!(count().await, before);
    })
    .await;
}

async fn mails_in(app: &TestApp, state: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM job WHERE kind LIKE 'mail.%' AND state = '{state}'");
    sql::number(app.app.db(), &sql).await
}
