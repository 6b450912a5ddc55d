//! Projections: tables that can be made again from events.

use crate::error::Error;
use crate::execute::Scope;
use crate::world::to_micros;
use envelope::{Envelope, Event, NewRevision, Part, Status};
use evidence::Hash;
use serde_json::json;
use store::Tx;
use store::envelopes::{self, EnvelopeRow};
use store::revisions::{self, Piece, RevisionRow};

/// Writes down what lists and searches need to know of an envelope.
pub(crate) async fn envelope(
    tx: &mut Tx<'_>,
    scope: &Scope,
    state: &Envelope,
    seq: i64,
    head: Hash,
) -> Result<(), Error> {
    let recipients: Vec<_> = state
        .draft
        .recipients
        .iter()
        .zip(state.recipient_numbers())
        .map(|(it, number)| {
            json!({"name": it.name.text(), "email": it.email.text(), "status": part_word(state, number)})
        })
        .collect();
    let mut search = vec![state.draft.title.as_str()];
    for recipient in &state.draft.recipients {
        search.extend([recipient.name.text(), recipient.email.text()]);
    }
    let row = EnvelopeRow {
        tenant: scope.tenant.clone(),
        envelope: scope.envelope.clone(),
        head_seq: seq,
        head_hash: head.to_string(),
        status: state.status.word().to_owned(),
        shelf: state.shelf.word().to_owned(),
        title: state.draft.title.clone(),
        test: state.test,
        created_by: state.sender.user.clone(),
        created_at: to_micros(state.created_at),
        updated_at: to_micros(state.updated_at),
        expires_at: state.status.progress().map(|progress| to_micros(progress.expires_at)),
        search: search.join("\n").to_lowercase(),
        summary: json!({ "recipients": recipients }).to_string(),
    };
    Ok(envelopes::upsert(tx, &row).await?)
}

/// How far a recipient has come, in the word of the API.
pub(crate) fn part_word(state: &Envelope, recipient: u16) -> &'static str {
    let ended = matches!(state.status, Status::Ended(_));
    match state.status.progress().and_then(|progress| progress.part(recipient)) {
        None => "created",
        Some(part) if part.is_open() && ended && *part != Part::Signing => "ended",
        Some(Part::Copy) if ended => "ended",
        Some(part) => part.word(),
    }
}

/// Writes down of which pieces each new revision consists: those of its base, and its own tail.
pub(crate) async fn revisions(tx: &mut Tx<'_>, tenant: &str, events: &[Event]) -> Result<(), Error> {
    for new in events.iter().flat_map(made_by) {
        let Some(tail) = new.tail else { continue };
        let base = revisions::find(tx, tenant, &new.base.to_string()).await?;
        let base = base.ok_or_else(|| Error::fault(format!("the revision {} is not known", new.base)))?;
        let mut pieces = base.pieces;
        let length = i64::try_from(new.tail_length).map_err(Error::fault)?;
        pieces.push(Piece { digest: tail.to_string(), length });
        let row = RevisionRow {
            tenant: tenant.to_owned(),
            digest: new.digest.to_string(),
            length: i64::try_from(new.length).map_err(Error::fault)?,
            base_digest: Some(new.base.to_string()),
            pieces,
        };
        revisions::put(tx, &row).await?;
    }
    Ok(())
}

/// The revisions that an event says were made.
pub(crate) fn made_by(event: &Event) -> &[NewRevision] {
    match event {
        Event::EnvelopeSent { revisions, .. }
        | Event::RecipientSigned { revisions, .. }
        | Event::RecipientFilled { revisions, .. }
        | Event::EnvelopeSealed { revisions, .. } => revisions,
        _ => &[],
    }
}
