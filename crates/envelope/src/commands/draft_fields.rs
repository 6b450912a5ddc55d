//! What can be wrong with one field of a draft.

use super::attach_file::FILE_BYTES_MAX;
use super::draft_field_place;
use super::draft_findings::{is_id, nth, text};
use crate::model::draft::Draft;
use crate::model::field::FieldDraft;
use crate::model::field::file::FileType;
use crate::model::field::kind::{FieldKind, FilledBy};
use crate::refusal::Finding;
use crate::values::check::{self, MULTILINE_CHARACTERS_MAX};
use crate::values::pattern::{PATTERNS_MAX, Patterns, Reading};
use std::collections::BTreeSet;

/// A list has so many options at most.
pub(super) const OPTIONS_MAX: usize = 500;
/// A boxed text has so many boxes at most; SignatureAPI's limit.
const BOXES_MAX: u16 = 100;
/// Sizes of letters in points; SignatureAPI's limits.
const SIZES: std::ops::RangeInclusive<f64> = 1.0..=144.0;
/// A regular expression has so many characters at most.
const PATTERN_CHARACTERS_MAX: usize = 500;
/// The full name of a form field, or the text that a field was made from, has so many characters at most.
const ORIGIN_CHARACTERS_MAX: usize = 2000;

/// Collects what is wrong with one field.
pub(super) struct Findings<'f> {
    /// The field's place in the list, from 0.
    pub(super) index: usize,
    pub(super) found: &'f mut Vec<Finding>,
}

impl Findings<'_> {
    /// At a key of the field; at the field itself where the key is empty.
    pub(super) fn at(&mut self, key: &str, code: &'static str, sentence: impl Into<String>) {
        let pointer = match key {
            "" => format!("/fields/{}", self.index),
            key => format!("/fields/{}/{key}", self.index),
        };
        self.found.push(Finding::new(pointer, code, sentence));
    }

    pub(super) fn number(&self) -> usize {
        self.index + 1
    }
}

/// Everything that is wrong with one field by itself.
pub(crate) fn findings(
    draft: &Draft,
    index: usize,
    field: &FieldDraft,
    patterns: &Patterns,
    found: &mut Vec<Finding>,
) {
    for (key, words) in [("label", &field.label), ("placeholder", &field.placeholder), ("hint", &field.hint)]
    {
        text(words, format!("/fields/{index}/{key}"), found);
    }
    let mut it = Findings { index, found };
    named(field, &mut it);
    recipient(draft, field, &mut it);
    value(field, patterns, &mut it);
    checked(field, patterns, &mut it);
    choices(field, &mut it);
    files(field, &mut it);
    style(field, &mut it);
    draft_field_place::whereabouts(draft, field, &mut it);
    draft_field_place::tag_text(draft, field, &mut it);
}

fn named(field: &FieldDraft, it: &mut Findings<'_>) {
    if !is_id(&field.id.0) {
        it.at(
            "id",
            "field_id_malformed",
            "A field id has 1 to 64 letters, digits, hyphens or underscores; choose another one.",
        );
    }
    for (key, value) in
        [("capture_key", &field.capture_key), ("merge_key", &field.merge_key), ("group", &field.group)]
    {
        if value.as_deref().is_some_and(|key| !is_id(key)) {
            it.at(
                key,
                "key_malformed",
                "A key has 1 to 64 letters, digits, hyphens or underscores; choose another one.",
            );
        }
    }
    for (key, value) in [("form_field", &field.form_field), ("origin", &field.origin)] {
        if value.as_deref().is_some_and(|it| it.chars().count() > ORIGIN_CHARACTERS_MAX) {
            let sentence =
                format!("This is longer than {ORIGIN_CHARACTERS_MAX} characters; give it as it was found.");
            it.at(key, "text_too_long", sentence);
        }
    }
    if let Some(option) = &field.form_option {
        text(option, format!("/fields/{}/form_option", it.index), it.found);
        if field.kind != FieldKind::Radio || field.form_field.is_none() {
            it.at(
                "form_option",
                "form_option_without_button",
                "This names a button of the document's own form; give it to a radio button with a form_field, or leave \
                 it out.",
            );
        }
    }
}

