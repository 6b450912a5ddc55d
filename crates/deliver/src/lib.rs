//! What leaves for the world: mails, short messages, telephone calls, webhooks, hashes to be signed elsewhere.
//!
//! [`render`] turns a kind of mail and what there is to say into subject, text and HTML; [`Outlet`] carries a
//! [`Message`] to the mail server. [`channel`] hands short messages and calls to a provider and reads its receipts.
//! [`bounce`] reads what comes back of a mail. [`webhook`] signs what a customer's program is told and posts it to
//! where that customer said, and nowhere into the operator's own network. [`remote_key`] has a hash signed by a service
//! that holds somebody's key. Each says, when it failed, whether trying again helps.
//!
//! What it never does: it decides nothing (who is told what stands in the rules and the use cases), keeps nothing
//! (a message lies in the database before it comes here), retries nothing (that is the job's work, with the same
//! Message-ID or key; [`webhook::next_attempt`] only says when), knows neither clock nor chance (both come in as values;
//! it measures what an attempt took), and writes no address, number or code into a log.
//!
//! Read first: [`Kind`] (the mails there are), [`Context`] (what they can say), [`Message`] (what is sent);
//! [`channel::Channel`]; [`webhook::Caller`].
//!
//! To add one more mail: a variant in [`Kind`] with its key, an entry under that key in each file of `locales/`, and
//! the goldens that `tests/mails.rs` then asks for. To add one more language: one file in `locales/` with the keys of
//! `en.json`; a test compares them. To add one more provider of messages: see [`channel`].

mod authorities;
pub mod bounce;
mod causes;
pub mod channel;
mod fault;
mod line;
mod mailer;
mod message;
mod outlet;
pub mod remote_key;
mod render;
mod settings;
pub mod webhook;

pub use fault::{DeliveryFault, EnhancedStatus};
pub use mailer::Mailer;
pub use message::{Attachment, Message};
pub use outlet::{Carried, Carrier, Outlet};
pub use render::check::{Complaint, Variables, check};
pub use render::context::{Attached, Context};
pub use render::kind::Kind;
pub use render::said::Said;
pub use render::words::Words;
pub use render::{RenderError, Rendered, language_of, languages, render, render_words};
pub use settings::{Encryption, Password, SettingsError, SmtpSettings};
