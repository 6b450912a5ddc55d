//! Texts with placeholders.

use crate::channel::settings::ChannelError;

/// What fills the placeholders.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) to: &'a str,
    pub(super) to_digits: &'a str,
    pub(super) text: &'a str,
    pub(super) words: &'a str,
    pub(super) language: &'a str,
    pub(super) key: &'a str,
}

#[derive(Clone, Copy)]
enum Slot {
    To,
    ToDigits,
    Text,
    Words,
    Language,
    Key,
}

impl Slot {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "to" => Self::To,
            "to_digits" => Self::ToDigits,
            "text" | "words_once" => Self::Text,
            "words" => Self::Words,
            "language" => Self::Language,
            "key" => Self::Key,
            _ => return None,
        })
    }

    fn of(self, values: Values<'_>) -> &str {
        match self {
            Self::To => values.to,
            Self::ToDigits => values.to_digits,
            Self::Text => values.text,
            Self::Words => values.words,
            Self::Language => values.language,
            Self::Key => values.key,
        }
    }
}

/// What is written before a placeholder, and the placeholder.
#[derive(Clone)]
struct Part(String, Slot);

/// A text with placeholders. Not shown: it may hold a password.
#[derive(Clone)]
pub(super) struct Template {
    parts: Vec<Part>,
    end: String,
}

impl Template {
    pub(super) fn read(text: &str) -> Result<Self, ChannelError> {
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) =
                after.split_once("}}").ok_or_else(|| ChannelError::Placeholder("without }}".to_owned()))?;
            let slot =
                Slot::named(name.trim()).ok_or_else(|| ChannelError::Placeholder(name.trim().to_owned()))?;
            parts.push(Part(before.to_owned(), slot));
            rest = after;
        }
        Ok(Self { parts, end: rest.to_owned() })
    }

    /// The text with its placeholders filled, each value written as `escape` writes it.
    pub(super) fn fill(&self, values: Values<'_>, escape: impl Fn(&str) -> String) -> String {
        let mut filled = String::new();
        for Part(before, slot) in &self.parts {
            filled.push_str(before);
            filled.push_str(&escape(slot.of(values)));
        }
        filled + &self.end
    }

    /// What stands before the first placeholder.
    pub(super) fn beginning(&self) -> &str {
        self.parts.first().map_or(&self.end, |Part(before, _)| before)
    }
}

/// The inside of a JSON text.
pub(super) fn json(value: &str) -> String {
    let quoted = serde_json::Value::String(value.to_owned()).to_string();
    quoted.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// A value of a form.
pub(super) fn form(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// A part of an address, be it of the path or of the query: a blank is no plus there.
pub(super) fn address(value: &str) -> String {
    form(value).replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: Values<'_> = Values {
        to: "+33612345678",
        to_digits: "33612345678",
        text: "a \"b\"\\ & c=d/é\n{{key}}",
        words: "a. a.",
        language: "fr",
        key: "k1",
    };

    fn filled(text: &str, escape: fn(&str) -> String) -> String {
        Template::read(text).unwrap().fill(VALUES, escape)
    }

    #[test]
    fn values_are_written_so_that_they_stay_values() {
        let body = filled(r#"{"t":"{{ text }}","n":["{{to}}"]}"#, json);
        let read: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(read, serde_json::json!({ "t": VALUES.text, "n": [VALUES.to] }));

        let body = filled("t={{text}}&n={{to}}", form);
        let read: Vec<_> = url::form_urlencoded::parse(body.as_bytes()).collect();
        assert_eq!(read, [("t".into(), VALUES.text.into()), ("n".into(), VALUES.to.into())]);

        let url = url::Url::parse(&filled("https://x/{{text}}/?n={{to}}&t={{text}}", address)).unwrap();
        assert_eq!(url.path_segments().unwrap().count(), 2, "a slash of a value begins no folder");
        let read: Vec<_> = url.query_pairs().collect();
        assert_eq!(read, [("n".into(), VALUES.to.into()), ("t".into(), VALUES.text.into())]);
    }

    #[test]
    fn every_placeholder_is_filled_and_an_unknown_one_is_refused() {
        let all = "{{to}}|{{to_digits}}|{{words}}|{{language}}|{{key}}|{ {x} }";
        assert_eq!(filled(all, str::to_owned), "+33612345678|33612345678|a. a.|fr|k1|{ {x} }");
        assert_eq!(Template::read("{{txt}}").err(), Some(ChannelError::Placeholder("txt".into())));
        assert_eq!(Template::read("{{text").err(), Some(ChannelError::Placeholder("without }}".into())));
    }
}
