//! How recipients prove who they are.

use crate::event::Event;
use crate::part::{Challenge, Lock, Person, Visit};
use crate::state::Progress;
use jiff::Timestamp;

impl Progress {
    pub(super) fn apply_identity(&mut self, event: &Event, at: Timestamp) {
        let (Event::ChallengeIssued { recipient, .. }
        | Event::CodeUndelivered { recipient, .. }
        | Event::ChallengePassed { recipient, .. }
        | Event::ChallengeFailed { recipient, .. }
        | Event::RecipientLocked { recipient, .. }
        | Event::RecipientUnlocked { recipient }) = event
        else {
            return;
        };
        if let Some(person) = self.person_mut(*recipient) {
            person.apply(event, at);
        }
    }
}

impl Person {
    fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::ChallengeIssued { visit, method, .. } => {
                self.visit_mut(*visit);
                self.challenge = Some(Challenge { method: *method, visit: *visit, at });
                self.undelivered = None;
                if method.sends_code() {
                    self.codes_sent.push(at);
                } else {
                    self.led_away.push(at);
                }
            }
            // The code stays good: a provider can be wrong about what arrived.
            Event::CodeUndelivered { method, .. } => self.undelivered = Some(*method),
            Event::ChallengePassed { visit, method, .. } => {
                self.challenge = None;
                self.undelivered = None;
                // Who knows one secret of two could else guess at the other for as long as they like.
                self.wrong_answers.remove(method);
                let Some(visit) = self.visit_mut(*visit) else { return };
                if !visit.holds(at) {
                    *visit = Visit::default();
                }
                if visit.passed.contains(method) {
                    visit.again_at = Some(at);
                } else {
                    visit.passed.push(*method);
                }
                visit.passed_at = Some(at);
            }
            Event::ChallengeFailed { visit, method, .. } => {
                self.visit_mut(*visit);
                let wrong = self.wrong_answers.entry(*method).or_default();
                *wrong = wrong.saturating_add(1);
            }
            Event::RecipientLocked { method, .. } => {
                self.challenge = None;
                self.lock = Some(Lock { method: *method, at });
            }
            Event::RecipientUnlocked { .. } => {
                self.lock = None;
                self.wrong_answers.clear();
                self.codes_sent.clear();
                self.led_away.clear();
            }
            _ => {}
        }
    }

    /// The visit of this number; begun, where it is the next one.
    fn visit_mut(&mut self, number: u16) -> Option<&mut Visit> {
        let index = usize::from(number.checked_sub(1)?);
        if index == self.visits.len() {
            self.visits.push(Visit::default());
        }
        self.visits.get_mut(index)
    }
}