fn recipient(draft: &Draft, field: &FieldDraft, it: &mut Findings<'_>) {
    let number = it.number();
    let nobodys = matches!(field.kind.filled_by(), FilledBy::Sender | FilledBy::Completion);
    if nobodys && field.recipient != 0 {
        it.at(
            "recipient",
            "field_takes_no_recipient",
            format!("Field {number} is filled by no recipient; write 0."),
        );
    } else if !nobodys && nth(&draft.recipients, field.recipient.into()).is_none() {
        it.at(
            "recipient",
            "field_without_recipient",
            format!(
                "Field {number} names recipient {}, who does not exist; use a number from the list.",
                field.recipient
            ),
        );
    }
}

fn value(field: &FieldDraft, patterns: &Patterns, it: &mut Findings<'_>) {
    let by_person = field.kind.filled_by() == FilledBy::Person;
    if matches!(field.kind, FieldKind::FreeText | FieldKind::Note) {
        words(field, it);
    } else if !field.value.text().is_empty() {
        beforehand(field, patterns, it);
    }
    let number = it.number();
    if field.read_only && (!by_person || field.kind.takes_file()) {
        let sentence = format!("Field {number} is not filled by hand; leave read_only out.");
        it.at("read_only", "field_not_fillable", sentence);
    } else if field.read_only && field.required && field.value.text().is_empty() && field.formula.is_none() {
        it.at(
            "value",
            "read_only_and_empty",
            format!(
                "Field {number} is required and cannot be filled; give it a value, or do not require it."
            ),
        );
    }
    if field.confidential && !(field.kind.is_text() && by_person) {
        it.at("confidential", "field_not_confidential", format!(
            "Field {number} holds no text of its recipient; only such a text can be kept out of the document."));
    }
}

/// The words of the sender.
fn words(field: &FieldDraft, it: &mut Findings<'_>) {
    let (words, number) = (field.value.text(), it.number());
    if words.trim().is_empty() {
        let sentence = format!("Field {number} holds no words; write what shall stand there.");
        it.at("value", "words_missing", sentence);
    } else if words.chars().count() > MULTILINE_CHARACTERS_MAX {
        let sentence = format!("This is longer than {MULTILINE_CHARACTERS_MAX} characters; shorten it.");
        it.at("value", "text_too_long", sentence);
    } else if words.chars().any(|it| it.is_control() && it != '\n') {
        it.at("value", "text_malformed", "This holds a control character; remove it.");
    }
}

/// What stands in a field before its recipient fills it.
fn beforehand(field: &FieldDraft, patterns: &Patterns, it: &mut Findings<'_>) {
    let by_person = field.kind.filled_by() == FilledBy::Person;
    if !by_person || field.kind.takes_file() || field.formula.is_some() {
        let sentence = format!("Field {} is not filled beforehand; leave its value out.", it.number());
        it.at("value", "field_takes_no_value", sentence);
        return;
    }
    let open = FieldDraft { read_only: false, ..field.clone() };
    if let Some((code, sentence)) = check::wrong(&open, field.value.text(), patterns) {
        it.at("value", code, sentence);
    }
}

fn checked(field: &FieldDraft, patterns: &Patterns, it: &mut Findings<'_>) {
    let check = &field.check;
    let number = it.number();
    text(&check.message, format!("/fields/{}/check/message", it.index), it.found);
    let reading = check.pattern.as_deref().map(|pattern| match pattern.chars().count() {
        ..=PATTERN_CHARACTERS_MAX => patterns.read(pattern),
        _ => Reading::Malformed,
    });
    if matches!(reading, Some(Reading::OneTooMany)) {
        it.at("check/pattern", "too_many", format!(
            "There are {PATTERNS_MAX} different regular expressions before this one, and more are not read; use one of them."));
    }
    if matches!(reading, Some(Reading::Malformed)) {
        it.at("check/pattern", "pattern_malformed", format!(
            "Field {number} has a regular expression that cannot be used: it is longer than {PATTERN_CHARACTERS_MAX} \
             characters, malformed, very large, or uses look-around or back-references; write another one, and say lengths \
             with characters_min and characters_max."));
    }
    for (key, day) in [("check/earliest", &check.earliest), ("check/latest", &check.latest)] {
        if day.as_deref().is_some_and(|day| check::day(day).is_none()) {
            it.at(key, "date_malformed", "This is no date; write it like 2026-12-31.");
        }
    }
    let crossed = |wrong: bool, key, it: &mut Findings<'_>| {
        if wrong {
            it.at(
                key,
                "bounds_crossed",
                format!("No value of field {number} can be within these bounds; turn them round."),
            );
        }
    };
    crossed(check.min.zip(check.max).is_some_and(|(min, max)| min > max), "check/min", it);
    let days = check.earliest.as_ref().zip(check.latest.as_ref());
    crossed(days.is_some_and(|(earliest, latest)| earliest > latest), "check/earliest", it);
    let lengths = check.characters_min.zip(field.characters_max);
    crossed(lengths.is_some_and(|(min, max)| min > max), "check/characters_min", it);
    match field.characters_max {
        Some(0) => {
            it.at("characters_max", "length_malformed", "This leaves room for nothing; write 1 or more.");
        }
        Some(most) if field.kind == FieldKind::BoxedText && most > BOXES_MAX => {
            it.at(
                "characters_max",
                "length_malformed",
                format!("A boxed text has 1 to {BOXES_MAX} boxes; write such a number."),
            );
        }
        None if field.kind == FieldKind::BoxedText => {
            it.at(
                "characters_max",
                "boxes_missing",
                format!("Field {number} has boxes; say how many in characters_max."),
            );
        }
        _ => {}
    }
}

