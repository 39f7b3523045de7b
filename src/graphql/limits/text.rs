//! Refuses text whose brackets nest so deep that parsing it would exhaust the stack.

use async_graphql::ServerError;

use super::super::document::refusal;
use crate::error::ErrorCode;

/// Far above what any operation within the limits needs: selections, arguments and values together.
const MAX_BRACKETS: usize = 128;

/// The parser descends once per open bracket, so they are counted without it.
pub(crate) fn check_text(query: &str) -> Result<(), ServerError> {
    let deepest = deepest_bracket(query.as_bytes());
    if deepest <= MAX_BRACKETS {
        return Ok(());
    }
    let message =
        format!("The query nests brackets {deepest} deep; more than {MAX_BRACKETS} are never read. Nest less.");
    Err(refusal(ErrorCode::QueryTooComplex, message, None))
}

fn deepest_bracket(text: &[u8]) -> usize {
    let (mut open, mut deepest, mut at) = (0_usize, 0, 0);
    while let Some(&byte) = text.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' | b'(' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            b'#' => at = end_of_line(text, at),
            b'"' => match end_of_string(text, at) {
                Some(end) => at = end,
                // A string without an end: the parser will give up somewhere behind here, nobody knows where.
                None => return deepest.max(open + openings(&text[at..])),
            },
            _ => {}
        }
    }
    deepest
}

fn openings(text: &[u8]) -> usize {
    text.iter().filter(|byte| matches!(byte, b'{' | b'[' | b'(')).count()
}

fn end_of_line(text: &[u8], from: usize) -> usize {
    text[from..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(text.len(), |length| from + length)
}

/// Where the string ends whose first quote stands before `from`.
fn end_of_string(text: &[u8], from: usize) -> Option<usize> {
    if text[from..].starts_with(b"\"\"") {
        return end_of_block(text, from + 2);
    }
    let mut at = from;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            b'\n' | b'\r' => return None,
            _ => at += 1,
        }
    }
    None
}

fn end_of_block(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at < text.len() {
        if text[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if text[at..].starts_with(b"\"\"\"") {
            return Some(at + 3);
        } else {
            at += 1;
        }
    }
    // What looked like the start of a block may be an empty string.
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deepest(text: &str) -> usize {
        deepest_bracket(text.as_bytes())
    }

    #[test]
    fn brackets_count_where_they_nest() {
        assert_eq!(deepest("{ a(b: [1, {c: 2}]) { d } }"), 4);
        assert_eq!(deepest("}}}{"), 1);
        assert_eq!(deepest(""), 0);
    }

    #[test]
    fn strings_and_comments_hide_brackets() {
        assert_eq!(deepest("{ a(b: \"[[[[\\\"[[[[\") }"), 2);
        assert_eq!(deepest("{ a(b: \"\"\" [[[ \" \\\"\"\" [[[ \"\"\") }"), 2);
        assert_eq!(deepest("{ # [[[[[[\n a }"), 1);
        assert_eq!(deepest("{ a(b: \"\", c: [1]) }"), 3);
    }

    #[test]
    fn a_string_without_end_hides_nothing() {
        let bomb = "[".repeat(500);

        assert!(deepest(&format!("{{ a(b: \"\"\"x\"{bomb}")) >= 500);
        assert!(deepest(&format!("{{ a(b: \"x\n{bomb}")) >= 500);
        assert!(deepest(&format!("{{ a(b: [\"\", \"x\", {bomb}")) >= 500);
    }

    #[test]
    fn a_deep_text_is_refused_before_it_is_parsed() {
        assert!(check_text(&"{a".repeat(100_000)).is_err());
        assert!(check_text(&"{a".repeat(MAX_BRACKETS)).is_ok());
    }
}
