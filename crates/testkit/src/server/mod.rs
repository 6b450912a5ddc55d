//! The real binary as a server of its own, on a free port of the loopback, over a folder that goes with the test.

mod client;
mod http;
mod mailbox;
mod process;

pub use client::{Api, Visit, whole_act};
pub use http::{Answer, request};
pub use mailbox::{Mail, Mailbox};
pub use process::{Server, Setup, ended};

use std::time::{Duration, Instant};

/// A test waits so long for what has to happen: longer than a process that died holds its jobs.
const PATIENCE: Duration = Duration::from_secs(100);
/// So often it looks.
const LOOK: Duration = Duration::from_millis(25);

/// Asks until there is an answer, and fails with `what` when none comes in time.
pub fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain for {what}");
        std::thread::sleep(LOOK);
    }
}
