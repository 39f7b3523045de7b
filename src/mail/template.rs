//! Templates become mails: subject, HTML, and the text for those who do not read HTML.

use std::collections::HashMap;
use std::error::Error as _;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value, escape_formatter};
use serde_json::json;

use super::builtin::TEMPLATES;
use super::name::MailName;
use super::plain_text;
use super::replacement::{self, Replacement, wrong};
use crate::error::{Error, Result};

/// The language of which every mail is there.
const LAST_RESORT: &str = "en";

/// A mail as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// All templates, compiled; cloning is cheap.
#[derive(Clone)]
pub struct Templates(Arc<Environment<'static>>);

impl Templates {
    /// Compiles our templates and those of a folder, which win. With a folder every mail is rendered once, in every
    /// language that there is, to find what only shows then. Whatever is wrong is told with file and line.
    ///
    /// What a template asks for and does not get is an error if `is_strict`, and is otherwise left out: a mail that
    /// lacks a word is better than none.
    pub fn load(folder: Option<&Path>, is_strict: bool) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_formatter(format);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for (path, content) in TEMPLATES {
            environment.add_template(path, content).map_err(Error::internal)?;
        }
        if let Some(folder) = folder {
            let mut files = HashMap::new();
            for Replacement { path, file, content } in replacement::read(folder)? {
                files.insert(path.clone(), file.clone());
                let added = environment.add_template_owned(path.clone(), content);
                added.map_err(|error| broken(&error, &path, &files, folder))?;
            }
            check(&environment).map_err(|(path, error)| broken(&error, &path, &files, folder))?;
        }
        if !is_strict {
            environment.set_undefined_behavior(UndefinedBehavior::Chainable);
        }
        Ok(Self(Arc::new(environment)))
    }

    pub fn render(&self, name: MailName, language: &str, data: &serde_json::Value) -> Result<Rendered> {
        let language = self.language(name, language);
        // The details of the library's error may quote what was to be shown.
        render(&self.0, name, &language, data).map_err(|error| {
            let error = innermost(&error);
            let (file, line) = (error.name().unwrap_or_default(), error.line().unwrap_or_default());
            Error::internal(format!("the template {file} fails in line {line}: {}", error.kind()))
        })
    }

    /// The nearest language in which the mail is there: the one asked for, then what it is a variety of.
    fn language(&self, name: MailName, asked: &str) -> String {
        let mut language = asked.replace('_', "-").to_lowercase();
        loop {
            if self.0.get_template(&path(name, &language)).is_ok() {
                return language;
            }
            match language.rfind('-') {
                Some(end) => language.truncate(end),
                None => return LAST_RESORT.to_owned(),
            }
        }
    }
}

fn path(name: MailName, language: &str) -> String {
    format!("{language}/{}.html", name.as_str())
}

fn render(
    environment: &Environment<'static>,
    name: MailName,
    language: &str,
    data: &serde_json::Value,
) -> Result<Rendered, minijinja::Error> {
    let mut context = data.clone();
    context["language"] = json!(language);
    let template = environment.get_template(&path(name, language))?;
    let mut rendered = template.render_captured(Value::from_serialize(&context))?;
    let subject = rendered.with_state_mut(|state| state.render_block("subject"))?;
    let html = rendered.into_output();
    Ok(Rendered { subject: plain_text::line_of(&subject), text: plain_text::of(&html), html })
}

/// Renders every mail that there is; tells which one does not work.
fn check(environment: &Environment<'static>) -> Result<(), (String, minijinja::Error)> {
    // Collected first: while templates are listed, the library keeps them locked.
    let mails: Vec<(String, MailName)> = environment
        .templates()
        .filter_map(|(path, _)| {
            let (language, file) = path.split_once('/')?;
            Some((language.to_owned(), MailName::parse(file.strip_suffix(".html")?)?))
        })
        .collect();
    for (language, name) in mails {
        let mut data = name.sample();
        data["shop"] = json!("Shop");
        data["storefront_url"] = json!("https://shop.example");
        data["dashboard_url"] = json!("https://dashboard.example");
        render(environment, name, &language, &data).map_err(|error| (path(name, &language), error))?;
    }
    Ok(())
}

/// What went wrong in a part that a template includes lies beneath.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut innermost = error;
    while let Some(cause) = innermost.source().and_then(|cause| cause.downcast_ref()) {
        innermost = cause;
    }
    innermost
}

