//! Texts with a form of their own: slugs, sort and search keys, sanitised HTML, e-mail addresses.
//!
//! The use case turns an input string into one of these; past that line it is trusted.

use std::sync::LazyLock;

use ammonia::Builder;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug, in bytes.
pub const SLUG_LENGTH: usize = 200;

/// The part of an address that names an object: lower-case ASCII letters, digits and single hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

impl Slug {
    /// Takes a text that already is a slug.
    pub fn parse(text: &str) -> Option<Self> {
        let valid = !text.is_empty()
            && text.len() <= SLUG_LENGTH
            && text
                .split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        valid.then(|| Self(text.to_owned()))
    }

    /// Makes a slug of any text; `None` where nothing usable is left.
    pub fn from_name(name: &str) -> Option<Self> {
        let folded = fold(name);
        let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let mut slug = words.collect::<Vec<_>>().join("-");
        slug.truncate(SLUG_LENGTH);
        Self::parse(slug.trim_end_matches('-'))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// The form under which texts sort and compare: without case, accents and doubled spaces.
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ß' => "ss".to_owned(),
            'ø' => "o".to_owned(),
            'æ' => "ae".to_owned(),
            'œ' => "oe".to_owned(),
            'đ' | 'ð' => "d".to_owned(),
            'ł' => "l".to_owned(),
            other => other.to_string(),
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first text after all those that begin with `prefix`, for a range that uses an index on both databases.
pub fn after_prefix(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

/// HTML without scripts, styles, event handlers and frames, in the form that stays as it is when it is sanitised again.
pub fn sanitize_html(html: &str) -> String {
    static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(Builder::default);
    // What comes out of odd nesting can be read in another way; a few turns settle all but what is made for not settling.
    const TURNS: usize = 8;
    let clean = |html: &str| without_leading_breaks(&CLEANER.clean(html).to_string());
    let mut settled = clean(html);
    for _ in 0..TURNS {
        let again = clean(&settled);
        if again == settled {
            break;
        }
        settled = again;
    }
    settled
}

/// Each reading takes one line break away at the beginning of preformatted text; so all go at once.
fn without_leading_breaks(html: &str) -> String {
    const BEGIN: &str = "<pre";
    let mut parts = html.split(BEGIN);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (tag, content) = part.split_at(part.find('>').map_or(part.len(), |end| end + 1));
        result.extend([BEGIN, tag, content.trim_start_matches('\n')]);
    }
    result
}

/// An e-mail address as entered, and the form by which it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    pub address: String,
    pub key: String,
}

impl Email {
    pub fn parse(text: &str) -> Option<Self> {
        let address = text.trim();
        let valid = address.len() <= 254 && email_address::EmailAddress::is_valid(address);
        let key = address.to_lowercase();
        // Letters such as the Kelvin sign are written small as letters of ASCII: such an address would pass for another.
        (valid && address.is_ascii() == key.is_ascii()).then(|| Self { address: address.to_owned(), key })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_become_slugs() {
        let slug = |name| Slug::from_name(name).map(Slug::into_string);

        assert_eq!(slug("Crème Brûlée & Co."), Some("creme-brulee-co".to_owned()));
        assert_eq!(slug("  Straße 5 "), Some("strasse-5".to_owned()));
        assert_eq!(slug("日本"), None);
    }

    #[test]
    fn only_slugs_are_slugs() {
        for text in ["", "-", "a--b", "A", "a b", "a-", "é"] {
            assert_eq!(Slug::parse(text), None, "{text:?}");
        }
        assert!(Slug::parse("linen-shirt-2").is_some());
    }

    #[test]
    fn scripts_are_removed_from_html() {
        let html = sanitize_html("<p onclick=\"x()\">Soft<script>alert(1)</script> <b>wool</b></p>");

        assert_eq!(html, "<p>Soft <b>wool</b></p>");
    }

    #[test]
    fn preformatted_text_begins_with_its_first_line() {
        assert_eq!(sanitize_html("<p>a<pre>\n\n\nb\n\nc</pre>"), "<p>a</p><pre>b\n\nc</pre>");
    }

    proptest! {
        #[test]
        fn sanitising_twice_changes_nothing(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "<p>", "</p>", "<pre>", "</pre>", "<a href=\"/x?a=1&b=2\">", "</a>", "<b>", "</b>", "<i>", "<table>",
                "<tr>", "<td>", "</table>", "<ul>", "<li>", "<h1>", "<br>", "\n", "\r\n", "&#13;", " ", "&nbsp;", "&lt;p&gt;",
                "&", "<", ">", "\"", "text", "<script>", "</script>", "<div title=\"<pre>\n\">",
            ]), 0..16),
        ) {
            let html = sanitize_html(&pieces.concat());
            prop_assert_eq!(sanitize_html(&html), html);
        }

        #[test]
        fn a_slug_made_of_a_name_is_a_slug(name in "\\PC{0,300}") {
            if let Some(slug) = Slug::from_name(&name) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Some(slug));
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn a_prefix_range_holds_what_begins_with_it(prefix in "[a-z0-9 ]{1,8}", rest in "[\\PC&&[^\u{10FFFF}]]{0,8}") {
            let text = format!("{prefix}{rest}");
            prop_assert!(text >= prefix && text < after_prefix(&prefix));
        }
    }
}
