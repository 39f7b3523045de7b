//! The one way in: a mail is rendered, written down and handed over.

use std::path::PathBuf;
use std::sync::Arc;

use lettre::message::Mailbox;
use serde_json::{Value, json};

use super::compose::compose;
use super::draft::Mail;
use super::folder;
use super::name::MailName;
use super::smtp::Smtp;
use super::template::{Rendered, Templates};
use crate::config::{Config, Delivery};
use crate::error::Result;

/// Renders mails and sends them, or writes them to a folder; cloning it is cheap.
#[derive(Clone)]
pub struct Mailer(Arc<Parts>);

struct Parts {
    templates: Templates,
    from: Mailbox,
    delivery: Way,
    /// What every template is given.
    shared: Value,
}

enum Way {
    Smtp(Box<Smtp>),
    Folder(PathBuf),
}

impl Mailer {
    /// Reads the templates, of which a broken one is named, and connects to nobody yet. In production a template that
    /// lacks a word leaves it out.
    pub fn new(config: &Config) -> Result<Self> {
        Self::build(config, !config.environment.is_production())
    }

    /// One whose templates have to get all that they ask for, also in production.
    pub fn strict(config: &Config) -> Result<Self> {
        Self::build(config, true)
    }

    fn build(config: &Config, is_strict: bool) -> Result<Self> {
        let mail = &config.mail;
        let delivery = match &mail.delivery {
            Delivery::Smtp(server) => Way::Smtp(Box::new(Smtp::new(server.clone(), &mail.from, mail.timeout)?)),
            Delivery::Folder(folder) => Way::Folder(folder.clone()),
        };
        Ok(Self(Arc::new(Parts {
            templates: Templates::load(mail.templates.as_deref(), is_strict)?,
            from: mail.from.clone(),
            delivery,
            shared: json!({
                "shop": mail.from.name.as_deref().unwrap_or_else(|| mail.from.email.domain()),
                "storefront_url": config.storefront_url,
                "dashboard_url": config.dashboard_url,
            }),
        })))
    }

    /// Sends a mail. If this fails, or is given up half-way, it is not known whether the mail arrives; sent again it has
    /// the same Message-ID. A failure tells its cause by a [`SendFailure`](super::SendFailure).
    pub async fn send(&self, mail: Mail) -> Result<()> {
        let rendered = self.render(mail.name, &mail.language, &mail.data)?;
        let html = rendered.html.clone();
        let message = compose(&mail, rendered, &self.0.from)?;
        match &self.0.delivery {
            Way::Smtp(smtp) => Ok(smtp.send(&message, &secrets(&mail)).await?),
            Way::Folder(folder) => folder::write(folder, &mail, &message, html).await,
        }
    }

    /// What a mail would look like.
    pub fn render(&self, name: MailName, language: &str, data: &Value) -> Result<Rendered> {
        let mut all = self.0.shared.clone();
        if let (Some(all), Some(data)) = (all.as_object_mut(), data.as_object()) {
            all.extend(data.clone());
        }
        self.0.templates.render(name, language, &all)
    }
}

/// What no log may show of a mail.
fn secrets(mail: &Mail) -> Vec<String> {
    let address = mail.to.address.trim();
    let user = address.rsplit_once('@').map(|(user, _)| user);
    let given = ["token", "email"].map(|key| mail.data.get(key).and_then(Value::as_str));
    let secrets = [Some(address), user].into_iter().chain(given).flatten();
    secrets.filter(|secret| !secret.is_empty()).map(str::to_owned).collect()
}
