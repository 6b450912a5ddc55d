//! The means by which a recipient proves who they are: one-time codes, answers, PINs, authenticator apps, passkeys and
//! sign-in at the tenant's identity provider; and the telephone numbers and masks that go with them.
//!
//! What it never does: it decides nothing (which methods, how many attempts, when to lock: the rules say that), keeps
//! nothing, sends nothing, and reads no clock. Time, random bytes and the answers of other servers come in as values,
//! requests to them go out as values. **One exception:** the challenge of a passkey ceremony is drawn by `webauthn-rs`
//! itself from the operating system; its safety rests on that, so it offers no way to hand one in.
//!
//! Read first: [`Code`] (what is sent and typed back), [`Passkeys`] (two ceremonies of two steps each),
//! [`oidc::Provider`] (the way there) and [`oidc::Identity`] (what comes back).
//!
//! To add one more means: a file of its own with what is made, what is compared and what is shown, its refusals as an
//! enum with a code and a sentence each, and its tests under `tests/`, with somebody else's vectors where there are any.

mod answer;
mod code;
mod digit;
mod mask;
pub mod oidc;
mod passkey;
mod phone;
mod pin;
pub mod totp;

pub use answer::normalised as normalised_answer;
pub use code::{Code, CodeLength, normalised as normalised_code};
pub use mask::mask_email;
pub use passkey::{Credential, Outcome, PasskeyRefusal, Passkeys, Started};
pub use phone::{Phone, PhoneFinding, PhoneKind};
pub use pin::{Pin, PinFinding};
