//! How much of something strangers may cause: mails above all. Counted in the database, so that all processes
//! count together, and under an HMAC, so that nobody reads there who asked.

use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use jiff::SignedDuration;
use store::{Tx, allowances};

/// So many times within so long, wherever that span begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) at_most: usize,
    pub(crate) per: SignedDuration,
}

/// What something is done for, such as the mails to one address: each is counted by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) tenant: &'a str,
    /// What is done; keeps one kind apart from the others.
    pub(crate) what: &'a str,
    /// For whom; only its HMAC is kept.
    pub(crate) whom: &'a str,
}

impl Service {
    /// Whether it may be done once more now, by all of these; if so, that is counted, in the transaction that does
    /// it. What was not allowed counts for nothing: who keeps asking is let through as soon as everybody else.
    pub(crate) async fn allow_once_more(
        &self,
        tx: &mut Tx<'_>,
        subject: Subject<'_>,
        allowances: &[Allowance],
    ) -> Result<bool, Error> {
        let Subject { tenant, what, whom } = subject;
        let key = format!("{what}/{}", self.inner.vault.digest(what, whom));
        let now = to_micros(self.now());
        allowances::forget(tx, tenant, now).await?;
        let before = allowances::lock(tx, tenant, &key, now).await?;
        let longest = allowances.iter().map(|it| micros(it.per)).max().unwrap_or_default();
        let Some(uses) = once_more(before, now, longest, allowances) else { return Ok(false) };
        allowances::put(tx, tenant, &key, &uses, now.saturating_add(longest)).await?;
        Ok(true)
    }
}

/// The uses that count from now on, this one among them; `None` where one of the allowances is used up.
fn once_more(mut uses: Vec<i64>, now: i64, longest: i64, allowances: &[Allowance]) -> Option<Vec<i64>> {
    let within = |uses: &[i64], span: i64| uses.iter().filter(|it| now.saturating_sub(**it) < span).count();
    if allowances.iter().any(|it| within(&uses, micros(it.per)) >= it.at_most) {
        return None;
    }
    uses.retain(|it| now.saturating_sub(*it) < longest);
    uses.push(now);
    Some(uses)
}

fn micros(span: SignedDuration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000_000;
    const LIMITS: [Allowance; 2] = [
        Allowance { at_most: 1, per: SignedDuration::from_mins(1) },
        Allowance { at_most: 5, per: SignedDuration::from_hours(1) },
    ];

    fn asked(uses: &[i64], now: i64) -> Option<Vec<i64>> {
        once_more(uses.to_vec(), now, 60 * MINUTE, &LIMITS)
    }

    #[test]
    fn the_second_waits_for_a_minute_and_not_for_a_microsecond_longer() {
        assert_eq!(asked(&[], 7), Some(vec![7]));
        assert_eq!(asked(&[7], 7), None);
        assert_eq!(asked(&[7], 7 + MINUTE - 1), None);
        assert_eq!(asked(&[7], 7 + MINUTE), Some(vec![7, 7 + MINUTE]));
    }

    #[test]
    fn the_sixth_waits_until_the_first_was_an_hour_ago_wherever_the_hour_begins() {
        let five = [0, 1, 2, 3, 4].map(|it| it * 14 * MINUTE);
        assert_eq!(asked(&five[..4], 57 * MINUTE).map(|it| it.len()), Some(5));
        assert_eq!(asked(&five, 60 * MINUTE - 1), None);
        let sixth = asked(&five, 60 * MINUTE);
        assert_eq!(
            sixth.as_deref(),
            Some([&five[1..], &[60 * MINUTE]].concat().as_slice()),
            "what is over is dropped"
        );
        assert_eq!(asked(&sixth.unwrap_or_default(), 74 * MINUTE - 1), None);
    }

    #[test]
    fn a_clock_that_was_set_back_allows_nothing_more() {
        assert_eq!(asked(&[10 * MINUTE], 3 * MINUTE), None);
    }
}
