//! Where the tags of a text are.

use super::grammar::Grammar;
use super::wish::{TagError, Wish};
use std::ops::Range;

/// A tag has so many bytes at most. Whoever writes more has forgotten to close it.
pub const TAG_BYTES_MAX: usize = 2_000;

/// A tag in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagFound {
    /// In which grammar.
    pub grammar: Grammar,
    /// Where it stands in the text, in bytes, with its brackets; on the borders of characters.
    pub range: Range<usize>,
    /// What it wishes for, or why it is none.
    pub wish: Result<Wish, TagError>,
}

/// The tags of these grammars in a text, in the order in which they begin. Looks at each character a few times at most,
/// however the brackets stand.
pub fn tags_in(text: &str, grammars: &[Grammar]) -> Vec<TagFound> {
    let mut found = Vec::new();
    for grammar in Grammar::ALL.into_iter().filter(|it| grammars.contains(it)) {
        in_one(text, grammar, &mut found);
    }
    found.sort_by_key(|it| it.range.start);
    found
}

fn in_one(text: &str, grammar: Grammar, found: &mut Vec<TagFound>) {
    let (open, close) = grammar.brackets();
    let mut from = 0;
    while let Some(start) = next(text, open, from) {
        let inside = start + open.len();
        // A tag holds no other one: where the next begins before this one is closed, it is not.
        let end = next_of_two(text, open, close, inside);
        let stop = end.map_or(text.len(), |(at, _)| at);
        let between = text.get(inside..stop).unwrap_or_default();
        from = stop;
        let closed = matches!(end, Some((_, true)));
        if closed {
            from = stop + close.len();
        }
        if let Some(wish) = judge(grammar, between, closed) {
            found.push(TagFound { grammar, range: start..if closed { from } else { inside }, wish });
        }
    }
}

/// `None` for what is no tag.
fn judge(grammar: Grammar, between: &str, closed: bool) -> Option<Result<Wish, TagError>> {
    let beginning = between.get(..between.floor_char_boundary(TAG_BYTES_MAX)).unwrap_or_default();
    if !grammar.is_meant(beginning) {
        return None;
    }
    let close = grammar.brackets().1;
    if !closed {
        // Square brackets that open a pair stand in many a text.
        let sentence = format!("This tag is not closed; write {close} at its end.");
        let certain = grammar != Grammar::SignatureApi;
        return certain.then(|| Err(TagError::new("tag_not_closed", sentence)));
    }
    if between.len() > TAG_BYTES_MAX {
        let sentence =
            format!("This tag has {} bytes, and {TAG_BYTES_MAX} are the most; shorten it.", between.len());
        return Some(Err(TagError::new("tag_too_long", sentence)));
    }
    Some(grammar.read(&one_line(between)))
}

/// A tag may run over the end of a line; what else is neither letter nor space is nothing that anybody wrote.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|it: char| it.is_whitespace() || it.is_control()).filter(|it| !it.is_empty()).collect();
    words.join(" ")
}

fn next(text: &str, what: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(what).map(|at| from + at)
}

/// Where the nearer of both is, and whether it is the one that closes.
fn next_of_two(text: &str, open: &str, close: &str, from: usize) -> Option<(usize, bool)> {
    let rest = text.get(from..)?;
    let bytes = rest.as_bytes();
    let (open, close) = (open.as_bytes(), close.as_bytes());
    (0..bytes.len()).find_map(|at| {
        let here = bytes.get(at..)?;
        match (here.starts_with(close), here.starts_with(open)) {
            (true, _) => Some((from + at, true)),
            (false, true) => Some((from + at, false)),
            _ => None,
        }
    })
}
