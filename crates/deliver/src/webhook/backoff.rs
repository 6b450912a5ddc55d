//! When a webhook that failed is tried again.

use std::time::Duration;

/// How long a webhook is tried.
const OVER: Duration = Duration::from_hours(48);

/// How long to wait after the first attempt, the second, and so on; the last one goes for all that follow.
const STEPS: &[Duration] = &[
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_mins(2),
    Duration::from_mins(10),
    Duration::from_mins(30),
    Duration::from_hours(1),
    Duration::from_hours(2),
    Duration::from_hours(4),
    Duration::from_hours(8),
];

/// How long to wait before the next attempt, or `None` when 48 hours are over.
///
/// `attempts` counts those made, `since_first` is the time since the first of them began, and `random` spreads the
/// wait by a fifth to either side, so that what failed together does not come back together. The last attempt falls on
/// the end of the 48 hours.
pub fn next_attempt(attempts: u32, since_first: Duration, random: u64) -> Option<Duration> {
    let (shortest, longest) = (STEPS.first()?, STEPS.last()?);
    let left = OVER.saturating_sub(since_first);
    if left < *shortest {
        return None;
    }
    let position = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let step = *STEPS.get(position).unwrap_or(longest);
    // 0.8 to 1.2 in thousandths, in whole numbers throughout.
    let thousandths = 800 + u32::try_from(random % 401).unwrap_or_default();
    let wait = step * thousandths / 1000;
    // What would leave no room for another attempt is the last one, and waits until the end.
    Some(if left.saturating_sub(wait) < *shortest { left } else { wait })
}

/// The same, where the receiver said how long to wait at least. It is believed as far as the 48 hours reach: what would
/// come after them waits until their end.
pub fn next_attempt_after(
    attempts: u32,
    since_first: Duration,
    random: u64,
    asked: Option<Duration>,
) -> Option<Duration> {
    let wait = next_attempt(attempts, since_first, random)?;
    let left = OVER.saturating_sub(since_first);
    Some(asked.map_or(wait, |asked| wait.max(asked.min(left))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The middle of the spread.
    const EVEN: u64 = 200;

    fn attempts(randoms: impl Iterator<Item = u64>) -> Vec<Duration> {
        let mut at = vec![Duration::ZERO];
        for (made, random) in (1..).zip(randoms) {
            let since = *at.last().unwrap();
            match next_attempt(made, since, random) {
                Some(wait) => at.push(since + wait),
                None => break,
            }
        }
        at
    }

    #[test]
    fn the_waits_grow_from_seconds_to_hours_and_the_last_attempt_falls_on_48_hours() {
        let at = attempts(std::iter::repeat(EVEN));
        let waits: Vec<u64> = at.windows(2).map(|pair| (pair[1] - pair[0]).as_secs()).collect();
        assert_eq!(waits[..9], [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800]);
        assert_eq!(at.last(), Some(&OVER));
    }

    #[test]
    fn after_48_hours_nothing_is_tried_and_a_moment_before_it_is() {
        assert_eq!(next_attempt(3, OVER, EVEN), None);
        assert_eq!(next_attempt(3, OVER * 2, EVEN), None);
        assert_eq!(next_attempt(3, OVER - Duration::from_secs(4), EVEN), None);
        let five = Duration::from_secs(5);
        assert_eq!(next_attempt(3, OVER - five, EVEN), Some(five));
    }

    #[test]
    fn an_attempt_that_would_leave_no_room_for_another_waits_until_the_end() {
        let at = |left| next_attempt(1, OVER - Duration::from_secs(left), EVEN).unwrap().as_secs();
        assert_eq!((at(6), at(9), at(10)), (6, 9, 5));
    }

    #[test]
    fn chance_spreads_a_wait_by_a_fifth_to_either_side() {
        let wait = |random| next_attempt(6, Duration::ZERO, random).unwrap().as_secs();
        assert_eq!((wait(0), wait(EVEN), wait(400), wait(401)), (2880, 3600, 4320, 2880));
    }

    #[test]
    fn who_is_asked_to_wait_waits_so_long_within_the_48_hours_and_never_shorter_than_by_himself() {
        let wait = |since, asked| {
            let asked = Some(Duration::from_secs(asked));
            next_attempt_after(1, Duration::from_hours(since), EVEN, asked).map(|it| it.as_secs())
        };
        assert_eq!((wait(0, 120), wait(0, 1)), (Some(120), Some(5)));
        assert_eq!(wait(47, 3599), Some(3599));
        assert_eq!(wait(47, 1_000_000), Some(3600), "the last attempt falls on the end");
        assert_eq!(wait(48, 1), None);
        assert_eq!(next_attempt_after(1, Duration::ZERO, EVEN, None), next_attempt(1, Duration::ZERO, EVEN));
    }

    proptest! {
        #[test]
        fn whatever_chance_says_the_last_attempt_falls_on_48_hours(
            randoms in proptest::collection::vec(any::<u64>(), 64)
        ) {
            let at = attempts(randoms.into_iter());
            prop_assert_eq!(at.last(), Some(&OVER));
            prop_assert!((13..=18).contains(&at.len()), "{} attempts", at.len());
        }

        #[test]
        fn no_numbers_make_it_fail(attempts: u32, since: u64, random: u64) {
            let wait = next_attempt(attempts, Duration::from_secs(since), random);
            prop_assert!(wait.is_none_or(|it| it >= Duration::from_secs(4) && it < Duration::from_secs(34_565)));
        }
    }
}
