//! The words that recipients agreed to before they acted.

use super::Told;
use crate::ceremony::{Asked, CONSENT_VERSION, Consent};
use crate::envelopes::story::fill;
use envelope::{ConsentText, Event};
use pdf::audit::Part;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Each text that was agreed to, in each language in which it was read, with who agreed.
pub(super) fn texts(told: &Told<'_>) -> Vec<Part> {
    let words = &told.words.report;
    type Read<'a> = (Vec<String>, Option<Cow<'a, ConsentText>>);
    let mut read: BTreeMap<(&str, &str), Read<'_>> = BTreeMap::new();
    for view in told.trail {
        let Event::ConsentGiven { recipient, version, text } = &view.event else { continue };
        let Some(person) = told.state.recipient(*recipient) else { continue };
        let language = text.as_ref().map_or(person.language.as_str(), |it| it.language.as_str());
        let text = match text {
            Some(text) => Some(Cow::Borrowed(text)),
            // Events of the first versions name their text alone, and there was one.
            None if version == CONSENT_VERSION => {
                Some(Cow::Owned(Consent::built_in(language, Asked::Sign).text))
            }
            None => None,
        };
        let (names, _) = read.entry((version, language)).or_insert_with(|| (Vec::new(), text));
        let values = [("number", &*recipient.to_string()), ("at", &told.time(view.at))];
        names.push(fill(&words.consent_one, &values));
    }
    if read.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![Part::Heading(words.consent_heading.clone())];
    for ((version, _), (names, text)) in read {
        let by = fill(&words.consent_by, &[("version", version), ("names", &names.join(", "))]);
        parts.push(Part::Paragraph(by));
        match text {
            Some(text) => {
                parts.extend(text.paragraphs.iter().map(|it| Part::Paragraph(it.clone())));
                parts.push(Part::Paragraph(format!("SHA-256 {}", text.digest)));
            }
            None => parts.push(Part::Paragraph(words.consent_lost.clone())),
        }
    }
    parts
}
