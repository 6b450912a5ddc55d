//! What senders do with envelopes.

mod ask;
mod attached;
mod authentication;
mod cancel;
mod captures;
mod create;
pub(crate) mod cursor;
mod draft;
mod events;
mod evidence_file;
mod files;
mod link;
mod list;
mod person_secrets;
mod rebuild;
mod send;
pub(crate) mod story;
mod view;

pub use attached::FileRevision;
pub(crate) use attached::kept;
pub use captures::Capture;
pub(crate) use captures::captured;
pub use create::Asking;
pub(crate) use draft::Completing;
pub use draft::{DocumentInput, DraftInput, MailInput, RecipientInput};
pub use events::EventView;
pub(crate) use events::views;
pub(crate) use list::filter;
pub use list::{Page, Summary, Wish};
pub use send::PreparedDraft;
pub(crate) use send::whole_digest;
pub use view::EnvelopeView;
