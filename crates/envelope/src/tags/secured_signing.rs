//! Smart tags for those who come from Secured Signing. The vendor does not publish how its tags are written; what they
//! can say is known, and this is our way to say it: `<<type: name, e-mail; name=value; ...>>`. `docs/tags.md` describes it.

use super::attributes::{Piece, pieces, put};
use super::kind::kind;
use super::own;
use super::wish::{FieldWish, TagError, TagRecipient, Wish, key, number, shown};
use crate::model::field::kind::FieldKind;

/// Whatever has a word and a colon after the brackets; quotation marks of some languages look the same.
pub(super) fn is_meant(inside: &str) -> bool {
    own::is_meant(inside)
}

/// Reads what stands between `<<` and `>>`.
pub(super) fn read(inside: &str) -> Result<Wish, TagError> {
    let (word, rest) = inside.split_once(':').unwrap_or((inside, ""));
    let witness = word.trim().eq_ignore_ascii_case("witness");
    let kind = if witness { FieldKind::Signature } else { kind(word)? };
    if rest.trim_start().starts_with(';') {
        return Err(missing());
    }
    let pieces = pieces(rest, |it| it == ';')?;
    let Some((Piece { name, value: None }, attributes)) = pieces.split_first() else { return Err(missing()) };
    let mut wish = FieldWish::new(kind, person(name)?);
    put(&mut wish, attributes, |wish, piece| own_words(wish, piece, witness))?;
    if witness && wish.person.witness_of.is_none() {
        let sentence = "Say whose signature is witnessed: of=ada@example.org.";
        return Err(TagError::new("tag_witness_of_nobody", sentence));
    }
    wish.checked()
}

/// What these tags have beyond the others. `false` for a word that is none of these.
fn own_words(wish: &mut FieldWish, Piece { name, value }: &Piece, witness: bool) -> Result<bool, TagError> {
    let signs = matches!(wish.field.kind, FieldKind::Signature | FieldKind::Initials);
    match (name.as_str(), value.as_deref()) {
        ("full", None) if signs => wish.field.kind = FieldKind::Signature,
        ("initial" | "initials", None) if signs => wish.field.kind = FieldKind::Initials,
        ("of", Some(whose)) if witness => wish.person.witness_of = Some(Box::new(person(whose)?)),
        ("sms", Some(telephone)) => wish.person.sms = e164(telephone)?,
        // The name under which programs give it a value beforehand and are told it afterwards.
        ("field", Some(name)) => {
            wish.field.merge_key = Some(key(name)?);
            wish.field.capture_key = Some(key(name)?);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// `Ada Lovelace, ada@example.org`, one of both, or the number of a recipient.
fn person(text: &str) -> Result<TagRecipient, TagError> {
    if let Some(number) = number(text) {
        return Ok(TagRecipient::Number(number));
    }
    let (name, email) = match text.rsplit_once(',') {
        Some((name, email)) => (name.trim(), email.trim()),
        None if text.contains('@') => ("", text),
        None => (text, ""),
    };
    let address = email.split_once('@').is_some_and(|(who, place)| {
        !who.is_empty() && place.contains('.') && !place.contains('@') && !email.contains(' ')
    });
    if name.is_empty() && email.is_empty() {
        return Err(missing());
    }
    if !address && !email.is_empty() {
        let sentence = format!("{} is no e-mail address; write it like ada@example.org.", shown(email));
        return Err(TagError::new("tag_recipient_malformed", sentence));
    }
    Ok(TagRecipient::Person { name: name.to_owned(), email: email.to_owned() })
}

fn missing() -> TagError {
    let sentence = "Say whose field it is, right after the colon: a full name, an e-mail address, or both with a \
                    comma between.";
    TagError::new("tag_recipient_missing", sentence)
}

fn e164(text: &str) -> Result<String, TagError> {
    let number: String = text.chars().filter(|it| !matches!(it, ' ' | '-' | '.' | '(' | ')')).collect();
    let digits = number.strip_prefix('+').unwrap_or_default();
    if !(7..=15).contains(&digits.len())
        || digits.starts_with('0')
        || !digits.bytes().all(|it| it.is_ascii_digit())
    {
        let sentence = format!("{} is no telephone number; write it like +33612345678.", shown(text));
        return Err(TagError::new("tag_telephone_malformed", sentence));
    }
    Ok(number)
}
