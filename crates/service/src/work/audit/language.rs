//! In which language the record is told.

use crate::envelopes::story::Words;
use crate::error::{Class, Error};

/// Who wishes the language of a record, and how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrailWish<'a> {
    /// The record as it was issued, in the language of the envelope.
    AsIssued,
    /// In the language of a reader, where that can be written; as it was issued otherwise.
    Rather(&'a str),
    /// In this language or not at all.
    Asked(&'a str),
}

/// The words in which a record is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    pub(super) words: &'static Words,
    /// The language that was meant, where no face of ours can write it.
    pub(super) instead_of: Option<&'static Words>,
}

impl Spoken {
    /// The line that says that it should have been another language.
    pub(super) fn apology(&self) -> Option<String> {
        let meant = self.instead_of?;
        Some(format!(
            "This record is in English because the typefaces of this program cannot write {}.",
            meant.in_english
        ))
    }
}

/// The words of a language for paper: English, with a line that says so, where our faces cannot write it.
pub(super) fn on_paper(language: &str) -> Spoken {
    choose(Words::of(language), writes)
}

fn choose(meant: &'static Words, writes: impl Fn(&Words) -> bool) -> Spoken {
    match writes(meant) {
        true => Spoken { words: meant, instead_of: None },
        false => Spoken { words: Words::of("en"), instead_of: Some(meant) },
    }
}

/// Whether the faces of the record have every letter of the language's own sentences.
pub(super) fn writes(words: &Words) -> bool {
    pdf::audit::writes(&Words::everything(words.language))
}

/// The words of a language that was asked for.
///
/// # Errors
/// `language_unknown`.
pub(crate) fn known(language: &str) -> Result<&'static Words, Error> {
    Words::find(language).ok_or_else(|| Error::Wrong {
        class: Class::Malformed,
        code: "language_unknown",
        sentence: format!("This is no language we have; use one of {}.", envelope::LANGUAGES.join(", ")),
    })
}

/// The same, where the record can be written in it.
///
/// # Errors
/// `language_unknown`; `language_not_drawable`.
pub(super) fn written(language: &str) -> Result<&'static Words, Error> {
    let words = known(language)?;
    if writes(words) {
        return Ok(words);
    }
    Err(Error::Wrong {
        class: Class::Unprocessable,
        code: "language_not_drawable",
        sentence: format!(
            "The typefaces of this program cannot write {}; ask for the audit trail in another language, or read \
             the events, which have it.",
            words.in_english
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_faces_cannot_write_is_told_in_english_and_says_so() {
        let hindi = Words::of("hi");
        let told = choose(hindi, |_| false);
        assert_eq!(told.words.language, "en");
        assert!(told.apology().unwrap().contains("Hindi"));
        let told = choose(hindi, |_| true);
        assert_eq!((told.words.language, told.apology()), ("hi", None));
    }

    #[test]
    fn each_language_is_on_paper_itself_or_is_refused_by_its_name() {
        for tag in envelope::LANGUAGES {
            let told = on_paper(tag);
            match written(tag) {
                Ok(words) => assert_eq!((words.language, told.words.language), (tag, tag)),
                Err(error) => {
                    assert_eq!((error.code(), told.words.language), ("language_not_drawable", "en"));
                    assert!(error.to_string().contains(&Words::of(tag).in_english), "{error}");
                }
            }
        }
        for tag in ["da", "de", "en", "es", "fr", "hu", "it", "nl", "pl", "pt", "ru", "sv", "tr"] {
            assert_eq!(on_paper(tag).words.language, tag, "{tag} is Latin or Cyrillic");
        }
    }

    #[test]
    fn a_language_that_nobody_has_is_refused_with_those_there_are() {
        let error = written("tlh").unwrap_err();
        assert_eq!(error.code(), "language_unknown");
        assert!(error.to_string().contains("da, de, en, es"), "{error}");
    }
}
