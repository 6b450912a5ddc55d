//! The words of the tests: `given(events).when(command).then(events, effects)`.

mod asked;
mod happened;
mod people;
mod prepared;

pub use asked::*;
pub use happened::*;
pub use people::*;
pub use prepared::*;

use envelope::{
    Command, Context, Decision, Effect, Envelope, Event, Finding, Part, Person, Progress, Recorded, Refusal,
    decide,
};
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
    let events = events.into_iter().map(now).collect();
    Given { events, now: time(NOW), visit: None, telephone_used: 0 }
}

fn now(event: Event) -> Recorded {
    Recorded { at: time(NOW), event }
}

/// An envelope and the time at which something is asked of it.
#[derive(Clone)]
pub struct Given {
    events: Vec<Recorded>,
    now: Timestamp,
    visit: Option<u16>,
    telephone_used: u32,
}

impl Given {
    /// More of what has happened.
    pub fn and(mut self, events: impl IntoIterator<Item = Event>) -> Self {
        self.events.extend(events.into_iter().map(now));
        self
    }

    /// This was asked, and what followed has happened, at the time at which things are asked now.
    #[track_caller]
    pub fn did(mut self, command: impl Into<Command>) -> Self {
        let events = self.when(command).events();
        self.events.extend(events.into_iter().map(|event| Recorded { at: self.now, event }));
        self
    }

    /// The time at which it is asked; [`NOW`] otherwise.
    pub fn at(mut self, text: &str) -> Self {
        self.now = time(text);
        self
    }

    /// The visit in which a recipient asks.
    pub fn visit(mut self, number: u16) -> Self {
        self.visit = Some(number);
        self
    }

    /// The recipient asks before any visit.
    pub fn no_visit(mut self) -> Self {
        self.visit = None;
        self
    }

    /// So many codes went by telephone this month.
    pub fn telephone_used(mut self, count: u32) -> Self {
        self.telephone_used = count;
        self
    }

    /// What is known of the world when it is asked.
    pub fn context(&self) -> Context {
        Context { now: self.now, visit: self.visit, telephone_used: self.telephone_used }
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        self.state().status.progress().cloned().expect("it was sent")
    }

    /// How far this recipient has come.
    pub fn part(&self, recipient: u16) -> Part {
        self.progress().part(recipient).cloned().expect("there is such a recipient")
    }

    /// What is known of the person behind this recipient.
    pub fn person(&self, recipient: u16) -> Person {
        self.progress().person(recipient).cloned().expect("there is such a recipient")
    }

    /// When it wakes by itself.
    pub fn deadline(&self) -> Option<String> {
        self.state().next_deadline().map(|at| at.to_string())
    }

    /// The state that these events make.
    pub fn state(&self) -> Envelope {
        self.folded().expect("an envelope begins with its making")
    }

    fn folded(&self) -> Option<Envelope> {
        Envelope::fold(&self.events)
    }

    /// Asks.
    pub fn when(&self, command: impl Into<Command>) -> Answer {
        let state = self.folded();
        Answer(decide(state.as_ref(), &command.into(), &self.context()))
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

    /// Exactly this is to be done, whatever happened.
    #[track_caller]
    pub fn then_done(self, effects: impl IntoIterator<Item = Effect>) {
        let effects: Vec<Effect> = effects.into_iter().collect();
        assert_eq!(self.0.map(|it| it.effects), Ok(effects));
    }

    /// Why the rules say no, if they do.
    pub fn refused(self) -> Option<Refusal> {
        self.0.err()
    }

    /// What is to be done.
    #[track_caller]
    pub fn effects(self) -> Vec<Effect> {
        self.0.expect("allowed").effects
    }

    /// The events of what was allowed.
    #[track_caller]
    pub fn events(self) -> Vec<Event> {
        self.0.expect("allowed").events
    }
}
