//! Whether who comes in a recipient's name has proved to be them, and how often it may be tried.

use crate::decision::Context;
use crate::model::method::{Method, MethodKind};
use crate::part::{Part, Person, Visit};
use crate::refusal::Refusal;
use crate::state::{Envelope, Progress};
use jiff::{SignedDuration, Timestamp};

/// A code is good for so long.
pub const CODE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// So many wrong answers are taken, and then nobody gets in until the sender lifts the lock.
pub const ATTEMPTS_MAX: u8 = 5;
/// A new code is sent so long after the one before it at the earliest.
pub const CODE_PAUSE: SignedDuration = SignedDuration::from_secs(30);
/// So many codes are sent within [`CODES_WITHIN`] at most.
pub const CODES_MAX: usize = 5;
/// See [`CODES_MAX`].
pub const CODES_WITHIN: SignedDuration = SignedDuration::from_hours(1);
/// So often within [`CODES_WITHIN`] somebody is led to the identity provider at most: people turn back and try again,
/// and each time is an event.
pub const LED_AWAY_MAX: usize = 20;
/// Who proved themselves once more has so long to finish (21 CFR 11.200).
pub const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// Refuses as long as a method of the chain is left in the visit that asks.
pub(crate) fn require(
    state: &Envelope,
    progress: &Progress,
    recipient: u16,
    context: &Context,
) -> Result<(), Refusal> {
    match next_method(state, progress, recipient, context) {
        None => Ok(()),
        Some(method) => Err(Refusal::AuthenticationMissing { method: method.kind() }),
    }
}

/// The method that the visit has to pass next; `None` where all are passed.
pub(crate) fn next_method<'s>(
    state: &'s Envelope,
    progress: &Progress,
    recipient: u16,
    context: &Context,
) -> Option<&'s Method> {
    let passed = visit(progress, recipient, context).map_or(&[][..], |visit| visit.passed.as_slice());
    state.recipient(recipient)?.asked_methods().find(|method| !passed.contains(&method.kind()))
}

/// Refuses unless they proved themselves once more a moment ago, where they have to.
pub(crate) fn require_again(progress: &Progress, recipient: u16, context: &Context) -> Result<(), Refusal> {
    let again = visit(progress, recipient, context).and_then(|visit| visit.again_at);
    if again.is_some_and(|at| context.now.duration_since(at) <= AGAIN) {
        return Ok(());
    }
    Err(Refusal::AuthenticationOutdated)
}

/// The visit that asks, as long as it holds.
fn visit<'p>(progress: &'p Progress, recipient: u16, context: &Context) -> Option<&'p Visit> {
    progress.person(recipient)?.visit(context.visit?).filter(|visit| visit.holds(context.now))
}

/// When this method can be begun (again); `None` for at once.
pub(crate) fn next_begin_at(person: &Person, method: MethodKind, now: Timestamp) -> Option<Timestamp> {
    let (before, most, pause) = if method == MethodKind::Oidc {
        (&person.led_away, LED_AWAY_MAX, SignedDuration::ZERO)
    } else {
        (&person.codes_sent, CODES_MAX, CODE_PAUSE)
    };
    let after_pause = before.last().and_then(|last| last.checked_add(pause).ok());
    let first_of_most = before.len().checked_sub(most).and_then(|at| before.get(at));
    let after_hour = first_of_most.and_then(|first| first.checked_add(CODES_WITHIN).ok());
    after_pause.max(after_hour).filter(|at| *at > now)
}

/// What a recipient's page needs to know to ask for a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'s> {
    /// The method that comes next.
    pub method: &'s Method,
    /// A code is out for this visit, or a sign-in elsewhere has begun in it, since then.
    pub code_sent_at: Option<Timestamp>,
    /// It can be begun (anew) from then on; `None`: at once.
    pub next_code_at: Option<Timestamp>,
    /// So many wrong answers are still taken.
    pub attempts_left: u8,
    /// Nobody gets in until the sender lifts it.
    pub locked: bool,
    /// The last code did not arrive, as far as is known.
    pub undelivered: bool,
    /// It is asked once more, at the moment of signing.
    pub again: bool,
}

impl Envelope {
    /// What a visit of a recipient has to pass next, whether it is their turn or not; `None` where nothing is left.
    pub fn asked_of(&self, recipient: u16, context: &Context) -> Option<Asked<'_>> {
        let progress = self.status.progress()?;
        let person = progress.person(recipient)?;
        let (method, again) = match next_method(self, progress, recipient, context) {
            Some(method) => (method, false),
            None => (self.again_method(recipient, context)?, true),
        };
        Some(Asked {
            method,
            code_sent_at: person
                .challenge
                .filter(|it| it.method == method.kind() && Some(it.visit) == context.visit)
                .filter(|it| context.now.duration_since(it.at) < CODE_LIFE)
                .map(|it| it.at),
            next_code_at: next_begin_at(person, method.kind(), context.now),
            attempts_left: ATTEMPTS_MAX.saturating_sub(person.wrong()),
            locked: person.lock.is_some(),
            undelivered: person.undelivered == Some(method.kind()),
            again,
        })
    }

    /// The method by which a signer proves themselves once more at the moment of signing, where the rules want it and
    /// it has not just been done: the last of the chain.
    fn again_method(&self, recipient: u16, context: &Context) -> Option<&Method> {
        let progress = self.status.progress()?;
        self.draft.rules.part_11.as_ref()?;
        if !self.is_signer(recipient) || !progress.part(recipient).is_some_and(Part::may_act) {
            return None;
        }
        if require_again(progress, recipient, context).is_ok() {
            return None;
        }
        self.recipient(recipient)?.asked_methods().last()
    }

    /// The methods that a recipient has passed in a visit, in the order of their chain.
    pub fn methods_passed(&self, recipient: u16, visit: Option<u16>) -> Vec<MethodKind> {
        let Some(person) = self.status.progress().and_then(|it| it.person(recipient)) else {
            return Vec::new();
        };
        visit.and_then(|number| person.visit(number)).map(|visit| visit.passed.clone()).unwrap_or_default()
    }
}
