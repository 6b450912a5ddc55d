//! What a telephone is told.

use super::VALUE;
use super::catalog::catalog;
use super::say::environment;
use crate::line::one_line;
use minijinja::context;

/// A code on its way to a telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// Name of the sender of the documents.
    pub sender: &'a str,
    /// The code, as it is read.
    pub code: &'a str,
    /// The code, as it is spoken: see [`spoken_code`](crate::channel::spoken_code).
    pub spoken: &'a str,
}

impl Said<'_> {
    /// A short message, in a language or in English.
    pub fn text(&self, language: &str) -> String {
        self.say(&catalog(language).1.telephone.text)
    }

    /// The words of a call, in a language or in English.
    pub fn call(&self, language: &str) -> String {
        self.say(&catalog(language).1.telephone.call)
    }

    fn say(&self, phrase: &str) -> String {
        let sender = one_line(self.sender, VALUE);
        let values = context! { sender, code => self.code, spoken => self.spoken };
        environment().render_str(phrase, values).expect("a test says every phrase of every language")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_said_in_every_language() {
        let said = Said { sender: "Bob\nStone", code: "123 456", spoken: "1, 2, 3, 4, 5, 6" };
        for language in crate::languages() {
            let text = said.text(language);
            assert!(text.contains("123 456") && text.contains("Bob Stone"), "{text}");
            let call = said.call(language);
            assert!(call.contains("1, 2, 3, 4, 5, 6") && !call.contains("123"), "{call}");
        }
        assert_eq!(said.text("xx"), said.text("en"), "English where there are no words");
    }
}
