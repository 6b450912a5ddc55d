//! The address book: people to whom a tenant sends again and again.
//!
//! There are two, one for tests and one for what is done in earnest: the telephone of a contact is where codes go, so
//! that a key for tests must not be able to change the one that is used in earnest.

mod change;
mod create;
mod delete;
mod get;
mod list;
mod phones;
mod row;

pub use change::ContactChange;
pub use list::{ContactPage, ContactWish};

use crate::error::{Class, Error};
use crate::server::Mode;
use jiff::Timestamp;
use store::contacts::ContactRow;

/// Who asks about contacts: a key sees the address book of its own mode, the desk both.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The tenant.
    pub tenant: String,
    /// The key's mode; none at the desk.
    pub mode: Option<Mode>,
}

impl Reader {
    fn sees(&self, row: &ContactRow) -> bool {
        self.mode.is_none_or(|mode| row.test == (mode == Mode::Test))
    }
}

/// A contact that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownContact {
    /// Its id.
    pub id: String,
    /// Whether it stands in the address book of tests.
    pub test: bool,
    /// Who it is.
    pub contact: envelope::Contact,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

fn unknown() -> Error {
    Error::NotFound { what: "contact" }
}

fn known_already() -> Error {
    Error::Wrong {
        class: Class::Conflict,
        code: "contact_exists",
        sentence: "There is a contact with this e-mail address already; change that one.".to_owned(),
    }
}
