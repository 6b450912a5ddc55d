//! Whether values and pictures can be drawn, asked before they are taken: what is acknowledged has to come into the
//! document.

use super::drawn;
use crate::error::Error;
use crate::server::Service;
use envelope::values::Sheet;
use envelope::values::check::options;
use envelope::{Envelope, FieldDraft, FieldId, FieldKind, FilledBy, Finding, Formula, Piece};
use pdf::appearance::Ink;
use std::collections::BTreeMap;

impl Service {
    /// What is wrong with the letters and the pictures that a recipient finishes with.
    pub(crate) async fn undrawable(
        &self,
        tenant: &str,
        state: &Envelope,
        recipient: u16,
        values: &BTreeMap<FieldId, String>,
    ) -> Result<Vec<Finding>, Error> {
        let Some(progress) = state.status.progress() else { return Ok(Vec::new()) };
        // What is computed is remembered in the sheet, which is no other thread's: it is over before anything is read.
        let (mut found, there) = {
            let sheet = Sheet::new(&state.draft, &progress.values, values);
            let mut found = Vec::new();
            for field in state.fields_of(recipient) {
                let by_hand = field.kind.filled_by() == FilledBy::Person && field.stands_in_document();
                if !by_hand || !field.kind.is_text() {
                    continue;
                }
                if let Some(sentence) = refusal(&missing(state, field, &sheet.value(&field.id))) {
                    found.push(Finding::new(
                        format!("/values/{}", field.id.0),
                        "text_not_drawable",
                        sentence,
                    ));
                }
            }
            let is_there =
                |id: &FieldId| state.fields_of(recipient).any(|it| it.id == *id && sheet.is_there(it));
            let there: Vec<FieldId> = progress.files.keys().filter(|id| is_there(id)).cloned().collect();
            (found, there)
        };
        for (id, bytes) in self.pictures(tenant, state, progress, recipient).await? {
            if there.contains(&id)
                && let Err(refusal) = (Ink::Image { bytes }).check()
            {
                found.push(Finding::new(format!("/values/{}", id.0), refusal.code(), refusal.to_string()));
            }
        }
        Ok(found)
    }
}

/// What of a draft cannot be drawn: the sender's words, the options of lists, the names of recipients.
pub(super) fn findings(state: &Envelope) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, field) in state.draft.fields.iter().enumerate() {
        if !field.stands_in_document() || !field.kind.is_text() {
            continue;
        }
        let mut at = |key: &str, missing: &[char]| {
            if let Some(sentence) = refusal(missing) {
                found.push(Finding::new(format!("/fields/{index}/{key}"), "text_not_drawable", sentence));
            }
        };
        at("value", &missing(state, field, field.value.text()));
        for (place, option) in options(&field.choices).enumerate() {
            if field.kind == FieldKind::Dropdown {
                at(&format!("choices/options/{place}"), &drawn::style(field).missing(&option.label));
            }
        }
        if let Some(Formula::Concatenation(pieces)) = &field.formula {
            let words = pieces.iter().filter_map(|it| match it {
                Piece::Words(words) => Some(words.as_str()),
                Piece::Field(_) => None,
            });
            at("formula", &missing(state, field, &words.collect::<String>()));
        }
        if let Some(person) = state.recipient(field.recipient) {
            let known = match field.kind {
                FieldKind::RecipientName => person.name.text(),
                FieldKind::RecipientEmail => person.email.text(),
                _ => continue,
            };
            at("type", &missing(state, field, known));
        }
    }
    found
}

fn missing(state: &Envelope, field: &FieldDraft, value: &str) -> Vec<char> {
    drawn::style(field).missing(&drawn::words(state, field, value))
}

/// What is said of letters that no typeface has.
fn refusal(missing: &[char]) -> Option<String> {
    // Nobody reads more of them, and the rest shows when these are gone.
    let letters: String = missing.iter().take(10).collect();
    (!missing.is_empty()).then(|| {
        format!(
            "No typeface here can draw \u{201C}{letters}\u{201D}: use other letters or leave this field out."
        )
    })
}
