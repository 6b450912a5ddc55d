//! The words of a mail as somebody writes them who wants other ones than ours.

use super::catalog::{self, Phrases};
use super::kind::Kind;
use super::say::Saying;
use serde::{Deserialize, Serialize};

/// The words of one kind of mail in one language: templates that name what the mail is about, `{{ title }}` for one.
///
/// What a mail has besides, no template takes away: the note of a test, the list of the documents, the sender's own
/// message, the button, the footer, all headers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// The subject.
    pub subject: String,
    /// The heading; the built-in one where it is empty.
    pub heading: String,
    /// The paragraphs, with an empty line between one and the next. Where `{{ link }}` stands, the button does.
    pub text: String,
    /// Introduces what somebody wrote; the built-in words where it is empty.
    pub message_intro: String,
    /// What stands on the button; the built-in words where it is empty.
    pub button: String,
}

impl Words {
    /// The built-in words, as a template of this form.
    pub fn built_in(kind: Kind, language: &str) -> Self {
        let Some(phrases) = catalog::catalog(language).1.mails.get(kind.key()) else {
            return Self::default();
        };
        let link = (!phrases.button.is_empty()).then(|| "{{ link }}".to_owned());
        let text: Vec<String> =
            phrases.before.iter().cloned().chain(link).chain(phrases.after.iter().cloned()).collect();
        Self {
            subject: phrases.subject.clone(),
            heading: phrases.heading.clone(),
            text: text.join("\n\n"),
            message_intro: phrases.quote.clone(),
            button: phrases.button.clone(),
        }
    }

    /// Each part with its name.
    pub(super) fn parts(&self) -> [(&'static str, &str); 5] {
        [
            ("subject", &self.subject),
            ("heading", &self.heading),
            ("text", &self.text),
            ("message_intro", &self.message_intro),
            ("button", &self.button),
        ]
    }
}

/// A mail's words with the values in them: plain text.
pub(super) struct Spoken {
    pub(super) subject: String,
    pub(super) heading: String,
    pub(super) before: Vec<String>,
    pub(super) quote: String,
    pub(super) button: String,
    pub(super) after: Vec<String>,
}

impl Spoken {
    /// Our own words.
    pub(super) fn built_in(phrases: &Phrases, saying: &Saying) -> Result<Self, minijinja::Error> {
        let say_all = |phrases: &[String]| -> Result<Vec<String>, minijinja::Error> {
            let said = phrases.iter().map(|it| saying.ours(it)).collect::<Result<Vec<_>, _>>()?;
            Ok(said.into_iter().filter(|it| !it.trim().is_empty()).collect())
        };
        Ok(Self {
            subject: saying.ours(&phrases.subject)?,
            heading: saying.ours(&phrases.heading)?,
            before: say_all(&phrases.before)?,
            quote: saying.ours(&phrases.quote)?,
            button: saying.ours(&phrases.button)?,
            after: say_all(&phrases.after)?,
        })
    }

    /// Somebody's words, where they say something; ours elsewhere. What the reader needs is there in any case: a
    /// template can be so clever that the link comes out for one reader and not for the next.
    pub(super) fn of(
        words: &Words,
        phrases: &Phrases,
        saying: &Saying,
        link: &str,
        code: &str,
    ) -> Result<Self, minijinja::Error> {
        let ours = Self::built_in(phrases, saying)?;
        let one = |template: &str, ours: String| -> Result<String, minijinja::Error> {
            let said = saying.theirs(template)?;
            Ok(if said.trim().is_empty() { ours } else { said })
        };
        let mut before = paragraphs(&saying.theirs(&words.text)?);
        let mut after = Vec::new();
        if !link.is_empty()
            && let Some(at) = before.iter().position(|it| it.contains(link))
        {
            after = before.split_off(at + 1);
            before.pop_if(|it| it == link);
        }
        if !code.is_empty() && !before.iter().chain(&after).any(|it| it.contains(code)) {
            before.push(code.to_owned());
        }
        Ok(Self {
            subject: one(&words.subject, ours.subject)?,
            heading: one(&words.heading, ours.heading)?,
            before,
            quote: if phrases.quote.is_empty() { ours.quote } else { one(&words.message_intro, ours.quote)? },
            button: if phrases.button.is_empty() { ours.button } else { one(&words.button, ours.button)? },
            after,
        })
    }
}

/// Paragraphs are what stands between empty lines.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), all.last_mut().filter(|_| open)) {
            (true, _) => open = false,
            (false, Some(paragraph)) => {
                paragraph.push('\n');
                paragraph.push_str(line);
            }
            (false, None) => {
                all.push(line.to_owned());
                open = true;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_what_stands_between_empty_lines() {
        assert_eq!(paragraphs("\n a\nb \n \n\n c\n"), ["a\nb", "c"]);
        assert_eq!(paragraphs(" \n"), Vec::<String>::new());
    }
}
