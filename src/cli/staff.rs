//! `tradepost staff`.

use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::process::ExitCode;

use secrecy::SecretString;

use crate::auth::secret::random_secret;
use crate::auth::{Actor, Permission};
use crate::cli::{Failure, StaffCreate, open, terminal};
use crate::config::Config;
use crate::error::Error;
use crate::staff::account::{OWNER, RoleChoice, StaffUserCreate};

pub async fn create(config: Config, arguments: StaffCreate) -> Result<ExitCode, Failure> {
    let StaffCreate { email, name, role, permissions, password_stdin } = arguments;
    let role = role_choice(role, &permissions)?;
    let given = if password_stdin { Some(read_password()?) } else { None };
    let password = given.clone().unwrap_or_else(random_password);
    let app = open(config).await?;
    let name = name.unwrap_or_else(|| email.clone());
    let account = StaffUserCreate { email: email.clone(), name, password: SecretString::from(password.clone()), role };
    app.staff.create(&Actor::System, account).await?;
    app.db().close().await;
    let secret = if given.is_some() { String::new() } else { format!(" The password is {password}") };
    Ok(terminal::say(&format!("Created the account {email}.{secret}")))
}

/// A password of 96 random bits that can be read aloud.
pub fn random_password() -> String {
    random_secret().chars().filter(char::is_ascii_alphanumeric).take(16).collect()
}

fn role_choice(name: String, permissions: &[String]) -> Result<RoleChoice, Failure> {
    if name == OWNER && permissions.is_empty() {
        return Ok(RoleChoice::Owner);
    }
    let parse = |text: &String| Permission::parse(text).ok_or_else(|| unknown_permission(text));
    let permissions = permissions.iter().map(parse).collect::<Result<BTreeSet<_>, _>>()?;
    Ok(RoleChoice::Named { name, permissions })
}

fn unknown_permission(text: &str) -> Failure {
    let known: Vec<&str> = Permission::ALL.into_iter().map(Permission::as_str).collect();
    Failure::usage(format!("There is no permission {text}. There are {}.", known.join(", ")))
}

fn read_password() -> Result<String, Failure> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(Error::internal)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
