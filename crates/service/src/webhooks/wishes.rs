//! What a subscription is about.

use super::told::NAMES;
use crate::error::Error;
use crate::server::Mode;
use envelope::Finding;

/// Which envelopes a subscription is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Test envelopes.
    Test,
    /// Those in earnest.
    Live,
    /// All.
    Both,
}

impl About {
    /// Those that a key of this mode works with.
    pub fn of(mode: Mode) -> Self {
        match mode {
            Mode::Test => Self::Test,
            Mode::Live => Self::Live,
        }
    }

    /// From the word of the API.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Test, Self::Live, Self::Both].into_iter().find(|it| it.word() == word)
    }

    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Live => "live",
            Self::Both => "both",
        }
    }

    /// Whether it is about test envelopes, or about those in earnest.
    pub(crate) fn includes(self, test: bool) -> bool {
        match self {
            Self::Test => test,
            Self::Live => !test,
            Self::Both => true,
        }
    }
}

/// Which kind of envelopes a caller in a mode may subscribe to; the desk, which has none, may choose.
pub(super) fn about(mode: Option<Mode>, word: Option<&str>, found: &mut Vec<Finding>) -> About {
    let own = mode.map_or(About::Both, About::of);
    let Some(word) = word else { return own };
    match About::of_word(word) {
        Some(about) if mode.is_none() || about == own => about,
        Some(_) => {
            found.push(Finding::new(
                "/mode",
                "webhook_mode_of_another_key",
                "A key subscribes to envelopes of its own mode; leave this out, or use the other key.",
            ));
            own
        }
        None => {
            found.push(Finding::new(
                "/mode",
                "webhook_mode_unknown",
                "A subscription is about `test`, `live` or `both`; choose one of them.",
            ));
            own
        }
    }
}

/// Names of events as they are kept, JSON; those that nobody knows are findings.
pub(super) fn events(names: &[String], found: &mut Vec<Finding>) -> Result<String, Error> {
    let mut wanted: Vec<&str> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        match NAMES.iter().find(|known| *known == name) {
            Some(known) if !wanted.contains(known) => wanted.push(known),
            Some(_) => {}
            None => {
                found.push(Finding::new(
                    format!("/events/{index}"),
                    "webhook_event_unknown",
                    "There is no such event; the documentation lists their names.",
                ));
                // One list with thousands of wrong names is wrong once.
                if found.len() > NAMES.len() {
                    break;
                }
            }
        }
    }
    serde_json::to_string(&wanted).map_err(Error::fault)
}

/// Names as they were kept.
pub(super) fn read(events: &str) -> Result<Vec<String>, Error> {
    serde_json::from_str(events).map_err(Error::fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(mode: Option<Mode>, word: Option<&str>) -> (About, Vec<&'static str>) {
        let mut found = Vec::new();
        let about = about(mode, word, &mut found);
        (about, found.iter().map(|it| it.code).collect())
    }

    #[test]
    fn a_key_subscribes_to_its_own_mode_and_the_desk_to_any() {
        assert_eq!(found(Some(Mode::Test), None), (About::Test, vec![]));
        assert_eq!(found(Some(Mode::Live), Some("live")), (About::Live, vec![]));
        for word in ["live", "both"] {
            assert_eq!(found(Some(Mode::Test), Some(word)).1, ["webhook_mode_of_another_key"], "{word}");
        }
        assert_eq!(found(None, None), (About::Both, vec![]));
        assert_eq!(found(None, Some("live")), (About::Live, vec![]));
        assert_eq!(found(None, Some("dead")).1, ["webhook_mode_unknown"]);
    }

    #[test]
    fn a_subscription_of_both_is_about_either() {
        for (about, test, expected) in [
            (About::Test, true, true),
            (About::Test, false, false),
            (About::Live, true, false),
            (About::Live, false, true),
            (About::Both, true, true),
            (About::Both, false, true),
        ] {
            assert_eq!(about.includes(test), expected, "{about:?} {test}");
        }
    }

    #[test]
    fn names_are_kept_once_and_unknown_ones_are_named_by_their_place() {
        let names = ["recipient.signed", "nothing", "recipient.signed"].map(str::to_owned);
        let mut found = Vec::new();
        assert_eq!(events(&names, &mut found).unwrap(), r#"["recipient.signed"]"#);
        assert_eq!(found.iter().map(|it| it.pointer.as_str()).collect::<Vec<_>>(), ["/events/1"]);
    }
}
