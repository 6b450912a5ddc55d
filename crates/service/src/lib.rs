//! The use cases of an e-signature server: load, decide, append, queue, in one transaction; the workers
//! that carry out what was decided; and the queries.
//!
//! What this crate never does: hold a rule of signing (that is `envelope`), speak HTTP, read a clock or a
//! random source of its own (they come in as [`Clock`] and [`Random`]).
//!
//! Read first: [`Service`] (everything hangs on it), `execute.rs` (how a command becomes events) and
//! `work/` (how effects become signatures and mails).
//!
//! To add a use case: one file in `envelopes/`, `ceremony/` or `accounts/` with one `impl Service` block;
//! to add an effect: a variant in `envelope::Effect`, its job in `effects.rs`, its worker in `work/`.

pub mod accounts;
mod allowance;
pub mod authority;
pub mod bulk;
pub mod ceremony;
pub mod contacts;
pub mod documents;
pub mod edit_links;
mod effects;
pub mod envelopes;
pub mod erasure;
mod error;
mod execute;
pub mod exports;
pub mod fault_point;
mod guesses;
pub mod identity_provider;
mod ids;
pub mod messages;
pub mod pictures;
pub mod placing;
mod project;
mod record;
pub mod reports;
mod secrets;
mod server;
mod settings;
mod tags;
mod telephone;
pub mod templates;
pub mod tenant_settings;
pub mod uploads;
mod vault;
pub mod webhooks;
pub mod work;
mod world;
mod written_time;

pub use error::{Class, Error};
pub use execute::Scope;
pub use server::{Mode, Parts, Service};
pub use settings::Settings;
pub use telephone::phone_warning;
pub use vault::{Key, Vault};
pub use world::{Clock, Random, from_micros, to_micros};

pub use convert;
pub use deliver;
pub use envelope;
pub use evidence;
pub use pades;
pub use pdf;
pub use pki;
pub use store;
