//! From which address a request comes, as far as that can be known.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::HeaderMap;
use http::header::USER_AGENT;
use http::request::Parts;
use ipnet::IpNet;

use crate::auth::Origin;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// What a client says of itself is kept up to so many characters.
const LONGEST_USER_AGENT: usize = 200;

/// Where a request comes from.
pub(super) fn origin(parts: &Parts, trusted: &[IpNet]) -> Origin {
    let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    Origin {
        address: client_address(parts, trusted),
        user_agent: user_agent.map(|text| text.chars().take(LONGEST_USER_AGENT).collect()),
    }
}

/// The address of the other end, or what proxies that are trusted say of whom they ask for.
fn client_address(parts: &Parts, trusted: &[IpNet]) -> Option<IpAddr> {
    let ConnectInfo(peer) = parts.extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(behind(peer.ip().to_canonical(), &parts.headers, trusted))
}

/// Each proxy adds whom it was asked by at the end, so the list is believed from the end as far as it names proxies that
/// are trusted; what stands before could be anybody's invention.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let lists = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = lists.flat_map(|list| list.split(',')).collect();
    let mut client = peer;
    for hop in hops.into_iter().rev() {
        if !trusted.iter().any(|network| network.contains(&client)) {
            break;
        }
        match address(hop.trim()) {
            Some(address) => client = address,
            None => break,
        }
    }
    client
}

/// An address, which may have a port.
fn address(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.or_else(|| text.strip_prefix('[')?.strip_suffix(']')?.parse().ok()).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in forwarded {
            headers.append(FORWARDED_FOR, list.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        behind(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_is_believed_who_is_not_trusted() {
        assert_eq!(client("203.0.113.7", &["198.51.100.1"], &[]), "203.0.113.7");
        assert_eq!(client("203.0.113.7", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.7");
    }

    #[test]
    fn a_chain_of_trusted_proxies_is_followed_to_its_beginning() {
        let trusted = ["10.0.0.0/8"];

        assert_eq!(client("10.0.0.1", &["198.51.100.1"], &trusted), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1, 10.0.0.2"], &trusted), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1", "10.0.0.2"], &trusted), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["192.0.2.66, 198.51.100.1, 10.0.0.2"], &trusted), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &[], &trusted), "10.0.0.1");
    }

    #[test]
    fn addresses_may_have_ports_and_nonsense_ends_the_chain() {
        let trusted = ["10.0.0.0/8"];

        assert_eq!(client("10.0.0.1", &["198.51.100.1:4711"], &trusted), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["[2001:db8::1]:4711"], &trusted), "2001:db8::1");
        assert_eq!(client("10.0.0.1", &["[2001:db8::1]"], &trusted), "2001:db8::1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1, unknown"], &trusted), "10.0.0.1");
    }
}
