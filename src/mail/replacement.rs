//! A shop's own templates, which take the place of ours by the same path, or add a language.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::name::MailName;
use crate::error::{Error, Result};

/// A template's file with the path by which it is known, such as `de/welcome.html`.
pub struct Replacement {
    pub path: String,
    pub file: PathBuf,
    pub content: String,
}

/// Reads the templates of a folder: those that lie in it, and those in the folders that are named after languages.
pub fn read(folder: &Path) -> Result<Vec<Replacement>> {
    let mut found = Vec::new();
    for path in entries(folder)? {
        let name = file_name(&path);
        if !path.is_dir() {
            found.extend(template(name.to_owned(), path.clone())?);
            continue;
        }
        if !is_language(name) {
            return Err(wrong(&path, "is not named after a language, such as fr or pt-BR"));
        }
        for file in entries(&path)? {
            let language = name.to_lowercase();
            let template = template(format!("{language}/{}", file_name(&file)), file.clone())?;
            if template.is_some() && !is_known(file_name(&file)) {
                return Err(wrong(&file, &format!("is no mail; there are {}", known())));
            }
            found.extend(template);
        }
    }
    Ok(found)
}

/// What lies in a folder, but for hidden files.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut entries = read().map_err(|error| wrong(folder, &format!("cannot be read: {error}")))?;
    entries.retain(|path| !file_name(path).starts_with('.'));
    entries.sort();
    Ok(entries)
}

fn template(path: String, file: PathBuf) -> Result<Option<Replacement>> {
    if !path.ends_with(".html") {
        return Ok(None);
    }
    let content = fs::read_to_string(&file).map_err(|error| wrong(&file, &format!("cannot be read: {error}")))?;
    Ok(Some(Replacement { path, file, content }))
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn is_language(name: &str) -> bool {
    let mut parts = name.split('-');
    let is_word = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(|part| is_word(part) && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && parts.all(is_word)
}

/// Parts that mails share have names that begin with a low line.
fn is_known(name: &str) -> bool {
    name.starts_with('_') || name.strip_suffix(".html").and_then(MailName::parse).is_some()
}

fn known() -> String {
    MailName::ALL.map(|name| format!("{}.html", name.as_str())).join(", ")
}

pub fn wrong(path: &Path, reason: &str) -> Error {
    Error::Misconfigured(format!("MAIL_TEMPLATES cannot be used: {} {reason}.", path.display()))
}
