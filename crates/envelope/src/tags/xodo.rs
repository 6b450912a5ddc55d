//! The hidden tags of Xodo Sign: `[type|req|signerX|label|id|value|width|height|validation]`, of which the first three are
//! needed. Their order is the vendor's; the words of the types beyond `sig`, `text` and `date` are those of its API, with
//! the usual short forms.

use super::kind::is_word;
use super::wish::{FieldWish, TagError, TagRecipient, Wish, key, length, number, shown};
use crate::model::field::check::Form;
use crate::model::field::kind::FieldKind;
use crate::model::points::Points;

const PARTS: usize = 9;

/// Text in brackets is a tag when it begins with a word and a line.
pub(super) fn is_meant(inside: &str) -> bool {
    inside.split_once('|').is_some_and(|(word, _)| is_word(word))
}

/// Reads what stands between `[` and `]`.
pub(super) fn read(inside: &str) -> Result<Wish, TagError> {
    let parts: Vec<&str> = inside.splitn(PARTS + 1, '|').map(str::trim).collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    if parts.len() > PARTS {
        return Err(TagError::new("tag_too_many_parts", "A tag has nine parts at most; leave out the rest."));
    }
    if parts.len() < 3 {
        let sentence = "A tag needs a type, req or nonreq, and a signer: [sig|req|signer1].";
        return Err(TagError::new("tag_incomplete", sentence));
    }
    let kind = kind(part(0))?;
    let mut wish = FieldWish::new(kind, signer(part(2))?);
    wish.field.required = match part(1).to_ascii_lowercase().as_str() {
        "req" => true,
        "nonreq" => false,
        other => {
            let sentence = format!("{} is neither req nor nonreq; write one of them.", shown(other));
            return Err(TagError::new("tag_requirement_unknown", sentence));
        }
    };
    wish.field.label = part(3).to_owned();
    if !part(4).is_empty() {
        wish.field.id.0 = key(part(4))?;
    }
    wish.field.value = part(5).to_owned().into();
    let (width, height) = usual_size(kind);
    wish.width = Some(if part(6).is_empty() { width } else { length(part(6), "The width")? });
    wish.height = Some(if part(7).is_empty() { height } else { length(part(7), "The height")? });
    wish.field.check.form = form(part(8))?;
    // No part says which buttons or boxes belong together: those of one id do.
    if kind == FieldKind::Radio || is_group(part(0)) {
        let id = std::mem::take(&mut wish.field.id.0);
        wish.field.group = Some(id).filter(|it| !it.is_empty());
    }
    wish.checked()
}

fn kind(word: &str) -> Result<FieldKind, TagError> {
    let folded = word.to_ascii_lowercase();
    let known = match folded.as_str() {
        "sig" | "signature" => FieldKind::Signature,
        "init" | "initial" | "initials" => FieldKind::Initials,
        "date" | "date_signed" => FieldKind::DateSigned,
        "text" => FieldKind::Text,
        "note" => FieldKind::MultilineText,
        "check" | "checkbox" | "checkboxgroup" => FieldKind::Checkbox,
        "radio" => FieldKind::Radio,
        "attach" | "attachment" => FieldKind::Attachment,
        "drop" | "dropdown" => {
            let sentence = "A hidden tag has no part for what can be chosen; write \
                            {{dropdown:1 options=\"one|two\"}} instead.";
            return Err(TagError::new("tag_options_missing", sentence));
        }
        _ => {
            let sentence = format!("There is no type {}; write sig, text or date, say.", shown(word));
            return Err(TagError::new("tag_type_unknown", sentence));
        }
    };
    Ok(known)
}

fn is_group(word: &str) -> bool {
    word.eq_ignore_ascii_case("checkboxgroup")
}

fn signer(word: &str) -> Result<TagRecipient, TagError> {
    let folded = word.to_ascii_lowercase();
    let number = folded.strip_prefix("signer").and_then(|rest| number(rest.trim()));
    number.map(TagRecipient::Number).ok_or_else(|| {
        let sentence = format!("{} is no signer; write signer1 for the first one.", shown(word));
        TagError::new("tag_recipient_malformed", sentence)
    })
}

fn form(word: &str) -> Result<Option<Form>, TagError> {
    match word.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "letters_only" => Ok(Some(Form::Letters)),
        "numbers_only" => Ok(Some(Form::Digits)),
        "email_address" => Ok(Some(Form::Email)),
        _ => {
            let sentence = format!(
                "There is no validation {}; write letters_only, numbers_only or email_address.",
                shown(word)
            );
            Err(TagError::new("tag_validation_unknown", sentence))
        }
    }
}

/// The vendor's sizes in its pixels, which are taken for points: what they are on paper is not said anywhere.
fn usual_size(kind: FieldKind) -> (Points, Points) {
    let (width, height) = match kind {
        FieldKind::Signature => (120, 35),
        FieldKind::Initials => (43, 43),
        FieldKind::MultilineText => (55, 17),
        FieldKind::Checkbox | FieldKind::Radio => (14, 14),
        FieldKind::Attachment => (28, 28),
        _ => (60, 17),
    };
    (Points(width * 1000), Points(height * 1000))
}
