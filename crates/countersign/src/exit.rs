//! Exit statuses, results on standard output, messages on standard error.

use std::io::Write;
use std::process::ExitCode;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exit(u8);

impl Exit {
    /// Done, or the answer is yes.
    pub(crate) const DONE: Self = Self(0);
    /// The answer is no.
    pub(crate) const NO: Self = Self(1);
    /// Wrong use, or an input that cannot be read.
    pub(crate) const WRONG_USE: Self = Self(2);

    /// What only the one who started it understands.
    pub(crate) const fn other(status: u8) -> Self {
        Self(status)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.0.into()
    }
}

/// What a command gives: a result, or one sentence that says what to do next.
pub(crate) type Outcome = Result<Exit, String>;

/// Writes a result. A reader that has gone away is no error of ours.
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Writes a message.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
