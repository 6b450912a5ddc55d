//! A process that stops at a chosen place, and the clock that it read.
//!
//! What a use case asks of the world (the time, random bytes, a mail to be taken) are the places at which it can be
//! stopped: the stack is unwound from there, so that nothing after it happens, as after a power cut.

use jiff::Timestamp;
use service::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// What the stack is unwound with.
pub struct Crash;

/// Burns down by one with each thing that is asked of the world; at its end the process stops.
#[derive(Debug, Default)]
pub struct Fuse(AtomicI64);

impl Fuse {
    /// Stops the process at the `steps`th thing from now.
    pub fn light(&self, steps: i64) {
        self.0.store(steps, Ordering::SeqCst);
    }

    pub fn put_out(&self) {
        self.0.store(0, Ordering::SeqCst);
    }

    pub fn burn(&self) {
        if self.0.load(Ordering::SeqCst) > 0 && self.0.fetch_sub(1, Ordering::SeqCst) == 1 {
            std::panic::resume_unwind(Box::new(Crash));
        }
    }
}

/// A clock that is set by hand, forwards and back, and goes on by a millisecond each time it is read, so that no two
/// transactions happen at the same time.
pub struct HandClock {
    micros: AtomicI64,
    fuse: Arc<Fuse>,
}

/// Every run begins here: 5 January 2026, 08:00 UTC.
const BEGIN: i64 = 1_767_600_000_000_000;

impl HandClock {
    pub fn new(fuse: Arc<Fuse>) -> Self {
        Self { micros: AtomicI64::new(BEGIN), fuse }
    }

    /// What it shows, without going on.
    pub fn shows(&self) -> i64 {
        self.micros.load(Ordering::SeqCst)
    }

    pub fn set(&self, micros: i64) {
        self.micros.store(micros, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        self.fuse.burn();
        let micros = self.micros.fetch_add(1000, Ordering::SeqCst);
        Timestamp::from_microsecond(micros).expect("the clock stays within this century")
    }
}
