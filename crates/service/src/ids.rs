//! Names for new things.

use crate::world::{self, Clock, Random};

/// A new id: a prefix that says what it names and a UUID version 7 (RFC 9562 5.7), so that ids sort by age.
pub(crate) fn new(prefix: &str, clock: &dyn Clock, random: &dyn Random) -> String {
    let millis = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &world::bytes::<10>(random)).into_uuid();
    format!("{prefix}_{}", id.simple())
}

/// A secret is so long: 256 bits in Base64 without padding.
pub(crate) const SECRET_LETTERS: usize = 43;

/// A new secret of 256 bits that can stand in an address or a header.
pub(crate) fn secret(random: &dyn Random) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(world::bytes::<32>(random))
}

/// A short name for a tenant, as it stands at the front of keys and links.
pub(crate) fn tenant(random: &dyn Random) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    world::bytes::<8>(random).iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}
