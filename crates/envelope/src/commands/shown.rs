//! What a recipient was shown.

use crate::model::digest::Digest;
use crate::refusal::Refusal;
use crate::state::{Envelope, Progress};
use std::collections::BTreeMap;

/// Refuses where one of these documents was not shown as it is. What was shown is a revision from the opening of
/// this step on: what lies between it and what is signed are then acts of others in the same step, each named by
/// its event. Also a document that the act does not touch is named in the event only with what was true of it: one
/// that the recipient does not see was not shown to them.
pub(crate) fn check(
    state: &Envelope,
    progress: &Progress,
    recipient: u16,
    shown: &BTreeMap<u16, Digest>,
    needed: impl IntoIterator<Item = u16>,
) -> Result<(), Refusal> {
    for document in needed.into_iter().chain(shown.keys().copied()) {
        if !state.draft.is_visible(document, recipient) || !was_shown(progress, shown, document) {
            return Err(Refusal::RevisionMoved { document });
        }
    }
    Ok(())
}

fn was_shown(progress: &Progress, shown: &BTreeMap<u16, Digest>, document: u16) -> bool {
    let Some(index) = usize::from(document).checked_sub(1) else { return false };
    let (Some(shown), Some(history), Some(base)) =
        (shown.get(&document), progress.documents.get(index), progress.step_base.get(index))
    else {
        return false;
    };
    history.iter().skip(base.saturating_sub(1)).any(|revision| revision.digest == *shown)
}
