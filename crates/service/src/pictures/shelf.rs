//! Pictures that were drawn a while ago, in memory: what is drawn in some milliseconds need not outlive the process,
//! and what lies in no file need not be erased from any.

use super::{NotDrawn, Width};
use crate::error::Error;
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;

/// So many bytes are kept, the longest unused let go first.
const BYTES_MAX: usize = 64 << 20;
/// What is kept beside the picture counts as so many bytes.
const BESIDE: usize = 1024;
/// A picture is kept so long: no process keeps a deleted document's for longer, even where another one deleted it.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// A page that was too much may only have met a machine that was too busy: it is tried again after so long.
const TRIED_AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// What was drawn.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub(super) tenant: String,
    pub(super) digest: String,
    pub(super) page: u32,
    pub(super) width: Width,
}

type Outcome = Result<Bytes, NotDrawn>;

struct Entry {
    // Those who want the same picture share one drawing.
    drawn: Arc<OnceCell<Outcome>>,
    since: Timestamp,
    used: u64,
}

impl Entry {
    fn is_stale(&self, now: Timestamp) -> bool {
        let life = match self.drawn.get() {
            // It is being drawn, or whoever wanted it has given up.
            None => return Arc::strong_count(&self.drawn) == 1,
            Some(Err(NotDrawn::TooMuch)) => TRIED_AGAIN,
            Some(_) => KEPT,
        };
        now.duration_since(self.since) >= life
    }

    fn size(&self) -> usize {
        BESIDE + self.drawn.get().and_then(|it| it.as_ref().ok()).map_or(0, Bytes::len)
    }
}

#[derive(Default)]
struct Entries {
    by_name: HashMap<Name, Entry>,
    clock: u64,
}

#[derive(Default)]
pub(super) struct Shelf(Mutex<Entries>);

impl Shelf {
    /// What came of drawing this page, or of drawing it now.
    pub(super) async fn take_or(
        &self,
        name: &Name,
        now: Timestamp,
        draw: impl Future<Output = Result<Outcome, Error>>,
    ) -> Result<Outcome, Error> {
        let outcome = self.cell(name, now)?.get_or_try_init(|| draw).await?.clone();
        self.trim()?;
        Ok(outcome)
    }

    /// Lets go of everything drawn from a revision.
    pub(super) fn forget(&self, tenant: &str, digest: &str) {
        if let Ok(mut entries) = self.0.lock() {
            entries
                .by_name
                .retain(|name, _| (name.tenant.as_str(), name.digest.as_str()) != (tenant, digest));
        }
    }

    fn cell(&self, name: &Name, now: Timestamp) -> Result<Arc<OnceCell<Outcome>>, Error> {
        let mut entries = self.0.lock().map_err(Error::fault)?;
        entries.by_name.retain(|_, entry| !entry.is_stale(now));
        entries.clock += 1;
        let used = entries.clock;
        let fresh = || Entry { drawn: Arc::default(), since: now, used };
        let entry = entries.by_name.entry(name.clone()).or_insert_with(fresh);
        entry.used = used;
        Ok(entry.drawn.clone())
    }

    fn trim(&self) -> Result<(), Error> {
        let mut entries = self.0.lock().map_err(Error::fault)?;
        let mut total: usize = entries.by_name.values().map(Entry::size).sum();
        while total > BYTES_MAX {
            let oldest = entries.by_name.iter().min_by_key(|(_, entry)| entry.used);
            let Some(name) = oldest.map(|(name, _)| name.clone()) else { break };
            total -= entries.by_name.remove(&name).map_or(0, |entry| entry.size());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(page: u32) -> Name {
        Name { tenant: "a".to_owned(), digest: "d".to_owned(), page, width: Width::Screen }
    }

    async fn take(shelf: &Shelf, page: u32, now: Timestamp, outcome: Outcome) -> (Outcome, bool) {
        let mut drew = false;
        let draw = async {
            drew = true;
            Ok(outcome)
        };
        (shelf.take_or(&name(page), now, draw).await.unwrap(), drew)
    }

    #[tokio::test]
    async fn a_page_is_drawn_once_and_once_more_after_an_hour() {
        let (shelf, now) = (Shelf::default(), Timestamp::UNIX_EPOCH);
        let picture = || Ok(Bytes::from_static(b"png"));
        assert_eq!(take(&shelf, 1, now, picture()).await, (picture(), true));
        assert_eq!(take(&shelf, 1, now, Err(NotDrawn::Unreadable)).await, (picture(), false));
        assert!(!take(&shelf, 1, now + KEPT - SignedDuration::from_micros(1), picture()).await.1);
        assert!(take(&shelf, 1, now + KEPT, picture()).await.1);
        shelf.forget("a", "another");
        assert!(!take(&shelf, 1, now + KEPT, picture()).await.1);
        shelf.forget("a", "d");
        assert!(take(&shelf, 1, now + KEPT, picture()).await.1, "a deleted document leaves no picture");
    }

    #[tokio::test]
    async fn a_page_that_was_too_much_is_left_alone_for_five_minutes() {
        let (shelf, now) = (Shelf::default(), Timestamp::UNIX_EPOCH);
        assert!(take(&shelf, 1, now, Err(NotDrawn::TooMuch)).await.1);
        let later = now + TRIED_AGAIN;
        assert!(!take(&shelf, 1, later - SignedDuration::from_micros(1), Ok(Bytes::new())).await.1);
        assert!(take(&shelf, 1, later, Ok(Bytes::new())).await.1);
    }

    #[tokio::test]
    async fn those_who_want_the_same_page_share_one_drawing_and_a_failure_to_try_is_not_kept() {
        let (shelf, now) = (Shelf::default(), Timestamp::UNIX_EPOCH);
        let failed = shelf.take_or(&name(1), now, async { Err(Error::LinkEnded) }).await;
        assert_eq!(failed, Err(Error::LinkEnded));
        let drawings = std::sync::atomic::AtomicUsize::new(0);
        let one = || async {
            drawings.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            tokio::task::yield_now().await;
            Ok(Ok(Bytes::new()))
        };
        let name = name(1);
        let all = futures::future::join_all((0..40).map(|_| shelf.take_or(&name, now, one()))).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(drawings.into_inner(), 1);
    }

    #[tokio::test]
    async fn the_longest_unused_go_when_there_is_no_room() {
        let (shelf, now) = (Shelf::default(), Timestamp::UNIX_EPOCH);
        let third = || Ok(Bytes::from(vec![0; BYTES_MAX / 3]));
        for page in [1, 2, 1, 3] {
            let _ = take(&shelf, page, now, third()).await;
        }
        assert!(!take(&shelf, 1, now, third()).await.1, "it was used since");
        assert!(take(&shelf, 2, now, third()).await.1);
        assert!(shelf.0.lock().unwrap().by_name.values().map(Entry::size).sum::<usize>() <= BYTES_MAX);
    }
}
