//! Codes of an authenticator app: RFC 6238 with what every app can do, SHA-1, six digits, thirty seconds.

mod qr;

use std::fmt::{self, Write as _};

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::code;

pub use qr::svg;

/// RFC 6238 4.1: the time step X that everybody uses, in seconds.
const STEP_S: u64 = 30;
/// How many steps before and after now a code may be of: clocks differ, and typing takes time (RFC 6238 5.2 and 6).
const WINDOW: u64 = 1;
/// RFC 4648 6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The shared secret of one enrolment: 20 bytes, the length of SHA-1 (RFC 4226 4). It is overwritten when it is dropped,
/// and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<[u8; 20]>);

impl Secret {
    /// The secret that is made of these random bytes.
    pub fn new(random: [u8; 20]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// The bytes, to be sealed and stored.
    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The secret as a person types it into an app without a camera: eight groups of four letters in base 32.
    pub fn typed(&self) -> String {
        let letters = self.base32();
        letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group)).collect::<Vec<_>>().join(" ")
    }

    /// Twenty bytes are 32 letters, without padding.
    fn base32(&self) -> String {
        let letters = |group: &[u8]| {
            let bits = group.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            (0..8).rev().map(move |place| (bits >> (5 * place)) & 31)
        };
        let all = self.0.chunks(5).flat_map(letters);
        all.filter_map(|value| BASE32.get(usize::try_from(value).ok()?))
            .map(|letter| char::from(*letter))
            .collect()
    }

    /// What the QR code says (the key URI format that all apps read): issuer and account are what the app shows.
    ///
    /// A colon in either would end the issuer, so it becomes a space.
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (escaped(issuer), escaped(account));
        let secret = self.base32();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period={STEP_S}"
        )
    }

    /// The code of one step: six digits, leading zeros kept.
    pub fn code(&self, step: u64) -> String {
        format!("{:06}", self.number(step) % 1_000_000)
    }

    /// RFC 4226 5.3: HMAC, and 31 of its bits from where its last four point.
    fn number(&self, step: u64) -> u32 {
        let mut hmac =
            Hmac::<Sha1>::new_from_slice(self.0.as_slice()).expect("an HMAC takes keys of every length");
        hmac.update(&step.to_be_bytes());
        let digest = hmac.finalize().into_bytes();
        let offset = usize::from(digest.last().copied().unwrap_or_default() & 15);
        let window = digest.iter().skip(offset).take(4);
        window.fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) & 0x7fff_ffff
    }
}

/// Whether `typed` is the code of now, of the step before or of the one after; the answer is its step, which the caller
/// keeps as `last_step`. A step is good for one proof: no code of `last_step` or before it is accepted again (RFC 6238
/// 5.2). Seconds count from 1970. All three are computed and compared in constant time, whichever fits.
pub fn verify(secret: &Secret, typed: &str, now_s: u64, last_step: Option<u64>) -> Option<u64> {
    let typed = code::normalised(typed)?;
    let now = now_s / STEP_S;
    let mut found = None;
    for step in now.saturating_sub(WINDOW)..=now.saturating_add(WINDOW) {
        let fits = bool::from(secret.code(step).as_bytes().ct_eq(typed.as_bytes()));
        let fresh = last_step.is_none_or(|last| step > last);
        if fits && fresh && found.is_none() {
            found = Some(step);
        }
    }
    found
}

/// RFC 3986 2.1, of everything that is not unreserved.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.replace(':', " ").trim().bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            write!(escaped, "%{byte:02X}").expect("a string takes what is written");
        }
    }
    escaped
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(•••)")
    }
}
