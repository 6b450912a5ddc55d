//! Attempts under way, by subscription: a receiver that hangs keeps its own deliveries waiting and nobody else's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// So many attempts of one subscription at the same time.
const AT_ONCE: usize = 8;

/// Counts attempts under way.
#[derive(Clone, Default)]
pub(crate) struct Receivers(Arc<Mutex<HashMap<String, usize>>>);

/// One attempt; it is over when this is dropped.
pub(crate) struct Turn {
    receivers: Receivers,
    webhook: String,
}

impl Receivers {
    /// A turn, unless there are as many under way as there may be.
    pub(crate) fn turn(&self, webhook: &str) -> Option<Turn> {
        let mut under_way = self.0.lock().ok()?;
        let count = under_way.entry(webhook.to_owned()).or_default();
        if *count >= AT_ONCE {
            return None;
        }
        *count += 1;
        Some(Turn { receivers: self.clone(), webhook: webhook.to_owned() })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Ok(mut under_way) = self.receivers.0.lock() else { return };
        if let Some(count) = under_way.get_mut(&self.webhook) {
            *count -= 1;
            if *count == 0 {
                under_way.remove(&self.webhook);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_has_its_own_turns_and_gets_them_back() {
        let receivers = Receivers::default();
        let turns: Vec<Turn> = std::iter::from_fn(|| receivers.turn("a")).take(100).collect();
        assert_eq!(turns.len(), AT_ONCE);
        assert!(receivers.turn("b").is_some(), "another one is not held back");
        drop(turns);
        assert!(receivers.turn("a").is_some());
        assert!(receivers.0.lock().unwrap().is_empty(), "nothing is kept of what is over");
    }
}
