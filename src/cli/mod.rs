//! The command line: what each command is for, and what its exit code says.
//!
//! 0 means done, 1 that it failed, 2 that it was called or configured wrongly.

mod export;
mod import;
mod mail;
mod migrate;
mod progress;
mod serve;
mod staff;
mod target;
mod terminal;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::app::App;
use crate::config::{Config, ServerOptions, load_dotenv};
use crate::error::{Error, Result};
use crate::mail::MailName;
use crate::{graphql, http, sample};

/// A headless commerce server: one binary, one GraphQL schema, SQLite or PostgreSQL.
#[derive(Parser)]
#[command(name = "tradepost", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: ServerOptions,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server; this is what happens without a command
    ///
    /// In development the database is migrated first, and an empty one gets a sample shop and an owner whose password
    /// is printed once. In production the database has to be migrated already.
    Serve(Box<ServerOptions>),
    /// Do jobs, and nothing else, beside servers that were started with --no-worker
    Work,
    /// Bring the database's schema up or down, or show how it stands
    Migrate {
        #[command(subcommand)]
        action: Option<MigrateAction>,
    },
    /// Print the GraphQL schema
    Schema,
    /// Bring in data of another system
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write data of the shop for other systems
    #[command(subcommand)]
    Export(ExportCommand),
    /// Look after the accounts of the people who run the shop
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Look at the mails that the shop sends
    #[command(subcommand)]
    Mail(MailCommand),
    /// Load the sample shop: about twenty products and their collections
    Sample,
}

#[derive(Clone, Copy, Subcommand)]
enum MigrateAction {
    /// Apply pending migrations (the default)
    Up {
        /// Apply at most so many [default: all]
        #[arg(long)]
        steps: Option<u32>,
    },
    /// Undo migrations; what the undone tables held is lost
    Down {
        /// Undo so many
        #[arg(long, default_value_t = 1)]
        steps: u32,
    },
    /// List all migrations and whether the database has them
    Status,
}

#[derive(Subcommand)]
enum ImportCommand {
    /// Import products from a file; importing it again changes nothing
    ///
    /// Products are known by their handle, variants by their option values. What a file says of a product replaces
    /// what the shop has; columns that the file lacks are left as they are, and so are products that it lacks. A variant
    /// that the file lacks is archived. Each product is imported as a whole or not at all: errors are listed with line
    /// and column, the other products go in, and the exit code is 1.
    Products(ImportProducts),
    /// Set prices from a CSV file; importing it again changes nothing
    ///
    /// The file has the columns SKU and Price, and may have Compare At Price: without this column a variant keeps its
    /// own, an empty cell takes it away. Lines in error are listed, the others go in, and the exit code is 1.
    Prices(ImportPrices),
    /// Set stock levels from a CSV file of what was counted; importing it again changes nothing
    ///
    /// The file has the columns SKU and On hand, or Available for the units that are promised to nobody, and may have
    /// Location, the name of one. Where the number is left empty the level stays as it is. Lines in error are listed, the
    /// others go in, and the exit code is 1.
    Stock(ImportStock),
}

#[derive(clap::Args)]
struct ImportPrices {
    /// The file
    file: PathBuf,
    /// The slug of the channel whose prices the file has [default: the default channel]
    #[arg(long, value_name = "SLUG")]
    channel: Option<String>,
    /// Check the file and say what would happen, but change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
struct ImportStock {
    /// The file
    file: PathBuf,
    /// The location of the lines that name none [default: the default location]
    #[arg(long, value_name = "NAME")]
    location: Option<String>,
    /// Check the file and say what would happen, but change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
struct ImportProducts {
    /// The file
    file: PathBuf,
    /// The slug of the channel whose prices the file has and that shows its new products [default: the default channel]
    #[arg(long, value_name = "SLUG")]
    channel: Option<String>,
    /// Check the file and say what would happen, but change nothing
    #[arg(long)]
    dry_run: bool,
    /// What the file is
    #[arg(long, value_enum, default_value_t = ProductFormat::Shopify)]
    format: ProductFormat,
}

#[derive(Subcommand)]
enum ExportCommand {
    /// Write all products to a file that `tradepost import products` reads
    ///
    /// Texts, options, pictures, prices in one channel and units at the default location are written; archived variants
    /// are not. A file is there as a whole or not at all: one that stood there is replaced at the end.
    Products(ExportProducts),
}

#[derive(clap::Args)]
struct ExportProducts {
    /// The file [default: standard output]
    file: Option<PathBuf>,
    /// The slug of the channel whose prices are written [default: the default channel]
    #[arg(long, value_name = "SLUG")]
    channel: Option<String>,
    /// What the file shall be
    #[arg(long, value_enum, default_value_t = ProductFormat::Shopify)]
    format: ProductFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum ProductFormat {
    /// The CSV that Shopify imports and exports products by
    Shopify,
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Create an account and print its password, unless one is given
    ///
    /// A password is read from the first line of standard input with --password-stdin; otherwise a random one is made.
    Create(StaffCreate),
}

#[derive(clap::Args)]
struct StaffCreate {
    /// The e-mail address to sign in with
    #[arg(long)]
    email: String,
    /// The name [default: the e-mail address]
    #[arg(long)]
    name: Option<String>,
    /// The role; one that does not exist is made with the permissions given
    #[arg(long, default_value = crate::staff::account::OWNER)]
    role: String,
    /// A permission of a new role, such as PRODUCT_WRITE; may be repeated
    #[arg(long = "permission", value_name = "PERMISSION")]
    permissions: Vec<String>,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Subcommand)]
enum MailCommand {
    /// Print a mail with sample data: its subject and text
    ///
    /// Templates of the folder that MAIL_TEMPLATES names are used. The database is not needed.
    Preview(MailPreview),
}

#[derive(clap::Args)]
struct MailPreview {
    /// The mail
    #[arg(value_parser = mail::name())]
    name: MailName,
    /// The language, such as de or en-GB
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
    /// Print the HTML alone, which has the subject as its title
    #[arg(long, conflicts_with = "text")]
    html: bool,
    /// Print subject and text (the default)
    #[arg(long)]
    text: bool,
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    match prepare().and_then(execute) {
        Ok(code) => code,
        Err(failure) => {
            terminal::complain(&failure.message);
            failure.code
        }
    }
}

/// Why a command ended early, for the person at the terminal.
struct Failure {
    message: String,
    code: ExitCode,
}

impl Failure {
    fn usage(message: impl ToString) -> Self {
        Self { message: message.to_string(), code: ExitCode::from(2) }
    }

