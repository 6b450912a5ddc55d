//! Our own tags: `{{type:recipient name=value ...}}`, such as `{{signature:1}}` or
//! `{{text:client label="Name" required=no width=200}}`. `docs/tags.md` describes them.

use super::attributes::{Piece, pieces, put};
use super::kind::{is_word, kind};
use super::wish::{FieldWish, TagError, TagRecipient, Wish, number};
use crate::model::field::kind::{FieldKind, FilledBy};

/// `{{name}}` and `{{if paid}}` are filled by whoever makes the document: a colon after a word makes a tag.
pub(super) fn is_meant(inside: &str) -> bool {
    inside.split_once(':').is_some_and(|(word, _)| is_word(word))
}

/// Reads what stands between `{{` and `}}`.
pub(super) fn read(inside: &str) -> Result<Wish, TagError> {
    let (word, rest) = inside.split_once(':').unwrap_or((inside, ""));
    let kind = kind(word)?;
    let pieces = pieces(rest, char::is_whitespace)?;
    let (recipient, attributes) = recipient(kind, &pieces)?;
    let mut wish = FieldWish::new(kind, recipient);
    put(&mut wish, attributes, |_, _| Ok(false))?;
    wish.checked()
}

/// Whose it is stands first, unless it is nobody's.
fn recipient(kind: FieldKind, pieces: &[Piece]) -> Result<(TagRecipient, &[Piece]), TagError> {
    if matches!(kind.filled_by(), FilledBy::Sender | FilledBy::Completion) {
        return Ok((TagRecipient::Nobody, pieces));
    }
    match pieces.split_first() {
        Some((Piece { name, value: None }, rest)) if !name.is_empty() => {
            let who = number(name).map_or_else(|| TagRecipient::Word(name.clone()), TagRecipient::Number);
            Ok((who, rest))
        }
        _ => {
            let sentence =
                "Say whose field it is, right after the colon: a number, a role, or an e-mail address.";
            Err(TagError::new("tag_recipient_missing", sentence))
        }
    }
}
