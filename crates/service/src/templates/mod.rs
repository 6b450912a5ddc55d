//! Templates: a draft with roles in the place of persons, used again and again.
//!
//! Each save is a new version; a use names the version it was made from, and older ones stay readable. What a version
//! holds is sealed under the tenant's data key, since persons may stand in it. Templates of tests and those in earnest
//! are apart, as envelopes are. Which rules apply when a role gets its person stands in `envelope::template`.

mod archive;
mod create;
mod delete;
mod erase;
mod get;
mod links;
mod list;
mod revise;
mod sendable;
mod start;
mod use_template;
mod version;

pub use create::TemplateSource;
pub use links::{NewTemplateLink, TemplateLinkView};
pub use list::{TemplatePage, TemplateWish};
pub use revise::TemplateChange;
pub(crate) use sendable::what_hinders;
pub use start::{FormView, Visitor};
pub(crate) use use_template::archived;
pub use use_template::{PersonInput, Usage, Use};
pub(crate) use version::Found;

use crate::error::Error;
use crate::server::Mode;
use envelope::{Actor, Draft};
use jiff::Timestamp;
use store::templates::TemplateRow;

/// Who asks about templates: a key sees those of its own mode, the desk both.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The tenant.
    pub tenant: String,
    /// The key's mode; none at the desk.
    pub mode: Option<Mode>,
    /// Who it is.
    pub actor: Actor,
}

impl Asker {
    pub(crate) fn sees(&self, test: bool) -> bool {
        self.mode.is_none_or(|mode| test == (mode == Mode::Test))
    }

    /// The id of the user or the key, as it is written down.
    pub(crate) fn name(&self) -> &str {
        match &self.actor {
            Actor::User { user, .. } => user,
            Actor::ApiKey { key, .. } => key,
            Actor::EditLink { .. } | Actor::Recipient { .. } | Actor::System => "",
        }
    }
}

/// A template, and one of its versions.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateView {
    /// What is known of it.
    pub template: TemplateLine,
    /// The version that is shown.
    pub version: i64,
    /// What that holds.
    pub draft: Draft,
    /// All versions, the oldest first.
    pub versions: Vec<VersionLine>,
    /// How often it was used.
    pub uses: i64,
}

/// A template as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateLine {
    /// Its id.
    pub id: String,
    /// Makes test envelopes.
    pub test: bool,
    /// What its owners call it.
    pub name: String,
    /// The newest version.
    pub version: i64,
    /// When it was taken out of the list.
    pub archived_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// A version, without what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionLine {
    /// From 1.
    pub version: i64,
    /// Who saved it.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

impl TemplateLine {
    pub(crate) fn of(row: &TemplateRow) -> Self {
        Self {
            id: row.template.clone(),
            test: row.test,
            name: row.name.clone(),
            version: row.version,
            archived_at: row.archived_at.map(crate::world::from_micros),
            created_at: crate::world::from_micros(row.created_at),
            updated_at: crate::world::from_micros(row.updated_at),
        }
    }
}

pub(crate) fn unknown() -> Error {
    Error::NotFound { what: "template" }
}
