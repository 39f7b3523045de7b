//! The templates that come with the program.

macro_rules! templates {
    ($($path:literal),+ $(,)?) => {
        /// Path and content of each.
        pub const TEMPLATES: &[(&str, &str)] = &[$(($path, include_str!(concat!("templates/", $path)))),+];
    };
}

templates![
    "layout.html",
    "link.html",
    "de/_greeting.html",
    "de/_hours.html",
    "de/already_registered.html",
    "de/email_change.html",
    "de/email_changed.html",
    "de/erasure.html",
    "de/invitation.html",
    "de/password_changed.html",
    "de/password_reset.html",
    "de/verification.html",
    "de/welcome.html",
    "en/_greeting.html",
    "en/_hours.html",
    "en/already_registered.html",
    "en/email_change.html",
    "en/email_changed.html",
    "en/erasure.html",
    "en/invitation.html",
    "en/password_changed.html",
    "en/password_reset.html",
    "en/verification.html",
    "en/welcome.html",
];
