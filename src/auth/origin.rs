//! Where a request comes from.

use std::net::IpAddr;

/// Where a request comes from, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub address: Option<IpAddr>,
    /// What the client says of itself, cut to a sensible length.
    pub user_agent: Option<String>,
}
