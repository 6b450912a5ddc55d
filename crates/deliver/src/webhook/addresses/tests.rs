//! Held against the registries as IANA prints them, written here once more and in its own notation.

use super::*;
use proptest::prelude::*;

/// <https://www.iana.org/assignments/iana-ipv4-special-registry>, and multicast.
const REGISTRY_V4: &[&str] = &[
    "0.0.0.0/8",
    "0.0.0.0/32",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.0.0/29",
    "192.0.0.8/32",
    "192.0.0.9/32",
    "192.0.0.10/32",
    "192.0.0.170/32",
    "192.0.0.171/32",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
];

/// <https://www.iana.org/assignments/iana-ipv6-special-registry>, and multicast.
const REGISTRY_V6: &[&str] = &[
    "::1/128",
    "::/128",
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/23",
    "2001::/32",
    "2001:1::1/128",
    "2001:1::2/128",
    "2001:1::3/128",
    "2001:2::/48",
    "2001:3::/32",
    "2001:4:112::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:30::/28",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
];

fn bounds(block: &str) -> (IpAddr, IpAddr) {
    let (first, length) = block.split_once('/').unwrap();
    let length: u32 = length.parse().unwrap();
    match first.parse().unwrap() {
        IpAddr::V4(first) => {
            let last = first.to_bits() | u32::MAX.checked_shr(length).unwrap_or(0);
            (IpAddr::V4(first), IpAddr::V4(Ipv4Addr::from_bits(last)))
        }
        IpAddr::V6(first) => {
            let last = first.to_bits() | u128::MAX.checked_shr(length).unwrap_or(0);
            (IpAddr::V6(first), IpAddr::V6(Ipv6Addr::from_bits(last)))
        }
    }
}

fn registered(address: IpAddr) -> bool {
    REGISTRY_V4.iter().chain(REGISTRY_V6).any(|block| {
        let (first, last) = bounds(block);
        first.is_ipv4() == address.is_ipv4() && first <= address && address <= last
    })
}

/// The address before a block and the one after it.
fn neighbours(block: &str) -> Vec<IpAddr> {
    match bounds(block) {
        (IpAddr::V4(first), IpAddr::V4(last)) => {
            let bits = [first.to_bits().checked_sub(1), last.to_bits().checked_add(1)];
            bits.into_iter().flatten().map(|it| IpAddr::V4(Ipv4Addr::from_bits(it))).collect()
        }
        (IpAddr::V6(first), IpAddr::V6(last)) => {
            let bits = [first.to_bits().checked_sub(1), last.to_bits().checked_add(1)];
            bits.into_iter().flatten().map(|it| IpAddr::V6(Ipv6Addr::from_bits(it))).collect()
        }
        _ => Vec::new(),
    }
}

/// 2000::/3, by its first three bits.
fn given_out(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => true,
        IpAddr::V6(address) => address.segments()[0] >> 13 == 1,
    }
}

#[test]
fn the_first_and_the_last_address_of_every_registered_block_are_refused() {
    for block in REGISTRY_V4.iter().chain(REGISTRY_V6) {
        let (first, last) = bounds(block);
        assert!(!is_public(first) && !is_public(last), "{block}");
    }
}

#[test]
fn the_neighbours_of_every_registered_block_pass_unless_they_are_in_another() {
    let mut passed = 0;
    for block in REGISTRY_V4.iter().chain(REGISTRY_V6) {
        for neighbour in neighbours(block) {
            let expected = given_out(neighbour) && !registered(neighbour);
            assert_eq!(is_public(neighbour), expected, "{neighbour}, beside {block}");
            passed += usize::from(expected);
        }
    }
    assert!(passed >= 38, "{passed} neighbours were free to pass");
}

#[test]
fn the_metadata_of_clouds_are_out_of_reach() {
    for address in [
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::254",
        "fe80::a9fe:a9fe",
    ] {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    for neighbour in ["168.63.129.15", "168.63.129.17"] {
        assert!(is_public(neighbour.parse().unwrap()), "{neighbour}");
    }
}

#[test]
fn an_ipv4_address_in_the_dress_of_ipv6_is_refused_whatever_it_is() {
    for address in [
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:0:7f00:1::1",
    ] {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn blocks_are_read_as_people_write_them_and_nothing_else_is() {
    let network: Network = "10.1.0.0/16".parse().unwrap();
    assert!(
        network.contains("10.1.255.255".parse().unwrap()) && !network.contains("10.2.0.0".parse().unwrap())
    );
    let single: Network = "fd00::7".parse().unwrap();
    assert!(single.contains("fd00::7".parse().unwrap()) && !single.contains("fd00::8".parse().unwrap()));
    let all: Network = "0.0.0.0/0".parse().unwrap();
    assert!(all.contains("255.0.0.1".parse().unwrap()) && !all.contains("::1".parse().unwrap()));
    for text in ["10.0.0.0/33", "::/129", "10.0.0/8", "a/8", "", "10.0.0.0/", "10.0.0.0/-1"] {
        assert!(text.parse::<Network>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn no_address_of_a_registered_block_passes(block in 0..REGISTRY_V4.len(), host: u32) {
        let (IpAddr::V4(first), IpAddr::V4(last)) = bounds(REGISTRY_V4[block]) else { unreachable!() };
        let mask = first.to_bits() ^ last.to_bits();
        let address = Ipv4Addr::from_bits(first.to_bits() | (host & mask));
        prop_assert!(!is_public(address.into()), "{}", address);
    }

    #[test]
    fn no_address_of_a_registered_block_of_ipv6_passes(block in 0..REGISTRY_V6.len(), host: u128) {
        let (IpAddr::V6(first), IpAddr::V6(last)) = bounds(REGISTRY_V6[block]) else { unreachable!() };
        let mask = first.to_bits() ^ last.to_bits();
        let address = Ipv6Addr::from_bits(first.to_bits() | (host & mask));
        prop_assert!(!is_public(address.into()), "{}", address);
    }

    #[test]
    fn every_other_address_passes(bits: u32) {
        let address = IpAddr::V4(Ipv4Addr::from_bits(bits));
        let azure = address == IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16));
        prop_assert_eq!(is_public(address), !registered(address) && !azure, "{}", address);
    }

    #[test]
    fn of_ipv6_only_what_is_given_out_passes(bits: u128, global: bool) {
        let bits = if global { (bits >> 3) | (1 << 125) } else { bits };
        let address = IpAddr::V6(Ipv6Addr::from_bits(bits));
        prop_assert_eq!(is_public(address), given_out(address) && !registered(address), "{}", address);
    }
}
