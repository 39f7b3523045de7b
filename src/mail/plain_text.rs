//! The text of HTML, for those who do not read HTML.

use html2text::config;
use html2text::render::{RichAnnotation, TaggedLine};

/// Lines are broken here between words, as people do who write mails by hand.
const WIDTH: usize = 76;
/// Wider than any paragraph: the library would break addresses.
const UNBROKEN: usize = 100_000;

/// The text of a document. Links show where they lead, unless the address stands in the text anyway.
pub fn of(html: &str) -> String {
    // Only a page narrower than a letter cannot be filled.
    let lines = config::rich().no_table_borders().lines_from_read(html.as_bytes(), UNBROKEN).unwrap_or_default();
    let bare: Vec<String> =
        lines.iter().map(|line| line.tagged_strings().map(|part| part.s.as_str()).collect()).collect();
    let bare = bare.join("\n");
    let broken = lines.iter().map(|line| break_line(&with_addresses(line, &bare)));
    let text = broken.collect::<Vec<_>>().join("\n");
    format!("{}\n", text.trim())
}

/// The text of a fragment in one line.
pub fn line_of(html: &str) -> String {
    of(html)
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn with_addresses(line: &TaggedLine<Vec<RichAnnotation>>, bare: &str) -> String {
    let target = |tag: &[RichAnnotation]| {
        tag.iter().find_map(|annotation| match annotation {
            RichAnnotation::Link(target) if !bare.contains(target) => Some(target.clone()),
            _ => None,
        })
    };
    let mut text = String::new();
    let mut open: Option<String> = None;
    for part in line.tagged_strings() {
        let target = target(&part.tag);
        if target != open {
            close(&mut text, open.take());
        }
        open = target;
        text.push_str(&part.s);
    }
    close(&mut text, open);
    text
}

fn close(text: &mut String, link: Option<String>) {
    if let Some(target) = link {
        text.push_str(&format!(" ({target})"));
    }
}

/// Breaks a line between words; a longer word, such as an address, stays whole.
fn break_line(line: &str) -> String {
    // A rule is drawn over the whole width.
    if !line.is_empty() && line.chars().all(|c| c == '─') {
        return "─".repeat(WIDTH);
    }
    let mut broken = String::new();
    let mut width = 0;
    for word in line.trim_end().split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            broken.push('\n');
            width = 0;
        } else if !broken.is_empty() {
            broken.push(' ');
            width += 1;
        }
        broken.push_str(word);
        width += length;
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_never_broken() {
        let address = format!("https://shop.example/verify-email?token={}", "x".repeat(200));
        let html = format!("<p>{} {address} {}</p>", "word ".repeat(20), "word ".repeat(20));

        let text = of(&html);

        assert!(text.lines().any(|line| line.contains(&address)), "{text}");
        assert!(text.lines().all(|line| line.len() <= WIDTH || line.contains(&address)), "{text}");
    }

    #[test]
    fn links_show_where_they_lead_once() {
        let text =
            of("<p><a href=\"https://a.example/\">our <b>shop</b></a> and <a href=\"https://b.example\">here</a></p>
                       <p>https://b.example</p>");

        assert_eq!(text, "our shop (https://a.example/) and here\n\nhttps://b.example\n");
    }

    #[test]
    fn entities_are_characters_and_heads_are_left_out() {
        let html =
            "<html><head><title>T</title><style>p{}</style></head><body><p>a &lt;b&gt; &amp;amp; c</p></body></html>";

        assert_eq!(of(html), "a <b> &amp; c\n");
        assert_eq!(line_of("M&amp;M\n  &lt;i&gt;\r\n\u{7}x"), "M&M <i> x");
    }

    #[test]
    fn lists_rules_and_tables_stay_readable() {
        let text = of("<ul><li>one<li>two</ul><hr><table><tr><td>Mug<td>2</table>");

        assert!(text.contains("* one\n* two"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.contains("Mug") && !text.contains('│'), "{text}");
    }
}
