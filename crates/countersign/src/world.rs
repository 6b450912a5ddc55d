//! The one clock and the one source of random bytes.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use jiff::Timestamp;
use service::{Clock, Random};

/// The machine's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        now()
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
