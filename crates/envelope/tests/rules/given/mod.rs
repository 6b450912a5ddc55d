//! The words of the tests: `given(events).when(command).then(events, effects)`.

mod asked;
mod happened;
mod prepared;

pub use asked::*;
pub use happened::*;
pub use prepared::*;

use envelope::{Command, Context, Decision, Effect, Envelope, Event, Finding, Recorded, Refusal, decide};
use jiff::Timestamp;

/// 2 March 2026, 11:00 in Paris: the time of everything that a test does not place elsewhere.
pub const NOW: &str = "2026-03-02T10:00:00Z";
/// When [`draft`] ends if it is sent [`NOW`]: after the last second of 1 April in Paris, which has summer time then.
pub const EXPIRY: &str = "2026-04-01T22:00:00Z";

/// A time as RFC 3339 writes it.
pub fn time(text: &str) -> Timestamp {
    text.parse().expect("tests write times as RFC 3339 does")
}

/// What has happened so far, all of it [`NOW`].
pub fn given(events: impl IntoIterator<Item = Event>) -> Given {
    Given { events: events.into_iter().collect(), now: time(NOW) }
}

/// An envelope and the time at which something is asked of it.
#[derive(Clone)]
pub struct Given {
    events: Vec<Event>,
    now: Timestamp,
}

impl Given {
    /// More of what has happened.
    pub fn and(mut self, events: impl IntoIterator<Item = Event>) -> Self {
        self.events.extend(events);
        self
    }

    /// The time at which it is asked; [`NOW`] otherwise.
    pub fn at(mut self, text: &str) -> Self {
        self.now = time(text);
        self
    }

    /// The state that these events make.
    pub fn state(&self) -> Envelope {
        self.folded().expect("an envelope begins with its making")
    }

    fn folded(&self) -> Option<Envelope> {
        let recorded: Vec<Recorded> =
            self.events.iter().map(|event| Recorded { at: time(NOW), event: event.clone() }).collect();
        Envelope::fold(&recorded)
    }

    /// Asks.
    pub fn when(&self, command: impl Into<Command>) -> Answer {
        let state = self.folded();
        Answer(decide(state.as_ref(), &command.into(), &Context { now: self.now }))
    }
}

/// What the rules answered.
pub struct Answer(Result<Decision, Refusal>);

impl Answer {
    /// Exactly this happened, and exactly this is to be done.
    #[track_caller]
    pub fn then(self, events: impl IntoIterator<Item = Event>, effects: impl IntoIterator<Item = Effect>) {
        let expected =
            Decision { events: events.into_iter().collect(), effects: effects.into_iter().collect() };
        assert_eq!(self.0, Ok(expected));
    }

    /// It is well, and nothing happened.
    #[track_caller]
    pub fn then_nothing(self) {
        self.then([], []);
    }

    /// It is allowed, whatever follows.
    #[track_caller]
    pub fn then_allowed(self) {
        self.0.map(|_| ()).expect("allowed");
    }

    /// The rules say no, for this reason.
    #[track_caller]
    pub fn then_refused(self, refusal: Refusal) {
        assert_eq!(self.0, Err(refusal));
    }

    /// The rules find exactly these codes at these places.
    #[track_caller]
    pub fn then_found<'e>(self, expected: impl IntoIterator<Item = (&'e str, &'e str)>) {
        let found = self.findings();
        let found: Vec<(&str, &str)> = found.iter().map(|it| (it.pointer.as_str(), it.code)).collect();
        let expected: Vec<(&str, &str)> = expected.into_iter().collect();
        assert_eq!(found, expected);
    }

    /// The rules say no with one finding, in these words.
    #[track_caller]
    pub fn then_told(self, pointer: &str, code: &'static str, sentence: &str) {
        assert_eq!(self.findings(), [Finding::new(pointer, code, sentence)]);
    }

    #[track_caller]
    fn findings(self) -> Vec<Finding> {
        let found = match self.0 {
            Err(Refusal::Invalid(findings)) => Ok(findings),
            other => Err(other),
        };
        found.expect("the rules find something wrong")
    }

    /// The events of what was allowed.
    #[track_caller]
    pub fn events(self) -> Vec<Event> {
        self.0.expect("allowed").events
    }
}
