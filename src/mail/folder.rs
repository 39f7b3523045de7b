//! Mails as files, for development and tests, or for another program that sends them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use lettre::Message;
use url::Url;

use super::draft::Mail;
use super::failure::SendFailure;
use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// Writes a mail and its HTML part beside each other.
pub async fn write(folder: &Path, mail: &Mail, message: &Message, html: String) -> Result<()> {
    let time = Timestamp::now().to_utc().format("%Y%m%dT%H%M%S%.6fZ");
    let name = format!("{time}-{}-{}", mail.name.as_str(), mail.id);
    let (content, path) = (message.formatted(), folder.to_owned());
    let written = tokio::task::spawn_blocking(move || write_files(&path, &name, &content, &html));
    let page = written
        .await
        .map_err(Error::internal)?
        .map_err(|error| SendFailure::Folder { path: folder.display().to_string(), reason: error.to_string() })?;
    // Many terminals open such an address in a browser.
    let file = Url::from_file_path(&page).map_or_else(|()| page.display().to_string(), String::from);
    tracing::info!(mail.name = mail.name.as_str(), mail.file = file, "a mail was written");
    Ok(())
}

/// Gives the absolute path of the HTML.
fn write_files(folder: &Path, name: &str, content: &[u8], html: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let folder = fs::canonicalize(folder)?;
    let page = folder.join(format!("{name}.html"));
    fs::write(&page, html)?;
    // Whoever looks for mails finds none that is half written.
    let unfinished = folder.join(format!(".{name}.part"));
    fs::write(&unfinished, content)?;
    fs::rename(unfinished, folder.join(format!("{name}.eml")))?;
    Ok(page)
}