    fn failed(message: impl ToString) -> Self {
        Self { message: message.to_string(), code: ExitCode::FAILURE }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Misconfigured(message) => Self::usage(message),
            error => Self::failed(describe(&error)),
        }
    }
}

/// At a terminal the operator reads the cause, too.
fn describe(error: &Error) -> String {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        message.push_str(&format!("\n  {error}"));
        cause = error.source();
    }
    message
}

fn prepare() -> Result<(Command, Config), Failure> {
    // No thread runs yet, so that the environment can still be completed.
    let dotenv = load_dotenv();
    let Cli { command, options } = Cli::parse();
    let (command, options) = match command {
        None => (Command::Serve(Box::default()), options),
        Some(Command::Serve(options)) => (Command::Serve(Box::default()), *options),
        Some(command) => (command, environment()),
    };
    if let Command::Schema = command {
        // It needs no configuration, and a wrong one is no reason not to print it.
        return Ok((command, Config::from_options(ServerOptions::default()).map_err(Failure::usage)?));
    }
    dotenv.map_err(Failure::usage)?;
    let config = Config::from_options(options).map_err(Failure::usage)?;
    Ok((command, config))
}

/// The options as the environment alone gives them.
fn environment() -> ServerOptions {
    #[derive(Parser)]
    struct Environment {
        #[command(flatten)]
        options: ServerOptions,
    }
    Environment::parse_from(["tradepost"]).options
}

fn execute((command, config): (Command, Config)) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::internal)?;
    runtime.block_on(async {
        match command {
            Command::Serve(_) => serve::serve(config).await,
            Command::Work => work::work(config).await,
            Command::Migrate { action } => migrate::migrate(config, action).await,
            Command::Schema => Ok(terminal::say(graphql::sdl().trim_end())),
            Command::Import(ImportCommand::Products(arguments)) => import::products(config, arguments).await,
            Command::Import(ImportCommand::Prices(arguments)) => import::prices(config, arguments).await,
            Command::Import(ImportCommand::Stock(arguments)) => import::stock(config, arguments).await,
            Command::Export(ExportCommand::Products(arguments)) => export::products(config, arguments).await,
            Command::Staff(StaffCommand::Create(arguments)) => staff::create(config, arguments).await,
            Command::Mail(MailCommand::Preview(arguments)) => mail::preview(&config, &arguments),
            Command::Sample => load_sample(config).await,
        }
    })
}

/// Connects to a database that has to be migrated already.
async fn open(config: Config) -> Result<App, Failure> {
    http::init_tracing(config.environment);
    let app = App::new(config).await?;
    require_migrated(&app).await?;
    app.prepare().await?;
    Ok(app)
}

async fn require_migrated(app: &App) -> Result<(), Failure> {
    let pending = app.db().pending_migrations().await?;
    if pending == 0 {
        return Ok(());
    }
    let message = format!("The database lacks {pending} migrations. Run `tradepost migrate up` first.");
    Err(Failure { message, code: ExitCode::FAILURE })
}

async fn load_sample(config: Config) -> Result<ExitCode, Failure> {
    let app = open(config).await?;
    let summary = sample::load(&app).await?;
    app.db().close().await;
    Ok(terminal::say(&format!(
        "The sample shop is loaded: {} products created, {} updated, {} unchanged.",
        summary.created, summary.updated, summary.unchanged
    )))
}
