//! The one clock and the one source of random bytes.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use jiff::{SignedDuration, Timestamp};
use service::{Clock, Random};

/// The machine's clock, for tests so many seconds ahead.
pub(crate) struct SystemClock {
    ahead: SignedDuration,
}

impl SystemClock {
    /// The machine's own time; in `--dev`, `COUNTERSIGN_CLOCK_AHEAD_S` adds to it, so that what takes hours can be tried.
    pub(crate) fn new(dev: bool) -> Self {
        let said = std::env::var("COUNTERSIGN_CLOCK_AHEAD_S").ok().filter(|_| dev);
        let ahead = said.and_then(|it| it.parse().ok()).unwrap_or(0);
        Self { ahead: SignedDuration::from_secs(ahead) }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        now().checked_add(self.ahead).unwrap_or(Timestamp::MAX)
    }
}

/// The time now.
#[expect(clippy::disallowed_methods, reason = "this is the place where the clock is wired")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The operating system's random bytes.
pub(crate) struct SystemRandomBytes(SystemRandom);

impl SystemRandomBytes {
    pub(crate) fn new() -> Self {
        Self(SystemRandom::new())
    }
}

impl Random for SystemRandomBytes {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.fill(buffer).expect("the operating system gives random bytes");
    }
}
