//! Words and `name=value` pairs, as two of the grammars have them.

use super::wish::{FieldWish, TagError, key, length, number, shown};
use crate::model::field::check::Form;
use crate::model::field::choice::{Choice, ChoiceList};
use crate::model::field::decimal::Decimal;
use std::collections::BTreeSet;

/// One piece of a tag: a word, or a name with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The word, or the name.
    pub(super) name: String,
    /// The value after `=`; `None` for a word alone.
    pub(super) value: Option<String>,
}

/// Takes a text apart at these characters outside of quotes. Quotes may be any that word processors make of them.
pub(super) fn pieces(text: &str, separator: fn(char) -> bool) -> Result<Vec<Piece>, TagError> {
    let mut pieces = Vec::new();
    let (mut name, mut value) = (String::new(), None::<String>);
    let mut quoted = false;
    let mut inside = false;
    for character in text.chars() {
        let is_quote = matches!(character, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}');
        if is_quote {
            inside = !inside;
            quoted = true;
        } else if !inside && separator(character) {
            end(&mut pieces, &mut name, &mut value, &mut quoted);
        } else if !inside && character == '=' && value.is_none() {
            value = Some(String::new());
        } else {
            value.as_mut().unwrap_or(&mut name).push(if character.is_whitespace() { ' ' } else { character });
        }
    }
    if inside {
        return Err(TagError::new("tag_quote_open", "A quotation mark is not closed; write a second one."));
    }
    end(&mut pieces, &mut name, &mut value, &mut quoted);
    Ok(pieces)
}

fn end(pieces: &mut Vec<Piece>, name: &mut String, value: &mut Option<String>, quoted: &mut bool) {
    let name = std::mem::take(name);
    let value = value.take().map(|it| it.trim().to_owned());
    if !name.trim().is_empty() || value.is_some() || *quoted {
        pieces.push(Piece { name: name.trim().to_owned(), value });
    }
    *quoted = false;
}

/// Writes down what the pieces say of a field. Each says something once; `more` takes what a grammar has beyond, and says
/// whether it knew it.
pub(super) fn put(
    wish: &mut FieldWish,
    pieces: &[Piece],
    mut more: impl FnMut(&mut FieldWish, &Piece) -> Result<bool, TagError>,
) -> Result<(), TagError> {
    let mut given = BTreeSet::new();
    for Piece { name, value } in pieces {
        let name = name.to_ascii_lowercase().replace(['-', ' '], "_");
        let piece = Piece { name, value: value.clone() };
        if !more(wish, &piece)? {
            take(wish, &piece)?;
        }
        if !given.insert(piece.name.clone()) {
            let sentence = format!("{} is said twice; say it once.", shown(&piece.name));
            return Err(TagError::new("tag_attribute_repeated", sentence));
        }
    }
    Ok(())
}

fn take(wish: &mut FieldWish, piece: &Piece) -> Result<(), TagError> {
    let flag = |name: &str| yes_or_no(name, piece.value.as_deref().unwrap_or("yes"));
    match piece.name.as_str() {
        "required" => wish.field.required = flag("required")?,
        "optional" => wish.field.required = !flag("optional")?,
        "readonly" | "read_only" => wish.field.read_only = flag("readonly")?,
        "confidential" => wish.field.confidential = flag("confidential")?,
        name => return take_value(wish, name, piece.value.as_deref().ok_or_else(|| unknown(name))?),
    }
    // What nobody may write into, nobody has to.
    wish.field.required &= !wish.field.read_only;
    Ok(())
}

