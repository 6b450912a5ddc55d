//! What a certifying signature allows afterwards.

use clap::ValueEnum;

/// DocMDP P (ISO 32000-2 table 257).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Certify {
    /// Nothing.
    #[value(name = "1")]
    Nothing,
    /// Filling in forms and signing.
    #[value(name = "2")]
    FillForms,
    /// The same, and annotations.
    #[value(name = "3")]
    Annotate,
}

impl Certify {
    /// As it stands in the file.
    pub(crate) fn level(self) -> u8 {
        match self {
            Self::Nothing => 1,
            Self::FillForms => 2,
            Self::Annotate => 3,
        }
    }
}
