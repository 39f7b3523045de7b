//! Which media type an answer has, by the `Accept` header and its q-values.

use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// Says by its HTTP status whether the request was understood.
    GraphqlResponse,
    /// Answers 200 to every well-formed request, for clients that read the body only.
    Json,
}

impl MediaType {
    pub(super) const fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }
}

/// What the client would like best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accepted {
    Api(MediaType),
    /// A page for people; the type to fall back to if there is none.
    Html(Option<MediaType>),
    Nothing,
}

impl Accepted {
    pub(super) const fn media_type(self) -> Option<MediaType> {
        match self {
            Self::Api(media_type) => Some(media_type),
            Self::Html(fallback) => fallback,
            Self::Nothing => None,
        }
    }
}

/// Thousandths of a q-value, then how exactly the range names the type: both decide, in this order.
type Weight = (u16, u8);

#[derive(Default)]
struct Weights {
    graphql: Weight,
    json: Weight,
    html: Weight,
}

pub(super) fn accepted(headers: &HeaderMap) -> Accepted {
    let mut values = headers.get_all(ACCEPT).iter();
    let Some(first) = values.next() else {
        return Accepted::Api(MediaType::Json);
    };
    match first.as_bytes() {
        b"application/json" | b"*/*" if values.size_hint().1 == Some(0) => return Accepted::Api(MediaType::Json),
        _ => {}
    }
    let mut weights = Weights::default();
    for value in headers.get_all(ACCEPT) {
        let text = value.to_str().unwrap_or_default();
        text.split(',').for_each(|range| weights.add(range));
    }
    weights.decide()
}

impl Weights {
    fn add(&mut self, range: &str) {
        let mut parts = range.split(';');
        let essence = parts.next().unwrap_or_default().trim();
        let quality = parts
            .find_map(|parameter| {
                let (name, value) = parameter.split_once('=')?;
                name.trim().eq_ignore_ascii_case("q").then(|| thousandths(value.trim()))
            })
            .unwrap_or(1000);
        let is = |name: &str| essence.eq_ignore_ascii_case(name);
        if is("application/graphql-response+json") {
            offer(&mut self.graphql, quality, 3);
        } else if is("application/json") {
            offer(&mut self.json, quality, 3);
        } else if is("text/html") {
            offer(&mut self.html, quality, 3);
        } else if is("application/*") {
            offer(&mut self.graphql, quality, 2);
            offer(&mut self.json, quality, 2);
        } else if is("*/*") {
            offer(&mut self.graphql, quality, 1);
            offer(&mut self.json, quality, 1);
            offer(&mut self.html, quality, 1);
        }
    }

    fn decide(&self) -> Accepted {
        let api = self.api();
        let best = self.graphql.max(self.json);
        if self.html.0 > 0 && self.html > best {
            Accepted::Html(api)
        } else {
            api.map_or(Accepted::Nothing, Accepted::Api)
        }
    }

    fn api(&self) -> Option<MediaType> {
        let named = self.graphql.1 == 3;
        match self.graphql.max(self.json) {
            (0, _) => None,
            best if best == self.json && (best != self.graphql || !named) => Some(MediaType::Json),
            _ => Some(MediaType::GraphqlResponse),
        }
    }
}

/// The most exact range decides, whatever others say (RFC 9110, 12.5.1).
fn offer(weight: &mut Weight, quality: u16, exactness: u8) {
    if exactness > weight.1 || (exactness == weight.1 && quality > weight.0) {
        *weight = (quality, exactness);
    }
}

/// A q-value that is not understood counts as if it were not there.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    match (whole, digits) {
        ("0", true) => format!("{fraction:0<3}").parse().unwrap_or(1000),
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::MediaType::{GraphqlResponse, Json};
    use super::*;

    fn of(accept: &str) -> Accepted {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, accept.parse().unwrap());
        accepted(&headers)
    }

    #[test]
    fn the_higher_weight_wins() {
        for (accept, expected) in [
            ("application/graphql-response+json", GraphqlResponse),
            ("application/json", Json),
            ("application/json;q=0.5, application/graphql-response+json", GraphqlResponse),
            ("application/graphql-response+json;q=0.5, application/json", Json),
            ("application/graphql-response+json, application/json;q=0.9", GraphqlResponse),
            ("application/json, application/graphql-response+json", GraphqlResponse),
            ("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", GraphqlResponse),
            ("APPLICATION/JSON", Json),
            ("application/json; Q=0.001", Json),
            ("*/*", Json),
            ("application/*", Json),
            ("application/graphql-response+json, */*", GraphqlResponse),
            ("application/json, */*", Json),
            ("image/png, */*;q=0.1", Json),
            ("application/json;q=0, */*", GraphqlResponse),
        ] {
            assert_eq!(of(accept), Accepted::Api(expected), "{accept}");
        }
    }

    #[test]
    fn browsers_get_a_page() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert_eq!(of(browser), Accepted::Html(Some(Json)));
        assert_eq!(of("text/html"), Accepted::Html(None));
        assert_eq!(of("text/html;q=0.5, application/json"), Accepted::Api(Json));
    }

    #[test]
    fn what_we_cannot_send_is_nothing() {
        for accept in ["image/png", "application/json;q=0", "text/plain, text/html;q=0", "*/*;q=0", ""] {
            assert_eq!(of(accept), Accepted::Nothing, "{accept}");
        }
    }

    #[test]
    fn several_headers_count_as_one() {
        let mut headers = HeaderMap::new();
        assert_eq!(accepted(&headers), Accepted::Api(Json));
        headers.append(ACCEPT, HeaderValue::from_static("application/json"));
        headers.append(ACCEPT, HeaderValue::from_static("application/graphql-response+json"));
        assert_eq!(accepted(&headers), Accepted::Api(GraphqlResponse));
    }
}
