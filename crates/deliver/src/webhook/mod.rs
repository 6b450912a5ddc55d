//! Webhooks: signed words to a program that a customer named, without ever going where that customer could not.
//!
//! The same caller asks other servers whose address a customer gave ([`Caller::fetch`]): their identity provider, say.
//!
//! [`sign`] makes the signature of Standard Webhooks, [`Caller`] posts to an address that strangers chose, and
//! [`next_attempt`] says when to try again. What is told to whom, and whether at all, is decided elsewhere.
//!
//! Read first: [`Caller`], [`Delivery`], [`Attempted`].

mod addresses;
mod answer;
mod backoff;
mod caller;
mod fault;
mod fetch;
mod guard;
mod permitted;
mod settings;
mod sign;

pub use answer::Attempted;
pub use backoff::{next_attempt, next_attempt_after};
pub use caller::{Caller, Delivery};
pub use fault::WebhookFault;
pub use fetch::{Fetched, Inquiry};
pub use guard::{Found, Lookup, SystemLookup};
pub use settings::{CallerError, CallerSettings};
pub use sign::{SigningSecret, SigningSecretError, sign, signed_headers};
