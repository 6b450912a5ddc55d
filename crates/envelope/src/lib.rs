//! The rules of signing: a command and the state of an envelope go in, events or a refusal come out.
//!
//! What this crate never does: read a clock, draw a random number, open a file or a socket, know a
//! database, a PDF or a wire format. Time and facts come in as values ([`Context`], [`DocumentFacts`]).
//!
//! Read first: [`Command`] (what can be asked), [`Event`] (what can have happened), [`Envelope`] (the fold
//! of its events). [`decide`] leads from the first to the second, [`Envelope::apply`] from the second to
//! the third.
//!
//! To add one more operation: a file under `commands/` with its command, its rule and its refusals, a
//! variant in [`Command`], its events in `event.rs`, and its tests in `tests/`, each limit with its twin.

mod attaching;
mod command;
pub mod commands;
mod contact;
mod deadline;
mod decision;
pub mod edit_link;
mod event;
mod fold;
mod model;
mod own_key;
mod part;
mod placing;
mod post;
mod refusal;
mod state;
pub mod tags;
pub mod template;
pub mod values;
mod visibility;
mod whose;

pub use attaching::Attaching;
pub use command::{Command, decide};
pub use commands::origin_findings;
pub use contact::Contact;
pub use decision::{Context, Decision, Effect};
pub use event::{Event, Recorded};
pub use model::actor::Actor;
pub use model::consent::ConsentText;
pub use model::digest::Digest;
pub use model::draft::{
    Certification, DocumentDraft, DocumentFacts, Draft, Expiry, MailWishes, PageSize, Sender,
};
pub use model::field::check::{Check, Form};
pub use model::field::choice::{Choice, ChoiceList, Choices};
pub use model::field::condition::{Condition, Test};
pub use model::field::decimal::{Decimal, NotDecimal};
pub use model::field::file::{AttachedFile, FileType, FileWishes, SealedFile};
pub use model::field::formula::{Formula, Piece};
pub use model::field::group::FieldGroup;
pub use model::field::kind::{FieldKind, FilledBy};
pub use model::field::placing::{PlacedField, Placing};
pub use model::field::style::{Align, Font, TextStyle};
pub use model::field::tag_text::{TagText, TagTextWish};
pub use model::field::{FieldDraft, FieldId};
pub use model::method::{Method, MethodKind};
pub use model::page_list::PageList;
pub use model::personal::Personal;
pub use model::points::{Points, Rect};
pub use model::recipient::{Arrival, Embedding, Notice, RecipientDraft, Returns};
pub use model::reminders::{Reminders, StepLimit};
pub use model::revision::{CertificateFacts, NewRevision, Revision, RevisionKind};
pub use model::role::Role;
pub use model::rules::{
    CombinedMethods, Completion, DeclineEnds, Delegation, EmbeddedSigning, Part11, Placeholders, Rules,
    Telephone,
};
pub use part::{Act, ActKind, Challenge, Delegate, Lock, Part, Person, TakeOver, VISIT, Visit};
pub use placing::Takes;
pub use post::Post;
pub use refusal::{Finding, Refusal};
pub use state::{Delivery, Ending, Envelope, OpenStep, Outcome, Progress, Shelf, Status};
pub use whose::Whereabouts;

/// Languages in which signers' pages and mails are complete.
pub const LANGUAGES: [&str; 15] =
    ["da", "de", "en", "es", "fr", "hi", "hu", "it", "nl", "pl", "pt", "ru", "sv", "tr", "zh"];