fn choices(field: &FieldDraft, it: &mut Findings<'_>) {
    let number = it.number();
    let (options, list) = (&field.choices.options, field.choices.list);
    if field.kind != FieldKind::Dropdown {
        if !options.is_empty() || list.is_some() {
            it.at(
                "choices",
                "field_takes_no_choices",
                format!("Field {number} is no list; leave the choices out."),
            );
        }
        return;
    }
    if options.is_empty() == list.is_none() {
        it.at(
            "choices",
            "choices_missing",
            format!("Field {number} is a list; give its options, or name a built-in list."),
        );
    }
    if options.len() > OPTIONS_MAX {
        it.at(
            "choices/options",
            "too_many",
            format!("A list has {OPTIONS_MAX} options at most; shorten it."),
        );
    }
    let mut told = BTreeSet::new();
    for (place, option) in options.iter().take(OPTIONS_MAX).enumerate() {
        let key = format!("choices/options/{place}");
        text(&option.label, format!("/fields/{}/{key}/label", it.index), it.found);
        if let Some(value) = &option.value {
            text(value, format!("/fields/{}/{key}/value", it.index), it.found);
        }
        if option.label.trim().is_empty() {
            it.at(&key, "option_empty", "This option has no words; write what the person reads.");
        } else if option.value.as_deref() == Some("") {
            it.at(
                &key,
                "option_empty",
                "Nothing is told of this option; give it a value, or leave the value out.",
            );
        } else if !told.insert(option.value.as_deref().unwrap_or(&option.label)) {
            it.at(&key, "option_repeated", "There is another option like this one; remove one of them.");
        }
    }
}

fn files(field: &FieldDraft, it: &mut Findings<'_>) {
    let number = it.number();
    let wishes = &field.files;
    if !field.kind.takes_file() && *wishes != Default::default() {
        it.at("files", "field_takes_no_file", format!("Field {number} takes no file; leave this out."));
    }
    if field.kind.is_picture() && wishes.types.contains(&FileType::Pdf) {
        it.at(
            "files/types",
            "file_type_not_allowed",
            format!("Field {number} takes a picture; a PDF is none."),
        );
    }
    let types: BTreeSet<FileType> = wishes.types.iter().copied().collect();
    if types.len() < wishes.types.len() {
        it.at("files/types", "file_type_repeated", "A type of file is named twice; name each once.");
    }
    if wishes.bytes_max.is_some_and(|most| !(1..=FILE_BYTES_MAX).contains(&most)) {
        it.at(
            "files/bytes_max",
            "length_malformed",
            format!("A file has 1 to {FILE_BYTES_MAX} bytes; write such a number."),
        );
    }
}

fn style(field: &FieldDraft, it: &mut Findings<'_>) {
    let style = &field.style;
    if style.size.is_some_and(|size| !SIZES.contains(&size.get())) {
        it.at("style/size", "size_malformed", "Letters are 1 to 144 points high; write such a size.");
    }
    let is_colour = |text: &str| {
        text.len() == 7
            && text.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|it| it.is_ascii_hexdigit()))
    };
    if style.colour.as_deref().is_some_and(|colour| !is_colour(colour)) {
        it.at("style/colour", "colour_malformed", "This is no colour; write it like #1a2b3c.");
    }
}
