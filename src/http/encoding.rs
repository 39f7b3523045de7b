//! Which encodings of an answer a client is taken to accept, where what it says cannot be taken literally.
//!
//! - One that accepts no encoding we have is answered plainly, instead of being refused after the work is done.
//! - One that likes zstd no better than older encodings gets an older one: HTTP libraries in wide use announce zstd
//!   on runtimes that cannot decode it, and fail on such an answer.

use http::header::ACCEPT_ENCODING;
use http::{HeaderMap, HeaderValue};

/// Replaces what the client says by what it is taken to mean.
pub(super) fn interpret(headers: &mut HeaderMap) {
    forgive(headers);
    prefer_older(headers);
}

/// Drops zstd from a list without weights that has an older encoding, too.
fn prefer_older(headers: &mut HeaderMap) {
    let said = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let Some(said) = said.filter(|said| said.contains("zstd") && !said.contains(';')) else { return };
    let (zstd, others): (Vec<&str>, Vec<&str>) = said.split(',').map(str::trim).partition(|coding| *coding == "zstd");
    let has_older = others.iter().any(|coding| matches!(*coding, "br" | "gzip"));
    if zstd.is_empty() || !has_older {
        return;
    }
    if let Ok(value) = HeaderValue::from_str(&others.join(", ")) {
        headers.insert(ACCEPT_ENCODING, value);
    }
}

/// Takes "not plain" out of `Accept-Encoding`: the compression would turn a finished answer into 406 for it, also
/// where a mutation had run.
fn forgive(headers: &mut HeaderMap) {
    let is_harmless = |value: &HeaderValue| !value.as_bytes().contains(&b';');
    if headers.get_all(ACCEPT_ENCODING).iter().all(is_harmless) {
        return;
    }
    let kept: Vec<&str> = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter(|coding| !refuses_plain(coding))
        .collect();
    match HeaderValue::from_str(&kept.join(",")) {
        Ok(value) => _ = headers.insert(ACCEPT_ENCODING, value),
        Err(_) => _ = headers.remove(ACCEPT_ENCODING),
    }
}

fn refuses_plain(coding: &str) -> bool {
    let mut parts = coding.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let never = |parameter: &str| {
        let weight = parameter.split_once('=').map(|(_, weight)| weight.trim());
        weight.is_some_and(|weight| weight.parse() == Ok(0.0_f32))
    };
    (name == "*" || name.eq_ignore_ascii_case("identity")) && parts.any(never)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forgiven(accept: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, accept.parse().unwrap());
        forgive(&mut headers);
        headers[ACCEPT_ENCODING].to_str().unwrap().to_owned()
    }

    #[test]
    fn zstd_is_used_where_it_is_asked_for() {
        let meant = |accept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, accept.parse().unwrap());
            interpret(&mut headers);
            headers[ACCEPT_ENCODING].to_str().unwrap().to_owned()
        };

        assert_eq!(meant("gzip, deflate, br, zstd"), "gzip, deflate, br");
        assert_eq!(meant("zstd"), "zstd");
        assert_eq!(meant("deflate, zstd"), "deflate, zstd");
        assert_eq!(meant("zstd, gzip;q=0.5"), "zstd, gzip;q=0.5");
    }

    #[test]
    fn only_the_refusal_of_plain_answers_is_dropped() {
        assert_eq!(forgiven("gzip, br"), "gzip, br");
        assert_eq!(forgiven("gzip;q=0.5, br;q=0"), "gzip;q=0.5, br;q=0");
        assert_eq!(forgiven("gzip,identity;q=0"), "gzip");
        assert_eq!(forgiven("*;q=0"), "");
        assert_eq!(forgiven("br, *; q=0.000"), "br");
        assert_eq!(forgiven("*;q=0.1"), "*;q=0.1");
    }
}
