//! What the world says became of what we sent: mails that came back, codes that did not arrive.
//!
//! Everything that leaves has a name outside (`store::dispatches`); a report that names it finds its envelope, whosever
//! it is. What is not found changes nothing, and whether something follows, the rules decide.

mod bounce;
mod receipt;

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reported {
    /// It was recorded.
    Recorded,
    /// It says nothing new: it was known, or is of no matter any more.
    Known,
    /// It says that something may yet arrive, or did.
    NotFinal,
    /// It names nothing that left from here.
    Unknown,
}

impl Reported {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Known => "known",
            Self::NotFinal => "not_final",
            Self::Unknown => "unknown",
        }
    }
}
