//! Mail: words in each recipient's language, and the way to the mail server.
//!
//! [`render`] turns a kind of mail and what there is to say into subject, text and HTML; [`Outlet`] carries a
//! [`Message`] out and says, when that failed, whether trying again helps.
//!
//! What it never does: it decides nothing (who is told what stands in the rules and the use cases), keeps nothing
//! (a message lies in the database before it comes here), retries nothing (that is the job's work, with the same
//! Message-ID), and writes no address into a log.
//!
//! Read first: [`Kind`] (the mails there are), [`Context`] (what they can say), [`Message`] (what is sent).
//!
//! To add one more mail: a variant in [`Kind`] with its key, an entry under that key in each file of `locales/`, and
//! the goldens that `tests/mails.rs` then asks for. To add one more language: one file in `locales/` with the keys of
//! `en.json`; a test compares them.

mod fault;
mod line;
mod mailer;
mod message;
mod outlet;
mod render;
mod settings;

pub use fault::{DeliveryFault, EnhancedStatus};
pub use mailer::Mailer;
pub use message::Message;
pub use outlet::{Carried, Outlet};
pub use render::context::Context;
pub use render::kind::Kind;
pub use render::{RenderError, Rendered, languages, render};
pub use settings::{Encryption, Password, SettingsError, SmtpSettings};
