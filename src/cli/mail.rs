//! `tradepost mail`.

use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::{Failure, MailPreview, terminal};
use crate::config::Config;
use crate::mail::{MailName, Mailer};

/// Takes the name of a mail.
pub fn name() -> impl TypedValueParser<Value = MailName> {
    PossibleValuesParser::new(MailName::ALL.map(MailName::as_str))
        .try_map(|name| MailName::parse(&name).ok_or("there is no such mail"))
}

pub fn preview(config: &Config, arguments: &MailPreview) -> Result<ExitCode, Failure> {
    let MailPreview { name, language, html, text: _ } = arguments;
    let mail = Mailer::strict(config)?.render(*name, language, &name.sample())?;
    let shown = if *html { mail.html } else { format!("Subject: {}\n\n{}", mail.subject, mail.text) };
    Ok(terminal::say(shown.trim_end()))
}
