//! The placeholders of SignatureAPI: `[[key]]` is where a place of the request stands, whose kind and size stand there;
//! the older `[[recipientkey.signature]]` is the signature of a recipient by itself.

use super::wish::{FieldWish, TagError, TagRecipient, Wish, key, shown};
use crate::model::field::kind::FieldKind;

/// Reads what stands between `[[` and `]]`.
pub(super) fn read(inside: &str) -> Result<Wish, TagError> {
    let text = inside.trim();
    match text.split_once('.') {
        None => Ok(Wish::Place { key: key(text)? }),
        Some((recipient, what)) => {
            let recipient = TagRecipient::Word(key(recipient)?);
            let kind = match what {
                "signature" => FieldKind::Signature,
                "initials" => FieldKind::Initials,
                _ => {
                    let sentence =
                        format!("{} is nothing that stands after a recipient; write signature.", shown(what));
                    return Err(TagError::new("tag_type_unknown", sentence));
                }
            };
            FieldWish::new(kind, recipient).checked()
        }
    }
}
