//! Kinds of fields, as tags name them.

use super::wish::{TagError, shown};
use crate::model::field::kind::FieldKind;

/// Every word of our own grammar, and what it means.
const WORDS: [(&str, FieldKind); 49] = [
    ("signature", FieldKind::Signature),
    ("sign", FieldKind::Signature),
    ("sig", FieldKind::Signature),
    ("initials", FieldKind::Initials),
    ("initial", FieldKind::Initials),
    ("init", FieldKind::Initials),
    ("date_signed", FieldKind::DateSigned),
    ("datesigned", FieldKind::DateSigned),
    ("date", FieldKind::Date),
    ("date_picker", FieldKind::Date),
    ("datepicker", FieldKind::Date),
    ("text", FieldKind::Text),
    ("text_box", FieldKind::Text),
    ("multiline_text", FieldKind::MultilineText),
    ("multiline", FieldKind::MultilineText),
    ("boxed_text", FieldKind::BoxedText),
    ("boxes", FieldKind::BoxedText),
    ("number", FieldKind::Number),
    ("email", FieldKind::Email),
    ("checkbox", FieldKind::Checkbox),
    ("check_box", FieldKind::Checkbox),
    ("check", FieldKind::Checkbox),
    ("radio", FieldKind::Radio),
    ("radio_button", FieldKind::Radio),
    ("dropdown", FieldKind::Dropdown),
    ("drop_down", FieldKind::Dropdown),
    ("list", FieldKind::Dropdown),
    ("attachment", FieldKind::Attachment),
    ("attach", FieldKind::Attachment),
    ("upload", FieldKind::Attachment),
    ("file", FieldKind::Attachment),
    ("image", FieldKind::Image),
    ("stamp", FieldKind::Stamp),
    ("recipient_name", FieldKind::RecipientName),
    ("name", FieldKind::RecipientName),
    ("recipient_email", FieldKind::RecipientEmail),
    ("company", FieldKind::Company),
    ("job_title", FieldKind::JobTitle),
    ("title", FieldKind::JobTitle),
    ("date_completed", FieldKind::DateCompleted),
    ("note", FieldKind::Note),
    ("free_text", FieldKind::FreeText),
    ("strikethrough", FieldKind::Strikethrough),
    ("strike", FieldKind::Strikethrough),
    ("decline_button", FieldKind::DeclineButton),
    ("decline", FieldKind::DeclineButton),
    ("approve_button", FieldKind::ApproveButton),
    ("approve", FieldKind::ApproveButton),
    ("finish", FieldKind::ApproveButton),
];

/// The kind of this word; capitals do not count, and a hyphen or a space is as good as a line below.
pub(super) fn kind(word: &str) -> Result<FieldKind, TagError> {
    let folded = word.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    let known = WORDS.iter().find(|(it, _)| *it == folded).map(|(_, kind)| *kind);
    known.ok_or_else(|| {
        let sentence = format!("There is no type {}; write signature, text or checkbox, say.", shown(word));
        TagError::new("tag_type_unknown", sentence)
    })
}

/// Whether a word can be one of a type: then a colon after it makes a tag.
pub(super) fn is_word(word: &str) -> bool {
    let word = word.trim();
    let letters = |it: u8| it.is_ascii_alphabetic() || matches!(it, b'_' | b'-' | b' ');
    (1..=20).contains(&word.len()) && word.bytes().all(letters)
}
