//! Who has their turn at what is heavy, drawing or exporting: so many at a time, and nobody keeps all others waiting.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who has no turn after so long gives up.
const WAITS: Duration = Duration::from_secs(10);

/// Counts what is drawn, or exported, at the moment.
pub(crate) struct Turns {
    all: Arc<Semaphore>,
    of_tenants: Mutex<HashMap<String, Arc<Semaphore>>>,
    of_one: usize,
    waits: Duration,
}

/// One of them; it is over when this is dropped.
pub(crate) struct Turn {
    _of_tenant: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl Turns {
    /// At least two, so that one is left when a tenant has as many as it may.
    pub(crate) fn new(at_once: usize) -> Self {
        let at_once = at_once.max(2);
        Self {
            all: Arc::new(Semaphore::new(at_once)),
            of_tenants: Mutex::default(),
            of_one: at_once - 1,
            waits: WAITS,
        }
    }

    /// A turn, in the order of asking; none where it took too long to come.
    pub(crate) async fn turn(&self, tenant: &str) -> Option<Turn> {
        let turn = async {
            let of_tenant = self.of(tenant)?.acquire_owned().await.ok()?;
            let of_all = self.all.clone().acquire_owned().await.ok()?;
            Some(Turn { _of_tenant: of_tenant, _of_all: of_all })
        };
        tokio::time::timeout(self.waits, turn).await.ok()?
    }

    fn of(&self, tenant: &str) -> Option<Arc<Semaphore>> {
        let mut tenants = self.of_tenants.lock().ok()?;
        // Whoever draws or waits holds theirs.
        tenants.retain(|_, turns| Arc::strong_count(turns) > 1);
        Some(
            tenants.entry(tenant.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(self.of_one))).clone(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    fn now(turns: &Turns, tenant: &str) -> Option<Turn> {
        turns.turn(tenant).now_or_never().flatten()
    }

    #[tokio::test]
    async fn one_tenant_leaves_a_turn_for_another_and_all_together_have_no_more_than_there_are() {
        let turns = Turns::new(3);
        let of_a: Vec<Turn> = std::iter::from_fn(|| now(&turns, "a")).take(10).collect();
        assert_eq!(of_a.len(), 2);
        let of_b = now(&turns, "b");
        assert!(of_b.is_some(), "another one is not held back");
        assert!(now(&turns, "c").is_none(), "there are three");
        drop(of_a);
        assert!(now(&turns, "c").is_some());
        drop(of_b);
        assert!(now(&turns, "d").is_some());
        assert_eq!(turns.of_tenants.lock().unwrap().len(), 1, "nothing is kept of what is over");
    }

    #[tokio::test]
    async fn who_waits_in_vain_gives_up() {
        let turns = Turns { waits: Duration::ZERO, ..Turns::new(1) };
        let _held = turns.turn("a").await.unwrap();
        assert!(turns.turn("a").await.is_none());
        assert!(turns.turn("b").await.is_some(), "one is always left for another tenant");
    }
}
