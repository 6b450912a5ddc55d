//! What a value looks like in a document.

use crate::written_time;
use envelope::values::check::options;
use envelope::{Align, Envelope, FieldDraft, FieldKind, FilledBy, Font, Part, Progress};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use pdf::appearance::{self, TextStyle};

/// The words that are drawn for a value, and that the form field holds: of a choice its label, of a day what the
/// envelope's language writes, of everything else the value itself.
pub(crate) fn words(state: &Envelope, field: &FieldDraft, value: &str) -> String {
    match field.kind {
        FieldKind::Dropdown => label(field, value),
        FieldKind::Date | FieldKind::DateSigned | FieldKind::DateCompleted => {
            day(&state.draft.language, value)
        }
        _ => value.to_owned(),
    }
}

/// A day as a language writes it; as the event has it, by ISO 8601, where the face cannot.
fn day(language: &str, value: &str) -> String {
    let day = value.parse::<Date>().ok().map(|day| written_time::day(language, day));
    day.filter(|day| pdf::fonts::covers(day)).unwrap_or_else(|| value.to_owned())
}

fn label(field: &FieldDraft, value: &str) -> String {
    let chosen = options(&field.choices).find(|it| it.value.as_deref().unwrap_or(&it.label) == value);
    chosen.map_or_else(|| value.to_owned(), |it| it.label)
}

/// The day on which the last one acted, in the envelope's time zone: the same however often the seal is tried.
pub(crate) fn completed_on(state: &Envelope, progress: &Progress) -> String {
    let acted = progress.parts.iter().filter_map(Part::done_at);
    let at = acted.fold(progress.sent_at, Timestamp::max);
    let zone = TimeZoneDatabase::bundled().get(&state.draft.time_zone).unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).date().to_string()
}

/// Whether the server knows the value by itself.
pub(crate) fn filled_by_server(kind: FieldKind) -> bool {
    matches!(kind.filled_by(), FilledBy::Act | FilledBy::Completion)
}

/// How the text of a field is drawn.
pub(crate) fn style(field: &FieldDraft) -> TextStyle {
    let style = &field.style;
    TextStyle {
        family: match style.font {
            Font::Sans => appearance::Family::Sans,
            Font::Serif => appearance::Family::Serif,
            Font::Mono => appearance::Family::Mono,
        },
        size: style.size.map(|it| it.get()),
        colour: style.colour.as_deref().and_then(colour).unwrap_or_default(),
        bold: style.bold,
        italic: style.italic,
        underline: style.underline,
        align: match style.align {
            Align::Left => appearance::Align::Left,
            Align::Centre => appearance::Align::Centre,
            Align::Right => appearance::Align::Right,
        },
    }
}

/// `#rrggbb`, each part from 0 to 1.
fn colour(text: &str) -> Option<[f64; 3]> {
    let digits = text.strip_prefix('#').filter(|it| it.len() == 6)?;
    let part = |at: usize| {
        let pair = digits.get(at..at + 2)?;
        u8::from_str_radix(pair, 16).ok().map(|it| f64::from(it) / 255.0)
    };
    Some([part(0)?, part(2)?, part(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use envelope::{Choice, Choices};

    #[test]
    fn a_colour_is_read_and_another_text_is_none() {
        assert_eq!(colour("#ff0080"), Some([1.0, 0.0, 128.0 / 255.0]));
        for text in ["", "#", "ff0080", "#ff008", "#ff00800", "#é0080", "#gg0000"] {
            assert_eq!(colour(text), None, "{text}");
        }
    }

    #[test]
    fn a_choice_is_shown_by_its_label() {
        let option = Choice { label: "Belgium".to_owned(), value: Some("BE".to_owned()) };
        let list = FieldDraft {
            kind: FieldKind::Dropdown,
            choices: Choices { options: vec![option], list: None },
            ..FieldDraft::default()
        };
        assert_eq!(label(&list, "BE"), "Belgium");
    }

    #[test]
    fn a_day_is_written_as_its_language_does_where_the_face_can_write_it() {
        for (language, written) in [
            ("en", "Nov 22, 2026"),
            ("de", "22.11.2026"),
            ("hu", "2026. nov. 22."),
            ("ru", "22 нояб. 2026 г."),
            ("tr", "22 Kas 2026"),
            ("hi", "22 नव॰ 2026"),
            ("zh", "2026年11月22日"),
        ] {
            assert_eq!(day(language, "2026-11-22"), written, "{language}");
        }
        assert_eq!(day("en", "yesterday"), "yesterday", "what is no day stays as it is");
    }
}
