//! Mails looked at on the command line.

use std::fs;

use super::{Shop, production};

#[test]
fn a_preview_shows_subject_and_text_and_needs_no_database() {
    let shop = Shop::new();

    let english = shop.run(&["mail", "preview", "verification"], &[]);
    let german =
        shop.run(&["mail", "preview", "verification", "--language", "de-AT", "--text"], &production("sqlite://x.db"));

    assert_eq!((english.code, english.stderr.as_str()), (0, ""), "{english:?}");
    assert!(english.stdout.starts_with("Subject: Confirm your e-mail address\n\n"), "{}", english.stdout);
    assert!(english.stdout.contains("https://shop.example/verify-email?token="), "{}", english.stdout);
    assert!(!english.stdout.contains('<'), "{}", english.stdout);
    assert_eq!(german.code, 0, "{german:?}");
    assert!(german.stdout.starts_with("Subject: Bitte bestätigen Sie Ihre E-Mail-Adresse\n\n"), "{}", german.stdout);
    assert_eq!(fs::read_dir(shop.folder.path()).unwrap().count(), 0);
}

#[test]
fn the_html_of_a_preview_can_be_opened_as_it_is() {
    let ended = Shop::new().run(&["mail", "preview", "welcome", "--html"], &[("MAIL_FROM", "M&M <shop@shop.example>")]);

    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.stdout.starts_with("<!doctype html>"), "{}", ended.stdout);
    assert!(ended.stdout.contains("<title>Welcome to M&amp;M</title>"), "{}", ended.stdout);
}

#[test]
fn an_unknown_mail_lists_those_that_there_are() {
    let ended = Shop::new().run(&["mail", "preview", "farewell"], &[]);

    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{ended:?}");
    for name in ["farewell", "verification", "already_registered", "invitation", "erasure"] {
        assert!(ended.stderr.contains(name), "{}", ended.stderr);
    }
}

#[test]
fn a_preview_shows_the_shops_own_templates_and_names_a_broken_one() {
    let shop = Shop::new();
    fs::create_dir_all(shop.folder.path().join("templates/fr")).unwrap();
    let own = "{% extends \"layout.html\" %}{% block subject %}Bienvenue{% endblock %}{% block content %}<p>Bonjour {{ name }}</p>{% endblock %}";
    shop.write("templates/fr/welcome.html", own);
    let preview = ["mail", "preview", "welcome", "--language", "fr"];
    let environment = [("MAIL_TEMPLATES", "templates")];

    let shown = shop.run(&preview, &environment);
    shop.write("templates/fr/welcome.html", &own.replace("{{ name }}", "\n\n{{ nom }}"));
    let broken = shop.run(&preview, &environment);

    assert!(shown.stdout.starts_with("Subject: Bienvenue\n\n") && shown.stdout.contains("Bonjour Ana"), "{shown:?}");
    assert_eq!((broken.code, broken.stdout.as_str()), (2, ""), "{broken:?}");
    assert!(broken.stderr.contains("fr/welcome.html") && broken.stderr.contains("line 3"), "{}", broken.stderr);
}
