//! The words that recipients agreed to before they signed.

use super::Told;
use crate::ceremony::{CONSENT_VERSION, consent_text};
use envelope::Event;
use pdf::audit::Part;
use std::collections::BTreeMap;

/// Each text that was agreed to, in each language in which it was read, with who agreed.
pub(super) fn texts(told: &Told<'_>) -> Vec<Part> {
    let words = told.words;
    let mut read: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for view in told.trail {
        let Event::ConsentGiven { recipient, version } = &view.event else { continue };
        let Some(person) = told.state.recipient(*recipient) else { continue };
        let names = read.entry((version, &person.language)).or_default();
        let name = format!("{} {recipient} ({})", words.recipient.to_lowercase(), told.time(view.at));
        names.push(name);
    }
    if read.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![Part::Heading(words.consent_heading.to_owned())];
    for ((version, language), names) in read {
        let by = words.consent_by.replace("{version}", version).replace("{names}", &names.join(", "));
        parts.push(Part::Paragraph(by));
        if version == CONSENT_VERSION {
            let text = consent_text(language).iter();
            parts.extend(text.map(|paragraph| Part::Paragraph((*paragraph).to_owned())));
        } else {
            parts.push(Part::Paragraph(words.consent_lost.to_owned()));
        }
    }
    parts
}
