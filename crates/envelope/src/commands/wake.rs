//! A deadline has come.

use super::remind::reminded;
use super::settle::{everybody_has_acted, settle};
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::{Envelope, Status};

/// Does what is due: expires it, or reminds those whose reminder has come. Where nothing is due yet, or any more,
/// nothing happens: to ask too early, too late or twice is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake;

impl Wake {
    pub(crate) fn decide(self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let Status::InProgress(progress) = &state.status else { return Ok(Decision::default()) };
        if progress.ending.is_some() || everybody_has_acted(progress) {
            return Ok(Decision::default());
        }
        if context.now >= state.ends_by_itself_at(progress) {
            return Ok(
                Decision::of(Event::ExpiryReached {}).then(state, context, |next| settle(next, context))
            );
        }
        let due: Vec<u16> = state
            .recipient_numbers()
            .filter(|it| state.reminder_at(progress, *it).is_some_and(|at| at <= context.now))
            .collect();
        if due.is_empty() { Ok(Decision::default()) } else { Ok(reminded(due)) }
    }
}
