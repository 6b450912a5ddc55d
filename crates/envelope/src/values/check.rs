//! Whether a value is what its field asks for.

use super::lists;
use super::pattern::Patterns;
use crate::model::field::FieldDraft;
use crate::model::field::check::{Check, Form};
use crate::model::field::choice::{Choice, Choices};
use crate::model::field::decimal::Decimal;
use crate::model::field::kind::{FieldKind, FilledBy};
use jiff::civil::Date;
use unicode_segmentation::UnicodeSegmentation;

/// A line of text has so many characters at most.
pub const TEXT_CHARACTERS_MAX: usize = 1000;
/// A text of several lines has so many characters at most.
pub const MULTILINE_CHARACTERS_MAX: usize = 10_000;

/// What is wrong with a value: a code and a sentence.
pub(crate) type Wrong = (&'static str, String);

/// What is wrong with a value that a person gives; an empty one is never wrong, only missing.
pub(crate) fn wrong(field: &FieldDraft, value: &str, patterns: &Patterns) -> Option<Wrong> {
    if field.kind.filled_by() == FilledBy::Act {
        return Some(fixed(
            "field_not_fillable",
            "This field is filled by the act of signing; leave it out.",
        ));
    }
    if field.read_only || field.formula.is_some() || field.kind.filled_by() != FilledBy::Person {
        return Some(fixed("field_not_fillable", "This field is not filled by hand; leave it out."));
    }
    if field.kind.is_ticked() {
        let is_one = value == "true" || value == "false";
        return (!is_one).then(|| {
            fixed("checkbox_malformed", "A box is ticked (true) or not (false); send one of them.")
        });
    }
    if field.kind.takes_file() {
        return Some(fixed("field_takes_file", "This field takes a file; add it as one."));
    }
    if value.is_empty() {
        return None;
    }
    shape(field, value).or_else(|| {
        let own = |(code, sentence): Wrong| {
            (code, if field.check.message.is_empty() { sentence } else { field.check.message.clone() })
        };
        kind(field, value).or_else(|| checked(&field.check, value, patterns)).map(own)
    })
}

/// Length and characters, which no wish of the sender changes.
fn shape(field: &FieldDraft, value: &str) -> Option<Wrong> {
    let several_lines = field.kind == FieldKind::MultilineText;
    let most = characters_max(field);
    let letters = value.chars().count();
    // A box holds a letter with its marks, however many characters these are.
    let boxes = if field.kind == FieldKind::BoxedText { value.graphemes(true).count() } else { letters };
    if boxes > most || letters > MULTILINE_CHARACTERS_MAX {
        return Some(("text_too_long", format!("This is longer than {most} characters; shorten it.")));
    }
    let stray = |it: char| it.is_control() && !(several_lines && it == '\n');
    value.chars().any(stray).then(|| {
        let what =
            if several_lines { "a control character" } else { "a line break or another control character" };
        ("text_malformed", format!("This holds {what}; remove it."))
    })
}

/// A value of this field has so many characters at most.
pub(super) fn characters_max(field: &FieldDraft) -> usize {
    let several_lines = field.kind == FieldKind::MultilineText;
    let most = if several_lines { MULTILINE_CHARACTERS_MAX } else { TEXT_CHARACTERS_MAX };
    field.characters_max.map_or(most, usize::from).min(most)
}

fn kind(field: &FieldDraft, value: &str) -> Option<Wrong> {
    match field.kind {
        FieldKind::Number if value.parse::<Decimal>().is_err() => Some(fixed(
            "number_malformed",
            "This is no number; write it with digits and a full stop, like 1250.50.",
        )),
        FieldKind::Email if !is(Form::Email, value) => Some(said(Form::Email)),
        FieldKind::Date if day(value).is_none() => {
            Some(fixed("date_malformed", "This is no date; write it like 2026-12-31."))
        }
        FieldKind::Dropdown if !options(&field.choices).any(|it| told(&it) == value) => {
            Some(fixed("option_unknown", "This is none of the options; choose one of them."))
        }
        _ => None,
    }
}

fn checked(check: &Check, value: &str, patterns: &Patterns) -> Option<Wrong> {
    if let Some(form) = check.form.filter(|form| !is(*form, value)) {
        return Some(said(form));
    }
    if check.pattern.as_deref().is_some_and(|pattern| !patterns.matches(pattern, value)) {
        return Some(fixed(
            "pattern_not_matched",
            "This does not have the form that is asked for; look at it again.",
        ));
    }
    if check.characters_min.is_some_and(|least| value.chars().count() < usize::from(least)) {
        return Some((
            "text_too_short",
            format!(
                "This is shorter than {} characters; write it out.",
                check.characters_min.unwrap_or_default()
            ),
        ));
    }
    in_range(check, value).or_else(|| in_time(check, value))
}

fn in_range(check: &Check, value: &str) -> Option<Wrong> {
    if check.min.is_none() && check.max.is_none() && check.decimals_max.is_none() {
        return None;
    }
    let Ok(number) = value.parse::<Decimal>() else {
        return Some(fixed(
            "number_malformed",
            "This is no number; write it with digits and a full stop, like 1250.50.",
        ));
    };
    match (check.min, check.max, check.decimals_max) {
        (Some(min), ..) if number < min => {
            Some(("number_too_small", format!("This is less than {min}; give {min} or more.")))
        }
        (_, Some(max), _) if number > max => {
            Some(("number_too_large", format!("This is more than {max}; give {max} or less.")))
        }
        (.., Some(most)) if number.decimals() > usize::from(most) => {
            Some(("number_too_fine", format!("This has more than {most} decimals; round it.")))
        }
        _ => None,
    }
}

fn in_time(check: &Check, value: &str) -> Option<Wrong> {
    let bound = |text: &Option<String>| text.as_deref().and_then(day);
    let (earliest, latest) = (bound(&check.earliest), bound(&check.latest));
    if earliest.is_none() && latest.is_none() {
        return None;
    }
    let Some(given) = day(value) else {
        return Some(fixed("date_malformed", "This is no date; write it like 2026-12-31."));
    };
    match (earliest, latest) {
        (Some(earliest), _) if given < earliest => {
            Some(("date_too_early", format!("This is before {earliest}; give that day or a later one.")))
        }
        (_, Some(latest)) if given > latest => {
            Some(("date_too_late", format!("This is after {latest}; give that day or an earlier one.")))
        }
        _ => None,
    }
}

/// A day as ISO 8601 writes it, and in no other way.
pub(crate) fn day(text: &str) -> Option<Date> {
    let parsed: Date = text.parse().ok()?;
    (text.len() == 10 && parsed.to_string() == text).then_some(parsed)
}

/// A value has this form.
fn is(form: Form, value: &str) -> bool {
    let all = |allowed: fn(char) -> bool| value.chars().all(allowed);
    match form {
        Form::Letters => all(|it| it.is_alphabetic() || " -'\u{2019}.".contains(it)),
        Form::Digits => all(|it| it.is_ascii_digit()),
        Form::LettersAndDigits => all(char::is_alphanumeric),
        Form::Email => crate::commands::is_email(value),
        Form::Phone => {
            let digits = value.chars().filter(char::is_ascii_digit).count();
            value.starts_with('+')
                && (7..=15).contains(&digits)
                && value.chars().skip(1).all(|it| it.is_ascii_digit() || " -().".contains(it))
        }
        Form::Url => {
            let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
            rest.is_some_and(|it| it.len() > 2 && it.contains('.') && !it.contains(char::is_whitespace))
        }
        Form::UsZipCode => {
            let (first, plus) = value.split_once('-').unwrap_or((value, "0000"));
            let digits =
                |text: &str, count| text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
            digits(first, 5) && digits(plus, 4)
        }
    }
}

fn said(form: Form) -> Wrong {
    match form {
        Form::Letters => fixed("letters_only", "Only letters can stand here; remove the rest."),
        Form::Digits => fixed("digits_only", "Only digits can stand here; remove the rest."),
        Form::LettersAndDigits => {
            fixed("letters_and_digits_only", "Only letters and digits can stand here; remove the rest.")
        }
        Form::Email => fixed("email_malformed", "This is no e-mail address; write it like name@example.org."),
        Form::Phone => fixed(
            "phone_malformed",
            "This is no telephone number; write it with its country, like +33 1 23 45 67 89.",
        ),
        Form::Url => fixed("url_malformed", "This is no web address; write it like https://example.org."),
        Form::UsZipCode => fixed("zip_malformed", "This is no ZIP code; write it like 12345 or 12345-6789."),
    }
}

fn fixed(code: &'static str, sentence: &str) -> Wrong {
    (code, sentence.to_owned())
}

/// What can be chosen, own options or a built-in list.
pub fn options(choices: &Choices) -> impl Iterator<Item = Choice> + '_ {
    let list = choices.list.map(lists::of).unwrap_or_default();
    let listed = list.into_iter().map(|it| Choice { label: it.to_owned(), value: None });
    choices.options.iter().cloned().chain(listed)
}

/// What programs are told of an option.
fn told(choice: &Choice) -> &str {
    choice.value.as_deref().unwrap_or(&choice.label)
}
