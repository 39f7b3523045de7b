//! `tradepost serve`.

use std::process::ExitCode;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::app::App;
use crate::auth::Actor;
use crate::cli::staff::random_password;
use crate::cli::{Failure, require_migrated, terminal, work};
use crate::config::{Config, Environment};
use crate::error::Error;
use crate::staff::account::{RoleChoice, StaffUserCreate};
use crate::{http, sample};

const OWNER_EMAIL: &str = "owner@example.com";

pub async fn serve(config: Config) -> Result<ExitCode, Failure> {
    let (environment, address) = (config.environment, (config.host, config.port));
    http::init_tracing(environment);
    // The port comes first: a server that cannot listen changes nothing.
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let message =
            format!("Cannot listen on {} port {}: {error}. Set BACKEND_HOST or BACKEND_PORT.", address.0, address.1);
        Failure { message, code: ExitCode::FAILURE }
    })?;
    let app = App::new(config).await?;
    let first_start = match environment {
        Environment::Development => set_up(&app).await?,
        Environment::Test | Environment::Production => {
            require_migrated(&app).await?;
            app.prepare().await?;
            FirstStart::default()
        }
    };
    if environment == Environment::Development {
        terminal::say(&welcome(app.config(), &first_start));
    } else {
        tracing::info!(address = %address.0, port = address.1, "listening");
    }
    let caretaker = tokio::spawn({
        let app = app.clone();
        async move { app.look_after().await }
    });
    let teller = tokio::spawn({
        let app = app.clone();
        async move { app.job_signal.tell(app.db()).await }
    });
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = app.config().worker.then(|| {
        let app = app.clone();
        tokio::spawn(async move { work::run(&app, async { drop(stopped.await) }).await })
    });
    http::serve(app.clone(), listener, http::shutdown_signal()).await?;
    drop(stop);
    if let Some(worker) = worker {
        worker.await.map_err(Error::internal)?;
    }
    teller.abort();
    caretaker.abort();
    app.db().close().await;
    Ok(ExitCode::SUCCESS)
}

/// What a first start in development has made.
#[derive(Default)]
struct FirstStart {
    has_sample: bool,
    /// The password of the owner.
    password: Option<String>,
}

/// Brings the database up to date. One without products gets the sample shop, unless it is in somebody's care already,
/// and one without accounts an owner, also where the first start was cut short.
async fn set_up(app: &App) -> Result<FirstStart, Failure> {
    app.db().migrate_up(None).await?;
    app.prepare().await?;
    if app.staff.exists().await? {
        return Ok(FirstStart::default());
    }
    let has_sample = !app.product_reader.exists().await?;
    if has_sample {
        sample::load(app).await?;
    }
    let password = random_password();
    let owner = StaffUserCreate {
        email: OWNER_EMAIL.to_owned(),
        name: "Owner".to_owned(),
        password: SecretString::from(password.clone()),
        role: RoleChoice::Owner,
    };
    app.staff.create(&Actor::System, owner).await?;
    Ok(FirstStart { has_sample, password: Some(password) })
}

fn welcome(config: &Config, first_start: &FirstStart) -> String {
    let url = &config.public_url;
    let mut lines = vec![String::new(), format!("  Tradepost is running at {url}/graphql")];
    if config.graphiql {
        lines.push("  Open it in a browser for GraphiQL, with queries to begin with.".to_owned());
    }
    if first_start.has_sample {
        lines.extend([String::new(), "  A sample shop is loaded.".to_owned()]);
    }
    if let Some(password) = &first_start.password {
        lines.extend([
            String::new(),
            "  The owner signs in with (shown this once)".to_owned(),
            format!("    e-mail    {OWNER_EMAIL}"),
            format!("    password  {password}"),
            String::new(),
            "  Three things to try".to_owned(),
            format!("    1. Open {url}/graphql and run the tab “Products”."),
            "    2. Run “SignIn” with the password above, then “Rename” to change a product.".to_owned(),
            "    3. In a second terminal: tradepost import products FILE.csv, with a product export of Shopify."
                .to_owned(),
        ]);
    }
    lines.push(String::new());
    lines.join("\n")
}
