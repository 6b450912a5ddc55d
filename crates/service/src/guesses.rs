//! Guessing of links and keys. What protects them is that they are 256 random bits; this keeps whoever tries all the
//! same from costing more than a look-up, and tells them so.
//!
//! Counted are links and keys that have the shape of one and that nobody was ever given, for each network address, in
//! the database, so that all processes count together. One that is known is never held up, whoever else sits behind
//! the same address; neither is one that has ended or was revoked, which is no guess.

use crate::allowance::{Allowance, Subject};
use crate::error::Error;
use crate::secrets::SYSTEM;
use crate::server::Service;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Mutex;

const GUESSES: [Allowance; 1] = [Allowance { at_most: 20, per: SignedDuration::from_mins(1) }];
/// Whoever is over the limit is told so without the database for so long: refusing must cost less than trying.
const SHUT: SignedDuration = SignedDuration::from_secs(5);
/// So many addresses are remembered as over the limit. More of them ask the database again.
const REMEMBERED: usize = 10_000;

/// Addresses that this process refused a moment ago, and until when.
#[derive(Default)]
pub(crate) struct Shut(Mutex<HashMap<String, Timestamp>>);

impl Shut {
    fn holds(&self, whom: &str, now: Timestamp) -> bool {
        self.0.lock().is_ok_and(|shut| shut.get(whom).is_some_and(|until| now < *until))
    }

    fn put(&self, whom: String, now: Timestamp) {
        let (Ok(mut shut), Ok(until)) = (self.0.lock(), now.checked_add(SHUT)) else { return };
        if shut.len() >= REMEMBERED {
            shut.retain(|_, until| now < *until);
        }
        if shut.len() < REMEMBERED {
            shut.insert(whom, until);
        }
    }
}

impl Service {
    /// What is answered to a link or a key that nobody was ever given, tried from this address: `unknown`, and
    /// [`Error::TooManyGuesses`] where there were too many of them.
    pub(crate) async fn guessed(&self, address: &str, unknown: Error) -> Error {
        let Some(whom) = network(address) else { return unknown };
        if self.inner.shut.holds(&whom, self.now()) {
            return Error::TooManyGuesses;
        }
        let subject = Subject { tenant: SYSTEM, what: "guess", whom: &whom };
        let counted = self
            .store()
            .write(move |tx| Box::pin(async move { self.allow_once_more(tx, subject, &GUESSES).await }))
            .await;
        match counted {
            Ok(true) => unknown,
            Ok(false) => {
                tracing::warn!("links or keys that do not exist are tried again and again from one address");
                self.inner.shut.put(whom, self.now());
                Error::TooManyGuesses
            }
            Err(error) => error,
        }
    }
}

/// Who counts as one: an address, and of IPv6 the 64 bits that one subscriber is given whole (RFC 6177). None where
/// nobody knows from where it came.
fn network(address: &str) -> Option<String> {
    Some(match address.parse().ok()? {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_subscriber_counts_as_one() {
        assert_eq!(network("192.0.2.7").as_deref(), Some("192.0.2.7"));
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!((network(""), network("unix")), (None, None));
    }

    #[test]
    fn who_is_shut_out_is_so_for_five_seconds_and_not_for_a_microsecond_longer() {
        let (shut, now) = (Shut::default(), Timestamp::UNIX_EPOCH);
        shut.put("a".to_owned(), now);
        let (last, after) = (SignedDuration::from_micros(4_999_999), SignedDuration::from_secs(5));
        assert!(shut.holds("a", now + last) && !shut.holds("b", now));
        assert!(!shut.holds("a", now + after));
    }

    #[test]
    fn no_more_addresses_are_remembered_than_there_is_room_for() {
        let (shut, now) = (Shut::default(), Timestamp::UNIX_EPOCH);
        (0..=REMEMBERED).for_each(|number| shut.put(number.to_string(), now));
        assert!(shut.holds("0", now) && !shut.holds(&REMEMBERED.to_string(), now));
        let later = now + SHUT;
        shut.put("later".to_owned(), later);
        assert!(shut.holds("later", later), "those who are let in again make room");
    }
}
