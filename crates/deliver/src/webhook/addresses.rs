//! Addresses that no webhook goes to: everything that is not a machine on the public internet.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A block of addresses, as in `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    first: IpAddr,
    prefix: u8,
}

impl Network {
    const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Self {
        Self { first: IpAddr::V4(Ipv4Addr::new(a, b, c, d)), prefix }
    }

    const fn v6(head: [u16; 3], prefix: u8) -> Self {
        Self { first: IpAddr::V6(Ipv6Addr::new(head[0], head[1], head[2], 0, 0, 0, 0, 0)), prefix }
    }

    /// Whether an address lies in it. An IPv4 address never lies in a block of IPv6 addresses, mapped or not.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                let rest = 32_u32.saturating_sub(self.prefix.into());
                (first.to_bits() ^ address.to_bits()).checked_shr(rest).unwrap_or(0) == 0
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                let rest = 128_u32.saturating_sub(self.prefix.into());
                (first.to_bits() ^ address.to_bits()).checked_shr(rest).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

/// What was written is no block of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoNetwork;

impl fmt::Display for NoNetwork {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a block of addresses is written like 10.0.0.0/8 or fd00::/8")
    }
}

impl FromStr for Network {
    type Err = NoNetwork;

    /// Reads `10.0.0.0/8`, or a single address without a length.
    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let first: IpAddr = address.parse().map_err(|_| NoNetwork)?;
        let longest = if first.is_ipv4() { 32 } else { 128 };
        let prefix = length.map_or(Ok(longest), str::parse).map_err(|_| NoNetwork)?;
        if prefix > longest { Err(NoNetwork) } else { Ok(Self { first, prefix }) }
    }
}

/// IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast (RFC 5771), and one address of a cloud.
const V4: &[Network] = &[
    Network::v4(0, 0, 0, 0, 8),        // "this network"
    Network::v4(10, 0, 0, 0, 8),       // private
    Network::v4(100, 64, 0, 0, 10),    // shared by a provider's customers; a cloud's metadata live here too
    Network::v4(127, 0, 0, 0, 8),      // this machine
    Network::v4(168, 63, 129, 16, 32), // Azure's services for its own machines: public in form alone
    Network::v4(169, 254, 0, 0, 16),   // link-local; the metadata of most clouds
    Network::v4(172, 16, 0, 0, 12),    // private
    Network::v4(192, 0, 0, 0, 24),     // protocol assignments; another cloud's metadata
    Network::v4(192, 0, 2, 0, 24),     // documentation
    Network::v4(192, 31, 196, 0, 24),  // AS112
    Network::v4(192, 52, 193, 0, 24),  // automatic multicast tunnelling
    Network::v4(192, 88, 99, 0, 24),   // 6to4 relays, ended
    Network::v4(192, 168, 0, 0, 16),   // private
    Network::v4(192, 175, 48, 0, 24),  // AS112
    Network::v4(198, 18, 0, 0, 15),    // measurements
    Network::v4(198, 51, 100, 0, 24),  // documentation
    Network::v4(203, 0, 113, 0, 24),   // documentation
    Network::v4(224, 0, 0, 0, 4),      // multicast
    Network::v4(240, 0, 0, 0, 4),      // reserved, and broadcast
];

/// The only part of IPv6 that is given to machines of the public internet (RFC 4291 2.4, IANA IPv6 Address Space).
/// Outside lie loopback, mapped IPv4, NAT64, unique-local, link-local, multicast, and what nobody has yet.
const GLOBAL_V6: Network = Network::v6([0x2000, 0, 0], 3);

/// IANA IPv6 Special-Purpose Address Registry, as far as it lies inside [`GLOBAL_V6`].
const V6: &[Network] = &[
    Network::v6([0x2001, 0, 0], 23), // protocol assignments, among them Teredo, which hides an IPv4 address
    Network::v6([0x2001, 0x0db8, 0], 32), // documentation
    Network::v6([0x2002, 0, 0], 16), // 6to4, which hides an IPv4 address
    Network::v6([0x2620, 0x004f, 0x8000], 48), // AS112
    Network::v6([0x3fff, 0, 0], 20), // documentation
];

/// Whether an address belongs to a machine on the public internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => !V4.iter().any(|it| it.contains(address)),
        IpAddr::V6(_) => GLOBAL_V6.contains(address) && !V6.iter().any(|it| it.contains(address)),
    }
}

#[cfg(test)]
mod tests;