/// Says what is wrong with a template of the folder. The data of samples are no secret.
fn broken(error: &minijinja::Error, mail: &str, files: &HashMap<String, PathBuf>, folder: &Path) -> Error {
    let error = innermost(error);
    let name = error.name().unwrap_or(mail);
    let file = files.get(name).cloned().unwrap_or_else(|| folder.join(name));
    let place = error.line().map_or_else(String::new, |line| format!(" in line {line}"));
    let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    wrong(&file, &format!("has a mistake{place}: {reason}"))
}

/// Escapes what would be read as HTML, and nothing else: the library's own way makes addresses hard to read.
fn format(out: &mut Output, state: &State, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
            for character in text.chars() {
                match character {
                    '&' => out.write_str("&amp;")?,
                    '<' => out.write_str("&lt;")?,
                    '>' => out.write_str("&gt;")?,
                    '"' => out.write_str("&quot;")?,
                    '\'' => out.write_str("&#39;")?,
                    other => out.write_char(other)?,
                }
            }
            Ok(())
        }
        _ => escape_formatter(out, state, value),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    const LANGUAGES: [&str; 2] = ["de", "en"];

    fn strict(folder: Option<&Path>) -> Result<Templates> {
        Templates::load(folder, true)
    }

    fn data(name: MailName) -> serde_json::Value {
        let mut data = name.sample();
        data["shop"] = json!("Mug & Bowl");
        data["storefront_url"] = json!("https://shop.example/en");
        data["dashboard_url"] = json!("https://dashboard.example");
        data
    }

    /// A folder with these files.
    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for (path, content) in files {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        folder
    }

    fn complaint(files: &[(&str, &str)]) -> String {
        let folder = folder(files);
        match strict(Some(folder.path())) {
            Err(Error::Misconfigured(message)) => message.replace(folder.path().to_str().unwrap(), "FOLDER"),
            other => panic!("{:?}", other.err()),
        }
    }

    #[test]
    fn every_mail_is_complete_in_every_language() {
        let templates = strict(None).unwrap();
        check(&templates.0).unwrap();
        for (name, language) in MailName::ALL.into_iter().flat_map(|name| LANGUAGES.map(|language| (name, language))) {
            let data = data(name);
            let mail = templates.render(name, language, &data).unwrap();

            let link = data["base_url"].as_str().unwrap();
            let target = format!("<a href=\"{link}");
            assert!(mail.html.contains(&format!("<html lang=\"{language}\">")), "{name:?}");
            assert!(!mail.subject.is_empty() && mail.html.contains("<title>"), "{name:?}");
            assert!(mail.html.contains(&target) && mail.html.contains("Ana Müller"), "{name:?} {}", mail.html);
            assert!(mail.text.lines().any(|line| line.starts_with(link)), "{name:?}: {}", mail.text);
            assert!(mail.text.contains("Mug & Bowl") && mail.text.contains("Ana Müller,"), "{name:?}: {}", mail.text);
            let token = data["token"].as_str().map(|token| format!("?token={token}"));
            assert_eq!(name.has_token(), mail.text.contains("?token="), "{name:?}");
            assert!(token.is_none_or(|token| mail.text.contains(&token) && mail.html.contains(&token)), "{name:?}");
            let email = data["email"].as_str().unwrap_or_default();
            assert!(mail.text.contains(email) && !mail.text.contains("{{"), "{name:?}: {}", mail.text);
        }
    }

    #[test]
    fn languages_have_the_same_mails_and_every_one_is_built_in() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mail/templates");
        let built_in: Vec<&str> = TEMPLATES.iter().map(|(path, _)| *path).collect();
        for language in LANGUAGES {
            for name in MailName::ALL {
                assert!(built_in.contains(&path(name, language).as_str()), "{language}: {name:?}");
            }
            let files = fs::read_dir(root.join(language)).unwrap().count();
            assert_eq!(built_in.iter().filter(|path| path.starts_with(&format!("{language}/"))).count(), files);
        }
    }

    #[test]
    fn names_of_mails_can_be_read_again() {
        for name in MailName::ALL {
            assert_eq!(MailName::parse(name.as_str()), Some(name));
        }
        assert_eq!(MailName::parse("farewell"), None);
    }

    #[test]
    fn a_time_is_told_as_people_say_it() {
        let templates = strict(None).unwrap();
        let text = |language: &str, hours: i64| {
            let mut data = data(MailName::Verification);
            data["expires_in_hours"] = json!(hours);
            templates.render(MailName::Verification, language, &data).unwrap().text
        };

        for (hours, english, german) in
            [(1, "for one hour.", "eine Stunde."), (24, "24 hours.", "24 Stunden."), (72, "3 days.", "3 Tage.")]
        {
            assert!(text("en", hours).contains(english), "{}", text("en", hours));
            assert!(text("de", hours).contains(german), "{}", text("de", hours));
        }
    }

    #[test]
    fn nobody_in_particular_is_greeted_too() {
        let templates = strict(None).unwrap();
        let mut data = data(MailName::Welcome);
        data["name"] = json!("");

        let mail = templates.render(MailName::Welcome, "en", &data).unwrap();

        assert!(mail.text.contains("\nHello,\n"), "{}", mail.text);
    }

    #[test]
    fn the_nearest_language_is_taken() {
        let own = folder(&[("pt-BR/welcome.html", "{% block subject %}Oi{% endblock %}")]);
        let templates = strict(Some(own.path())).unwrap();

        for (asked, found) in [
            ("de", "de"),
            ("de-AT", "de"),
            ("de_CH", "de"),
            ("pt-br", "pt-br"),
            ("pt-BR-x-y", "pt-br"),
            ("pt", "en"),
            ("fr-CA", "en"),
            ("", "en"),
            ("../de", "en"),
        ] {
            assert_eq!(templates.language(MailName::Welcome, asked), found, "{asked}");
        }
        assert_eq!(templates.language(MailName::Erasure, "pt-BR"), "en");
    }

    #[test]
    fn single_files_are_replaced() {
        let own = folder(&[
            (
                "layout.html",
                "<b>{% block subject %}{% endblock %}</b>{% include 'note.html' %}{% block content %}{% endblock %}",
            ),
            ("note.html", "<p>{{ dashboard_url }}</p>"),
            ("de/_greeting.html", "Moin {{ name }}!"),
            ("de/notes.txt", "{{ nothing"),
            (".hidden/x.html", "{{ nothing"),
        ]);
        let templates = strict(Some(own.path())).unwrap();

        let mail = templates.render(MailName::Welcome, "de", &data(MailName::Welcome)).unwrap();

        assert_eq!(mail.subject, "Willkommen bei Mug & Bowl");
        assert!(mail.html.starts_with("<b>Willkommen bei Mug &amp; Bowl</b><p>https://dashboard.example</p>"));
        assert!(mail.text.contains("Moin Ana Müller!"), "{}", mail.text);
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        for (path, content, expected) in [
            ("de/welcome.html", "\n{{ name", "FOLDER/de/welcome.html has a mistake in line 2"),
            ("layout.html", "\n\n{% block %}", "FOLDER/layout.html has a mistake in line 3"),
            (
                "en/welcome.html",
                "{% block subject %}x{% endblock %}\n{{ nam }}",
                "FOLDER/en/welcome.html has a mistake in line 2",
            ),
            (
                "en/welcome.html",
                "{% block subject %}{{ name|shout }}{% endblock %}",
                "in line 1: filter shout is unknown",
            ),
            ("fr/welcome.html", "no subject", "FOLDER/fr/welcome.html has a mistake"),
            ("fr/welcome.html", "{% extends 'lay.html' %}", "lay.html"),
            ("de/_hours.html", "{{ expires_in }}", "FOLDER/de/_hours.html has a mistake in line 1"),
            ("de/welcom.html", "", "FOLDER/de/welcom.html is no mail; there are verification.html, "),
            ("german mails/welcome.html", "", "FOLDER/german mails is not named after a language"),
        ] {
            let message = complaint(&[(path, content)]);

            assert!(message.contains(expected) && message.starts_with("MAIL_TEMPLATES "), "{path}: {message}");
        }
    }

    #[test]
    fn what_is_missing_is_an_error_or_left_out() {
        let mut lacking = data(MailName::Verification);
        lacking.as_object_mut().unwrap().remove("token");

        let error = strict(None).unwrap().render(MailName::Verification, "en", &lacking).unwrap_err();
        let lenient = Templates::load(None, false).unwrap().render(MailName::Verification, "en", &json!({})).unwrap();

        assert!(format!("{error:?}").contains("en/verification.html fails in line"), "{error:?}");
        assert_eq!(lenient.subject, "Confirm your e-mail address");
    }
}