fn take_value(wish: &mut FieldWish, name: &str, value: &str) -> Result<(), TagError> {
    let field = &mut wish.field;
    let text = value.to_owned();
    match name {
        "label" => field.label = text,
        "hint" => field.hint = text,
        "placeholder" => field.placeholder = text,
        "value" => field.value = text.into(),
        "id" => field.id.0 = key(value)?,
        "group" => field.group = Some(key(value)?),
        "capture" => field.capture_key = Some(key(value)?),
        "merge" => field.merge_key = Some(key(value)?),
        "width" => wish.width = Some(length(value, "The width")?),
        "height" => wish.height = Some(length(value, "The height")?),
        "characters" | "boxes" => field.characters_max = Some(count(name, value)?),
        "tab" => field.tab_order = Some(count(name, value)?),
        "order" | "step" => wish.person.step = Some(count(name, value)?),
        "pattern" => field.check.pattern = Some(text),
        "message" => field.check.message = text,
        "earliest" => field.check.earliest = Some(text),
        "latest" => field.check.latest = Some(text),
        "min" => field.check.min = Some(decimal(name, value)?),
        "max" => field.check.max = Some(decimal(name, value)?),
        "validation" => field.check.form = Some(form(value)?),
        "options" => field.choices.options = options(value)?,
        "list" => field.choices.list = Some(list(value)?),
        _ => return Err(unknown(name)),
    }
    Ok(())
}

fn yes_or_no(name: &str, value: &str) -> Result<bool, TagError> {
    match value.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => {
            let sentence =
                format!("{name} is yes or no, and {} is neither; write one of them.", shown(value));
            Err(TagError::new("tag_flag_malformed", sentence))
        }
    }
}

fn count(name: &str, value: &str) -> Result<u16, TagError> {
    number(value).ok_or_else(|| {
        let sentence = format!("{name} is a number from 1, and {} is none; write one.", shown(value));
        TagError::new("tag_number_malformed", sentence)
    })
}

fn decimal(name: &str, value: &str) -> Result<Decimal, TagError> {
    value.parse().map_err(|_| {
        let sentence = format!("{name} is a number, and {} is none; write one, such as 12.50.", shown(value));
        TagError::new("tag_number_malformed", sentence)
    })
}

fn form(value: &str) -> Result<Form, TagError> {
    let known = match value.to_ascii_lowercase().as_str() {
        "letters" => Form::Letters,
        "digits" => Form::Digits,
        "letters_and_digits" => Form::LettersAndDigits,
        "email" => Form::Email,
        "phone" => Form::Phone,
        "url" => Form::Url,
        "us_zip_code" => Form::UsZipCode,
        _ => {
            let sentence =
                format!("There is no validation {}; write letters, digits or email, say.", shown(value));
            return Err(TagError::new("tag_validation_unknown", sentence));
        }
    };
    Ok(known)
}

fn list(value: &str) -> Result<ChoiceList, TagError> {
    let known = match value.to_ascii_lowercase().as_str() {
        "countries" => ChoiceList::CountryNames,
        "country_codes" => ChoiceList::CountryCodes2,
        "us_states" => ChoiceList::UsStateNames,
        "us_state_codes" => ChoiceList::UsStateCodes,
        _ => {
            let sentence = format!(
                "There is no list {}; write countries, country_codes, us_states or us_state_codes.",
                shown(value)
            );
            return Err(TagError::new("tag_list_unknown", sentence));
        }
    };
    Ok(known)
}

fn options(text: &str) -> Result<Vec<Choice>, TagError> {
    let labels: Vec<&str> = text.split('|').map(str::trim).collect();
    let different: BTreeSet<_> = labels.iter().collect();
    if labels.iter().any(|it| it.is_empty()) || different.len() < labels.len() {
        let sentence =
            "Each option stands once, with | between two, and none is empty; write them like that.";
        return Err(TagError::new("tag_options_malformed", sentence));
    }
    Ok(labels.into_iter().map(|label| Choice { label: label.to_owned(), value: None }).collect())
}

fn unknown(name: &str) -> TagError {
    let sentence =
        format!("{} means nothing in this tag; look at its spelling, or leave it out.", shown(name));
    TagError::new("tag_attribute_unknown", sentence)
}
