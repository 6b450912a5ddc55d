//! Regular expressions of the sender, each read once however many fields have it.

use regex::{Regex, RegexBuilder};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A compiled expression takes so much memory at most; what needs more is refused in the draft. Enough for `\w{1,40}` in
/// the letters of all scripts.
const PATTERN_BYTES_MAX: usize = 2 << 20;
/// So many different expressions are read at most: each takes milliseconds, and a draft has two thousand fields.
pub(crate) const PATTERNS_MAX: usize = 50;

/// The expressions that were read for one decision.
#[derive(Default)]
pub(crate) struct Patterns {
    read: RefCell<BTreeMap<String, Option<Regex>>>,
}

/// What an expression is.
#[derive(Clone)]
pub(crate) enum Reading {
    /// It matches whole values, in linear time.
    Sound(Regex),
    /// It cannot be read, or is too large.
    Malformed,
    /// There were as many others before it as are read.
    OneTooMany,
}

impl Patterns {
    /// Reads an expression, if that was not done before.
    pub(crate) fn read(&self, pattern: &str) -> Reading {
        let mut read = self.read.borrow_mut();
        if let Some(known) = read.get(pattern) {
            return known.clone().map_or(Reading::Malformed, Reading::Sound);
        }
        if read.len() >= PATTERNS_MAX {
            return Reading::OneTooMany;
        }
        let compiled = compiled(pattern);
        read.insert(pattern.to_owned(), compiled.clone());
        compiled.map_or(Reading::Malformed, Reading::Sound)
    }

    /// The whole value matches; an expression that cannot be read matches nothing (a draft with one is refused).
    pub(crate) fn matches(&self, pattern: &str, value: &str) -> bool {
        matches!(self.read(pattern), Reading::Sound(regex) if regex.is_match(value))
    }
}

fn compiled(pattern: &str) -> Option<Regex> {
    let whole = format!("^(?:{pattern})$");
    // Read alone first: `a)(b` would else close the brackets that are put around it.
    RegexBuilder::new(pattern).size_limit(PATTERN_BYTES_MAX).build().ok()?;
    RegexBuilder::new(&whole).size_limit(PATTERN_BYTES_MAX).build().ok()
}
