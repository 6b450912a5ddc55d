//! Why a document could not be converted.

use std::fmt;

/// Why a document could not be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The program that does it is not installed here.
    NotInstalled(&'static str),
    /// The network cannot be kept away from the program here.
    NotIsolated,
    /// It took too long, and was ended.
    TooSlow,
    /// The program failed, or wrote nothing: most likely the file is damaged or protected.
    Failed,
    /// The disk or the operating system failed.
    Machine,
}

impl Fault {
    /// Its code in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotInstalled(_) => "conversion_not_installed",
            Self::NotIsolated => "conversion_not_isolated",
            Self::TooSlow => "conversion_too_slow",
            Self::Failed => "conversion_failed",
            Self::Machine => "conversion_fault",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled(program) => {
                write!(out, "This server converts no such files, since {program} is not installed on it; upload a PDF.")
            }
            Self::NotIsolated => out.write_str(
                "This server cannot convert files safely (no isolation from the network); upload a PDF, or ask its operator.",
            ),
            Self::TooSlow => {
                out.write_str("The file took too long to convert; save it as a PDF yourself and upload that.")
            }
            Self::Failed => out.write_str(
                "The file could not be converted; it may be damaged or protected. Save it as a PDF yourself and upload that.",
            ),
            Self::Machine => out.write_str("The file could not be converted just now; try again."),
        }
    }
}

impl std::error::Error for Fault {}
