//! The words, by language.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Language tag and content of each file in `locales/`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogs.rs"));
/// The language of those whose own is not there.
const FALLBACK: &str = "en";

/// The words of one language. Each phrase is a template in the syntax of Jinja over the fields of
/// [`Context`](crate::Context), and plain text: escaping is the layout's work.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catalog {
    /// The language's own name.
    #[expect(dead_code, reason = "tells a translator what the file is; a list of languages will show it")]
    language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    pub frame: Frame,
    /// By [`Kind::key`](crate::Kind::key).
    pub mails: BTreeMap<String, Phrases>,
    pub telephone: Telephone,
    pub sample: Sample,
}

/// What a preview shows instead of real people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sample {
    pub recipient: String,
    pub sender: String,
    pub person: String,
    pub title: String,
    pub second_document: String,
    pub message: String,
}

/// What a telephone is told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Telephone {
    /// A short message that brings a code; `code` and `sender`.
    pub text: String,
    /// A call that brings a code; it is spoken twice. `spoken` is the code, digit by digit.
    pub call: String,
}

/// What all mails share.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    /// The subject of a test's mail; `subject` is what it would be otherwise.
    pub test_subject: String,
    pub test_note: String,
    /// How a mail in text introduces the address behind the button; `button` is what stands on it.
    pub button_in_text: String,
    /// The same beside the button.
    pub link_hint: String,
    /// The finished documents come with the mail.
    pub attached: String,
    /// They do not, because they are too large.
    pub attached_too_large: String,
    /// They do not, because their reader proves who they are first.
    pub attached_behind_proof: String,
    pub footer: String,
}

/// The words of one mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    pub subject: String,
    pub heading: String,
    /// Paragraphs before the button; one that comes out empty is left out.
    pub before: Vec<String>,
    /// Introduces [`Context::message`](crate::Context::message); empty where the mail has no place for it.
    pub quote: String,
    /// Empty where the mail has no button.
    pub button: String,
    /// Paragraphs after the button.
    pub after: Vec<String>,
}

fn catalogs() -> &'static BTreeMap<&'static str, Catalog> {
    static CATALOGS: OnceLock<BTreeMap<&'static str, Catalog>> = OnceLock::new();
    CATALOGS.get_or_init(|| {
        let read = |(tag, text): &(&'static str, &str)| {
            let catalog = serde_json::from_str(text).expect("a test reads every catalog of this build");
            (*tag, catalog)
        };
        FILES.iter().map(read).collect()
    })
}

/// The tag of the language in which somebody who reads this one gets their mails.
pub fn language_of(tag: &str) -> &'static str {
    catalog(tag).0
}

/// Tags of the languages there are.
pub fn languages() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(tag, _)| *tag)
}

/// The catalog for a language tag (BCP 47) and the tag it has: the language itself, or without its region, or English.
pub(crate) fn catalog(language: &str) -> (&'static str, &'static Catalog) {
    let lower = language.to_ascii_lowercase();
    let primary = lower.split(['-', '_']).next().unwrap_or_default();
    let found = [lower.as_str(), primary, FALLBACK]
        .iter()
        .find_map(|tag| catalogs().iter().find(|(known, _)| known.eq_ignore_ascii_case(tag)));
    let (tag, catalog) = found.expect("English is there: a test asks for it");
    (tag, catalog)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use serde_json::Value;

    /// Paths of all keys, and for each phrase the fields of the context that it speaks of.
    fn shape(path: &str, value: &Value, into: &mut BTreeMap<String, Vec<String>>) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    shape(&format!("{path}/{key}"), member, into);
                }
            }
            // Paragraphs may be cut otherwise in another language; what they speak of may not.
            Value::Array(items) => {
                let all: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                into.insert(path.to_owned(), spoken_of(&all.join(" ")));
            }
            other => {
                into.insert(path.to_owned(), spoken_of(other.as_str().unwrap_or_default()));
            }
        }
    }

    fn spoken_of(phrase: &str) -> Vec<String> {
        let template = minijinja::Environment::new();
        let template = template.template_from_str(phrase).unwrap();
        let mut fields: Vec<String> = template.undeclared_variables(false).into_iter().collect();
        fields.sort();
        fields
    }

    #[test]
    fn every_language_has_the_same_keys_and_speaks_of_the_same_things() {
        let shapes: Vec<_> = FILES
            .iter()
            .map(|(tag, text)| {
                let mut into = BTreeMap::new();
                shape("", &serde_json::from_str(text).unwrap(), &mut into);
                (tag, into)
            })
            .collect();
        let english = &shapes.iter().find(|(tag, _)| **tag == FALLBACK).unwrap().1;
        for (tag, shape) in &shapes {
            assert_eq!(shape, english, "{tag} and English");
        }
    }

    #[test]
    fn every_mail_has_its_words_in_every_language() {
        for tag in languages() {
            let (_, catalog) = catalog(tag);
            let mut keys: Vec<_> = Kind::ALL.iter().map(|kind| kind.key()).collect();
            keys.sort_unstable();
            assert_eq!(catalog.mails.keys().map(String::as_str).collect::<Vec<_>>(), keys, "{tag}");
            assert!(["ltr", "rtl"].contains(&catalog.direction.as_str()), "{tag}");
        }
    }

    #[test]
    fn a_language_is_found_with_its_region_and_without_and_another_becomes_english() {
        for (asked, given) in
            [("fr", "fr"), ("fr-CA", "fr"), ("FR_be", "fr"), ("en-GB", "en"), ("tlh", "en"), ("", "en")]
        {
            assert_eq!(catalog(asked).0, given, "{asked}");
        }
    }
}
