//! What can go wrong in the world below: the database, the disk, the object store.

use std::fmt;

/// The world failed. Never a refusal: no rule of the product is judged in this crate.
///
/// `detail` is for the log. It may name statements, paths and keys, never a person's values.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Fault {
    /// Whether the same call can succeed when it is made again a little later.
    pub retry: bool,
    /// What kind of thing failed.
    pub kind: FaultKind,
    /// The inside, for the log.
    pub detail: String,
}

/// Kinds of [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The database, the disk or the object store does not answer or is full. Usual cause: it is being
    /// restarted, or the network is cut. Remedy: try again.
    Unavailable,
    /// Somebody else wrote the same row first. Remedy: load anew, decide anew.
    Conflict,
    /// A blob or a row that has to be there is not. Usual cause: a folder or bucket of another
    /// installation. Remedy: restore from a backup.
    Missing,
    /// What was read is not what was written: a digest differs, a column has the wrong kind. Remedy: restore.
    Corrupt,
    /// The configured address cannot be used. Remedy: correct the configuration.
    Configuration,
    /// A statement the database refused. We are wrong: report it.
    Statement,
}

impl Fault {
    pub(crate) fn new(kind: FaultKind, detail: impl Into<String>) -> Fault {
        let retry = matches!(kind, FaultKind::Unavailable | FaultKind::Conflict);
        Fault { retry, kind, detail: detail.into() }
    }

    pub(crate) fn unavailable(detail: impl fmt::Display) -> Fault {
        Fault::new(FaultKind::Unavailable, detail.to_string())
    }

    /// Somebody else wrote first. `service` uses it too when a head that it loaded has moved on.
    pub fn conflict(detail: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Conflict, detail)
    }

    pub(crate) fn missing(detail: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Missing, detail)
    }

    /// What stands in the store cannot be read as what it should be.
    pub fn corrupt(detail: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Corrupt, detail)
    }

    pub(crate) fn configuration(detail: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Configuration, detail)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            FaultKind::Unavailable => "the store does not answer",
            FaultKind::Conflict => "the row was written by somebody else first",
            FaultKind::Missing => "something stored is missing",
            FaultKind::Corrupt => "something stored cannot be read",
            FaultKind::Configuration => "the store is not configured rightly",
            FaultKind::Statement => "the database refused a statement",
        };
        write!(out, "{what}: {}", self.detail)
    }
}

impl std::error::Error for Fault {}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Fault {
        let kind = match &error {
            sqlx::Error::Database(inside) => database_kind(inside.code().as_deref().unwrap_or_default()),
            sqlx::Error::Configuration(_) => FaultKind::Configuration,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => FaultKind::Corrupt,
            sqlx::Error::Encode(_) | sqlx::Error::RowNotFound => FaultKind::Statement,
            _ => FaultKind::Unavailable,
        };
        Fault::new(kind, error.to_string())
    }
}

/// SQLSTATE of PostgreSQL (five letters) or SQLite's extended result code (a number).
fn database_kind(code: &str) -> FaultKind {
    match code {
        // Serialization failure, deadlock; PRIMARY KEY and UNIQUE violations of both engines.
        "40001" | "40P01" | "23505" | "1555" | "2067" => FaultKind::Conflict,
        // Connection exceptions, too few resources, operator intervention (shutdown), system errors.
        _ if code.len() == 5 && ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => {
            FaultKind::Unavailable
        }
        // The low byte is the primary code: BUSY 5, LOCKED 6, READONLY 8, IOERR 10, FULL 13, CANTOPEN 14.
        _ if code.len() < 5 => match code.parse::<u32>().map(|number| number & 0xff) {
            Ok(5 | 6 | 8 | 10 | 13 | 14) => FaultKind::Unavailable,
            Ok(11 | 26) => FaultKind::Corrupt,
            _ => FaultKind::Statement,
        },
        _ => FaultKind::Statement,
    }
}

impl From<object_store::Error> for Fault {
    fn from(error: object_store::Error) -> Fault {
        let kind = match &error {
            object_store::Error::NotFound { .. } => FaultKind::Missing,
            object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. } => {
                FaultKind::Conflict
            }
            object_store::Error::PermissionDenied { .. }
            | object_store::Error::Unauthenticated { .. }
            | object_store::Error::UnknownConfigurationKey { .. }
            | object_store::Error::InvalidPath { .. } => FaultKind::Configuration,
            _ => FaultKind::Unavailable,
        };
        Fault::new(kind, error.to_string())
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Fault {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => FaultKind::Missing,
            _ => FaultKind::Unavailable,
        };
        Fault::new(kind, error.to_string())
    }
}
