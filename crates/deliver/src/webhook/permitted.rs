//! Where a webhook may go.

use super::addresses::{Network, is_public};
use std::net::IpAddr;

/// The public internet, and what the operator allows besides.
#[derive(Clone, Debug, Default)]
pub(super) struct Permitted {
    networks: Vec<Network>,
    names: Vec<String>,
}

impl Permitted {
    /// From blocks of addresses (`10.0.0.0/8`), single addresses and host names. `None`: one entry is none of these.
    pub(super) fn read(entries: &[String]) -> Option<Self> {
        let mut permitted = Self::default();
        for entry in entries.iter().map(|it| it.trim()) {
            if let Ok(network) = entry.parse() {
                permitted.networks.push(network);
            } else if is_name(entry) {
                permitted.names.push(plain(entry));
            } else {
                return None;
            }
        }
        Some(permitted)
    }

    pub(super) fn address(&self, address: IpAddr) -> bool {
        is_public(address) || self.networks.iter().any(|it| it.contains(address))
    }

    /// A name that the operator wrote down may lead anywhere.
    pub(super) fn name(&self, name: &str) -> bool {
        self.names.contains(&plain(name))
    }
}

/// `Hooks.Internal.` and `hooks.internal` are one name.
fn plain(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

/// Not a block of addresses with a slip in it, which would otherwise allow nothing and say nothing.
fn is_name(entry: &str) -> bool {
    let letters = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '_');
    entry.chars().all(letters) && entry.chars().any(|it| it.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(entries: &[&str]) -> Option<Permitted> {
        Permitted::read(&entries.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn without_an_exception_only_the_public_internet_is_permitted() {
        let permitted = read(&[]).unwrap();
        assert!(permitted.address("8.8.8.8".parse().unwrap()));
        assert!(!permitted.address("10.0.0.1".parse().unwrap()));
        assert!(!permitted.name("localhost"));
    }

    #[test]
    fn an_exception_permits_what_it_names_and_nothing_beside_it() {
        let permitted = read(&["10.1.0.0/16", " ::1 ", "Hooks.Internal"]).unwrap();
        for (address, expected) in [("10.1.2.3", true), ("10.2.0.0", false), ("::1", true), ("::2", false)] {
            assert_eq!(permitted.address(address.parse().unwrap()), expected, "{address}");
        }
        assert!(permitted.name("hooks.internal.") && !permitted.name("x.hooks.internal"));
        let mapped = "::ffff:10.1.2.3".parse().unwrap();
        assert!(!permitted.address(mapped), "the mapped form is another address");
    }

    #[test]
    fn an_exception_that_is_mistyped_is_not_taken_for_a_name() {
        for entry in ["10.0.0.0/33", "10.0.0", "", "https://hooks.internal", "*.internal"] {
            assert!(read(&[entry]).is_none(), "{entry}");
        }
    }
}
