//! From where a request comes.

use crate::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{HeaderMap, header, request::Parts};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// Proxies whose word about the client's address is believed. Without one, a forwarded address never
/// reaches the evidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

/// An entry that is no address and no network.
#[derive(Clone, Debug, PartialEq)]
pub struct TrustedProxyError(String);

impl std::fmt::Display for TrustedProxyError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "`{}` is no address and no network; write 10.0.0.1 or 10.0.0.0/8", self.0)
    }
}

impl std::error::Error for TrustedProxyError {}

impl TrustedProxies {
    /// From addresses (`10.0.0.1`) and networks (`10.0.0.0/8`).
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Result<Self, TrustedProxyError> {
        let read = |entry: &str| {
            let (address, bits) = entry.split_once('/').unwrap_or((entry, ""));
            let address: IpAddr = address.parse().ok()?;
            let all = if address.is_ipv4() { 32 } else { 128 };
            let bits = if bits.is_empty() { all } else { bits.parse().ok().filter(|it| *it <= all)? };
            Some((address, bits))
        };
        entries
            .into_iter()
            .map(|entry| read(entry.trim()).ok_or_else(|| TrustedProxyError(entry.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(network, bits)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(*bits);
                u64::from(network.to_bits()) >> shift == u64::from(address.to_bits()) >> shift
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(*bits);
                network.to_bits().checked_shr(shift) == address.to_bits().checked_shr(shift)
            }
            _ => false,
        })
    }

    /// The client: the peer itself, or, where it is a trusted proxy, the last address before the trusted ones.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let forwarded = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        let mut client = peer;
        for hop in forwarded.collect::<Vec<_>>().into_iter().rev() {
            let (true, Ok(address)) = (self.contains(client), hop.trim().parse()) else { break };
            client = address;
        }
        client
    }
}

/// Address and browser of whoever asks.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) address: String,
    pub(crate) user_agent: String,
}

/// A browser's name of so many bytes at most is kept.
const USER_AGENT_BYTES: usize = 400;

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip().to_canonical());
        let address = peer.map(|peer| app.proxies.client(peer, &parts.headers).to_string());
        let user_agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let mut user_agent = user_agent.unwrap_or_default().to_owned();
        user_agent.truncate(USER_AGENT_BYTES);
        Ok(Self { address: address.unwrap_or_default(), user_agent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        TrustedProxies::new(trusted.iter().copied())
            .unwrap()
            .client(peer.parse().unwrap(), &headers)
            .to_string()
    }

    #[test]
    fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
        assert_eq!(client(&[], "10.0.0.1", &["203.0.113.9"]), "10.0.0.1");
        assert_eq!(client(&["10.0.0.0/8"], "10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&["10.0.0.0/8"], "192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
    }

    #[test]
    fn what_a_client_claims_before_the_proxy_is_not_believed() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(client(&trusted, "10.0.0.1", &["1.1.1.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&trusted, "10.0.0.1", &["203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(client(&trusted, "10.0.0.1", &["203.0.113.9", "10.0.0.2"]), "203.0.113.9");
        assert_eq!(client(&trusted, "10.0.0.1", &["nonsense"]), "10.0.0.1");
    }

    #[test]
    fn networks_of_both_kinds_are_read_and_nonsense_is_refused() {
        assert_eq!(client(&["2001:db8::/32"], "2001:db8::1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client(&["0.0.0.0/0"], "192.0.2.1", &["203.0.113.9"]), "203.0.113.9");
        assert!(TrustedProxies::new(["10.0.0.0/33"]).is_err());
        assert!(TrustedProxies::new(["proxy"]).is_err());
    }
}
