//! What the use cases need of the world, as values that can be replaced in tests.

use jiff::Timestamp;

/// The clock.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// The source of random bytes, fit for keys.
pub trait Random: Send + Sync {
    /// Fills a buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// So many random bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut buffer = [0; N];
    random.fill(&mut buffer);
    buffer
}

/// The time to the microsecond, as events and tables keep it.
pub fn to_micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The time from microseconds since 1970; the first or last representable one where it is out of range.
pub fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
