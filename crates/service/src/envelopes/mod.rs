//! What senders do with envelopes.

mod cancel;
mod create;
mod draft;
mod events;
mod evidence_file;
mod files;
mod link;
mod list;
mod rebuild;
mod send;
pub(crate) mod story;
mod view;

pub use create::Asking;
pub use draft::{DocumentInput, DraftInput};
pub use events::EventView;
pub use list::{Page, Summary};
pub use send::PreparedDraft;
pub use view::EnvelopeView;
